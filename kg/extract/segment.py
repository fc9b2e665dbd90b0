"""A document's text, cut into sentences.

A sentence never crosses a paragraph. Where a text is wrapped by hand at a fixed width, single line
breaks are spaces; anywhere else a line is a paragraph, as headlines, lists and tables need, unless
a long one stops where the next goes on with a small letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from kg.text import Document, Span

_END = re.compile(r"[.!?…。！？]+[\"'”’)\]」』]*")
_WIDE_STOPS = "。！？"
_OPENERS = "\"'“‘([「『—–-•*"
_BREAK = re.compile(r"(?:\r\n?|\n)(?P<blank>[ \t]*(?:\r\n?|\n)\s*)?")
# A word in mid-sentence, and no handle, address or "key:" of a record.
_SMALL_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*,?(?=\s)")
# A hand-wrapped text has so many lines that go on below, the longest of so many code points.
_FEWEST_LINES = 3
_WRAP_WIDTH = range(50, 140)
# No sentence of prose is longer, in code points; the parser's memory grows with a sentence.
_LONGEST = 5_000


def segment(document: Document, words: Mapping[str, frozenset[str]]) -> tuple[Span, ...]:
    """Cut a document into sentences, in order, none of them empty or with space at its ends.

    Args:
        document: The document to cut.
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
    wrapped = _is_wrapped(text)
    start = 0
    for found in _BREAK.finditer(text):
        if found["blank"] or not (wrapped or _goes_on_below(text, found)):
            yield start, found.start()
            start = found.end()
    yield start, len(text)


def _is_wrapped(text: str) -> bool:
    """Whether lines were broken by hand: nearly each was full when the next word went below it."""
    lines = text.splitlines()
    if any("|" in line or "\t" in line for line in lines):
        return False  # rows of a table
    going_on = [(line, after) for line, after in pairwise(lines) if line and after.strip()]
    width = max((len(line) for line, _ in going_on), default=0)
    if len(going_on) < _FEWEST_LINES or width not in _WRAP_WIDTH:
        return False
    full = sum(len(line) + len(after.split()[0]) >= width for line, after in going_on)
    return full >= 0.8 * len(going_on)


def _goes_on_below(text: str, found: re.Match[str]) -> bool:
    """Whether a long line stops in mid-sentence: the next one begins with a small letter."""
    begin = max(text.rfind(sign, 0, found.start()) for sign in "\r\n") + 1
    line = text[begin : found.start()]
    return (
        len(line) >= _WRAP_WIDTH.start
        and line[-1] not in ".!?:;|"
        and _SMALL_WORD.match(text, found.end()) is not None
    )


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
