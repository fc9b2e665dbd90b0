"""When a status changed, and which rule changed it."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise

import pytest

from kg.controls.as_json import change_as_json
from kg.controls.days import Days
from kg.controls.judge import Judge
from kg.controls.reach import Asked, turning_days
from kg.controls.timeline import timeline

Row = tuple[str, str, str, str]
RULE = "acs-2023-10"
NVDA, AMD, CASE = "nvda-h20-letter-2025-04", "amd-mi308-letter-2025-04", "h200-case-by-case-2026-01"
NO, YES, OPEN = "not covered", "covered", "unknown"

HISTORIES: list[tuple[str, str, list[Row]]] = [  # chip, to, day, rule, verdict, overall
    ("nvidia-h20", "cn", [("2025-04-09", NVDA, YES, YES)]),
    (
        "nvidia-a800",
        "cn",
        [
            ("2023-10-23", "nvda-letter-2023-10", YES, YES),
            ("2023-11-17", "nvda-letter-2023-10", NO, YES),
            ("2023-11-17", RULE, YES, YES),
            ("2025-04-09", NVDA, YES, YES),
            ("2026-01-15", CASE, YES, YES),
        ],
    ),
    (
        "amd-mi250",  # the day of its letter is not known, only the month
        "cn",
        [
            ("2022-08-01", "amd-letter-2022-08", OPEN, OPEN),
            ("2022-08-31", "amd-letter-2022-08", YES, YES),
            ("2022-10-21", "amd-letter-2022-08", NO, YES),
            ("2022-10-21", "ac-2022-10", YES, YES),
            ("2023-11-17", "ac-2022-10", NO, YES),
            ("2023-11-17", RULE, YES, YES),
            ("2025-04-15", AMD, YES, YES),
            ("2026-01-15", CASE, YES, YES),
        ],
    ),
    ("nvidia-h20", "kh", [("2025-04-09", NVDA, YES, YES), ("2026-02-03", NVDA, NO, NO)]),
    (
        "nvidia-h100-sxm",
        "ae",
        [
            ("2023-10-23", "nvda-letter-2023-10", YES, YES),
            ("2023-11-17", "nvda-letter-2023-10", NO, YES),
            ("2023-11-17", RULE, YES, YES),
            ("2026-07-10", RULE, NO, NO),
        ],
    ),
    ("nvidia-l20", "cn", []),
    ("nvidia-h100-sxm", "de", []),
]


@pytest.mark.parametrize(("chip", "to", "history"), HISTORIES)
def test_a_history(judge: Judge, chip: str, to: str, history: list[Row]) -> None:
    part = judge.controls.parts[f"chip:{chip}"]
    found = timeline(judge, part, f"place:{to}", f"place:{to}")
    assert [
        (f"{each.day}", each.now.rule.partition(":")[2], each.now.verdict, each.overall)
        for each in found
    ] == history


def test_between_two_turning_days_nothing_changes(judge: Judge) -> None:
    part = judge.controls.parts["chip:nvidia-h100-sxm"]
    days = turning_days(judge.controls, ("place:kh",))
    assert len(days) == len(set(days)) >= 10
    for first, after in pairwise(days):
        said = [
            [each.verdict for each in judge.status(part, asked).verdicts]
            for day in (first, after - timedelta(days=1))
            if (asked := Asked(days=Days(day, day), to="place:kh", hq="place:kh"))
        ]
        assert said[0] == said[1]


def test_a_change_as_json_has_its_day_and_what_was_before(judge: Judge) -> None:
    part = judge.controls.parts["chip:nvidia-h20"]
    (change,) = timeline(judge, part, "place:cn", "place:cn")
    found = json.loads(json.dumps(change_as_json(change), allow_nan=False))
    assert (found["day"], found["before"], found["verdict"], found["status"]) == (
        *("2025-04-09", NO),
        *(YES, YES),
    )
