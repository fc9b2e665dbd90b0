"""From when until when a claim holds, where its own clause says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from spacy.tokens import Token

from kg.claims import UNDATED, Dated
from kg.extract.arguments import Reader
from kg.extract.months import MONTHS
from kg.ontology.files import LooseDate

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_SHAPES = (
    re.compile(rf"{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>20\d\d)", re.IGNORECASE),
    re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th)? {_MONTH},? (?P<year>20\d\d)", re.IGNORECASE),
    re.compile(rf"{_MONTH},? (?P<year>20\d\d)", re.IGNORECASE),
    re.compile(r"(?P<year>20\d\d)"),
)


def read_date(words: str) -> LooseDate | None:
    """Read a date that is all there: day, month and year, month and year, or a year.

    >>> read_date("Oct. 17, 2023")
    LooseDate(day=datetime.date(2023, 10, 17), precision='day')
    >>> read_date("early 2025") is None
    True
    """
    for shape in _SHAPES:
        if found := shape.fullmatch(words.strip()):
            parts = found.groupdict()
            month = MONTHS.index(parts["month"][:3].lower()) + 1 if parts.get("month") else 1
            try:
                day = date(int(parts["year"]), month, int(parts.get("day") or 1))
            except ValueError:
                return None
            precision = "day" if parts.get("day") else "month" if parts.get("month") else "year"
            return LooseDate(day, precision)
    return None


def find_when(trigger: Token, reader: Reader) -> Dated:
    """The dates that hang on a claim's own word: "bought in 2023", "banned since October 2023"."""
    start: LooseDate | None = None
    end: LooseDate | None = None
    for preposition, found in _dates(trigger, reader):
        if preposition in reader.ontology.cues.words["starting-prepositions"]:
            start = start or found
        elif preposition in reader.ontology.cues.words["ending-prepositions"]:
            end = end or found
    if start is None and end is None:
        return UNDATED
    return Dated(
        start=start.day if start else None,
        start_precision=start.precision if start else None,
        end=end.day if end else None,
        end_precision=end.precision if end else None,
    )


def _dates(trigger: Token, reader: Reader) -> Iterator[tuple[str, LooseDate]]:
    for preposition in trigger.subtree:
        if preposition.dep_ != "prep" or _clause(preposition).i != trigger.i:
            continue
        for child in preposition.children:
            if child.dep_ == "pobj":
                words = reader.parse.words(child.left_edge, child.right_edge).text
                if found := read_date(words):
                    yield preposition.lower_, found


def _clause(token: Token) -> Token:
    """The verb whose clause a word belongs to."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return token.sent.root
