"""What a query may not do, and which of its words nobody knows."""

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph.guard import nearest, refuse_calls, refuse_changes, unknown_terms
from tests.graph.small import small_store


def refuse_both(sparql: str) -> None:
    refuse_calls(sparql)
    refuse_changes(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service ?where { ?s ?p ?o } }",
        "SELECT * {SERVICE<http://x/>{}}",
        "SELECT * { SERVICE SILENT <http://x/> {} }",
        "SELECT * { ?s ?p 1SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p trueSERVICE <http://x/> {} }",
        "SELECT * { ?s ?p ?o SERVICE:x {} }",
        "PREFIX : <http://a/> SELECT * { :a :p :.SERVICE <http://x/> {} }",
        r"PREFIX : <http://a/> SELECT * { :a\' :p :b . SERVICE <http://x/> {} :b\' :p :c }",
        r"PREFIX : <http://a/> SELECT * { :a\# :p :b . SERVICE <http://x/> {} }",
        "SELECT * { ?s ?p ?o # \\\rSERVICE <http://x/> {}\n }",
        "SELECT * { ?s ?p ?o # \\\nSERVICE <http://x/> {} }",
        "SELECT * { ?s ?p 'a\\\\' . SERVICE <http://x/> {} ?s ?p 'b' }",
        'SELECT * { ?s ?p """a"b""" . SERVICE <http://x/> {} ?s ?p "b" }',
        "SELECT * { ?s ?p <http://a/'> . SERVICE <http://x/> {} ?s ?p <http://b/'> }",
        "SELECT * { ?s ?p ?o FILTER(1<2)SERVICE<http://x/>{} }",
    ],
)
def test_every_way_to_call_another_server_is_refused(sparql):
    with pytest.raises(QueryError, match="SERVICE is refused"):
        refuse_both(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service { ?service ?p 'SERVICE' }",
        "SELECT $SERVICE { $SERVICE a kg:cloudService-x }",
        "SELECT * { ?s kg:service ?o }",
        "SELECT * { ?s ?p <http://service/> } # SERVICE",
        'SELECT * { ?s ?p """a\nSERVICE""" }',
        "SELECT * { ?s ?p 'it\\'s a SERVICE' }",
        "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?s > 3) }",
        "PREFIX insert: <http://x/> SELECT * { ?s insert:p ?o }",
    ],
)
def test_lookalikes_pass(sparql):
    refuse_both(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "INSERT DATA { kg:a kg:b kg:c }",
        "# a remark\nPREFIX a: <http://x/>\nDELETE WHERE { ?s ?p ?o }",
        "load <http://x/>",
        "BASE <http://x/> CLEAR ALL",
    ],
)
def test_an_update_is_refused_with_what_to_do_instead(sparql):
    with pytest.raises(QueryError, match="is refused, because a graph is only read: use SELECT"):
        refuse_both(sparql)


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


def test_a_known_term_gives_no_warning(store):
    assert unknown_terms(store, "SELECT * { ?s kg:usesHardware chip:nvidia-h20 }") == []


@pytest.mark.parametrize(
    ("sparql", "warning"),
    [
        (
            "SELECT * { ?s kg:useHardware ?o }",
            "this graph has no term kg:useHardware; did you mean kg:usesHardware?",
        ),
        (
            "SELECT * { ?s <https://w3id.org/chiptrace/ontology#Chipp> ?o }",
            "this graph has no term kg:Chipp; did you mean kg:Chip, kg:ofChip?",
        ),
        (
            "SELECT * { chip:nvidia-h2O ?p ?o }",
            "this graph has no thing chip:nvidia-h2O; did you mean chip:nvidia-h20, "
            "chip:nvidia-h800?",
        ),
        ("ASK { ?s kg:zzz ?o }", "this graph has no term kg:zzz"),
    ],
)
def test_an_unknown_term_gives_a_warning_with_the_nearest(store, sparql, warning):
    assert unknown_terms(store, sparql) == [warning]


@pytest.mark.parametrize(
    "sparql",
    [
        "PREFIX kg: <http://other/> SELECT * { ?s kg:zzz ?o }",
        "SELECT * { ?s rdfs:label 'kg:zzz' } # kg:zzz",
        "SELECT * { ?s akg:zzz ?kg }",
    ],
)
def test_what_only_looks_like_a_term_gives_no_warning(store, sparql):
    assert unknown_terms(store, sparql) == []


def test_the_nearest_are_given_as_they_are_written():
    assert nearest("h20p", {"H20", "H200", "B200"}) == "; did you mean H20, H200?"
    assert nearest("zzzz", {"H20"}) == ""


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "select * { graph<http://example.org/> { ?s ?p ?o } }",
        "SELECT * FROM <http://example.org/> { ?s ?p ?o }",
        "ASK FROM NAMED <http://example.org/> { ?s ?p ?o }",
    ],
)
def test_a_look_into_named_graphs_gives_a_warning(store, sparql):
    assert unknown_terms(store, sparql) == [
        "this graph keeps everything in the default graph: GRAPH and FROM find nothing"
    ]


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?graph ?from { ?graph ?from 'GRAPH' } # FROM here",
        "PREFIX from: <http://example.org/> SELECT * { from:graph ?p from:FROM }",
        "SELECT * { ?s <http://example.org/from> ?o }",
    ],
)
def test_what_only_looks_like_a_named_graph_gives_none(store, sparql):
    assert unknown_terms(store, sparql) == []


def test_a_store_with_named_graphs_gives_no_warning_of_them():
    other = Store()
    other.add(Quad(*[NamedNode(f"http://example.org/{name}") for name in "spog"]))
    assert unknown_terms(other, "SELECT * { GRAPH ?g { ?s ?p ?o } }") == []
