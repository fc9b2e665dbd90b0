"""The figures are those of another scorer, written apart from ours by the same guideline.

`agreed/predictions.jsonl` holds claims on `tests/corpus/dev`, some right, some spoiled, some said
again under another name; `agreed/figures.json` holds what the other scorer made of them on
2026-11-24. Both belong to the labels of that day: mending a label of `dev` calls for new ones.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.evaluate.run import evaluate
from kg.views.scores import score_values

HERE = Path(__file__).parent / "agreed"
DEV = Path(__file__).parent.parent / "corpus" / "dev"
AGREED = json.loads((HERE / "figures.json").read_text(encoding="utf-8"))
OURS = score_values(evaluate(DEV, HERE / "predictions.jsonl"))


@pytest.mark.parametrize("level", ["triples", "with_status"])
def test_the_figures_over_all_agree(level: str) -> None:
    assert OURS[level]["all"] == pytest.approx(AGREED[level]["all"], abs=1e-4)


@pytest.mark.parametrize("level", ["triples", "with_status"])
@pytest.mark.parametrize("by", ["predicate", "genre"])
def test_the_figures_of_each_group_agree(level: str, by: str) -> None:
    assert set(OURS[level][by]) == set(AGREED[level][by])
    for name, figures in AGREED[level][by].items():
        assert OURS[level][by][name] == pytest.approx(figures, abs=1e-4), name


def test_claims_on_negative_documents_agree() -> None:
    assert OURS["negatives"] == AGREED["negatives"]
