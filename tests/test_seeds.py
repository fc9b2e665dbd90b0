"""Every seed is well-formed, its labels hold, and reading it is as good as it was.

The figures in `seeds_scores.json` are floors: micro precision, recall and F1 over all seeds, names
compared folded. After a real gain (or a label that was mended) renew them with

    python -m tests.test_seeds > tests/seeds_scores.json

and say in the commit what moved. A fall is a fault, not a reason to renew.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.claims import Modality
from kg.documents.files import find_files, read_file
from kg.evaluate.annotated import Annotated, annotated
from kg.evaluate.names import NameFolder
from kg.evaluate.predictions import predictions_of
from kg.evaluate.score import score
from kg.extract.prepare import Tools, prepare
from kg.ontology.load import Ontology, load_ontology
from kg.pipeline import read_claims
from kg.reading import Reading
from kg.text import Document
from tests.figures import assert_no_worse, figures

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
FOLDERS = sorted(path.parent for path in SEEDS.glob("*/about.toml"))
SCORES = HERE / "seeds_scores.json"
GENRES = (
    *("news", "analysis", "think_tank", "law_alert", "fed_register", "10k", "press_release"),
    *("indictment", "translated", "qa_forum", "seo_blog", "table", "negative"),
)
TYPES = {"Company", "GovernmentBody", "Country", "Chip", "Rule", "AIModel"}
FIELDS = {"title", "creator", "date", "genre", "language", "licence", "sources", "expect"}

each_seed = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def about(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))


def labels(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    return found


@cache
def documents() -> dict[str, Document]:
    found = [read for path, name in find_files([SEEDS]) for read in read_file(path, name)]
    assert all(isinstance(each, Document) for each in found), found
    return {each.identifier: each for each in found if isinstance(each, Document)}


@pytest.fixture(scope="module")
def readings(tools: Tools) -> dict[str, Reading]:
    return {name: read_claims(document, tools) for name, document in documents().items()}


@each_seed
def test_a_seed_says_what_it_is(folder: Path) -> None:
    fields = about(folder)
    assert set(fields) <= FIELDS
    assert fields["title"].strip() == fields["title"] != ""
    assert fields["creator"]
    assert type(fields["date"]) is date
    assert fields["genre"] in GENRES
    assert fields["language"] == "en"
    assert fields["licence"] == "CC0-1.0"
    assert all(re.fullmatch(r"https?://\S+", source) for source in fields["sources"])
    assert fields["sources"] or fields["genre"] == "negative"
    least, most = fields["expect"]["claims"]
    assert 0 <= least <= len(labels(folder)["claims"]) <= most


@each_seed
def test_a_seed_is_three_files_in_utf8(folder: Path) -> None:
    (document,) = folder.glob("document.*")
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["about.toml", "claims.json", document.name]
    )
    data = document.read_bytes()
    assert data.decode("utf-8").endswith("\n")
    assert b"\r" not in data


@each_seed
def test_the_labels_of_a_seed_stand_in_its_frozen_text(folder: Path, ontology: Ontology) -> None:
    text, label = documents()[folder.name].text, labels(folder)
    assert set(label) == {"entities", "claims", "optional"}
    names = [entity["name"] for entity in label["entities"]]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    for entity in label["entities"]:
        assert entity["type"] in TYPES
        assert [words for words in entity["mentions"] if words not in text] == []
    for claim in (*label["claims"], *label["optional"]):
        assert claim["evidence"].strip(), claim
        assert claim["evidence"] in text, claim
        assert {claim["subject"], claim["object"]} <= set(names), claim
        assert Modality(claim["status"])
        assert f"kg:{claim['predicate']}" in ontology.terms.properties


@each_seed
def test_no_claim_is_labelled_twice(folder: Path) -> None:
    rows = [
        tuple(claim[key] for key in ("subject", "predicate", "object", "status"))
        for claim in labels(folder)["claims"]
    ]
    assert [row for row, count in Counter(rows).items() if count > 1] == []


@each_seed
def test_a_seed_gives_about_as_many_claims_as_it_should(
    folder: Path, readings: dict[str, Reading]
) -> None:
    least, most = about(folder)["expect"]["claims"]
    assert least <= len(readings[folder.name].claims) <= most


@each_seed
def test_every_quote_of_a_seed_stands_in_its_text(
    folder: Path, readings: dict[str, Reading]
) -> None:
    reading = readings[folder.name]
    for claim in reading.claims:
        for words in claim.evidence:
            assert reading.document.text[words.start : words.end] == words.text


def test_the_negative_seed_yields_nothing(readings: dict[str, Reading]) -> None:
    negative = [folder.name for folder in FOLDERS if about(folder)["genre"] == "negative"]
    assert negative
    for name in negative:
        assert readings[name].claims == ()
        assert readings[name].discovered == ()


def test_the_readme_lists_every_seed_as_it_is() -> None:
    lines = (SEEDS / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| [")]
    expected = [
        f"| [`{folder.name}`]({folder.name}/) | {next(folder.glob('document.*')).suffix[1:]} "
        f"| {about(folder)['genre']} | {about(folder)['date']} | {about(folder)['title']} "
        f"| {len(labels(folder)['claims'])} |"
        for folder in FOLDERS
    ]
    assert rows == expected


# --- how well the seeds are read


def scores(readings: dict[str, Reading], ontology: Ontology) -> dict[str, dict[str, float]]:
    """Micro precision, recall and F1 over all seeds, without and with the status."""
    folder = NameFolder.of(ontology.cues.words)
    return {
        name: figures(
            outcome
            for seed in FOLDERS
            for outcome in score(
                labelled(seed),
                predictions_of(readings[seed.name], ontology.lexicon.things),
                folder,
                with_status=name == "with_status",
            )
        )
        for name in ("triples", "with_status")
    }


def labelled(folder: Path) -> Annotated:
    document = documents()[folder.name]
    about_it = {"title": document.title, "genre": about(folder)["genre"]}
    dated = {"id": folder.name, "date": about(folder)["date"].isoformat(), "text": document.text}
    return annotated({**about_it, **dated, **labels(folder)})


def test_the_seeds_are_read_as_well_as_before(
    readings: dict[str, Reading], ontology: Ontology
) -> None:
    assert_no_worse(scores(readings, ontology), SCORES)


if __name__ == "__main__":
    knowledge = load_ontology()
    ready = prepare(knowledge)
    all_read = {name: read_claims(each, ready) for name, each in documents().items()}
    sys.stdout.write(json.dumps(scores(all_read, knowledge), indent=2) + "\n")
