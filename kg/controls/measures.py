"""What a rule measures: TPP, performance density and bandwidths, from a part's figures.

Definitions, as of 88 FR 73458 (17 November 2023), Technical Notes to ECCN 3A090:

* Total processing performance (TPP) is 2 x MacTOPS x bit length, the highest value over all
  operations that the circuit supports, summed over its processing units. A multiply-accumulate
  counts as two operations in data sheets, so TPP is the *dense* rate in tera-operations a second
  times the bit length. Sparsity does not count.
* Performance density is TPP over the applicable die area: all logic dies of the package that are
  made with non-planar transistors, in square millimetres.
* Two-way I/O (the text of 2022, 87 FR 62186) counts both directions over all links but those to
  volatile memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

from kg.controls.parts import Figure, Part
from kg.controls.truth import ANYWHERE, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One row of `ontology/controls/quantities.csv`.

    Attributes:
        name: Its name in the other files.
        label: Its name for people.
        unit: Its unit for people; empty for a text.
        ucum: The unit in the Unified Code for Units of Measure; empty where that has none.
        bits: Bit length of the operations of a rate; None for anything else.
        kind: `rate`, `measured`, `computed` or `text`.
        definition: What it is.
        source: Where the definition comes from.
    """

    name: str
    label: str
    unit: str
    ucum: str
    bits: int | None
    kind: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The value of a quantity for one part, and how it came about.

    Attributes:
        quantity: Its name.
        interval: Where it lies.
        how: The derivation in words: `1979 TFLOPS (fp8_rate) x 8 bits`; empty where unknown.
        figures: The figures that went in.
        missing: Labels of what would have to be known to settle it; empty for an exact value.
    """

    quantity: str
    interval: Interval
    how: str = ""
    figures: tuple[Figure, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.interval != ANYWHERE


Quantities = Mapping[str, Quantity]


def measure(part: Part, quantity: str, quantities: Quantities) -> Measure:
    """The value of a quantity for a part.

    A number given for a computed quantity itself (as a user may suppose one) is taken as it is.
    """
    figure = part.figures.get(quantity)
    if figure is not None:
        unit = quantities[quantity].unit
        missing = (f"more than a lower bound of {quantities[quantity].label}",)
        return Measure(
            quantity=quantity,
            interval=figure.interval,
            how=f"{number(figure.value)} {unit}",
            figures=(figure,),
            missing=missing if figure.at_least else (),
        )
    if compute := _COMPUTED.get(quantity):
        return compute(part, quantities)
    return Measure(quantity=quantity, interval=ANYWHERE, missing=(quantities[quantity].label,))


def number(value: float) -> str:
    """A number for people: `15,832`, `5,284.8`, `3.201`.

    >>> number(15832.0), number(5284.8), number(3.2009685)
    ('15,832', '5,284.8', '3.201')
    """
    return f"{value:,.5g}" if value < 10_000 else f"{value:,.0f}"


def _tpp(part: Part, quantities: Quantities) -> Measure:
    rates = [
        (quantities[name].bits or 0, figure)
        for name, figure in sorted(part.figures.items())
        if quantities[name].kind == "rate"
    ]
    if not rates:
        return Measure(quantity="tpp", interval=ANYWHERE, missing=("dense rates",))
    bits, best = max(rates, key=lambda rate: rate[0] * rate[1].value)
    complete = part.all_rates and not any(figure.at_least for _, figure in rates)
    value = bits * best.value
    unit = quantities[best.quantity].unit
    return Measure(
        quantity="tpp",
        interval=Interval(value, value if complete else inf),
        how=f"{number(best.value)} {unit} ({best.quantity}) x {bits} bits",
        figures=(best,),
        missing=() if complete else ("dense rates at other precisions",),
    )


def _performance_density(part: Part, quantities: Quantities) -> Measure:
    area = measure(part, "die_area", quantities)
    if not area.interval.high:  # nothing can be divided by it
        missing = (f"{quantities['die_area'].label} above zero",)
        area = Measure(quantity="die_area", interval=ANYWHERE, missing=missing)
    return _together(
        "performance_density", (measure(part, "tpp", quantities), area), (Interval.over, "/")
    )


def _io(part: Part, quantities: Quantities) -> Measure:
    links = ("interconnect_bandwidth", "host_bandwidth")
    return _together(
        "io_bandwidth", [measure(part, link, quantities) for link in links], (Interval.plus, "+")
    )


def _dram_and_io(part: Part, quantities: Quantities) -> Measure:
    both = ("memory_bandwidth", "io_bandwidth")
    return _together(
        "dram_and_io_bandwidth",
        [measure(part, each, quantities) for each in both],
        (Interval.plus, "+"),
    )


def _together(
    quantity: str,
    two: tuple[Measure, Measure] | list[Measure],
    operation: tuple[Callable[[Interval, Interval], Interval], str],
) -> Measure:
    left, right = two
    combine, sign = operation
    return Measure(
        quantity=quantity,
        interval=combine(left.interval, right.interval),
        how=f"({left.how}) {sign} ({right.how})" if left.known and right.known else "",
        figures=left.figures + right.figures,
        missing=left.missing + right.missing,
    )


_COMPUTED: dict[str, Callable[[Part, Quantities], Measure]] = {
    "tpp": _tpp,
    "performance_density": _performance_density,
    "io_bandwidth": _io,
    "dram_and_io_bandwidth": _dram_and_io,
}
COMPUTED = frozenset(_COMPUTED)
