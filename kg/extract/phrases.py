"""Claims told by a wording between two names, where the grammar is too loose for a parser to say.

A sentence is written with two characters for each name, one for its class and one for its number,
so that a pattern can ask for "a firm, then a nationality" whatever the names are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from spacy.tokens import Token

from kg.extract.arguments import Argument, Reader
from kg.extract.mentions import Mention
from kg.extract.relations import Draft
from kg.ontology.load import Ontology
from kg.ontology.phrases import ADJECTIVE_BASE, CLASS_BASE, NUMBER, NUMBER_BASE, PhraseCue
from kg.ontology.phrases import class_char as char_of
from kg.text import Span

_MOST = 0xF8FF - NUMBER_BASE  # names that one sentence can hold; more than any sentence does
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence with two characters for each name.

    Attributes:
        text: The encoded sentence.
        places: For each character of it, its place in the document.
        mentions: The names, by the number that stands for them.
    """

    text: str
    places: tuple[int, ...]
    mentions: tuple[Mention, ...]

    def named_in(self, start: int, end: int) -> list[Mention]:
        """The names that stand between two places of the encoded text."""
        found = re.findall(NUMBER, self.text[start:end])
        return [self.mentions[ord(char) - NUMBER_BASE] for char in found]


@dataclass(frozen=True, slots=True)
class PhraseFinder:
    """The phrase cues, ready to be looked for.

    Attributes:
        ontology: Where cues and classes come from.
        chars: The character of each class, by form of name.
    """

    ontology: Ontology
    chars: Mapping[tuple[bool, str], str]

    @classmethod
    def of(cls, ontology: Ontology) -> PhraseFinder:
        """Number the classes."""
        chars = {
            (base == ADJECTIVE_BASE, name): char_of(ontology.terms, name, base)
            for name in ontology.terms.superclasses
            for base in (CLASS_BASE, ADJECTIVE_BASE)
        }
        return cls(ontology, chars)

    def encode(self, sentence: Span, mentions: Sequence[Mention]) -> Encoded:
        """Write a sentence with two characters for each of its names."""
        text: list[str] = []
        places: list[int] = []
        here = sentence.start
        kept = tuple(mentions[:_MOST])
        for number, mention in enumerate(kept):
            text.append(_plain(sentence, here, mention.words.start))
            places += range(here, mention.words.start)
            cls = self.chars[mention.form == "adjective", mention.things[0].cls]
            text.append(cls + chr(NUMBER_BASE + number))
            places += [mention.words.start] * 2
            here = mention.end
        text.append(_plain(sentence, here, sentence.end))
        places += range(here, sentence.end)
        return Encoded("".join(text), tuple(places), kept)

    def tells(self, encoded: Encoded) -> bool:
        """Whether any phrase cue matches."""
        return any(cue.pattern.search(encoded.text) for cue in self.ontology.cues.phrases)

    def find(self, reader: Reader, mentions: Sequence[Mention]) -> Iterator[Draft]:
        """All drafts in one parsed sentence.

        Args:
            reader: The sentence, parsed.
            mentions: The names in it.
        """
        encoded = self.encode(reader.parse.sentence, mentions)
        tokens = {mention.words: reader.parse.doc[at] for at, mention in _by_token(reader)}
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
        subjects = self._arguments(encoded.named_in(*found.span("subject")), ends.domain, tokens)
        objects = self._arguments(encoded.named_in(*found.span("object")), ends.range, tokens)
        word = _word(found, encoded, reader)
        for subject, object_ in product(subjects, objects):
            if subject.thing.curie != object_.thing.curie:
                yield Draft(
                    cue=cue,
                    trigger=word or object_.token,
                    subject=subject,
                    object=object_,
                    involves=None,
                )

    def _arguments(
        self, mentions: Sequence[Mention], wanted: str, tokens: Mapping[Span, Token]
    ) -> list[Argument]:
        return [
            Argument(
                thing=thing,
                words=mention.words,
                token=tokens[mention.words],
                how="discovered" if thing.discovered else "named",
            )
            for mention in mentions
            if mention.words in tokens
            for thing in mention.things
            if self.ontology.terms.is_a(thing.cls, wanted)
        ]


def _plain(sentence: Span, start: int, end: int) -> str:
    """Words of a sentence, without characters that would pass for an encoded name."""
    text = sentence.text[start - sentence.start : end - sentence.start]
    return _PRIVATE.sub("\ufffd", text)


def _by_token(reader: Reader) -> Iterator[tuple[int, Mention]]:
    """Each mention with its last token."""
    yield from sorted(reader.parse.mentions.items())


def _word(found: re.Match[str], encoded: Encoded, reader: Reader) -> Token | None:
    """The token of the word that carries negation and tense; None where the cue marks none."""
    if "word" not in found.re.groupindex or found["word"] is None:
        return None
    place = encoded.places[found.start("word")]
    for token, words in zip(reader.parse.doc, reader.parse.places, strict=True):
        if words.start <= place < words.end:
            return token
    return None
