"""A document's text, cut into sentences.

A sentence never crosses a line: `kg.extract.flow` has joined those that belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.text import Document, Span

_END = re.compile(r"[.!?…。！？]+[\"'”’)\]」』]*")
_WIDE_STOPS = "。！？"
_OPENERS = "\"'“‘([「『—–-•*"
# No sentence of prose is longer, in code points; the parser's memory grows with a sentence.
_LONGEST = 5_000


def segment(document: Document, words: Mapping[str, frozenset[str]]) -> tuple[Span, ...]:
    """Cut a document into sentences, in order, none of them empty or with space at its ends.

    Args:
        document: The document to cut, as `kg.extract.flow.flowing` gives it.
        words: The lists `abbreviations` (written with a full stop that ends no sentence) and
            `sentence-starters` (words that begin a sentence even after an abbreviation).

    >>> doc = Document(identifier="a", title="a", text="The U.S. acted. Nvidia Corp. complied.")
    >>> lists = {"abbreviations": frozenset({"u.s", "corp"}), "sentence-starters": frozenset()}
    >>> [sentence.text for sentence in segment(doc, lists)]
    ['The U.S. acted.', 'Nvidia Corp. complied.']
    """
    return tuple(
        sentence
        for start, end in _paragraphs(document.text)
        for sentence in _sentences(document.span(start, end), words)
    )


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph, in code points."""
    start = 0
    for found in re.finditer(r"[\r\n]+", text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _sentences(paragraph: Span, words: Mapping[str, frozenset[str]]) -> Iterator[Span]:
    begin = 0
    for found in _END.finditer(paragraph.text):
        if _ends_sentence(paragraph.text, found, words):
            yield from _trimmed(paragraph, begin, found.end())
            begin = found.end()
    yield from _trimmed(paragraph, begin, len(paragraph.text))


def _ends_sentence(text: str, stop: re.Match[str], words: Mapping[str, frozenset[str]]) -> bool:
    if stop.group()[0] in _WIDE_STOPS or stop.end() == len(text):
        return True
    if not text[stop.end()].isspace():
        return False
    following = text[stop.end() : stop.end() + 80].lstrip().lstrip(_OPENERS)
    if following[:1].islower():
        return False
    return stop.group()[0] != "." or not _goes_on(
        text[max(0, stop.start() - 24) : stop.start()], following, words
    )


def _goes_on(before: str, following: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether the full stop after these words belongs to an abbreviation inside a sentence."""
    last = before.split()[-1:]
    word = last[0].lstrip(_OPENERS).casefold() if last else ""
    if word in words["abbreviations"]:
        # "U.S. Commerce" goes on; "in the U.S. The rule" does not
        return following.split()[:1] == [] or following.split()[0] not in words["sentence-starters"]
    # an initial, as in "Brian C. Raymond"
    return len(word) == 1 and word.isalpha() and word != "i"


def _trimmed(paragraph: Span, start: int, end: int) -> Iterator[Span]:
    """The sentence without space at its ends; in pieces where it is too long to be one."""
    while end - start > _LONGEST:
        space = paragraph.text.rfind(" ", start + 1, start + _LONGEST)
        cut = space if space > 0 else start + _LONGEST
        yield from _trimmed(paragraph, start, cut)
        start = cut
    words = paragraph.text[start:end]
    start += len(words) - len(words.lstrip())
    if words := words.strip():
        begin = paragraph.start + start
        yield Span(begin, begin + len(words), words)
