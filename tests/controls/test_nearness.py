"""How firm a status is: which limit lies near, which number would flip it."""

from __future__ import annotations

from math import inf

import pytest

from kg.controls.judge import Judge
from kg.controls.nearness import by_numbers, flips, margins
from kg.controls.parts import Figure
from kg.controls.truth import Truth

RULE = "rule:acs-2023-10"
Told = tuple[str, str, float, float, str]


def told(judge: Judge, chip: str, rule: str = RULE) -> list[Told]:
    found = flips(judge, judge.controls.parts[f"chip:{chip}"])
    return [
        (each.quantity, each.why, each.least, each.most, each.then)
        for each in found
        if (each.rule, each.role) == (rule, "control")
    ]


@pytest.mark.parametrize(
    ("chip", "limit", "value", "share"),
    [
        ("amd-mi325x", "tpp < 21000", 20919.2, -0.00385),
        ("amd-mi300x", "tpp < 21000", 20919.2, -0.00385),
        ("nvidia-a30", "performance_density >= 3.2", 3.20097, 0.0003),
        ("nvidia-a10", "performance_density >= 3.2", 3.18471, -0.00478),
        ("nvidia-l20", "performance_density >= 3.2", 3.13957, -0.01889),
        ("nvidia-a40", "tpp >= 2400", 2395.2, -0.002),
        ("nvidia-rtx-4090d", "tpp >= 4800", 4708, -0.01917),
        ("nvidia-h20", "tpp >= 2400", 2368, -0.01333),
        ("mthreads-s4000", "tpp >= 1600", 1600, 0),
        ("nvidia-rtx-pro-6000d", "memory_bandwidth >= 1400", 1398, -0.00143),
    ],
)
def test_the_nearest_limit_comes_first(
    judge: Judge, chip: str, limit: str, value: float, share: float
) -> None:
    nearest, *others = margins(judge, judge.controls.parts[f"chip:{chip}"])
    assert str(nearest.limit) == limit
    assert nearest.measure.interval.low == pytest.approx(value, rel=1e-5)
    assert nearest.share == pytest.approx(share, abs=1e-5)
    assert all(abs(each.share) >= abs(nearest.share) for each in others)


def test_a_missing_area_leaves_both_sides_of_a_line_open(judge: Judge) -> None:
    # TPP 4,400: 3A090 from 1.6 on, that is up to 2,750 mm2
    assert told(judge, "google-tpu-v4") == [
        ("die_area", "missing", 0, 2750, "covered"),
        ("die_area", "missing", 2750, inf, "not covered"),
    ]


def test_an_estimate_shows_what_it_would_decide_and_decides_nothing(judge: Judge) -> None:
    assert told(judge, "google-tpu-v5e") == [
        ("die_area", "estimate", 325, 325, "covered"),
        ("die_area", "missing", 0, 1970, "covered"),
        ("die_area", "missing", 1970, inf, "not covered"),
    ]


def test_a_disputed_number_flips_what_only_one_of_its_values_meets(judge: Judge) -> None:
    assert told(judge, "biren-br100", "rule:ac-2022-10") == [
        ("io_bandwidth", "disputed", 640, 640, "covered")
    ]
    assert told(judge, "intel-gaudi3") == []


def test_a_firm_status_has_no_flip(judge: Judge) -> None:
    for chip in ("nvidia-h20", "nvidia-l20", "nvidia-h100-sxm", "nvidia-rtx-4090"):
        assert flips(judge, judge.controls.parts[f"chip:{chip}"]) == ()


@pytest.mark.parametrize("chip", ["google-tpu-v5e", "google-tpu-v4", "huawei-ascend-910b"])
def test_each_flip_is_true_of_numbers_in_its_range(judge: Judge, chip: str) -> None:
    part = judge.controls.parts[f"chip:{chip}"]
    verdicts = {"covered": Truth.YES, "not covered": Truth.NO, "unknown": Truth.UNKNOWN}
    found = flips(judge, part)
    assert found
    for flip in found:
        top = flip.least * 3 + 10 if flip.most == inf else flip.most
        inside = {flip.least + (top - flip.least) * share for share in (0.01, 0.5, 0.99)}
        for value in inside:
            figure = Figure(quantity=flip.quantity, value=value, low=value, high=value)
            then = by_numbers(judge, part.with_figure(figure))[flip.role, flip.rule]
            assert then is verdicts[flip.then]


def test_a_rule_that_nobody_enforces_is_near_nothing(judge: Judge) -> None:
    part = judge.controls.parts["chip:nvidia-h100-sxm"]
    rules = {each.rule for each in margins(judge, part)}
    assert RULE in rules
    assert "rule:ai-diffusion-2025-01" not in rules


def test_figures_that_are_disputed_together_are_tried_together(judge):
    part = judge.controls.parts["chip:mthreads-s4000"]
    (flip,) = [
        each
        for each in flips(judge, part)
        if each.why == "disputed" and each.rule == "rule:acs-2023-10"
    ]
    assert (flip.quantity, flip.least) == ("tpp", 1568)
    assert (flip.now, flip.then) == ("unknown", "not covered")
