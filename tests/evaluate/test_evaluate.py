"""`kg evaluate`: the figures, the errors, and the picture."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.evaluate.calibration import calibrate

TEXT = "Brelka Systems bought 500 H100s from Nvidia, two people said. It never used the H20."
NAMES = {
    "Brelka Systems": ("Company", ["Brelka Systems"]),
    "Nvidia": ("Company", ["Nvidia"]),
    "H100": ("Chip", ["H100s"]),
    "H20": ("Chip", ["H20"]),
}
FIELDS = ("subject", "predicate", "object", "status")
CLAIMS = [
    ("Brelka Systems", "purchases", "H100", "reported"),
    ("Nvidia", "supplies", "Brelka Systems", "reported"),
    ("Brelka Systems", "usesHardware", "H20", "denied"),
]


def corpus(folder: Path) -> Path:
    body = {
        "id": "001",
        "genre": "news",
        "title": "A purchase",
        "date": "2024-05-01",
        "text": TEXT,
        "entities": [
            {"name": name, "type": type_, "mentions": mentions}
            for name, (type_, mentions) in NAMES.items()
        ],
        "claims": [
            {
                "subject": subject,
                "predicate": predicate,
                "object": object_,
                "status": status,
                "evidence": TEXT,
            }
            for subject, predicate, object_, status in CLAIMS
        ],
        "optional": [],
    }
    negative = {
        "id": "002",
        "genre": "negative",
        "title": "Potatoes",
        "date": "2024-05-01",
        "text": "The chips were salted, and Blackwell published a book.",
        "entities": [],
        "claims": [],
        "optional": [],
    }
    for each in (body, negative):
        (folder / f"{each['id']}.json").write_text(json.dumps(each), encoding="utf-8")
    return folder


def run(*words: object) -> str:
    done = CliRunner().invoke(app, ["evaluate", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_figures_as_json(tmp_path: Path) -> None:
    figures = json.loads(run(corpus(tmp_path), "--json"))
    assert figures["documents"] == 2
    assert figures["negatives"] == {"002": 0}
    every = figures["with_status"]["all"]
    assert every["tp"] + every["fn"] == len(CLAIMS)
    assert set(figures["with_status"]["predicate"]) >= {"purchases", "supplies", "usesHardware"}
    assert figures["mentions"]["Chip"]["labelled"] == 2
    assert figures["mentions"]["Chip"]["exact"] == 2


def test_the_table_has_a_row_for_each_group_and_the_errors(tmp_path: Path) -> None:
    claims = [{"subject": "Nvidia", "predicate": "designs", "object": "H20", "status": "denied"}]
    found = tmp_path / "found.jsonl"
    found.write_text(json.dumps({"doc": "001", "claims": claims}), encoding="utf-8")
    text = run(corpus(tmp_path), "--predictions", found, "--errors", 9)
    for row in ("all", "purchases", "denied", "news", "made up in 1 negative documents: 0"):
        assert row in text
    assert "Nvidia designs H20 (denied)" in text
    assert text.count("missed") == len(CLAIMS)
    assert TEXT in text


def test_labels_judged_as_predictions_are_all_right(tmp_path: Path) -> None:
    claims = [dict(zip(FIELDS, row, strict=True)) for row in CLAIMS]
    found = tmp_path / "found.jsonl"
    found.write_text(json.dumps({"doc": "001", "claims": claims}), encoding="utf-8")
    figures = json.loads(run(corpus(tmp_path), "--json", "--predictions", found))
    assert figures["with_status"]["all"]["f1"] == 1
    assert figures["calibration"] is None


def test_predictions_on_unknown_documents_are_refused(tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    found.write_text('{"doc": "999", "claims": []}', encoding="utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(corpus(tmp_path)), "--predictions", str(found)])
    assert done.exit_code != 0
    assert "999" in str(done.exception)


def test_an_unknown_predicate_is_refused(tmp_path: Path) -> None:
    path = corpus(tmp_path) / "001.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"supplies"', '"buys"'))
    done = CliRunner().invoke(app, ["evaluate", str(tmp_path)])
    assert done.exit_code != 0
    assert "'buys' is none of the properties" in str(done.exception)


def test_the_picture_of_calibration(tmp_path: Path) -> None:
    plot = tmp_path / "calibration.svg"
    run(corpus(tmp_path), "--plot", plot)
    assert plot.read_text(encoding="utf-8").startswith("<svg")


def test_confidence_that_is_right_has_no_error() -> None:
    judged = [(0.75, True)] * 3 + [(0.75, False)]
    made = calibrate(judged)
    assert made is not None
    assert made.error == pytest.approx(0)
    assert [(each.low, each.count) for each in made.bins] == [(0.7, 4)]


def test_the_last_bin_holds_one() -> None:
    made = calibrate([(1.0, True), (0.3, False)])
    assert made is not None
    assert [each.low for each in made.bins] == [0.3, 0.9]


def test_nothing_cannot_be_calibrated() -> None:
    assert calibrate([]) is None
