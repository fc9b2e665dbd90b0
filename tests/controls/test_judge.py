"""The hard cases: chip, day, destination, and what one rule version says of it, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.controls.asking import answer_of, asked_of, parts_of
from kg.controls.judge import Judge, Verdict

Say = Callable[..., Verdict]

RULE, OLD, MACAU = "acs-2023-10", "ac-2022-10", "macau-2023-01"
H20, MI308, GAUDI = (
    "nvda-h20-letter-2025-04",
    "amd-mi308-letter-2025-04",
    "intel-gaudi-letter-2025-04",
)
YES, NO, OPEN = "covered", "not covered", "unknown"
IN_2024 = "2024-01-15"

CONTROLS = [  # chip, on, to, hq, rule, verdict, its paragraph, part of why
    # the lines of October 2023
    ("nvidia-a30", IN_2024, "cn", None, RULE, YES, "3A090.b.1", "performance density 3.201 >= 1.6"),
    ("nvidia-l20", IN_2024, "cn", None, RULE, NO, "", "performance density 3.1396 < 3.2"),
    ("nvidia-a10", IN_2024, "cn", None, RULE, NO, "", "performance density 3.1847 < 3.2"),
    ("nvidia-l2", IN_2024, "cn", None, RULE, NO, "", "TPP 1,544 < 1,600"),
    ("nvidia-l4", IN_2024, "cn", None, RULE, YES, "3A090.a.2", "performance density 6.5986 >= 5.9"),
    ("nvidia-l40", IN_2024, "cn", None, RULE, YES, "3A090.b.1", "TPP 2,896 >= 2,400"),
    ("nvidia-l40s", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 5,864 >= 4,800"),
    ("nvidia-a40", IN_2024, "cn", None, RULE, YES, "3A090.b.2", "TPP 2,395.2 >= 1,600"),
    ("nvidia-h20", IN_2024, "cn", None, RULE, NO, "", "TPP 2,368 < 2,400"),
    ("nvidia-h20", "2025-05-01", "cn", None, RULE, NO, "", "3A090.b.2: performance density 2.9"),
    ("amd-mi250x", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 6,128 >= 4,800"),
    ("intel-gaudi2-cn", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 6,920 >= 4,800"),
    # Note 2
    ("nvidia-rtx-4090", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 5,284.8 >= 4,800"),
    ("nvidia-rtx-4090d", IN_2024, "cn", None, RULE, NO, "", "Note 2 to 3A090: TPP 4,708 < 4,800"),
    ("nvidia-rtx-4090d", "2024-05-01", "cn", None, RULE, NO, "", "Note 2 to 3A090"),
    ("nvidia-rtx-5880-ada", "2024-02-01", "cn", None, RULE, NO, "", "Note 2 to 3A090: TPP 4,432"),
    ("nvidia-rtx-5090", "2025-03-01", "cn", None, RULE, YES, "3A090.a.1", "TPP 6,704 >= 4,800"),
    ("nvidia-rtx-5090d", "2025-03-01", "cn", None, RULE, NO, "", "Note 2 to 3A090: TPP 4,750"),
    # by calculation, where nobody has published a status
    ("nvidia-gh200", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 15,832"),
    ("nvidia-rtx-6000-ada", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 5,828 >= 4,800"),
    ("nvidia-rtx-pro-6000", "2025-06-01", "cn", None, RULE, YES, "3A090.a.1", "TPP 8,060"),
    ("amd-mi300x", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 20,919 >= 4,800"),
    ("huawei-ascend-950pr", "2026-04-01", "cn", None, RULE, YES, "3A090.a.1", "TPP 6,800 >= 4,800"),
    # numbers known in part: a bound may settle it, an unknown area never says no
    ("tesla-d1", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP at least 5,792 >= 4,800"),
    ("google-tpu-v4", IN_2024, "cn", None, RULE, OPEN, "", "performance density not known"),
    ("mthreads-s4000", IN_2024, "cn", None, RULE, OPEN, "", "performance density not known"),
    ("aws-trainium1", IN_2024, "cn", None, RULE, OPEN, "", "performance density not known"),
    ("kunlun-2", IN_2024, "cn", None, RULE, OPEN, "", "performance density not known"),
    ("google-tpu-v5e", IN_2024, "cn", None, RULE, OPEN, "", "performance density not known"),
    ("amd-mi309", "2024-03-10", "cn", None, RULE, OPEN, "", "TPP not known"),
    # 2022: both tests, and only then
    ("nvidia-a100-sxm", "2022-12-01", "cn", None, OLD, YES, "3A090.a (2022)", "664 >= 600"),
    ("nvidia-a800", "2022-12-01", "cn", None, OLD, NO, "", "two-way I/O bandwidth 464 < 600"),
    ("nvidia-h800-sxm", "2023-06-01", "cn", None, OLD, NO, "", "two-way I/O bandwidth 528 < 600"),
    ("nvidia-a800", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 4,992 >= 4,800"),
    ("nvidia-h800-sxm", IN_2024, "cn", None, RULE, YES, "3A090.a.1", "TPP 15,832 >= 4,800"),
    ("nvidia-a100-sxm", "2022-10-20", "cn", None, OLD, NO, "", "in force from 2022-10-21"),
    ("nvidia-a100-sxm", "2022-10-21", "cn", None, OLD, YES, "3A090.a (2022)", "China named"),
    ("nvidia-a100-sxm", "2023-11-16", "cn", None, OLD, YES, "3A090.a (2022)", "until 2023-11-17"),
    ("nvidia-a100-sxm", "2023-11-17", "cn", None, OLD, NO, "", "until 2023-11-17"),
    ("nvidia-a100-sxm", "2022-12-01", "ru", None, OLD, NO, "", "outside China with Hong Kong"),
    ("nvidia-a100-sxm", "2022-12-01", "vn", "cn", OLD, NO, "", "Vietnam in D:1, outside China"),
    ("nvidia-h800-sxm", "2023-11-16", "cn", None, RULE, NO, "", "in force from 2023-11-17"),
    ("nvidia-h800-sxm", "2023-11-17", "cn", None, RULE, YES, "3A090.a.1", "from 2023-11-17"),
    # where to
    ("nvidia-a100-sxm", "2023-01-16", "mo", None, MACAU, NO, "", "in force from 2023-01-17"),
    ("nvidia-a100-sxm", "2023-01-17", "mo", None, MACAU, YES, "3A090.a (2022)", "Macau named"),
    ("nvidia-a100-sxm", "2023-01-17", "mo", None, OLD, NO, "", "outside China with Hong Kong"),
    ("nvidia-h100-sxm", IN_2024, "mo", None, RULE, YES, "3A090.a.1", "Macau named"),
    ("nvidia-a100-sxm", "2022-12-01", "hk", None, OLD, YES, "3A090.a (2022)", "Hong Kong named"),
    ("nvidia-h100-sxm", IN_2024, "hk", None, RULE, YES, "3A090.a.1", "Hong Kong in D:1, D:4, D:5"),
    ("nvidia-h100-sxm", IN_2024, "ru", None, RULE, YES, "3A090.a.1", "Russia in D:1, D:4, D:5"),
    ("nvidia-h100-sxm", IN_2024, "vn", None, RULE, YES, "3A090.a.1", "Vietnam in D:1"),
    ("nvidia-h100-sxm", IN_2024, "sg", None, RULE, NO, "", "Singapore in A:6, outside"),
    ("nvidia-h100-sxm", "2026-09-01", "sg", None, RULE, NO, "", "Singapore in A:6, outside"),
    ("nvidia-h100-sxm", IN_2024, "il", None, RULE, NO, "", "Israel in A:6, outside"),
    ("nvidia-h100-sxm", "2026-09-01", "il", None, RULE, NO, "", "Israel in A:6, outside"),
    ("nvidia-h100-sxm", "2026-07-09", "ae", None, RULE, YES, "3A090.a.1", "in D:4"),
    ("nvidia-h100-sxm", "2026-07-10", "ae", None, RULE, NO, "", "in A:5, outside"),
    ("nvidia-h100-sxm", "2026-07-10", "ae", "cn", RULE, YES, "3A090.a.1", "headquarters in China"),
    ("nvidia-h100-sxm", IN_2024, "br", None, RULE, OPEN, "", "in force from 2023-11-17"),
    ("nvidia-h100-sxm", IN_2024, "my", None, RULE, OPEN, "", "in force from 2023-11-17"),
    ("nvidia-h100-sxm", IN_2024, "my", "cn", RULE, YES, "3A090.a.1", "headquarters in China, in D"),
    (
        "nvidia-h100-sxm",
        IN_2024,
        "my",
        "mo",
        RULE,
        YES,
        "3A090.a.1",
        "headquarters in Macau, named",
    ),
    ("nvidia-h100-sxm", IN_2024, "de", "vn", RULE, NO, "", "Germany in A:5, outside"),
    ("nvidia-l20", IN_2024, "br", None, RULE, NO, "", "TPP 1,912 < 2,400"),  # group or no group
    ("nvidia-h100-sxm", "2026-02-02", "kh", None, RULE, YES, "3A090.a.1", "in D:1, D:5"),
    ("nvidia-h100-sxm", "2026-02-03", "kh", None, RULE, YES, "3A090.a.1", "Cambodia in D:1"),
    # letters: they bind whom they are sent to, for what they name
    ("nvidia-h100-sxm", "2022-08-25", "cn", None, "nvda-letter-2022-08", NO, "", "from 2022-08-26"),
    ("nvidia-h100-sxm", "2022-08-26", "cn", None, "nvda-letter-2022-08", YES, "letter", "named"),
    ("nvidia-h100-sxm", "2022-08-26", "ru", None, "nvda-letter-2022-08", YES, "letter", "named"),
    ("nvidia-a100-pcie", "2022-10-21", "cn", None, "nvda-letter-2022-08", NO, "", "until 2022-10"),
    ("nvidia-a30", "2022-09-15", "cn", None, "nvda-letter-2022-08", NO, "", "not named"),
    ("amd-mi250", "2022-09-15", "cn", None, "nvda-letter-2022-08", NO, "", "binds nvidia only"),
    ("amd-mi250", "2022-09-15", "cn", None, "amd-letter-2022-08", YES, "letter", "named"),
    ("amd-mi250", "2022-08-15", "cn", None, "amd-letter-2022-08", OPEN, "letter", "named"),
    ("amd-mi250", "2022-07-31", "cn", None, "amd-letter-2022-08", NO, "", "from 2022-08"),
    ("nvidia-h800-sxm", "2023-10-22", "cn", None, "nvda-letter-2023-10", NO, "", "2023-10-23"),
    ("nvidia-h800-sxm", "2023-10-23", "cn", None, "nvda-letter-2023-10", YES, "letter", "15,832"),
    ("nvidia-h800-sxm", "2023-11-17", "cn", None, "nvda-letter-2023-10", NO, "", "until 2023-11"),
    ("nvidia-rtx-4090", "2023-10-23", "cn", None, "nvda-letter-2023-10", NO, "", ": consumer"),
    ("nvidia-l40", "2023-10-23", "cn", None, "nvda-letter-2023-10", NO, "", "TPP 2,896 < 4,800"),
    ("amd-mi250x", "2023-10-23", "cn", None, "nvda-letter-2023-10", NO, "", "binds nvidia only"),
    ("nvidia-h20", "2025-04-08", "cn", None, H20, NO, "", "in force from 2025-04-09"),
    ("nvidia-h20", "2025-04-09", "cn", None, H20, YES, "letter of April 2025", "named"),
    ("nvidia-h20", "2025-04-09", "my", "cn", H20, YES, "letter", "headquarters in China, in D:5"),
    ("nvidia-h20", "2025-04-09", "vn", None, H20, NO, "", "Vietnam in D:1, outside China"),
    ("nvidia-h20", "2025-04-09", "cn", None, MI308, NO, "", "in force from 2025-04-15"),
    ("nvidia-h20", "2025-05-01", "cn", None, MI308, NO, "", "binds amd only"),
    ("nvidia-h20", "2025-05-01", "cn", None, GAUDI, NO, "", "binds intel only"),
    ("nvidia-l20", "2025-05-01", "cn", None, H20, NO, "", "864 < 1,400"),
    ("nvidia-rtx-5090", "2025-05-01", "cn", None, H20, NO, "", "designed for: consumer"),
    ("amd-mi308", "2025-05-01", "cn", None, MI308, YES, "letter of April 2025", "named"),
    ("intel-gaudi3-cn", "2025-05-01", "cn", None, GAUDI, YES, "letter", "3,700 >= 1,400"),
    ("nvidia-h20", "2026-02-02", "kh", None, H20, YES, "letter of April 2025", "Cambodia in D:5"),
    ("nvidia-h20", "2026-02-03", "kh", None, H20, NO, "", "Cambodia in D:1, outside"),
    # in the books, and never enforced
    ("nvidia-h100-sxm", "2025-06-01", "gb", None, "ai-diffusion-2025-01", NO, "", "never enforced"),
    ("nvidia-h100-sxm", "2025-06-01", "cn", None, "ai-diffusion-2025-01", NO, "", "never enforced"),
    # a loose question
    ("nvidia-h800-sxm", "2023", "cn", None, RULE, OPEN, "3A090.a.1", "in force from 2023-11-17"),
    ("nvidia-h800-sxm", "2023-12", "cn", None, RULE, YES, "3A090.a.1", "TPP 15,832"),
    ("nvidia-h800-sxm", "2023-10", "cn", None, RULE, NO, "", "in force from 2023-11-17"),
    ("nvidia-h100-sxm", "2026-07", "ae", None, RULE, OPEN, "3A090.a.1", "in force from 2023-11-17"),
]


@pytest.mark.parametrize("case", CONTROLS)
def test_what_a_control_says(say: Say, case: tuple[str, ...]) -> None:
    chip, on, to, hq, rule, verdict, paragraph, because = case
    found = say(chip, on, to, hq=hq, rule=rule)
    assert found.verdict == verdict
    assert paragraph in found.paragraph
    assert because in found.because
    assert bool(found.missing) == (found.verdict == OPEN)
    assert (found.policy is not None) == (found.verdict == YES)


COMPUTERS = [  # chip inside, on, rule, verdict, part of why
    ("nvidia-h100-sxm", IN_2024, RULE, YES, "contains: 3A090.a.1: TPP 15,832"),
    ("nvidia-l20", IN_2024, RULE, NO, "TPP 1,912 < 4,800"),
    ("nvidia-rtx-4090d", IN_2024, RULE, NO, "Note 2"),
    ("nvidia-a30", "2024-04-03", RULE, NO, ""),
    ("nvidia-a30", "2024-04-03", "acs-2024-04", NO, "in force from 2024-04-04"),
    ("nvidia-a30", "2024-04-04", "acs-2024-04", YES, "contains: 3A090.b.1"),
    ("nvidia-h100-sxm", "2024-05-01", "acs-2024-04", NO, "density 19.45 >= 5.92"),
    ("nvidia-a100-sxm", "2022-12-01", OLD, YES, "contains: 3A090.a (2022)"),
    ("nvidia-a800", "2022-12-01", OLD, NO, "464 < 600"),
    ("google-tpu-v4", IN_2024, RULE, OPEN, "performance density not known"),
]


@pytest.mark.parametrize("case", COMPUTERS)
def test_a_computer_is_what_its_circuit_makes_it(say: Say, case: tuple[str, ...]) -> None:
    chip, on, rule, verdict, because = case
    found = say(chip, on, "cn", rule=rule, settings={"kind": "computer"})
    assert found.verdict == verdict
    assert because in found.because
    assert "4A090" in found.paragraph


@pytest.mark.parametrize(
    "case",
    [
        ("google-tpu-v4", IN_2024, "cn", None, {"applicable die area"}),
        ("amd-mi309", IN_2024, "cn", None, {"applicable die area", "dense rates"}),
        ("nvidia-h100-sxm", IN_2024, "br", None, {"country group"}),
        ("nvidia-h100-sxm", IN_2024, "my", None, {"country group"}),
        ("nvidia-h100-sxm", IN_2024, "de", "my", {"country group of the headquarters"}),
        ("nvidia-h800-sxm", "2023-11", "cn", None, {"day"}),
        ("google-tpu-v4", IN_2024, "br", None, {"applicable die area", "country group"}),
    ],
)
def test_what_would_have_to_be_known_is_said(say: Say, case: tuple[str, ...]) -> None:
    chip, on, to, hq, missing = case
    found = say(chip, on, to, hq=hq, rule=RULE)
    assert (found.verdict, set(found.missing)) == (OPEN, missing)


@pytest.mark.parametrize(
    ("to", "hq", "policy"),
    [
        ("cn", None, "licence, presumption of denial"),
        ("mo", None, "licence, presumption of denial"),
        ("vn", None, "licence, presumption of approval"),
        ("vn", "us", "licence, presumption of approval"),
        ("vn", "cn", "licence, presumption of denial"),
        ("de", "mo", "licence, presumption of denial"),
    ],
)
def test_the_policy_depends_on_where_the_part_goes_and_who_buys(
    say: Say, to: str, hq: str | None, policy: str
) -> None:
    assert say("nvidia-h100-sxm", IN_2024, to, hq=hq, rule=RULE).policy == policy


@pytest.mark.parametrize(
    ("density", "verdict"), [("1.9", NO), ("2", NO), ("2.1", YES), ("3.3", YES)]
)
def test_memory_is_controlled_above_two(say: Say, density: str, verdict: str) -> None:
    memory = {"kind": "memory", "memory-bandwidth-density": density}
    asked = {"rule": "fdp-hbm-2024-12", "settings": memory}
    assert say(None, "2025-01-15", "cn", **asked).verdict == verdict
    assert say(None, "2024-12-01", "cn", **asked).verdict == NO
    exception = say(None, "2025-01-15", "cn", role="exception", **asked).verdict
    assert exception == (YES if 2 < float(density) < 3.3 else NO)


def test_memory_for_cambodia_is_free_once_it_left_d5(say: Say) -> None:
    memory = {"kind": "memory", "memory_bandwidth_density": "2.5"}
    asked = {"rule": "fdp-hbm-2024-12", "settings": memory}
    days = ("2026-02-02", "2026-02-03")
    assert [say(None, on, "kh", **asked).verdict for on in days] == [YES, NO]


def test_the_h20_is_only_ever_covered_by_its_letter(judge: Judge) -> None:
    found = parts_of(judge, "h20", {})
    covered = {
        verdict.rule
        for on in ("2023-12-01", "2025-04-08", "2025-04-09", "2026-09-01")
        for verdict in answer_of(judge, found, asked_of(judge, on, "cn", None)).verdicts
        if verdict.role == "control" and verdict.verdict != NO
    }
    assert covered == {f"rule:{H20}"}


def test_the_sources_are_of_the_paragraph_and_of_the_figures_that_decide(
    say: Say, judge: Judge
) -> None:
    found = say("nvidia-l4", IN_2024, "cn", rule=RULE)
    paragraph = judge.controls.paragraphs["3a090a2-2023"]
    part = judge.controls.parts["chip:nvidia-l4"]
    wanted = "|".join(
        (paragraph.source, part.figures["int4_rate"].source, part.figures["die_area"].source)
    )
    assert set(found.sources) == set(wanted.split("|"))
