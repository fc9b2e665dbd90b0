"""When and for whom a paragraph counts: in force, enforced, not suspended, reaching the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kg.controls.days import Days
from kg.controls.destinations import Reached
from kg.controls.load import Controls
from kg.controls.rules import Paragraph
from kg.controls.truth import Truth, all_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When, and for whom.

    Attributes:
        days: The days.
        to: CURIE of the destination.
        hq: CURIE of the country where the buyer or its ultimate parent has its headquarters.
    """

    days: Days
    to: str
    hq: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a paragraph is in force and reaches.

    Attributes:
        truth: Whether it does, on all of the days.
        why: The dates and the membership that decide, in words.
        missing: What is not known; empty where all is.
        in_force: Whether it is in force on one of the days at least.
    """

    truth: Truth
    why: str
    missing: tuple[str, ...] = ()
    in_force: bool = True


def reach_of(controls: Controls, paragraph: Paragraph, asked: Asked) -> Reach:
    """Whether a paragraph is in force and reaches the destination, or the buyer."""
    version = controls.versions[paragraph.rule]
    if version.enforced != "yes":
        why = f"{version.enforced} enforced: {version.note}"
        return Reach(Truth.NO, why, in_force=False)
    in_force = paragraph.effective.holds_on(asked.days)
    if version.suspended:
        in_force = all_of((in_force, version.suspended.holds_on(asked.days).opposite))
    stretch = f"in force {paragraph.effective}"
    if version.suspended and in_force is not Truth.YES:
        stretch += f", suspended {version.suspended}"
    if in_force is Truth.NO:
        return Reach(Truth.NO, stretch, in_force=False)
    where = _for_the_buyer(controls, paragraph, asked, _where(controls, paragraph, asked))
    missing = ("day",) if in_force is Truth.UNKNOWN else ()
    return Reach(
        all_of((in_force, where.truth)),
        "; ".join(filter(None, (stretch, where.why))),
        (*missing, *where.missing),
    )


def _where(controls: Controls, paragraph: Paragraph, asked: Asked) -> Reached:
    scopes, atlas = controls.scopes, controls.atlas
    label = controls.lexicon.things[asked.to].label
    found = atlas.reaches(scopes[paragraph.scope], asked.to, asked.days)
    if found.truth is Truth.YES or paragraph.headquarters is None:
        return Reached(found.truth, f"{label} {found.why}" if found.why else "", found.missing)
    home = atlas.reaches(scopes[paragraph.headquarters], asked.hq, asked.days)
    if home.truth is Truth.YES:
        seat = controls.lexicon.things[asked.hq].label
        return Reached(Truth.YES, f"headquarters in {seat}, {home.why}")
    if Truth.UNKNOWN in (found.truth, home.truth):
        # a destination's own group says all about a buyer at home there
        missing = found.missing or tuple(f"{each} of the headquarters" for each in home.missing)
        return Reached(Truth.UNKNOWN, "", missing)
    return Reached(Truth.NO, f"{label} {found.why}")


def _for_the_buyer(
    controls: Controls, paragraph: Paragraph, asked: Asked, where: Reached
) -> Reached:
    """Where a paragraph reaches, once the buyers whom it leaves out are taken out."""
    if paragraph.not_for is None or where.truth is Truth.NO:
        return where
    home = controls.atlas.reaches(controls.scopes[paragraph.not_for], asked.hq, asked.days)
    if home.truth is Truth.NO:
        return where
    seat = controls.lexicon.things[asked.hq].label
    if home.truth is Truth.YES:
        return Reached(Truth.NO, f"headquarters in {seat}, {home.why}")
    missing = (*where.missing, *(f"{each} of the headquarters" for each in home.missing))
    return Reached(Truth.UNKNOWN, where.why, missing)


def turning_days(controls: Controls, places: tuple[str, ...]) -> tuple[date, ...]:
    """The days on which a verdict may change, and the day before the first of them."""
    days = {day for each in controls.paragraphs.values() for day in each.effective.ends}
    for version in controls.versions.values():
        if version.suspended and any(p.rule == version.rule for p in controls.paragraphs.values()):
            days.update(version.suspended.ends)
    first = min(days)
    for membership in controls.atlas.memberships:
        if membership.place in places:
            days.update(day for day in membership.stay.ends if day > first)
    return (first - timedelta(days=1), *sorted(days))
