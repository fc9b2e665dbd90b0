"""How long each status of a chip lasted, and which rules made the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.controls.answer import Answer
from kg.controls.judge import COVERED, NOT_COVERED, Judge, Verdict

Answered = list[tuple[date, date, Answer]]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stretch of days over which the rules say the same of a chip.

    Attributes:
        since: Its first day.
        until: The first day after it.
        overall: The status.
        why: The rule versions and paragraphs behind it, in words.
        relief: Exceptions and reviews that apply or may, in words.
    """

    since: date
    until: date
    overall: str
    why: str
    relief: str


@dataclass(frozen=True, slots=True)
class TurningDay:
    """A day on which what is said of some chip changes.

    Attributes:
        day: The day.
        rules: CURIEs of the rule versions that say another thing from then on.
        begins: Whether one of them covers or may cover a chip from then on.
    """

    day: date
    rules: tuple[str, ...]
    begins: bool


def stays(judge: Judge, answers: Answered) -> Iterator[Stay]:
    """The stretches of a lane; neighbours that say the same are one."""
    last: Stay | None = None
    for here, there, answer in answers:
        controls = [each for each in answer.verdicts if each.role == "control"]
        deciding = [each for each in controls if each.verdict == answer.overall]
        why = "" if answer.overall == NOT_COVERED else _told(judge, deciding)
        relief = [
            each
            for each in answer.verdicts
            if each.role != "control" and each.verdict != NOT_COVERED
        ]
        now = Stay(here, there, answer.overall, why, _told(judge, relief))
        if last and (last.overall, last.why, last.relief) == (now.overall, now.why, now.relief):
            last = Stay(last.since, there, now.overall, now.why, now.relief)
            continue
        if last:
            yield last
        last = now
    if last:
        yield last


def _told(judge: Judge, verdicts: Sequence[Verdict]) -> str:
    labels = judge.controls.lexicon.things
    return "; ".join(
        f"{labels[each.rule].label}, {each.paragraph}"
        + (f" ({each.verdict})" if each.verdict != COVERED else "")
        for each in verdicts
    )


def turning(answers: Sequence[Answered]) -> list[TurningDay]:
    """The days on which rules say another thing of some chip; a rule that begins comes first."""
    found: dict[date, dict[str, bool]] = {}
    for lane in answers:
        for (_, _, before), (day, _, now) in pairwise(lane):
            for was, is_now in zip(before.verdicts, now.verdicts, strict=True):
                if was.verdict != is_now.verdict:
                    rules = found.setdefault(day, {})
                    begins = is_now.verdict != NOT_COVERED
                    rules[is_now.rule] = rules.get(is_now.rule, False) or begins
    return [
        TurningDay(day, tuple(sorted(rules, key=lambda rule: not rules[rule])), any(rules.values()))
        for day, rules in sorted(found.items())
    ]
