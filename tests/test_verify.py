"""What is wrong with a graph is found, and nothing else."""

from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph.namespaces import iri
from kg.ontology.files import ontology_folder
from kg.ontology.terms import read_terms
from kg.verify import Finding, check_quotes, check_triples, verify
from tests.graph.small import BLOG, DENIES, NEWS, USES, small_store

DOCUMENTS = (NEWS, BLOG)


def node(curie: str) -> NamedNode:
    return NamedNode(iri(curie))


def triple(subject: str, predicate: str, object: str) -> Quad:
    return Quad(node(subject), node(predicate), node(object))


@pytest.fixture
def store() -> Store:
    return small_store()


def test_a_sound_graph_has_no_findings(store):
    assert verify(store, DOCUMENTS) == []


def test_a_plain_triple_without_a_claim_is_found(store):
    store.add(triple("entity:nvidia", "kg:purchases", "chip:nvidia-h20"))
    assert [*check_triples(store)] == [
        Finding("entity:nvidia kg:purchases chip:nvidia-h20", "No claim affirms this triple.")
    ]


def test_a_denial_alone_is_no_claim_behind_a_triple(store):
    store.remove(triple(f"claim:{USES.id}", "kg:modality", "kg:Reported"))
    store.add(triple(f"claim:{USES.id}", "kg:modality", "kg:Denied"))
    for concluded in list(store.quads_for_pattern(None, node("kg:byRule"), None)):
        for quad in list(store.quads_for_pattern(concluded.subject, None, None)):
            store.remove(quad)
    where = {finding.where for finding in check_triples(store)}
    assert "entity:deepseek kg:usesHardware chip:nvidia-h800" in where


@pytest.mark.parametrize("predicate", sorted(read_terms(ontology_folder() / "core.ttl").properties))
def test_each_of_the_fifteen_properties_is_watched(store, predicate):
    store.add(triple("entity:a", predicate, "entity:b"))
    assert [*check_triples(store)] == [
        Finding(f"entity:a {predicate} entity:b", "No claim affirms this triple.")
    ]


def test_an_affirming_claim_without_its_triple_is_found(store):
    store.remove(triple("entity:x-yottaverse", "kg:purchases", "chip:nvidia-h20"))
    assert [*check_triples(store)] == [
        Finding(
            "entity:x-yottaverse kg:purchases chip:nvidia-h20",
            "A claim affirms this triple, and the graph lacks it.",
        )
    ]


def test_a_claim_with_an_end_of_the_wrong_class_is_found_even_where_it_denies(store):
    me = f"claim:{DENIES.id}"
    store.remove(triple(me, "rdf:object", "chip:nvidia-h800"))
    store.add(triple(me, "rdf:object", "place:cn"))
    assert [*check_triples(store)] == [
        Finding(
            "entity:deepseek kg:usesHardware place:cn",
            "A claim says this, and one of its ends is of a class that the property does not take.",
        )
    ]


def test_what_stands_outside_a_domain_or_a_range_is_found(store):
    store.add(triple("place:cn", "kg:partOf", "rule:letter"))
    store.add(triple("rule:letter", "kg:amends", "rule:nobody-knows"))
    store.add(Quad(node("chip:nvidia-h20"), node("kg:tpp"), Literal("many")))
    domain = "The property's domain is a class that its subject does not have."
    range_ = "The property's range is a class or datatype that its value does not have."
    assert [*check_triples(store)] == [
        Finding("place:cn kg:partOf", domain),
        Finding("chip:nvidia-h20 kg:tpp many", range_),
        Finding("rule:letter kg:amends rule:nobody-knows", range_),
    ]


def test_every_document_has_its_title_for_a_label(store):
    label = node("rdfs:label")
    (found,) = store.quads_for_pattern(node(f"doc:{NEWS.id}"), label, None)
    assert found.object == Literal(NEWS.title)
    store.remove(found)
    assert [str(each) for each in verify(store, DOCUMENTS)] == [
        f"doc:{NEWS.id} rdfs:label: A document has exactly one label, its title."
    ]


def test_another_text_and_quotes_that_do_not_stand_in_it_are_found(store):
    quote = Literal("DeepSeek uses some 2,000 H800s, an official said.")
    evidence = node(f"evidence:{NEWS.id}-0-49")
    store.remove(Quad(evidence, node("oa:exact"), quote))
    store.add(Quad(evidence, node("oa:exact"), Literal("DeepSeek uses none.")))
    assert [*check_quotes(store, DOCUMENTS)] == [
        Finding(
            f"evidence:{NEWS.id}-0-49",
            "'DeepSeek uses none.' does not stand there in its document.",
        )
    ]


def test_a_hash_that_is_not_the_texts_is_found(store):
    me, name = node(f"doc:{BLOG.id}"), node("kg:sha256")
    store.remove(Quad(me, name, Literal(BLOG.sha256)))
    store.add(Quad(me, name, Literal(NEWS.sha256)))
    assert [*check_quotes(store, DOCUMENTS)] == [
        Finding(f"doc:{BLOG.id}", "Its text is another one than the graph was built from.")
    ]


def test_a_document_that_is_not_at_hand_is_found(store):
    other = replace(BLOG, text=BLOG.text + " ")
    assert [*check_quotes(store, [NEWS, other])] == [
        Finding(f"doc:{BLOG.id}", "Its text is not at hand, so its quotes cannot be checked.")
    ]


def test_a_broken_shape_is_a_finding_with_its_place(store):
    store.add(Quad(node("place:cn"), node("rdfs:label"), Literal("PRC")))
    (found,) = verify(store, DOCUMENTS)
    assert str(found) == "place:cn rdfs:label: A thing has exactly one label."


def test_a_graph_without_its_terms_is_found(store):
    for quad in list(store.quads_for_pattern(None, None, node("kg:ClaimProperty"))):
        store.remove(quad)
    assert Finding("kg:ClaimProperty", "The graph lacks the terms of ontology/core.ttl.") in [
        *check_triples(store)
    ]
