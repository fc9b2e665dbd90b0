"""Chips with figures: what `ontology/controls/chips.csv` and `figures.csv` hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf, isfinite

from kg.controls.truth import Interval
from kg.ontology.files import LooseDate, Row, parse_day, parse_loose_date

CHIPS = (
    *("chip", "kind", "designer", "designed_for", "announced", "released", "rates"),
    "subject_to_ear",
    *("source", "confidence", "checked", "note"),
)
FIGURES = (
    *("chip", "quantity", "value", "bound", "low", "high"),
    *("source", "confidence", "checked", "note"),
)
USES = ("datacentre", "workstation", "consumer", "embedded")
KINDS = ("integrated-circuit", "memory", "computer")
COMPUTER = KINDS[2]
_GRADES = ("A", "B", "C")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of one part, as a source gives it.

    Attributes:
        quantity: Name of a row of `ontology/controls/quantities.csv`, which has the unit.
        value: The number to compute with.
        at_least: Whether it is only known to be no less.
        low: The least that a source gives; `value` where none disagrees.
        high: The most, likewise.
        source: Citations, `|` between several; empty for a number that a user supposes.
        confidence: `A` or `B`; `C` is an estimate, which decides nothing (`kg.controls.nearness`
            shows what it would change).
        note: What a reader must know of it.
        checked: The day on which the source was checked; None for a supposed number.
    """

    quantity: str
    value: float
    at_least: bool = False
    low: float
    high: float
    source: str = ""
    confidence: str = "A"
    note: str = ""
    checked: date | None = None

    @property
    def interval(self) -> Interval:
        """Where the number lies by its value, disputes aside."""
        return Interval(self.value, inf if self.at_least else self.value)

    @property
    def disputed(self) -> bool:
        """Whether sources give different numbers."""
        return self.low != self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chip with figures of its own, or a computer that contains it.

    Attributes:
        chip: CURIE of the chip.
        label: Its name.
        kind: One of `KINDS`.
        designer: CURIE of who designs it; empty for a chip that does not exist.
        designed_for: One of `USES`; None where unknown.
        released: When it came on sale; None where unknown.
        all_rates: Whether the rates cover all precisions that may set TPP; else TPP is a lower
            bound.
        subject_to_ear: Whether it is subject to the EAR for certain; a part designed elsewhere may
            be, by where and with what it is made (15 CFR 734.3 and 734.9), which is not modelled.
        figures: Figure by quantity, those of grade C aside.
        estimates: Figure by quantity, those of grade C.
        named: CURIEs by which a letter may name it: its own and that of the model it is a part of.
        source: Citations of the part itself.
    """

    chip: str
    label: str
    kind: str = KINDS[0]
    designer: str = ""
    designed_for: str | None = None
    released: LooseDate | None = None
    all_rates: bool = True
    subject_to_ear: bool = True
    figures: Mapping[str, Figure] = field(default_factory=dict)
    estimates: Mapping[str, Figure] = field(default_factory=dict)
    named: frozenset[str] = frozenset()
    source: str = ""

    def with_figure(self, figure: Figure) -> Part:
        """The same part with one figure put in or replaced."""
        return replace(self, figures={**self.figures, figure.quantity: figure})

    @property
    def contents(self) -> Part:
        """The circuit inside a computer; the part itself otherwise."""
        return replace(self, kind=KINDS[0]) if self.kind == COMPUTER else self


def figure_of(row: Row, quantities: Mapping[str, str]) -> Figure:
    """Read a row of `figures.csv`.

    Args:
        row: The row.
        quantities: Kind (`rate`, `measured`, `computed`, `text`) by name of the quantity.

    Raises:
        OntologyError: The quantity, a number, its bound or its confidence is wrong.
    """
    if quantities.get(row["quantity"], "text") == "text":
        raise row.error(
            f"no number is called {row['quantity']!r} (rates are dense: sparsity does not count)"
        )
    _choice(row, "bound", ("exact", "at-least"))
    _choice(row, "confidence", _GRADES)
    if not row["source"]:
        raise row.error("a figure needs its source")
    value = _number(row, "value")
    low = _number(row, "low") if row["low"] else value
    high = _number(row, "high") if row["high"] else value
    if not low <= value <= high:
        raise row.error(f"{row['value']} does not lie between {row['low']} and {row['high']}")
    return Figure(
        quantity=row["quantity"],
        value=value,
        at_least=row["bound"] == "at-least",
        low=low,
        high=high,
        source=row["source"],
        confidence=row["confidence"],
        note=row["note"],
        checked=parse_day(row, "checked"),
    )


def part_of(row: Row, label: str, named: frozenset[str], figures: list[Figure]) -> Part:
    """Read a row of `chips.csv`.

    Args:
        row: The row.
        label: The chip's name.
        named: CURIEs by which a letter may name it.
        figures: Its figures.

    Raises:
        OntologyError: Its kind, use, rates or dates are wrong.
    """
    _choice(row, "kind", KINDS)
    _choice(row, "designed_for", (*USES, ""))
    _choice(row, "rates", ("all", "some"))
    _choice(row, "subject_to_ear", ("yes", "open"))
    _choice(row, "confidence", ("A", "B"))
    parse_day(row, "checked")
    try:
        released = parse_loose_date(row["released"])
    except ValueError:  # 2026-Q4: a roadmap, not yet a date
        released = None
    return Part(
        chip=f"chip:{row['chip']}",
        label=label,
        kind=row["kind"],
        designer=row["designer"],
        designed_for=row["designed_for"] or None,
        released=released,
        all_rates=row["rates"] == "all",
        subject_to_ear=row["subject_to_ear"] == "yes",
        figures={each.quantity: each for each in figures if each.confidence != "C"},
        estimates={each.quantity: each for each in figures if each.confidence == "C"},
        named=named,
        source=row["source"],
    )


def _number(row: Row, column: str) -> float:
    try:
        number = float(row[column])
    except ValueError as error:
        raise row.error(f"{column}: {row[column]!r} is no number") from error
    if not isfinite(number) or number < 0:
        raise row.error(f"{column}: {row[column]!r} is no amount")
    return number


def _choice(row: Row, column: str, choices: tuple[str, ...]) -> None:
    if row[column] not in choices:
        raise row.error(f"{column} is {row[column]!r}, not one of {', '.join(choices)}")
