"""The main path on one seed, from the file to the reading and into a graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.builder import Options, build_graph
from kg.claims import Modality
from kg.documents.files import find_files, read_file
from kg.extract.prepare import Tools
from kg.graph.query import query
from kg.graph.rows import Rows
from kg.graph.store import open_store
from kg.pipeline import read_claims
from kg.reading import Reading
from kg.text import Document

SEED = Path(__file__).parent.parent / "seeds" / "deepseek-blackwell"


@pytest.fixture(scope="module")
def reading(tools: Tools) -> Reading:
    ((path, identifier),) = find_files([SEED])
    (document,) = read_file(path, identifier)
    assert isinstance(document, Document)
    return read_claims(document, tools)


def test_a_reading_holds_its_document(reading: Reading) -> None:
    document = reading.document
    assert document.identifier == "deepseek-blackwell"
    assert document.date == date(2026, 2, 25)
    assert document.text == (SEED / "document.txt").read_text(encoding="utf-8")


def test_what_the_official_says_is_read_as_reported_and_the_denial_as_denied(
    reading: Reading,
) -> None:
    uses = {
        claim.modality: claim.attributed_to
        for claim in reading.claims
        if (claim.subject, claim.predicate) == ("entity:deepseek", "kg:usesHardware")
        and claim.object.startswith("chip:nvidia-blackwell")
    }
    assert set(uses) == {Modality.REPORTED, Modality.DENIED}
    assert uses[Modality.REPORTED]


def test_every_claim_belongs_to_the_document_and_quotes_it(reading: Reading) -> None:
    text = reading.document.text
    assert reading.claims
    for claim in reading.claims:
        assert claim.document == reading.document.id
        assert 0 < claim.confidence <= 1
        assert round(claim.confidence, 2) == claim.confidence
        for words in claim.evidence:
            assert text[words.start : words.end] == words.text


def test_ids_of_claims_are_unique(reading: Reading) -> None:
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)


def test_whatever_a_claim_is_about_is_known_or_discovered(reading: Reading, tools: Tools) -> None:
    known = {*tools.ontology.lexicon.things, *(thing.curie for thing in reading.discovered)}
    terms = tools.ontology.terms
    for claim in reading.claims:
        assert {claim.subject, claim.object} <= known
        assert claim.predicate in terms.properties


def test_both_ends_are_of_the_classes_that_the_property_joins(
    reading: Reading, tools: Tools
) -> None:
    things = tools.ontology.lexicon.things | {each.curie: each for each in reading.discovered}
    terms = tools.ontology.terms
    for claim in reading.claims:
        joined = terms.properties[claim.predicate]
        assert terms.is_a(things[claim.subject].cls, joined.domain)
        assert terms.is_a(things[claim.object].cls, joined.range)


def test_names_and_leftovers_stand_in_order_of_the_text(reading: Reading) -> None:
    names = [(name.words, name.thing) for name in reading.names]
    leftovers = [left.words for left in reading.leftovers]
    assert names == sorted(set(names))
    assert leftovers == sorted(leftovers)


def test_reading_twice_gives_the_same(reading: Reading, tools: Tools) -> None:
    assert read_claims(reading.document, tools) == reading


def test_the_graph_of_the_seed_answers_with_the_quote(reading: Reading, tmp_path: Path) -> None:
    report = build_graph([SEED], tmp_path / "graph", Options(workers=1))
    assert (report.documents, report.read, report.skipped) == (1, 1, ())
    assert sum(report.claims.values()) == len(reading.claims)
    assert sum(report.leftovers.values()) == len(reading.leftovers)
    store = open_store(tmp_path / "graph")
    asked = "SELECT ?claim ?quote { ?claim a kg:ReadClaim ; kg:evidence/oa:exact ?quote }"
    rows = query(store, asked)
    assert isinstance(rows, Rows)
    assert {(str(claim), str(quote)) for claim, quote in rows} == {
        (f"claim:{claim.id}", words.text) for claim in reading.claims for words in claim.evidence
    }
