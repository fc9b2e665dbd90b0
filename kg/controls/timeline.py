"""When a part's status changed, and which rule changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.controls.days import Days
from kg.controls.judge import NOT_COVERED, Judge, Verdict
from kg.controls.parts import Part
from kg.controls.reach import Asked, turning_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of what one rule version says.

    Attributes:
        day: The first day on which it says the new thing.
        before: The verdict until then.
        now: The verdict from then on.
        overall: The status over all controls from that day on.
    """

    day: date
    before: str
    now: Verdict
    overall: str


def timeline(judge: Judge, part: Part, to: str, hq: str) -> tuple[Change, ...]:
    """All changes of a part's status for a destination, in the order of days.

    Args:
        judge: Who gives the status.
        part: The part.
        to: CURIE of the destination.
        hq: CURIE of the country of the buyer's headquarters.
    """
    changes: list[Change] = []
    before: dict[tuple[str, str], str] = {}
    for day in turning_days(judge.controls, (to, hq)):
        status = judge.status(part, Asked(days=Days(day, day), to=to, hq=hq))
        for verdict in status.verdicts:
            key = (verdict.role, verdict.rule)
            was = before.get(key, NOT_COVERED)
            if verdict.verdict != was:
                changes.append(Change(day=day, before=was, now=verdict, overall=status.overall))
            before[key] = verdict.verdict
    return tuple(changes)
