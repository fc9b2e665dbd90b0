"""Chips that do not exist, or exist with other figures: what a user supposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from kg.controls.measures import Quantities
from kg.controls.parts import KINDS, USES, Figure, Part
from kg.errors import QueryError

SUPPOSED = Part(chip="chip:supposed", label="supposed chip", named=frozenset())
_WORDS = {"designed_for": USES, "kind": KINDS}


def suppose(part: Part, settings: Mapping[str, str], quantities: Quantities) -> Part:
    """A part with some of its figures or traits replaced.

    Args:
        part: Where to start: a part, or `SUPPOSED`, of which nothing is known.
        settings: Value by name: a number for a quantity, a word for `designed_for` or `kind`, the
            id of a firm for `designer`. Rates are dense.
        quantities: What can be measured.

    Raises:
        QueryError: There is no such name, or the value is not one for it.
    """
    for name, value in settings.items():
        name = name.strip().replace("-", "_")
        if name == "designer":
            part = replace(part, designer=f"entity:{value.removeprefix('entity:')}")
        elif name in _WORDS:
            part = _with_word(part, name, value)
        else:
            part = _with_number(part, name, value, quantities)
    return part


def _with_word(part: Part, name: str, value: str) -> Part:
    if value not in _WORDS[name]:
        raise QueryError(f"{name} is one of {', '.join(_WORDS[name])}, not {value!r}")
    return replace(part, kind=value) if name == "kind" else replace(part, designed_for=value)


def _with_number(part: Part, name: str, value: str, quantities: Quantities) -> Part:
    if "sparse" in name or "sparsity" in name:
        raise QueryError(f"{name}: sparse rates do not count for TPP; give the dense rate")
    if name not in quantities or quantities[name].kind == "text":
        numbers = [each for each in quantities if quantities[each].kind != "text"]
        choices = ", ".join([*sorted(numbers), "designer", *_WORDS])
        raise QueryError(f"no figure is called {name!r}; there are {choices}")
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        number = -1.0
    if not isfinite(number) or number < 0:
        raise QueryError(f"{name}: {value!r} is no amount like 4000 or 1.6")
    return part.with_figure(Figure(quantity=name, value=number, low=number, high=number))
