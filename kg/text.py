"""What a document is: its text, where it came from, and where its words stand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one document's text.

    Attributes:
        start: Place of the first character, in Unicode code points from 0.
        end: Place after the last character (half-open), so that `end - start == len(text)`.
        text: The words themselves, so that a claim can be read without its document.
    """

    start: int
    end: int
    text: str

    def holds(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one.

        >>> Span(0, 10, "DeepSeek's").holds(Span(0, 8, "DeepSeek"))
        True
        """
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One frozen text and where it came from.

    Attributes:
        identifier: The id that its source gave it, else its path relative to the folder that was
            named, with `/` between the parts.
        text: The words, as every offset counts them. Never empty.
        title: Its title; the identifier where it has none.
        creator: Who published it; None where unknown.
        date: The day it was published; None where unknown.
        source: Its web address or the like, as its metadata gives it; None where unknown.
    """

    identifier: str
    text: str
    title: str
    creator: str | None = None
    date: date | None = None
    source: str | None = None

    @property
    def id(self) -> str:
        """16 hex digits, hashed from identifier and text: another text is another document.

        >>> Document(identifier="a.txt", text="The H20 sells.", title="a").id
        '18e35331ee83b320'
        """
        return hashlib.sha256("\x1f".join((self.identifier, self.text)).encode()).hexdigest()[:16]

    @property
    def sha256(self) -> str:
        """The hash of the text alone, 64 hex digits, so that anyone can check a copy."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The words from `start` up to, not including, `end` (code points)."""
        return Span(start, end, self.text[start:end])
