"""The words of a cell: its stretches, the names in them, and the numbers beside these."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.layout import Cell, TableRow
from kg.ontology.lexicon import Thing
from kg.text import Span

_SEGMENT = re.compile(r"[;•]|(?<=\)),")
_SENTENCE = re.compile(r"(?<=[\w)]{3})\. (?=[A-Z\"“])")
_BEFORE_BESIDE = re.compile(  # "Brelka Ltd (Oslo, "; what stands beside it comes next
    r"(?: [A-Z][A-Za-z.]{1,4}){0,2}\s?[(,]\s?(?:[\w' ]{1,30}, )?(?:the )?"
)
_NAME = re.compile(
    r"(?:(?:[a-z]{2,5} )?[\d,]+\+? ?[x×]? (?=[A-Z]))?"
    r"(?P<name>(?:[A-Z]|\d+[A-Z]|[a-z]+[A-Z])[\w'’&.+-]*(?: (?:[A-Z\d][\w'’&.+-]*|&|of|and))*)"
    r"(?=\s*(?:$|[(,;*]| [x×] ?\d))"
)
_COUNTED_BEFORE = re.compile(r"(?<![\w.,$€£¥])(\d{1,3}(?:,\d{3})+|\d+)\+? (?:[a-z]+ )?(?:[x×] ?)?$")
_COUNTED_AFTER = re.compile(r" ?(?:\(|[x×] ?)(?:[a-z]{2,5}\.? )?(\d{1,3}(?:,\d{3})+|\d+)\b(?! ?%)")
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)")


@dataclass(frozen=True, slots=True)
class Named:
    """One end of a claim of a table: a thing, the words that name it, and where these stand."""

    thing: Thing
    words: Span
    segment: Span
    cell: Cell

    @property
    def how(self) -> str:
        """How it was found, as a feature of the confidence."""
        return "discovered" if self.thing.discovered else "named"


class Grid:
    """Where the cells of tables stand, so that no sentence is read across them."""

    def __init__(self, rows: Sequence[TableRow]) -> None:
        """Note the places.

        Args:
            rows: The rows of one document; records, whose values may be sentences, are passed over.
        """
        columns = [row for row in rows if row.in_columns]
        self._cells = sorted(cell.words for row in columns for cell in row.cells if cell.roles)

    def parts(self, one: Span, other: Span) -> bool:
        """Whether two names of one sentence stand in different cells of a row.

        A cell whose heading means nothing may well be a sentence about another: a remark.
        """
        cells = [_holder(self._cells, name) for name in (one, other)]
        return None not in cells and cells[0] != cells[1]


def _holder(places: Sequence[Span], words: Span) -> Span | None:
    """The one of some places that holds words; the places must be in order and not overlap."""
    at = bisect_right(places, words.start, key=lambda place: place.start) - 1
    return places[at] if at >= 0 and places[at].holds(words) else None


def count_of(chip: Named, column: Sequence[str]) -> str | None:
    """The number that counts a chip: beside it in its cell, else the one cell of a count.

    Args:
        chip: The chip.
        column: The cells of its row that hold a count.
    """
    text, place = chip.segment.text, chip.segment.start
    found = (
        _COUNTED_BEFORE.search(text[: chip.words.start - place])
        or _COUNTED_AFTER.match(text[chip.words.end - place :])
        or (_NUMBER.match(column[0]) if len(column) == 1 else None)
    )
    return found[1] if found else None


def name_in(segment: Span) -> Span | None:
    """The words at the start of a stretch that are written like a name and are all of it."""
    found = _NAME.match(segment.text)
    if found is None:
        return None
    start = segment.start + found.start("name")
    return Span(start, start + len(found["name"]), found["name"])


def segments(cell: Cell) -> Iterator[Span]:
    """The stretches of a cell between semicolons, each up to the end of its first sentence."""
    start = 0
    for found in (*_SEGMENT.finditer(cell.words.text), None):
        end = found.start() if found else len(cell.words.text)
        text = _SENTENCE.split(cell.words.text[start:end])[0]
        lead = len(text) - len(text.lstrip())
        if text.strip():
            begin = cell.words.start + start + lead
            yield Span(begin, begin + len(text.strip()), text.strip())
        start = found.end() if found else end


def is_beside(name: Named, other: Named) -> bool:
    """Whether one name stands in brackets or after a comma right behind the other, and ends it."""
    if name.segment != other.segment or name.words.end > other.words.start:
        return False
    text = name.segment.text
    between = text[name.words.end - name.segment.start : other.words.start - name.segment.start]
    after = text[other.words.end - name.segment.start :]
    return _BEFORE_BESIDE.fullmatch(between) is not None and after.strip() in {"", ")"}
