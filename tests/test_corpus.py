"""The labelled corpus is well-formed, its splits are apart, and reading it is as good as it was.

The figures in `corpus_scores.json` are floors for `dev`; after a real gain renew them with

    python -m tests.test_corpus > tests/corpus_scores.json
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from kg.claims import Modality
from kg.evaluate.annotated import NEGATIVE, Annotated, read_annotated
from kg.evaluate.names import NameFolder
from kg.evaluate.run import evaluate
from kg.ontology.load import Ontology
from tests.figures import assert_no_worse, figures

CORPUS = Path(__file__).parent / "corpus"
SCORES = Path(__file__).parent / "corpus_scores.json"
LEAST = {"train": 160, "dev": 40, "test": 40}
WORDS = range(120, 601)
GENRES = {
    *("news", "analysis", "think_tank", "law_alert", "fed_register", "10k", "press_release"),
    *("indictment", "translated", "qa_forum", "seo_blog", "table", NEGATIVE),
}
TYPES = {"Company", "GovernmentBody", "Country", "Chip", "Rule", "AIModel"}
PARTY = {"Company", "GovernmentBody"}
ENDS = {  # which types may stand at the ends of each predicate
    "usesHardware": (PARTY, {"Chip"}),
    "purchases": (PARTY, {"Chip"}),
    "designs": ({"Company"}, {"Chip"}),
    "manufactures": ({"Company"}, {"Chip"}),
    "supplies": ({"Company"}, PARTY),
    "providesCompute": ({"Company"}, PARTY),
    "restrictedBy": ({"Chip"}, {"Rule"}),
    "listedUnder": (PARTY, {"Rule"}),
    "issuedBy": ({"Rule"}, {"GovernmentBody"}),
    "appliesTo": ({"Rule"}, {"Country"}),
    "headquarteredIn": ({"Company"}, {"Country"}),
    "subsidiaryOf": ({"Company"}, {"Company"}),
    "variantOf": ({"Chip"}, {"Chip"}),
    "develops": ({"Company"}, {"AIModel"}),
    "trainedOn": ({"AIModel"}, {"Chip"}),
}
SPLITS = {split: read_annotated(CORPUS / split) for split in LEAST}
DOCUMENTS = [document for split in SPLITS.values() for document in split]

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda document: document.document.identifier
)


@pytest.mark.parametrize("split", sorted(LEAST))
def test_a_split_is_large_enough(split: str) -> None:
    assert len(SPLITS[split]) >= LEAST[split]


def test_ids_are_unique_over_the_splits() -> None:
    assert len({each.document.identifier for each in DOCUMENTS}) == len(DOCUMENTS)


def test_every_genre_is_in_every_split_and_a_tenth_is_negative() -> None:
    for documents in SPLITS.values():
        assert {each.genre for each in documents} == GENRES
    negative = [each for each in DOCUMENTS if each.genre == NEGATIVE]
    assert len(negative) >= 0.1 * len(DOCUMENTS)
    assert not any(each.claims or each.optional for each in negative)


@each_document
def test_a_document_is_of_the_length_of_a_page(document: Annotated) -> None:
    assert len(document.document.text.split()) in WORDS


@each_document
def test_entities_stand_in_the_text_and_are_apart(document: Annotated, ontology: Ontology) -> None:
    folder = NameFolder.of(ontology.cues.words)
    owner: dict[tuple[str, str], str] = {}
    for entity in document.entities:
        assert entity.type in TYPES
        assert entity.mentions
        assert [words for words in entity.mentions if words not in document.document.text] == []
        for form in folder.names((entity.name, *entity.mentions)):
            assert owner.setdefault((entity.type, form), entity.name) == entity.name


@each_document
def test_labels_fit_their_predicate_and_are_said_once(document: Annotated) -> None:
    for rows in (document.claims, document.optional):
        for row in rows:
            subjects, objects = ENDS[row.predicate]
            assert row.subject.type in subjects
            assert row.object.type in objects
            assert row.subject != row.object
            assert "\n" not in row.evidence
        keys = Counter(
            (row.subject.name, row.predicate, row.object.name, row.status) for row in rows
        )
        assert [key for key, count in keys.items() if count > 1] == []
    assert document.genre == NEGATIVE or document.claims


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*/*.json")), ids=lambda path: path.stem)
def test_what_is_reported_has_a_source_and_what_is_asserted_has_none(path: Path) -> None:
    body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for row in body["claims"]:
        source = row["attributed_to"]
        assert source is None or source in body["text"]
        if row["status"] == Modality.REPORTED.value:
            assert source or re.search(
                r"reported|reportedly|said to|rumou?red|allege", row["evidence"], re.IGNORECASE
            )
        if row["status"] == Modality.ASSERTED.value:
            assert source is None


def fiction() -> list[dict[str, str]]:
    with (CORPUS / "fiction.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_invented_names_stay_in_their_split() -> None:
    at = {each.document.identifier: split for split, all_ in SPLITS.items() for each in all_}
    splits = defaultdict(set)
    for row in fiction():
        splits[row["name"]] |= {at[identifier] for identifier in row["documents"].split("|")}
    assert {name: found for name, found in splits.items() if len(found) > 1} == {}
    assert all(splits[row["name"]] == {row["split"]} for row in fiction())


def test_no_invented_name_is_known_as_a_fact(ontology: Ontology) -> None:
    assert [row["name"] for row in fiction() if ontology.lexicon.named(row["name"])] == []


def scores() -> dict[str, dict[str, float]]:
    """Micro precision, recall and F1 on `dev`, without and with the status."""
    evaluation = evaluate(CORPUS / "dev")
    return {
        "triples": figures(evaluation.triples),
        "with_status": figures(evaluation.with_status),
    }


def test_the_corpus_is_read_as_well_as_before() -> None:
    assert_no_worse(scores(), SCORES)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(scores(), indent=2) + "\n")
