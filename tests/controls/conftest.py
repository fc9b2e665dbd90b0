"""What the tests of the controls share: the judge by the real data, and one verdict of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import kg.controls
from kg.controls.judge import Judge, Verdict

Say = Callable[..., Verdict]


@pytest.fixture(scope="session")
def judge() -> Judge:
    return kg.controls.open_judge()


@pytest.fixture(scope="session")
def say() -> Say:
    """One verdict: `say("nvidia-h20", "2025-05-01", "cn", rule="acs-2023-10")`."""

    def verdict_of(
        chip: str | None, on: str, to: str, *, rule: str, role: str = "control", **more: object
    ) -> Verdict:
        answer = kg.controls.status(chip, on=on, to=to, **more)  # type: ignore[arg-type]
        (found,) = (v for v in answer.verdicts if (v.rule, v.role) == (f"rule:{rule}", role))
        return found

    return verdict_of
