"""From words to an answer: the chip, the place and the days that somebody names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kg.controls.answer import Answer
from kg.controls.days import Days
from kg.controls.find import Found, find_chip, find_place
from kg.controls.judge import Judge
from kg.controls.parts import Part
from kg.controls.reach import Asked
from kg.controls.suppose import SUPPOSED, suppose
from kg.errors import QueryError


def parts_of(judge: Judge, chip: str | None, settings: Mapping[str, str]) -> Found:
    """The parts that answer for a chip, with what is supposed of them.

    Args:
        judge: Whose data count.
        chip: An id, label or alias; None for a chip that is all in `settings`.
        settings: As for `kg.controls.suppose.suppose`.

    Raises:
        QueryError: Nothing or several chips are called that, nothing is supposed of no chip, or a
            figure is no figure.
    """
    quantities = judge.controls.quantities
    _check_designer(judge, settings.get("designer"))
    if chip is None:
        if not settings:
            raise QueryError("name a chip, or suppose one: --tpp 4000 --die-area 600")
        part = suppose(SUPPOSED, settings, quantities)
        return Found(part.chip, part.label, (part,))
    found = find_chip(judge.controls, chip)
    if not settings and not found.parts:
        raise QueryError(
            f"no figures for {found.label} ({found.chip}): add them to "
            "ontology/controls/figures.csv, or give them as --tpp, --die-area or --set"
        )
    if not settings:
        return found
    known = found.parts or (
        Part(chip=found.chip, label=found.label, named=frozenset({found.chip})),
    )
    parts = tuple(suppose(part, settings, quantities) for part in known)
    return Found(found.chip, f"{found.label} as supposed", parts)


def asked_of(judge: Judge, on: date | str, to: str, hq: str | None) -> Asked:
    """When and for whom, from words.

    Args:
        judge: Whose data count.
        on: A day, or a month, half or year as text.
        to: The destination: a name, adjective or ISO 3166 code.
        hq: Where the buyer or its ultimate parent has its headquarters; None for the destination.

    Raises:
        QueryError: A country is unknown, or `on` is no date.
    """
    try:
        days = Days.of(on)
    except ValueError as error:
        raise QueryError(str(error)) from error
    place = find_place(judge.controls, to)
    return Asked(days=days, to=place, hq=find_place(judge.controls, hq) if hq else place)


def answer_of(judge: Judge, found: Found, asked: Asked) -> Answer:
    """What the rules say of all parts of a chip."""
    return Answer(
        chip=found.chip,
        label=found.label,
        to=judge.controls.lexicon.things[asked.to].label,
        statuses=tuple(judge.status(part, asked) for part in found.parts),
    )


def _check_designer(judge: Judge, designer: str | None) -> None:
    """Refuse a firm that is not there: a letter would quietly not bind it."""
    if designer is None or f"entity:{designer.removeprefix('entity:')}" in (
        judge.controls.lexicon.things
    ):
        return
    known = sorted({each.designer.partition(":")[2] for each in judge.controls.parts.values()})
    raise QueryError(f"no designer {designer!r} is known; chips here are by {', '.join(known)}")
