"""An answer: what the parts have in common, in words and as JSON."""

from __future__ import annotations

import json

import pytest

import kg.controls
from kg.controls.as_json import answer_as_json, flip_as_json, margin_as_json
from kg.controls.judge import Judge
from kg.controls.nearness import flips, margins

KEYS = {"chip", "on", "to", "tpp", "performance_density", "verdicts", "summary"}
SAID = {"rule", "paragraph", "verdict", "because", "missing"}


@pytest.mark.parametrize(
    "case",
    [
        ("h20", "2025-04-09", "cn", "Nvidia H20 is covered for China on 2025-04-09", "licence."),
        ("h20", "2024-01-15", "cn", "Nvidia H20 is not covered for China", "not clearance."),
        ("TPU v4", "2024-01-15", "cn", "Google TPU v4 is unknown for China", "missing: applicab"),
        ("h100", "2024-01-15", "br", "Nvidia H100 is unknown for Brazil", "missing: country g"),
        ("hopper", "2024-01-15", "cn", "Nvidia Hopper family is unknown", "depends on the part"),
        ("h100", "2024-01-15", "cn", "Nvidia H100 is covered for China", "3A090.a.1 (acs-2023"),
    ],
)
def test_the_summary_says_it_in_a_line(case: tuple[str, ...]) -> None:
    chip, on, to, start, rest = case
    summary = kg.controls.status(chip, on=on, to=to).summary
    assert summary.startswith(start)
    assert rest in summary
    assert summary.endswith(".")
    assert "\n" not in summary


def test_parts_that_differ_make_a_verdict_unknown_for_want_of_the_part() -> None:
    answer = kg.controls.status("hopper", on="2024-01-15", to="cn")
    assert {each.overall for each in answer.statuses} == {"covered", "not covered"}
    assert answer.overall == "unknown"
    (found,) = (
        each
        for each in answer.verdicts
        if (each.rule, each.role) == ("rule:acs-2023-10", "control")
    )
    assert (found.verdict, found.missing, found.policy) == ("unknown", ("which part",), None)
    assert "Nvidia H20: not covered" in found.because
    assert "Nvidia H100 SXM: covered" in found.because


def test_parts_that_agree_speak_as_one() -> None:
    answer = kg.controls.status("h100", on="2024-01-15", to="cn")
    assert (len(answer.statuses), answer.overall) == (3, "covered")
    assert all("which part" not in each.missing for each in answer.verdicts)


def test_json_has_the_numbers_and_each_verdict_with_its_reason() -> None:
    found = answer_as_json(kg.controls.status("nvidia-h100-sxm", on="2024-01-15", to="vn"))
    assert found.keys() >= KEYS
    assert (found["chip"], found["on"], found["to"]) == ("nvidia-h100-sxm", "2024-01-15", "vn")
    assert (found["tpp"], found["tpp_at_least"]) == (15832, None)
    assert found["performance_density"] == pytest.approx(19.4496)
    verdicts = found["verdicts"]
    assert isinstance(verdicts, list)
    assert all(each.keys() >= SAID for each in verdicts)
    (said,) = (each for each in verdicts if each["verdict"] == "covered")
    assert (said["rule"], said["paragraph"], said["missing"]) == ("acs-2023-10", "3A090.a.1", [])


def test_a_lower_bound_is_never_printed_as_the_number() -> None:
    found = answer_as_json(kg.controls.status("tesla-d1", on="2024-01-15", to="cn"))
    assert (found["tpp"], found["tpp_at_least"]) == (None, 5792)
    assert found["performance_density"] is None


def test_of_several_parts_each_has_its_own_answer() -> None:
    found = answer_as_json(kg.controls.status("h100", on="2024-01-15", to="cn"))
    assert found["tpp"] is None
    parts = found["parts"]
    assert isinstance(parts, list)
    assert [(each["chip"], each["tpp"]) for each in parts] == [
        ("nvidia-h100-nvl", 13368),
        ("nvidia-h100-pcie", 12104),
        ("nvidia-h100-sxm", 15832),
    ]


def test_json_of_every_part_is_strict_json(judge: Judge) -> None:
    for chip, part in judge.controls.parts.items():
        answer = answer_as_json(kg.controls.status(chip, on="2025-05-01", to="cn"))
        near = [margin_as_json(each) for each in margins(judge, part)]
        would = [flip_as_json(each) for each in flips(judge, part)]
        text = json.dumps([answer, near, would], allow_nan=False)
        assert json.loads(text)[0]["chip"] == chip.partition(":")[2]


def test_rules_that_follow_upon_each_other_cover_a_month_together():
    answer = kg.controls.status("nvidia-h800-sxm", on="2023-11", to="cn")
    assert answer.overall == "covered"
    assert {
        each.verdict for each in answer.verdicts if each.role == "control" and each.missing
    } == {"unknown"}


def test_a_chip_that_nobody_has_figures_for_can_be_supposed():
    answer = kg.controls.status("cambricon-590", on="2024-01-15", to="cn", settings={"tpp": "5000"})
    assert answer.overall == "covered"


def test_the_country_whose_rules_these_are_is_in_no_group():
    assert kg.controls.status("nvidia-h100-sxm", on="2024-01-15", to="US").overall == "not covered"
    abroad = kg.controls.status("nvidia-h100-sxm", on="2024-01-15", to="Germany", hq="US")
    assert abroad.overall == "not covered"
