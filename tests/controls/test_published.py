"""What is said of a chip's status agrees with what is computed, or the data cannot tell."""

from __future__ import annotations

from kg.controls.asking import asked_of
from kg.controls.judge import UNKNOWN, Judge
from kg.controls.published import Published

Key = tuple[str, str, str]
OPEN: dict[Key, tuple[str, ...]] = {  # what is missing, and why nobody can supply it yet
    # never sold, and no figure of it was ever printed
    ("amd-mi309", "acs-2023-10", "control"): ("dense rates", "applicable die area"),
    # the guidance names it; its maker prints nothing
    ("huawei-ascend-910d", "acs-2023-10", "control"): ("dense rates", "applicable die area"),
    # 525 GB/s by its ports; what the host link adds is not printed
    ("intel-gaudi2-cn", "ac-2022-10", "control"): ("host link bandwidth",),
    # its rates and links are not printed, only its memory
    ("nvidia-rtx-pro-6000d", "acs-2023-10", "control"): ("dense rates",),
    ("nvidia-rtx-pro-6000d", "nvda-h20-letter-2025-04", "control"): (
        "interconnect bandwidth",
        "host link bandwidth",
    ),
}


def key(said: Published) -> Key:
    return said.chip.partition(":")[2], said.rule.partition(":")[2], said.role


def computed(judge: Judge, said: Published) -> tuple[str, tuple[str, ...]]:
    asked = asked_of(judge, said.on, said.to.partition(":")[2], None)
    status = judge.status(judge.controls.parts[said.chip], asked)
    (found,) = (v for v in status.verdicts if (v.rule, v.role) == (said.rule, said.role))
    return found.verdict, found.missing


def test_no_published_status_disagrees_with_the_computed_one(judge: Judge) -> None:
    found = {key(said): (computed(judge, said)[0], said.says) for said in judge.controls.published}
    assert {k: v for k, v in found.items() if UNKNOWN not in v and v[0] != v[1]} == {}
    assert len(found) == len(judge.controls.published) >= 50


def test_what_cannot_be_told_is_listed_here_with_what_is_missing(judge: Judge) -> None:
    found = {key(said): computed(judge, said) for said in judge.controls.published}
    assert {k: missing for k, (verdict, missing) in found.items() if verdict == UNKNOWN} == OPEN


def test_both_answers_are_published_of_some_chip(judge: Judge) -> None:
    assert {said.says for said in judge.controls.published} == {"covered", "not covered"}
