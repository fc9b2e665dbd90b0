"""A text without the line breaks that only its width made.

Where a text is wrapped by hand, single line breaks are spaces, also inside a name; anywhere else a
line is a paragraph, as headlines, lists and tables need, unless a long one stops where the next
goes on with a small letter. A break becomes as many spaces: every place stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.reading import Reading
from kg.text import Document, Span

_BREAK = re.compile(r"(?:\r\n?|\n)(?P<blank>[ \t]*(?:\r\n?|\n)\s*)?")
# A word in mid-sentence, and no handle, address or "key:" of a record.
_SMALL_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*,?(?=\s)")
# A hand-wrapped text has so many lines that go on below, the longest of so many code points.
_FEWEST_LINES = 2
_WRAP_WIDTH = range(50, 140)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flowing(Document):
    wrapped: Document

    @property
    def id(self) -> str:
        """That of the document as it came: what is read belongs to it."""
        return self.wrapped.id


def flowing(document: Document) -> Document:
    """The document with spaces for the breaks inside its paragraphs; itself if it has none.

    >>> first = "The chips that the firm had bought went by way of Minghe"
    >>> lines = (first, "Lattice to a buyer abroad whose name no document does", "tell.")
    >>> flows = flowing(Document(identifier="a", title="a", text=chr(10).join(lines)))
    >>> flows.text[50:64], flows.text[-10:]
    ('Minghe Lattice', 'does tell.')
    """
    breaks = list(_breaks(document.text))
    if not breaks:
        return document
    pieces, here = [], 0
    for found in breaks:
        pieces += [document.text[here : found.start()], " " * len(found.group())]
        here = found.end()
    return _Flowing(
        identifier=document.identifier,
        text="".join([*pieces, document.text[here:]]),
        title=document.title,
        creator=document.creator,
        date=document.date,
        source=document.source,
        wrapped=document,
    )


def as_it_stands(reading: Reading, document: Document) -> Reading:
    """What was read of a flowing document, with the words of the document as it came."""

    def words(span: Span) -> Span:
        return document.span(span.start, span.end)

    return replace(
        reading,
        document=document,
        claims=tuple(
            replace(each, evidence=tuple(map(words, each.evidence))) for each in reading.claims
        ),
        names=tuple(replace(each, words=words(each.words)) for each in reading.names),
        leftovers=tuple(replace(each, words=words(each.words)) for each in reading.leftovers),
    )


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """The line breaks that are spaces."""
    wrapped = _is_wrapped(text)
    for found in _BREAK.finditer(text):
        if not found["blank"] and (wrapped or _goes_on_below(text, found)):
            yield found


def _is_wrapped(text: str) -> bool:
    """Whether lines were broken by hand: nearly each was full when the next word went below it.

    Somewhere the next line begins with a small letter, which bulletins and lists do not.
    """
    lines = text.splitlines()
    if any("|" in line or "\t" in line for line in lines):
        return False  # rows of a table
    going_on = [(line, after) for line, after in pairwise(lines) if line and after.strip()]
    width = max((len(line) for line, _ in going_on), default=0)
    small = any(after.lstrip()[0].islower() for _, after in going_on)
    if not small or len(going_on) < _FEWEST_LINES or width not in _WRAP_WIDTH:
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
