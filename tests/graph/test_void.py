"""What the description of a graph says is so."""

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.graph.namespaces import PREFIXES
from kg.graph.void import export_void
from tests.graph.small import READ_NEWS, small_store

VOID = "http://rdfs.org/ns/void#"


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


@pytest.fixture(scope="module")
def described(store) -> Store:
    """The description alone, as somebody else reads it."""
    read = Store()
    read.load(export_void(store).encode(), format=RdfFormat.TURTLE)
    return read


def ask(store: Store, sparql: str):
    return [tuple(row) for row in store.query(sparql, prefixes={**PREFIXES, "void": VOID})]


def test_one_dataset_has_its_counts_and_its_licence(store, described):
    ((me, triples, documents, licence),) = ask(
        described,
        """SELECT ?me ?triples ?documents ?licence {
             ?me a void:Dataset ; void:triples ?triples ; void:documents ?documents ;
                 dcterms:license ?licence }""",
    )
    assert me.value.startswith("https://w3id.org/chiptrace/dataset/")
    assert (int(triples.value), int(documents.value)) == (len(store), 2)
    assert licence == NamedNode("https://www.apache.org/licenses/LICENSE-2.0")


def test_the_triples_of_the_properties_are_all_triples(store, described):
    ((total,),) = ask(
        described, "SELECT (SUM(?n) AS ?total) { ?part void:property ?p ; void:triples ?n }"
    )
    assert int(total.value) == len(store)


def test_each_class_is_counted(store, described):
    parts = "SELECT ?class ?n { ?part void:class ?class ; void:entities ?n }"
    counted = "SELECT ?class (COUNT(*) AS ?n) { ?thing a ?class } GROUP BY ?class"
    assert sorted(map(str, ask(described, parts))) == sorted(map(str, ask(store, counted)))


def test_vocabularies_are_those_that_are_used(described):
    named = {row[0].value for row in ask(described, "SELECT ?v { ?me void:vocabulary ?v }")}
    assert PREFIXES["kg"] in named
    assert PREFIXES["prov"] in named
    assert PREFIXES["foaf"] not in named


def test_another_graph_has_another_name_and_there_are_no_blank_nodes(store):
    other = export_void(small_store((READ_NEWS,)))
    assert export_void(store) == export_void(small_store())
    names = {
        str(quad.subject)
        for text in (other, export_void(store))
        for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE)
        if quad.object == NamedNode(VOID + "Dataset")
    }
    assert len(names) == 2
    assert "_:" not in other
