"""Licence exceptions and reviews: what they are for, for whom, and from when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.controls.judge import Verdict

Say = Callable[..., Verdict]

RULE, CASE = "acs-2023-10", "h200-case-by-case-2026-01"
YES, NO = "covered", "not covered"

OTHERS = [  # chip, on, to, hq, rule, role, verdict, its paragraph, policy
    ("nvidia-rtx-4090", "2024-04-03", "cn", None, RULE, "exception", YES, "of 2023 (NAC)", "NAC"),
    (
        "nvidia-rtx-4090",
        "2024-04-03",
        "vn",
        None,
        RULE,
        "exception",
        YES,
        "of 2023 (NAC)",
        "out notice",
    ),
    ("nvidia-rtx-4090", "2024-04-04", "cn", None, RULE, "exception", NO, "of 2023 (NAC)", None),
    ("nvidia-rtx-4090", "2024-04-03", "cn", None, "acs-2024-04", "exception", NO, "NAC", None),
    ("nvidia-rtx-4090", "2024-04-04", "cn", None, "acs-2024-04", "exception", YES, "(NAC)", "NAC"),
    ("nvidia-rtx-4090", "2024-04-04", "mo", None, "acs-2024-04", "exception", YES, "(NAC)", "NAC"),
    ("nvidia-rtx-4090", "2024-04-04", "vn", None, "acs-2024-04", "exception", YES, "(ACA)", "ACA"),
    ("nvidia-rtx-4090", "2024-04-04", "ae", None, "acs-2024-04", "exception", YES, "(ACA)", "ACA"),
    ("nvidia-rtx-4090", "2024-05-01", "vn", "de", "acs-2024-04", "exception", YES, "(ACA)", "ACA"),
    ("nvidia-rtx-4090", "2024-05-01", "vn", "cn", "acs-2024-04", "exception", YES, "(NAC)", "NAC"),
    ("nvidia-rtx-4090", "2024-05-01", "vn", "mo", "acs-2024-04", "exception", YES, "(NAC)", "NAC"),
    ("nvidia-l40", "2024-05-01", "cn", None, "acs-2024-04", "exception", YES, "3A090.b", "NAC"),
    ("nvidia-l40", "2024-05-01", "vn", None, "acs-2024-04", "exception", YES, "3A090.b", "ACA"),
    ("nvidia-h100-sxm", "2024-05-01", "cn", None, "acs-2024-04", "exception", NO, "NAC", None),
    ("nvidia-l4", "2024-05-01", "cn", None, "acs-2024-04", "exception", NO, "NAC", None),
    ("nvidia-l20", "2024-05-01", "cn", None, "acs-2024-04", "exception", NO, "NAC", None),
    ("nvidia-rtx-4090d", "2024-05-01", "cn", None, "acs-2024-04", "exception", NO, "NAC", None),
    ("nvidia-h200-sxm", "2026-01-14", "cn", None, CASE, "review", NO, "", None),
    ("nvidia-h200-sxm", "2026-01-15", "cn", None, CASE, "review", YES, "748", "case-by-case"),
    ("nvidia-h200-sxm", "2026-02-01", "hk", None, CASE, "review", YES, "748", "case-by-case"),
    ("nvidia-h200-sxm", "2026-02-01", "ru", None, CASE, "review", NO, "748", None),
    ("amd-mi300x", "2026-02-01", "cn", None, CASE, "review", YES, "748", "case-by-case"),
    ("amd-mi325x", "2026-02-01", "cn", None, CASE, "review", YES, "748", "case-by-case"),
    ("nvidia-b200", "2026-02-01", "cn", None, CASE, "review", NO, "748", None),
    ("nvidia-b100", "2026-02-01", "cn", None, CASE, "review", NO, "748", None),
    ("amd-mi350x", "2026-02-01", "cn", None, CASE, "review", NO, "748", None),
    ("nvidia-h20", "2026-02-01", "cn", None, CASE, "review", NO, "748", None),  # not in 3A090
]


@pytest.mark.parametrize("case", OTHERS)
def test_what_an_exception_or_a_review_says(say: Say, case: tuple[str, ...]) -> None:
    chip, on, to, hq, rule, role, verdict, paragraph, policy = case
    found = say(chip, on, to, hq=hq, rule=rule, role=role)
    assert found.verdict == verdict
    assert paragraph in found.paragraph
    assert (policy is None) == (found.policy is None)
    assert (policy or "") in (found.policy or "")
