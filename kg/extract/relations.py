"""Claims in a parsed sentence: each cue's word, and the things that stand in its roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from spacy.tokens import Doc, Token

from kg.extract.arguments import Argument, Reader
from kg.extract.roles import fill
from kg.extract.told import Told
from kg.ontology.cues import RelationCue
from kg.ontology.load import Ontology
from kg.ontology.phrases import PhraseCue

_PARTS_OF_SPEECH = {
    "verb": {"VERB", "AUX"},
    "noun": {"NOUN", "PROPN"},
    "adjective": {"ADJ", "VERB", "ADV"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(Told[RelationCue | PhraseCue, Argument]):
    """What one word of a sentence tells.

    Attributes:
        trigger: The word that the cue matched.
    """

    trigger: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A claim of which only one end is named.

    Attributes:
        cue: What would tell it.
        trigger: The word that the cue matched.
        end: The end that is named.
        is_subject: Whether that is the subject, and the object is missing.
    """

    cue: RelationCue
    trigger: Token
    end: Argument
    is_subject: bool


@dataclass(frozen=True, slots=True)
class RelationFinder:
    """The relation cues, by the word that each waits for.

    Attributes:
        ontology: Where cues and classes come from.
        by_word: Cues by base form or irregular form.
        on_names: Cues whose trigger is the name itself.
    """

    ontology: Ontology
    by_word: Mapping[str, tuple[RelationCue, ...]]
    on_names: tuple[RelationCue, ...]

    @classmethod
    def of(cls, ontology: Ontology) -> RelationFinder:
        """Sort the cues by their words."""
        by_word: dict[str, list[RelationCue]] = defaultdict(list)
        for cue in ontology.cues.relations:
            for word in sorted(cue.triggers):
                by_word[word].append(cue)
        return cls(
            ontology,
            {word: tuple(cues) for word, cues in by_word.items()},
            tuple(cue for cue in ontology.cues.relations if cue.part == "name"),
        )

    def find(self, reader: Reader) -> Iterator[Draft | Half]:
        """All drafts in one parse, whole and half, in order of their trigger words."""
        for token in reader.parse.doc:
            if token.i in reader.parse.mentions:
                for cue in self.on_names:
                    yield from self._drafts(cue, token, reader)
            else:
                for cue in self._waiting_for(token):
                    if token.pos_ in _PARTS_OF_SPEECH[cue.part]:
                        yield from self._drafts(cue, token, reader)

    def _waiting_for(self, token: Token) -> Iterable[RelationCue]:
        base = self.by_word.get(token.lemma_.casefold(), ())
        irregular = self.by_word.get(token.lower_, ())
        return (*base, *(cue for cue in irregular if cue not in base))

    def _meets(self, cue: RelationCue, trigger: Token, reader: Reader) -> bool:
        """Whether something that the cue requires stands by: "sent" needs servers, not a letter."""
        if not cue.requires:
            return True
        for role, name in cue.requires:
            words = self.ontology.cues.words[name]
            for token in fill(trigger, role):
                if token.lower_ in words:
                    return True
                if any(reader.arguments(token, cls) for cls in words if cls.startswith("kg:")):
                    return True
        return False

    def _drafts(self, cue: RelationCue, trigger: Token, reader: Reader) -> Iterator[Draft | Half]:
        found = self.ontology.terms.properties[cue.property]
        if not self._meets(cue, trigger, reader):
            return
        subjects = _fillers(cue.subject, trigger, found.domain, reader)
        objects = _fillers(cue.object, trigger, found.range, reader)
        if not (subjects and objects):
            for end in (subjects or objects)[:1]:
                if _is_owed(cue, trigger, cue.object if subjects else cue.subject):
                    yield Half(cue=cue, trigger=trigger, end=end, is_subject=bool(subjects))
            return
        involved = _fillers(cue.involves, trigger, "kg:Chip", reader)
        for subject, object_ in pairs(subjects, objects, trigger.doc, self.ontology):
            if subject.thing.curie != object_.thing.curie:
                yield Draft(
                    cue=cue,
                    trigger=trigger,
                    subject=subject,
                    object=object_,
                    involves=involved[0] if involved else None,
                )


def _is_owed(cue: RelationCue, trigger: Token, roles: Iterable[str]) -> bool:
    """Whether a role that nothing named fills is there all the same.

    Each verb has somebody who does it and something that it is done to, said or not; any other
    role is there if a word stands in it. A name may do without all of them.
    """
    if cue.part == "name":
        return False
    return any(
        (cue.part == "verb" and role in {"agent", "patient"}) or fill(trigger, role)
        for role in roles
    )


def _fillers(roles: Iterable[str], trigger: Token, wanted: str, reader: Reader) -> list[Argument]:
    """What fills the first of the roles that anything of the class fills."""
    for role in roles:
        for token in fill(trigger, role):
            found = reader.arguments(token, wanted)
            if trigger.dep_ == "relcl" and token.i < trigger.i:
                # of "A, which buys chips, and B" only A buys
                found = [each for each in found if each.token.i < trigger.i]
            if role == "self":
                found = [each for each in found if not _has_other_owner(each.token, trigger)]
            if found:
                return found
    return []


def _has_other_owner(token: Token, trigger: Token) -> bool:
    """Of "Amazon's Trainium2 and Google's TPU": whether the second has an owner of its own."""
    return token.i != trigger.i and any(child.dep_ == "poss" for child in token.children)


def pairs(
    subjects: list[Argument], objects: list[Argument], sentence: Doc, ontology: Ontology
) -> Iterable[tuple[Argument, Argument]]:
    """All pairs; one to one where the sentence says so and the lists are equally long."""
    words = ontology.cues.words["pairing-words"]
    if len(subjects) == len(objects) > 1 and any(token.lower_ in words for token in sentence):
        return zip(subjects, objects, strict=True)
    return product(subjects, objects)
