"""Figures of reading that are kept in a file as floors, and how today's are held against them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.evaluate.score import Outcome, Tally

SLACK = 0.002  # the recorded figures are rounded to three digits
Figures = Mapping[str, Mapping[str, float]]


def figures(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Micro precision, recall and F1, to three digits."""
    tally = Tally.of(outcomes)
    return {
        name: round(figure, 3)
        for name, figure in (
            ("precision", tally.precision),
            ("recall", tally.recall),
            ("f1", tally.f1),
        )
    }


def assert_no_worse(now: Figures, recorded: Path) -> None:
    """Fail where an F1 has fallen below the recorded one."""
    before: Figures = json.loads(recorded.read_text(encoding="utf-8"))
    assert set(now) == set(before)
    for name, own in before.items():
        assert now[name]["f1"] >= own["f1"] - SLACK, f"{name}: {now[name]}, was {own}"
