"""How firm a status is: how near each limit lies, which disputed or missing number would flip it.

By the numbers alone: dates and destinations do not matter here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from kg.controls.evaluate import Outcome
from kg.controls.judge import VERDICTS, Judge
from kg.controls.measures import Measure, measure
from kg.controls.parts import Figure, Part
from kg.controls.rules import Limit, Paragraph
from kg.controls.truth import Truth

# What may be missing, and through which quantity a limit on it is felt.
_FELT_IN = {
    "die_area": ("performance_density",),
    "tpp": ("tpp", "performance_density"),
    "memory_bandwidth": ("memory_bandwidth", "dram_and_io_bandwidth"),
    "io_bandwidth": ("io_bandwidth", "dram_and_io_bandwidth"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How far a part lies from one limit.

    Attributes:
        rule: CURIE of the rule version.
        paragraph: How lawyers cite the paragraph.
        limit: The comparison.
        measure: The part's number.
        share: By what share of the limit the number lies above it, or below it if negative.
    """

    rule: str
    paragraph: str
    limit: Limit
    measure: Measure
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A verdict that would be another if one number were another.

    Attributes:
        rule: CURIE of the rule version.
        role: `control` or `review`.
        quantity: The number in question.
        why: `disputed`, `estimate` or `missing`.
        least: The numbers from which it would be so.
        most: The numbers up to which it would be so; infinite where there is no end.
        now: The verdict today, by the numbers alone.
        then: The verdict that it would be.
        note: What is known of the number.
    """

    rule: str
    role: str
    quantity: str
    why: str
    least: float
    most: float
    now: str
    then: str
    note: str = ""


def margins(judge: Judge, part: Part) -> tuple[Margin, ...]:
    """How far a part lies from every limit that its numbers are held against, nearest first."""
    found = []
    for _, rule, paragraphs in _groups(judge):
        for paragraph in paragraphs:
            for limit, value in _compared(judge, part, paragraph):
                number = limit.number or 0
                if value.known and number and value.interval.low > 0:
                    share = value.interval.low / number - 1
                    found.append(
                        Margin(
                            rule=rule,
                            paragraph=paragraph.label,
                            limit=limit,
                            measure=value,
                            share=share,
                        )
                    )
    return tuple(sorted(found, key=lambda each: (abs(each.share), each.rule, each.paragraph)))


def flips(judge: Judge, part: Part) -> tuple[Flip, ...]:
    """The verdicts that a disputed, estimated or missing number could change."""
    found: list[Flip] = []
    for figure in part.figures.values():
        if figure.disputed:
            found += _flips(judge, part, (figure, "disputed"), (figure.low, figure.high))
    for figure in part.estimates.values():
        found += _flips(judge, part, (figure, "estimate"), (figure.value,))
    found += _disputed_together(judge, part, {(each.rule, each.role) for each in found})
    for quantity in _FELT_IN:
        found += _missing(judge, part, quantity)
    return tuple(found)


def by_numbers(judge: Judge, part: Part) -> dict[tuple[str, str], Truth]:
    """Whether a part meets each rule version by its numbers alone, by role and rule."""
    return {
        (role, rule): _best(judge.evaluator.outcome(part, each) for each in paragraphs)
        for role, rule, paragraphs in _groups(judge)
    }


def _flips(
    judge: Judge, part: Part, what: tuple[Figure, str], numbers: tuple[float, ...]
) -> Iterator[Flip]:
    figure, why = what
    now = by_numbers(judge, part)
    for number in numbers:
        changed = Figure(quantity=figure.quantity, value=number, low=number, high=number)
        then = by_numbers(judge, part.with_figure(changed))
        for role, rule in now:
            if now[role, rule] is not then[role, rule]:
                yield Flip(
                    rule=rule,
                    role=role,
                    quantity=figure.quantity,
                    why=why,
                    least=number,
                    most=number,
                    now=VERDICTS[now[role, rule]],
                    then=VERDICTS[then[role, rule]],
                    note=figure.note,
                )


def _disputed_together(judge: Judge, part: Part, known: set[tuple[str, str]]) -> Iterator[Flip]:
    """What would flip only if all disputed rates were at their least, or all at their most."""
    rates = [
        each
        for each in part.figures.values()
        if each.disputed and judge.controls.quantities[each.quantity].bits
    ]
    for end in ("low", "high") if len(rates) > 1 else ():
        changed = part
        for rate in rates:
            number = getattr(rate, end)
            changed = changed.with_figure(replace(rate, value=number, low=number, high=number))
        tpp = measure(changed, "tpp", judge.controls.quantities).interval.low
        figure = Figure(
            quantity="tpp", value=tpp, low=tpp, high=tpp, note="; ".join(r.note for r in rates)
        )
        for flip in _flips(judge, part, (figure, "disputed"), (tpp,)):
            if (flip.rule, flip.role) not in known:
                yield flip


def _missing(judge: Judge, part: Part, quantity: str) -> Iterator[Flip]:
    """Between which values of an unknown number each unknown verdict would be what."""
    value = measure(part, quantity, judge.controls.quantities)
    if value.interval.exact:
        return
    now = by_numbers(judge, part)
    turns = sorted(turn for turn in _turns(judge, part, quantity) if turn > value.interval.low)
    edges = [value.interval.low, *dict.fromkeys(turns), inf]
    pieces = [
        (low, high, by_numbers(judge, part.with_figure(_supposed(quantity, low, high))))
        for low, high in pairwise(edges)
    ]
    for key, truth in now.items():
        if truth is not Truth.UNKNOWN:
            continue
        for low, high, then in _merged(pieces, key):
            if then is not truth:
                yield Flip(
                    rule=key[1],
                    role=key[0],
                    quantity=quantity,
                    why="missing",
                    least=low,
                    most=high,
                    now=VERDICTS[truth],
                    then=VERDICTS[then],
                )


def _merged(
    pieces: list[tuple[float, float, dict[tuple[str, str], Truth]]], key: tuple[str, str]
) -> list[tuple[float, float, Truth]]:
    merged: list[tuple[float, float, Truth]] = []
    for low, high, truths in pieces:
        if merged and merged[-1][2] is truths[key]:
            merged[-1] = (merged[-1][0], high, truths[key])
        else:
            merged.append((low, high, truths[key]))
    return merged


def _supposed(quantity: str, low: float, high: float) -> Figure:
    """A number well inside a piece."""
    value = low * 2 + 1 if high == inf else (low + high) / 2
    return Figure(quantity=quantity, value=value, low=value, high=value)


def _turns(judge: Judge, part: Part, quantity: str) -> Iterator[float]:
    """The values of a number at which a comparison turns, the part's other numbers given."""
    quantities = judge.controls.quantities
    tpp = measure(part, "tpp", quantities).interval
    area = measure(part, "die_area", quantities).interval
    addend = {"memory_bandwidth": "io_bandwidth", "io_bandwidth": "memory_bandwidth"}
    for paragraph in judge.controls.paragraphs.values():
        for limit in (limit for group in paragraph.alternatives for limit in group):
            if limit.number is None or limit.quantity not in _FELT_IN[quantity]:
                continue
            if limit.quantity == quantity:
                yield limit.number
            elif quantity == "die_area" and tpp.exact:
                yield tpp.low / limit.number
            elif quantity == "tpp" and area.exact:
                yield limit.number * area.low
            elif quantity in addend:
                other = measure(part, addend[quantity], quantities).interval
                yield limit.number - other.low


def _groups(judge: Judge) -> Iterator[tuple[str, str, tuple[Paragraph, ...]]]:
    """The controls and reviews that somebody enforces; an exception says nothing by itself."""
    for role, rule, paragraphs in judge.groups:
        if role != "exception" and judge.controls.versions[rule].enforced == "yes":
            yield role, rule, paragraphs


def _compared(judge: Judge, part: Part, paragraph: Paragraph) -> Iterator[tuple[Limit, Measure]]:
    if paragraph.addressee and paragraph.addressee != part.designer:
        return
    for group in paragraph.alternatives:
        for limit in group:
            if limit.number is not None:
                yield limit, measure(part, limit.quantity, judge.controls.quantities)


def _best(outcomes: Iterator[Outcome]) -> Truth:
    truths = {each.truth for each in outcomes}
    return next((each for each in (Truth.YES, Truth.UNKNOWN) if each in truths), Truth.NO)
