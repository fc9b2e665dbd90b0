"""How a document stands to what it says, and on whose word.

From the claim's own word one climbs the tree: its negations, modal verbs and conjunctions first,
then each word that governs it ("denied", "plans", "said"), until the sentence's root. How much of
a governing clause still bears on the claim depends on how it is tied to it:

* shared events ("plans to buy", "failed to buy", "has no plans to buy"): everything does;
* reported content ("said that it bought"): the governing word does, its negations do not;
* asides (relative clauses, appositions, adverbial clauses): only the attribution does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from kg.claims import Modality
from kg.extract.arguments import Reader
from kg.extract.clauses import (
    CONTENT,
    begins_aside,
    innermost,
    is_content,
    is_cut_off,
    is_inverted,
    is_still_to_come,
    joined,
    noun_phrase,
    said_beside,
)
from kg.extract.relations import Draft
from kg.extract.roles import fill, is_passive
from kg.ontology.cues import Cues

# Of several that fit, the first holds: a denied plan is denied, a plan that was reported planned.
_PRECEDENCE = (
    Modality.DENIED,
    Modality.HYPOTHETICAL,
    Modality.PLANNED,
    Modality.REPORTED,
    Modality.ASSERTED,
)
_SHARED = {"xcomp", "acl", "pcomp", "dobj", "pobj", "prep", "attr", "acomp", "oprd", "csubj"}
_SHARED |= {"nsubj", "nsubjpass", "advmod", "amod", "compound", "agent", "dative", "aux"}


@dataclass(frozen=True, slots=True)
class Stance:
    """How the document stands to a claim.

    Attributes:
        modality: The modality.
        speaker: Who says so, in the document's words; None for its own voice.
        entity: CURIE of the speaker where it is linked.
    """

    modality: Modality
    speaker: str | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class _Signal:
    modality: Modality
    speaker: Token | None = None


@dataclass(frozen=True, slots=True)
class StanceFinder:
    """The modality cues, by where they stand to the claim's word, and the background properties.

    Attributes:
        by_kind: For each kind of cue, what each word makes of a claim.
        background: Properties that an attributed sentence still asserts in passing.
        banning: Relation cues whose negation is the rule itself.
    """

    by_kind: Mapping[str, Mapping[str, Modality]]
    background: frozenset[str]
    banning: frozenset[str]

    @classmethod
    def of(cls, cues: Cues) -> StanceFinder:
        """Sort the cues by kind and word."""
        by_kind: dict[str, dict[str, Modality]] = {}
        for cue in cues.modalities:
            words = by_kind.setdefault(cue.kind, {})
            words.update(dict.fromkeys(sorted(cue.words), Modality(cue.modality)))
        return cls(by_kind, cues.words["background-properties"], cues.words["banning-cues"])

    def find(self, draft: Draft, reader: Reader) -> Stance:
        """How the document stands to a draft."""
        signals = list(self._signals(draft, reader))
        modalities = {signal.modality for signal in signals} | {Modality.ASSERTED}
        modality = next(each for each in _PRECEDENCE if each in modalities)
        speaker = next((signal.speaker for signal in signals if signal.speaker), None)
        if speaker is None:
            return Stance(modality)
        return self._stance(modality, speaker, reader)

    def _stance(self, modality: Modality, speaker: Token, reader: Reader) -> Stance:
        named = reader.arguments(speaker, "kg:Entity")
        if named and named[0].how == "described":
            return Stance(modality, named[0].words.text, named[0].thing.curie)
        words = reader.parse.words(*noun_phrase(speaker)).text
        known = bool(named) and named[0].how == "named"
        return Stance(modality, words, named[0].thing.curie if known else None)

    def _signals(self, draft: Draft, reader: Reader) -> Iterator[_Signal]:
        if self._is_said_in_passing(draft):
            return
        if reader.parse.sentence.text.rstrip("\"'”’)").endswith("?"):
            yield from (_Signal(each) for each in self.by_kind["question"].values())
        for ends in (draft.subject.token, draft.object.token):
            yield from self._negated_noun(ends)
        # "may not be sold to China under the rule" denies a sale, and states the rule
        states_a_ban = draft.cue.name in self.banning
        for signal in self._climb(draft):
            if not (states_a_ban and signal.modality in {Modality.DENIED, Modality.HYPOTHETICAL}):
                yield signal

    def _is_said_in_passing(self, draft: Draft) -> bool:
        """Whether words only identify: "Nvidia's H20", "the Chinese firm", "its model, Ruyi-3"."""
        names_alone = draft.cue.part == "name"
        beside = draft.cue.part == "noun" and draft.trigger.dep_ not in {"attr", "oprd", "conj"}
        return names_alone or (beside and draft.cue.property in self.background)

    def _climb(self, draft: Draft) -> Iterator[_Signal]:
        token, shared, aside = draft.trigger, True, False
        while True:
            if shared:
                yield from self._own(token)
            yield from self._sources(token)
            if token.head.i == token.i or is_cut_off(token):
                return
            if begins_aside(token):
                if draft.cue.property in self.background:
                    return
                shared, aside = False, True
            elif token.dep_ == "conj":
                yield from self._inherited(token, token.head) if shared else ()
                shared = False
            elif token.dep_ in CONTENT | _SHARED:
                yield from self._governed(token, aside)
                shared = shared and not is_content(token)
            token = token.head

    def _own(self, token: Token) -> Iterator[_Signal]:
        """Negations, modal verbs, conjunctions and adverbs of one word."""
        if is_inverted(token):
            yield _Signal(Modality.HYPOTHETICAL)
        if is_still_to_come(token):
            yield _Signal(Modality.PLANNED)
        for child in token.children:
            for kind, deps in _OWN.items():
                found = self._look(kind, child) if child.dep_ in deps else None
                if found and not (kind == "negation" and self._negates_little(child, token)):
                    yield _Signal(found)
            if child.dep_ == "advmod":
                yield from self._negated_noun(child)  # "no longer"

    def _negates_little(self, negation: Token, token: Token) -> bool:
        """Whether a negation turns round a denial ("did not deny") or itself ("not only")."""
        denies_itself = self._look("governor", token) is Modality.DENIED
        return denies_itself or any(child.dep_ == "advmod" for child in negation.rights)

    def _negated_noun(self, token: Token) -> Iterator[_Signal]:
        """Of "no H20s", "neither Tencent nor Alibaba"; a verb's negation is not its clause's."""
        if token.pos_ in {"VERB", "AUX"}:
            return
        for child in token.lefts:
            if child.dep_ in {"det", "neg", "preconj"} and (found := self._look("negation", child)):
                yield _Signal(found)
        if token.dep_ == "conj" and joined(token.head) & _ALTERNATIVES:
            yield from self._negated_noun(token.head)

    def _inherited(self, token: Token, head: Token) -> Iterator[_Signal]:
        """What a coordinated verb takes over: "will buy and deploy", "did not buy or use"."""
        if any(child.dep_ in {"nsubj", "nsubjpass"} for child in token.children):
            return
        for signal in self._own(head):
            if signal.modality is not Modality.DENIED or joined(head) & _ALTERNATIVES:
                yield signal

    def _governed(self, token: Token, aside: bool) -> Iterator[_Signal]:
        head = token.head
        yield from self._verdicts(head)
        said = self._look("governor", head)
        found = said or self._look("outcome", head)
        if found is None or (aside and found is not Modality.REPORTED):
            return
        denied_denial = found is Modality.DENIED and any(
            self._look("negation", child) for child in head.children if child.dep_ == "neg"
        )
        speaks = said in {Modality.REPORTED, Modality.DENIED}
        speaker = next(iter(self._speakers(head)), None) if speaks else None
        yield _Signal(Modality.REPORTED if denied_denial else found, speaker)
        yield from self._negated_noun(head) if not aside else ()

    def _verdicts(self, head: Token) -> Iterator[_Signal]:
        """Of "it is false that ...", "reports that ... are untrue"."""
        for child in head.children:
            if child.dep_ in {"acomp", "attr", "oprd"} and (found := self._look("verdict", child)):
                yield _Signal(found)

    def _speakers(self, head: Token) -> list[Token]:
        if head.pos_ in {"NOUN", "PROPN"}:
            return [*fill(head, "poss"), *fill(head, "by"), *fill(head, "from")]
        if is_passive(head):
            return [child for child in fill(head, "by") if child.pos_ != "VERB"]
        return fill(head, "agent")

    def _sources(self, token: Token) -> Iterator[_Signal]:
        """Of "according to a filing", "per two people", "it had, she said, been bought"."""
        for verb in said_beside(token):
            if self._look("governor", verb) is Modality.REPORTED:
                yield _Signal(Modality.REPORTED, next(iter(self._speakers(verb)), None))
        for child in token.children:
            if child.dep_ in {"prep", "advcl", "pcomp", "advmod"} and (
                found := self._look("source", child)
            ):
                yield _Signal(found, next(innermost(child), None))

    def _look(self, kind: str, token: Token) -> Modality | None:
        words = self.by_kind.get(kind, {})
        return words.get(token.lower_) or words.get(token.lemma_.casefold())


_ALTERNATIVES = {"or", "nor"}  # a negation reaches over them, not over "and" or "but"


_OWN = {
    "negation": {"neg", "det", "advmod", "cc", "preconj"},
    "modal": {"aux"},
    "marker": {"mark", "advmod"},
    "adverb": {"advmod", "npadvmod"},
}
