"""Claims told by a wording between two names, where the grammar is too loose for a parser to say.

A sentence is written with two characters for each name, one for its class and one for its number,
so that a pattern can ask for "a firm, then a nationality" whatever the names are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.arguments import Argument, Reader
from kg.extract.head_nouns import HEAD_NOUNS, head_nouns
from kg.extract.mentions import Mention
from kg.extract.relations import Draft, pairs
from kg.ontology.load import Ontology
from kg.ontology.phrases import (
    ADJECTIVE_BASE,
    CLASS_BASE,
    NUMBER,
    NUMBER_BASE,
    PRONOUN,
    PhraseCue,
)
from kg.ontology.phrases import class_char as char_of
from kg.text import Span

_MOST = 0xF8FF - NUMBER_BASE  # names that one sentence can hold; more than any sentence does
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class StandIn:
    """A pronoun or a description that stands where a name could: "it", "the start-up".

    Attributes:
        words: The words, with their place in the document.
        token: The pronoun, or the description's noun.
        kind: CURIE of the class of what it can mean; None for a pronoun, which can mean any.
    """

    words: Span
    token: Token
    kind: str | None


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence with two characters for each name.

    Attributes:
        text: The encoded sentence.
        places: For each character of it, its place in the document.
        names: The names, and what stands in for one, by the number that stands for them.
    """

    text: str
    places: tuple[int, ...]
    names: tuple[Mention | StandIn, ...]

    def named_in(self, start: int, end: int) -> list[Mention | StandIn]:
        """The names that stand between two places of the encoded text."""
        found = re.findall(NUMBER, self.text[start:end])
        return [self.names[ord(char) - NUMBER_BASE] for char in found]


@dataclass(frozen=True, slots=True)
class PhraseFinder:
    """The phrase cues, ready to be looked for.

    Attributes:
        ontology: Where cues and classes come from.
        chars: The character of each class, by form of name.
        heads: The nouns that describe things of a class.
    """

    ontology: Ontology
    chars: Mapping[tuple[bool, str], str]
    heads: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, ontology: Ontology) -> PhraseFinder:
        """Number the classes."""
        chars = {
            (base == ADJECTIVE_BASE, name): char_of(ontology.terms, name, base)
            for name in ontology.terms.superclasses
            for base in (CLASS_BASE, ADJECTIVE_BASE)
        }
        heads = {name: head_nouns(name, ontology.cues.words) for name in HEAD_NOUNS}
        return cls(ontology, chars, heads)

    def encode(self, sentence: Span, names: Sequence[Mention | StandIn]) -> Encoded:
        """Write a sentence with two characters for each of its names.

        A possessive pronoun is written as if it were a name with its "'s".
        """
        text: list[str] = []
        places: list[int] = []
        here = sentence.start
        kept = tuple(names[:_MOST])
        for number, name in enumerate(kept):
            text.append(_plain(sentence, here, name.words.start))
            places += range(here, name.words.start)
            written = self._class_of(name) + chr(NUMBER_BASE + number) + _ending(name)
            text.append(written)
            places += [name.words.start] * len(written)
            here = name.words.end if isinstance(name, StandIn) else name.end
        text.append(_plain(sentence, here, sentence.end))
        places += range(here, sentence.end)
        return Encoded("".join(text), tuple(places), kept)

    def _class_of(self, name: Mention | StandIn) -> str:
        if isinstance(name, StandIn):
            return PRONOUN if name.kind is None else self.chars[False, name.kind]
        return self.chars[name.form == "adjective", name.things[0].cls]

    def _stand_ins(self, reader: Reader) -> Iterator[StandIn]:
        """The pronouns and descriptions of a sentence that names could take the place of."""
        words = self.ontology.cues.words
        for token in reader.parse.doc:
            if token.i in reader.parse.mentions:
                continue
            if token.lower_ in words["stand-ins"] and not _is_contracted(token):
                yield StandIn(reader.parse.places[token.i], token, None)
            elif first := next(_definite(token, words["definite-words"]), None):
                for kind in HEAD_NOUNS:
                    if token.lower_ in self.heads[kind]:
                        yield StandIn(reader.parse.words(first, token), token, kind)
                        break

    def find(self, reader: Reader, mentions: Sequence[Mention]) -> Iterator[Draft]:
        """All drafts in one parsed sentence.

        Args:
            reader: The sentence, parsed.
            mentions: The names in it.
        """
        names: list[Mention | StandIn] = [*mentions, *self._stand_ins(reader)]
        names.sort(key=lambda name: name.words)
        last = sorted(reader.parse.mentions.items())  # of a mention's tokens the last one stays
        tokens = {mention.words: reader.parse.doc[at] for at, mention in last}
        ways = [self.encode(reader.parse.sentence, mentions)]
        if len(names) > len(mentions):  # "its" may stand in for a name, or be just a word
            ways.append(self.encode(reader.parse.sentence, _apart(names)))
        for encoded in ways:
            for cue in self.ontology.cues.phrases:
                for found in cue.pattern.finditer(encoded.text):
                    yield from self._drafts(cue, found, encoded, reader, tokens)

    def _drafts(
        self,
        cue: PhraseCue,
        found: re.Match[str],
        encoded: Encoded,
        reader: Reader,
        tokens: Mapping[Span, Token],
    ) -> Iterator[Draft]:
        ends = self.ontology.terms.properties[cue.property]
        subjects, objects = (
            [
                argument
                for name in encoded.named_in(*found.span(end))
                for argument in self._arguments(name, wanted, reader, tokens)
            ]
            for end, wanted in (("subject", ends.domain), ("object", ends.range))
        )
        word = _word(found, encoded, reader)
        if word is not None:
            subjects = [each for each in subjects if not _belongs_to_noun(each.token, word)]
            own = _acting(word, reader)
            subjects, objects = (
                [each for each in ends if each.how != "described" or each.thing.curie not in own]
                for ends in (subjects, objects)
            )
        for subject, object_ in pairs(subjects, objects, reader.parse.doc, self.ontology):
            if subject.thing.curie != object_.thing.curie:
                yield Draft(
                    cue=cue,
                    trigger=word or object_.token,
                    subject=subject,
                    object=object_,
                    involves=None,
                )

    def _arguments(
        self, name: Mention | StandIn, wanted: str, reader: Reader, tokens: Mapping[Span, Token]
    ) -> list[Argument]:
        if isinstance(name, StandIn):
            return reader.arguments(name.token, wanted)
        if name.words not in tokens:
            return []
        return [
            Argument(
                thing=thing,
                words=name.words,
                token=tokens[name.words],
                how="discovered" if thing.discovered else "named",
            )
            for thing in name.things
            if self.ontology.terms.is_a(thing.cls, wanted)
        ]


def _is_contracted(token: Token) -> bool:
    """Whether a word goes on as "it's"."""
    return not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().text[0] in "'’"


def _acting(word: Token, reader: Reader) -> set[str]:
    """CURIEs of the named subjects of a verb, which its pronouns cannot mean: "Micron sold it"."""
    subjects = [child.i for child in word.children if child.dep_ in {"nsubj", "nsubjpass"}]
    named = [reader.parse.mentions[at] for at in subjects if at in reader.parse.mentions]
    return {thing.curie for mention in named for thing in mention.things}


def _belongs_to_noun(token: Token, word: Token) -> bool:
    """Of "customers of Nvidia bought": whether a name only says whose the noun before it is."""
    preposition = token.head
    return (
        token.i < word.i
        and token.dep_ == "pobj"
        and preposition.dep_ == "prep"
        and preposition.head.pos_ in {"NOUN", "PROPN"}
        and preposition.head.dep_ in {"nsubj", "nsubjpass", "conj"}
    )


def _definite(token: Token, words: frozenset[str]) -> Iterator[Token]:
    """The word that makes a noun refer back: the first word of "the young start-up"."""
    if token.pos_ == "NOUN":
        yield from (child for child in token.lefts if child.lower_ in words)


def _apart(names: Sequence[Mention | StandIn]) -> list[Mention | StandIn]:
    """The names, less the descriptions that hold or touch another: "the chip maker Brelka"."""
    kept: list[Mention | StandIn] = []
    for name in names:
        if kept and kept[-1].words.meets(name.words):
            if isinstance(name, StandIn):
                continue
            if isinstance(kept[-1], StandIn):
                kept.pop()
        kept.append(name)
    return kept


def _ending(name: Mention | StandIn) -> str:
    """What is written after a name for a possessive pronoun."""
    return (
        "'s"
        if isinstance(name, StandIn) and name.token.dep_ == "poss" and name.kind is None
        else ""
    )


def _plain(sentence: Span, start: int, end: int) -> str:
    """Words of a sentence, without characters that would pass for an encoded name."""
    text = sentence.text[start - sentence.start : end - sentence.start]
    return _PRIVATE.sub("\ufffd", text)


def _word(found: re.Match[str], encoded: Encoded, reader: Reader) -> Token | None:
    """The token of the word that carries negation and tense; None where the cue marks none."""
    if "word" not in found.re.groupindex or found["word"] is None:
        return None
    place = encoded.places[found.start("word")]
    for token, words in zip(reader.parse.doc, reader.parse.places, strict=True):
        if words.start <= place < words.end:
            return token
    return None
