"""A whole graph is a pure function of readings and ontology."""

from dataclasses import replace

import pytest
from pyoxigraph import BlankNode

from kg.errors import ClaimError
from kg.graph.assemble import build_id, triples
from kg.graph.export import export_nt
from kg.graph.query import query
from tests.graph.small import (
    READ_BLOG,
    READ_NEWS,
    READINGS,
    YOTTAVERSE,
    ontology,
    small_store,
)


def test_the_order_of_readings_does_not_matter():
    assert [*export_nt(small_store(READINGS))] == [*export_nt(small_store(READINGS[::-1]))]


def test_the_same_reading_twice_is_once():
    assert [*export_nt(small_store(READINGS * 2))] == [*export_nt(small_store())]


def test_without_a_document_its_claims_are_gone_and_nothing_else_changes():
    both, one = set(export_nt(small_store())), set(export_nt(small_store((READ_NEWS,))))
    assert one < both
    assert not any(READ_BLOG.document.id in line for line in one)


def test_there_are_no_blank_nodes():
    found = list(triples(READINGS, ontology(), everything=True))
    assert not any(isinstance(term, BlankNode) for triple in found for term in triple)


def test_all_that_is_known_comes_only_when_asked_for():
    some, everything = small_store(everything=False), small_store()
    asked = "ASK { entity:bis kg:headquarteredIn place:us }"
    assert (query(some, asked), query(everything, asked)) == (False, True)
    assert set(export_nt(some)) < set(export_nt(everything))


def test_what_a_curated_claim_names_is_a_thing_with_a_label():
    nameless = query(
        small_store(everything=False),
        """SELECT ?end { ?claim rdf:subject|rdf:object|kg:involves ?end .
        FILTER NOT EXISTS { ?end rdfs:label ?label } }""",
    )
    assert list(nameless) == []


def test_a_wider_rule_is_a_thing_too():
    assert query(small_store(everything=False), "ASK { rule:controls a kg:Rule }")


def test_conclusions_come_with_it():
    found = query(
        small_store(everything=False),
        "SELECT ?s ?o { ?c a kg:ConcludedClaim ; rdf:subject ?s ; rdf:object ?o } ORDER BY ?s",
    )
    assert [tuple(row) for row in found] == [
        ("chip:nvidia-h20", "rule:controls"),
        ("entity:deepseek", "chip:nvidia-h800"),
    ]


def test_the_terms_come_with_it():
    assert query(small_store(()), 'ASK { kg:usesHardware kg:phrase "uses" }')


def test_documents_that_disagree_on_a_discovered_thing_are_outvoted():
    def heard(label: str, cls: str):
        return replace(READ_BLOG, discovered=(replace(YOTTAVERSE, label=label, cls=cls),))

    readings = (
        heard("YottaVerse", "kg:Company"),
        heard("Yottaverse", "kg:Organisation"),
        heard("Yottaverse", "kg:Organisation"),
    )
    found = query(small_store(readings), "SELECT ?label { entity:x-yottaverse rdfs:label ?label }")
    assert [row.label for row in found] == ["Yottaverse"]
    assert not query(small_store(readings), "ASK { entity:x-yottaverse a kg:Company }")


def test_a_tie_goes_to_the_first_in_order_whichever_was_read_first():
    pair = tuple(
        replace(READ_BLOG, discovered=(replace(YOTTAVERSE, label=label),)) for label in ("B", "A")
    )
    for readings in (pair, pair[::-1]):
        found = query(small_store(readings), "SELECT ?l { entity:x-yottaverse rdfs:label ?l }")
        assert [row.l for row in found] == ["A"]


def test_a_thing_that_nobody_knows_is_refused():
    with pytest.raises(ClaimError, match="names entity:x-yottaverse, which is neither in ontology"):
        small_store((replace(READ_BLOG, discovered=()),))


def test_a_build_is_known_by_its_readings_in_any_order_its_ontology_and_its_reach():
    first = build_id(["a", "b"], "f")
    assert build_id(["b", "a"], "f") == first
    others = [
        build_id(["a"], "f"),
        build_id(["a", "b"], "g"),
        build_id(["a", "b"], "f", everything=True),
    ]
    assert len({first, *others}) == 4
