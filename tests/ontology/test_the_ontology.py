"""The knowledge that we ship: everything loads, is sorted, labelled and sourced."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS

from kg.ontology.files import ontology_folder
from kg.ontology.load import Ontology
from kg.ontology.questions import read_questions
from kg.ontology.terms import KG

FOLDER = ontology_folder()
TABLES = sorted(FOLDER.glob("**/*.csv"))
THINGS = ("entities", "chips", "rules", "places", "models")
FIFTEEN = {
    "kg:usesHardware": ("kg:Entity", "kg:Chip"),
    "kg:purchases": ("kg:Entity", "kg:Chip"),
    "kg:designs": ("kg:Entity", "kg:Chip"),
    "kg:manufactures": ("kg:Entity", "kg:Chip"),
    "kg:supplies": ("kg:Entity", "kg:Entity"),
    "kg:providesCompute": ("kg:Entity", "kg:Entity"),
    "kg:restrictedBy": ("kg:Chip", "kg:Rule"),
    "kg:listedUnder": ("kg:Entity", "kg:Rule"),
    "kg:issuedBy": ("kg:Rule", "kg:GovernmentBody"),
    "kg:appliesTo": ("kg:Rule", "kg:Country"),
    "kg:headquarteredIn": ("kg:Entity", "kg:Country"),
    "kg:subsidiaryOf": ("kg:Entity", "kg:Entity"),
    "kg:variantOf": ("kg:Chip", "kg:Chip"),
    "kg:develops": ("kg:Entity", "kg:AIModel"),
    "kg:trainedOn": ("kg:AIModel", "kg:Chip"),
}

each_table = pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def terms_of_core() -> list[rdflib.URIRef]:
    core = rdflib.Graph().parse(FOLDER / "core.ttl")
    return sorted({term for term in core.subjects(RDF.type) if str(term).startswith(KG)})


def test_the_fifteen_properties_join_what_the_contract_says(ontology: Ontology) -> None:
    found = {each.curie: (each.domain, each.range) for each in ontology.terms.properties.values()}
    assert found == FIFTEEN


@pytest.mark.parametrize("term", terms_of_core(), ids=lambda term: term.removeprefix(KG))
def test_a_term_has_one_label_a_comment_and_a_source(term: rdflib.URIRef) -> None:
    core = rdflib.Graph().parse(FOLDER / "core.ttl")
    assert len(list(core.objects(term, RDFS.label))) == 1
    assert str(core.value(term, RDFS.comment)).endswith((".", '."'))
    assert isinstance(core.value(term, DCTERMS.source), rdflib.URIRef)


def test_every_class_stands_under_a_class_that_there_is(ontology: Ontology) -> None:
    core = rdflib.Graph().parse(FOLDER / "core.ttl")
    classes = set(core.subjects(RDF.type, OWL.Class))
    above = {o for o in core.objects(None, RDFS.subClassOf) if str(o).startswith(KG)}
    assert above <= classes
    assert ontology.terms.superclasses["kg:Company"] == (
        "kg:Company",
        "kg:Organisation",
        "kg:Entity",
    )


@each_table
def test_rows_are_sorted_and_none_stands_there_twice(path: Path) -> None:
    lines = [tuple(row.values()) for row in rows(path)]
    keys = [line[:2] if path.stem in {"aliases", "claims"} else line[:1] for line in lines]
    assert [(a, b) for a, b in zip(keys, sorted(keys), strict=True) if a != b][:3] == []
    assert [line for line, count in Counter(lines).items() if count > 1] == []


@each_table
def test_a_table_is_utf8_with_plain_line_feeds_and_tidy_cells(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    untidy = [
        (number, cell)
        for number, row in enumerate(rows(path), start=2)
        for cell in row.values()
        if cell != cell.strip() or "\n" in cell or "\u2028" in cell
    ]
    assert untidy == []


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_has_a_source_a_grade_and_the_day_it_was_checked(name: str) -> None:
    for row in rows(FOLDER / f"lexicon/{name}.csv"):
        assert row["source"], row["id"]
        assert row["source"] != "uncited" or name == "entities", row["id"]
        assert row["confidence"] in {"A", "B"}, row["id"]
        assert date(2025, 1, 1) < date.fromisoformat(row["checked"]), row["id"]


def test_a_curated_claim_has_a_source_a_grade_and_the_day_it_was_checked() -> None:
    for row in rows(FOLDER / "claims.csv"):
        assert row["source"] not in {"", "uncited"}, row
        assert row["confidence"] in {"A", "B"}, row
        assert date(2025, 1, 1) < date.fromisoformat(row["checked"]), row


def test_labels_name_one_thing_within_a_class(ontology: Ontology) -> None:
    labels = Counter((thing.label, thing.cls) for thing in ontology.lexicon.things.values())
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_label_and_alias_can_be_looked_up(ontology: Ontology) -> None:
    for alias in ontology.lexicon.aliases:
        assert alias in ontology.lexicon.named(alias.text.upper())


@pytest.mark.parametrize(
    ("name", "things"),
    [
        ("FDP rule", {"rule:ac-2022-10", "rule:fdp-hbm-2024-12", "rule:huawei-fdpr-2020-08"}),
        ("Kunlun", {"chip:kunlun-family", "entity:kunlun-tech", "entity:kunlunxin"}),
        ("超微", {"entity:amd", "entity:supermicro"}),
        ("Groq", {"entity:groq", "chip:groq-lpu1"}),
        ("R200", {"chip:kunlun-2", "chip:nvidia-rubin"}),
    ],
)
def test_a_shared_name_is_known_to_be_shared(
    name: str, things: set[str], ontology: Ontology
) -> None:
    assert things <= {alias.thing for alias in ontology.lexicon.ambiguous()[name]}


def test_a_name_of_one_thing_is_not_called_shared(ontology: Ontology) -> None:
    assert not {"H20", "DeepSeek", "Entity List"} & set(ontology.lexicon.ambiguous())


def test_two_dates_of_one_name_do_not_overlap(ontology: Ontology) -> None:
    """A dated alias is there to part two things: on any day it may mean at most one of a kind."""
    for name in ("3A090", "1260H list"):
        aliases = ontology.lexicon.named(name)
        for day in (date(2022, 12, 1), date(2024, 6, 1), date(2026, 7, 1)):
            assert len([each for each in aliases if each.counts_on(day)]) <= 1, (name, day)


def test_every_question_opens_with_what_it_asks() -> None:
    questions = read_questions(FOLDER / "questions")
    assert len(questions) >= 15
    for question in questions.values():
        assert question.question.endswith("?"), question.name
        assert question.name in question.example, question.name
