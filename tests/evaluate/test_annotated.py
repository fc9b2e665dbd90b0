"""Labelled documents are read whole, or not at all and with a word on what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import DocumentError
from kg.evaluate.annotated import read_annotated
from kg.evaluate.predictions import read_predictions

GOOD: dict[str, Any] = {
    "id": "001",
    "genre": "news",
    "title": "A purchase",
    "date": "2024-05-01",
    "text": "Brelka bought H100s.",
    "entities": [
        {"name": "Brelka", "type": "Company", "mentions": ["Brelka"]},
        {"name": "H100", "type": "Chip", "mentions": ["H100s"]},
    ],
    "claims": [
        {
            "subject": "Brelka",
            "predicate": "purchases",
            "object": "H100",
            "status": "asserted",
            "attributed_to": None,
            "evidence": "Brelka bought H100s.",
        }
    ],
    "optional": [],
}


def write(folder: Path, body: object, name: str = "001.json") -> Path:
    (folder / name).write_text(json.dumps(body), encoding="utf-8")
    return folder


def test_a_document_and_its_labels(tmp_path: Path) -> None:
    (one,) = read_annotated(write(tmp_path, GOOD))
    assert one.document.text == "Brelka bought H100s."
    (claim,) = one.claims
    assert (claim.subject.name, claim.predicate, claim.object.mentions) == (
        "Brelka",
        "purchases",
        ("H100s",),
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"text": "Another text."}, "lacks the evidence"),
        ({"entities": []}, "lacks 'Brelka'"),
        ({"date": "May"}, "no labelled document"),
        ({"text": ""}, "should be text"),
        ({"claims": [{**GOOD["claims"][0], "status": "sure"}]}, "'sure' is not a valid"),
        ({"claims": 7}, "no labelled document"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DocumentError, match=complaint) as raised:
        read_annotated(write(tmp_path, {**GOOD, **change}))
    assert "001.json" in str(raised.value)


@pytest.mark.parametrize("body", [[], 3, None, {"id": "001"}])
def test_json_of_another_shape_is_refused(tmp_path: Path, body: object) -> None:
    with pytest.raises(DocumentError, match=r"001\.json"):
        read_annotated(write(tmp_path, body))


def test_an_id_stands_for_one_document(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(DocumentError, match="two documents have the id 001"):
        read_annotated(write(tmp_path, GOOD, "002.json"))


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no labelled document"):
        read_annotated(tmp_path)
    with pytest.raises(DocumentError, match="no such folder"):
        read_annotated(tmp_path / "none")


def test_predictions_of_another_reader(tmp_path: Path) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text(
        '{"doc": "001", "claims": [{"subject": "Brelka", "subject_aliases": ["it"], '
        '"predicate": "purchases", "object": "H100", "status": "asserted"}]}\n\n',
        encoding="utf-8",
    )
    ((claim,),) = read_predictions(path).values()
    assert (claim.subject, claim.object, claim.confidence) == (("Brelka", "it"), ("H100",), None)


@pytest.mark.parametrize("line", ["{", "[]", '{"doc": "1"}', '{"doc": "1", "claims": [{}]}'])
def test_a_bad_line_of_predictions_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DocumentError, match="line 1"):
        read_predictions(path)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Brelka bought H100s.\ud800"},
        {"entities": [{"name": "Brelka", "type": "Zebra", "mentions": ["Brelka"]}]},
        {"entities": [{"name": "Brelka", "type": "Company", "mentions": "Brelka"}]},
        {"claims": [{**GOOD["claims"][0], "object": "Brelka"}]},
    ],
)
def test_a_slip_of_the_pen_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(DocumentError, match=r"001\.json"):
        read_annotated(write(tmp_path, {**GOOD, **change}))


@pytest.mark.parametrize(
    "line",
    [
        '{"doc": "1", "claims": [{"subject": null, "predicate": "a", '
        '"object": "b", "status": "c"}]}',
        '{"doc": "1", "claims": [{"subject": "a", "subject_aliases": "b", "predicate": "a", '
        '"object": "b", "status": "c"}]}',
        "[" * 200_000,
    ],
)
def test_a_hostile_line_of_predictions_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(DocumentError, match="line 1"):
        read_predictions(path)
