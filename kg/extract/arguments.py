"""From a word in a role to the thing it stands for.

The word must itself be the name, or look through to it: a head noun ("H20 chips", "chips such as
the H20"), a measure ("thousands of H20s"), a pronoun or a description. A name that merely modifies
another noun is nobody's argument: "Nvidia customers" are not Nvidia.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract.anaphora import candidates_above, partners
from kg.extract.coreference import Antecedents
from kg.extract.discover import discover, slugged
from kg.extract.head_nouns import HEAD_NOUNS
from kg.extract.mentions import Mention
from kg.extract.parse import Parse
from kg.extract.roles import with_conjuncts
from kg.ontology.lexicon import Thing
from kg.ontology.load import Ontology
from kg.text import Document, Span

_QUOTES = '"“”„«'
_LOOK = 3  # how many nouns deep a name is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A thing in a role, and the words it was read from.

    Attributes:
        thing: What it is.
        words: The words that name it; for a pronoun, its antecedent's.
        token: The word that stands in the role.
        how: `named`, `described` (by a pronoun or description) or `discovered`.
    """

    thing: Thing
    words: Span
    token: Token
    how: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds arguments in one parse of one document."""

    parse: Parse
    document: Document
    ontology: Ontology
    antecedents: Antecedents

    def arguments(self, token: Token, wanted: str) -> list[Argument]:
        """All things of a class that a word and its conjuncts stand for, in order."""
        found: dict[str, Argument] = {}
        for each in with_conjuncts(token):
            for argument in self._referents(each, wanted, _LOOK):
                found.setdefault(argument.thing.curie, replace(argument, token=each))
        return list(found.values())

    def _referents(self, token: Token, wanted: str, depth: int) -> Iterator[Argument]:
        if mention := self.parse.mentions.get(token.i):
            yield from self._named(token, mention, wanted)
            return
        if self._has("first-persons", token.lower_):
            yield from self._voice(token, wanted)
        elif self._has("pronouns", token.lower_):
            yield from self._in_sentence(token, wanted) or self._described(token, token, wanted)
        elif token.pos_ == "PROPN" and not self._is_head_noun(token.lower_, wanted):
            yield from self._discovered(token, wanted)
        elif depth:
            yield from self._beyond_noun(token, wanted, depth)

    def _beyond_noun(self, token: Token, wanted: str, depth: int) -> Iterator[Argument]:
        if self._is_head_noun(token.lower_, wanted):
            yield from self._under_head_noun(token, wanted, depth)
        elif any(self._has("transparent-nouns", word) for word in (token.lower_, token.lemma_)):
            yield from self._inside(token, wanted, depth)
        else:
            yield from self._named_after(token, wanted, depth)

    def _named(self, token: Token, mention: Mention, wanted: str) -> Iterator[Argument]:
        if mention.form == "adjective" and wanted != "kg:Country":
            return
        fitting = [thing for thing in mention.things if self._is_a(thing.cls, wanted)]
        if len(fitting) == 1:
            how = "discovered" if fitting[0].discovered else "named"
            yield Argument(thing=fitting[0], words=mention.words, token=token, how=how)

    def _voice(self, token: Token, wanted: str) -> Iterator[Argument]:
        """Of "we" and "our" outside quotation marks: whoever speaks in the document."""
        speaker = self.antecedents.voice
        quoted = any(mark in before.text for before in token.doc[: token.i] for mark in _QUOTES)
        if speaker is not None and not quoted and self._is_a(speaker.things[0].cls, wanted):
            thing = speaker.things[0]
            yield Argument(thing=thing, words=speaker.words, token=token, how="described")

    def _named_after(self, token: Token, wanted: str, depth: int) -> Iterator[Argument]:
        """Of "the hedge fund High-Flyer": the name that follows and says which one is meant."""
        for child in token.rights:
            if child.dep_ == "appos" and child.i in self.parse.mentions:
                yield from self._referents(child, wanted, depth - 1)

    def _in_sentence(self, pronoun: Token, wanted: str) -> list[Argument]:
        """Of "Huawei and its unit", "Huawei said that it": the nearest subject above it."""
        for token in candidates_above(pronoun):
            if token.pos_ != "PRON":
                found = list(self._referents(token, wanted, 0))
                if found:
                    return [replace(each, how="described") for each in found]
        return []

    def _described(self, token: Token, first: Token, wanted: str) -> Iterator[Argument]:
        words = self.parse.words(first, token)
        barred = {self.parse.places[each.i] for each in partners(token)}
        if token.tag_ == "NNS" or self._has("plural-words", token.lower_):
            found = self.antecedents.all_before(words, wanted, barred)
        else:
            one = self.antecedents.before(words, wanted, barred)
            found = [one] if one else []
        for mention in found:
            thing = next(each for each in mention.things if self._is_a(each.cls, wanted))
            yield Argument(thing=thing, words=mention.words, token=token, how="described")

    def _under_head_noun(self, token: Token, wanted: str, depth: int) -> Iterator[Argument]:
        """Of "H20 chips", "chips such as the H20" and "the chip, H20"; else the chip meant."""
        found = list(self._inside(token, wanted, depth))
        yield from found
        definite = [child for child in token.lefts if self._has("definite-words", child.lower_)]
        if not found and definite:
            found = list(self._described(token, definite[0], wanted))
            yield from found
        if not found and wanted == "kg:Rule":
            yield self._unnamed_rule(token)

    def _unnamed_rule(self, token: Token) -> Argument:
        """A measure that the document describes without a name: "a letter", "new requirements"."""
        first = token
        while first.i and token.doc[first.i - 1].dep_ in {"amod", "compound", "nmod"}:
            first = token.doc[first.i - 1]
        words = self.parse.words(first, token)
        slug = slugged(f"{words.text.removesuffix(token.text)} {token.lemma_}")
        curie = f"rule:x-{self.document.id}-{slug}"
        thing = Thing(curie=curie, label=words.text, cls="kg:Rule", discovered=True)
        return Argument(thing=thing, words=words, token=token, how="discovered")

    def _inside(self, token: Token, wanted: str, depth: int) -> Iterator[Argument]:
        for child in token.children:
            if child.dep_ in {"compound", "amod", "nmod", "appos"}:
                if child.i in self.parse.mentions or child.dep_ == "appos":
                    for each in with_conjuncts(child):
                        yield from self._referents(each, wanted, depth - 1)
            elif child.dep_ in {"prep", "acl"} and self._has("opening-words", child.lower_):
                yield from self._beyond(child, wanted, depth)

    def _beyond(self, opening: Token, wanted: str, depth: int) -> Iterator[Argument]:
        """Of "thousands of H20s", "chips such as the H20", "servers fitted with H20s"."""
        for child in opening.children:
            if child.dep_ in {"pobj", "dobj"}:
                for each in with_conjuncts(child):
                    yield from self._referents(each, wanted, depth - 1)
            elif child.dep_ == "prep":
                yield from self._beyond(child, wanted, depth)

    def _discovered(self, token: Token, wanted: str) -> Iterator[Argument]:
        """A proper name that the lexicon lacks, where an organisation is wanted."""
        if not self._is_a("kg:Company", wanted) and wanted != "kg:Entity":
            return
        first = token
        while first.i and self._continues(token.doc[first.i - 1], token):
            first = token.doc[first.i - 1]
        words = self.parse.words(first, token)
        if not self._may_be_organisation(words.text):
            return
        placeholders = self.ontology.cues.words["placeholder-nouns"]
        thing = discover(words.text, "kg:Company", self.document, placeholders)
        yield Argument(thing=thing, words=words, token=token, how="discovered")

    def _may_be_organisation(self, name: str) -> bool:
        """Whether a capitalised name can be an organisation's: no city, title or the like."""
        if name in self.ontology.lexicon.decoys or not name[:1].isupper():
            return False
        if any(self._has(words, name.casefold()) for words in ("never-names", "cities")):
            return False
        first = name.partition(" ")[0].casefold().removesuffix(".")
        return not any(self._has(words, first) for words in ("person-titles", "given-names"))

    def _continues(self, before: Token, token: Token) -> bool:
        return (
            before.pos_ == "PROPN"
            and before.dep_ in {"compound", "nmod"}
            and before.head.i <= token.i
            and before.i not in self.parse.mentions
        )

    def _is_head_noun(self, word: str, wanted: str) -> bool:
        return any(
            self._has(nouns, word)
            for cls, lists in HEAD_NOUNS.items()
            for nouns in lists
            if self._is_a(cls, wanted) or self._is_a(wanted, cls)
        )

    def _has(self, name: str, word: str) -> bool:
        return word in self.ontology.cues.words[name]

    def _is_a(self, cls: str, wanted: str) -> bool:
        return self.ontology.terms.is_a(cls, wanted)
