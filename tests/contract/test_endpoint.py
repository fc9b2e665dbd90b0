"""What any SPARQL endpoint must do: answer as the graph on this machine does.

`KG_ENDPOINT=http://host/sparql pytest tests/contract` holds a server of yours against it; it must
have the graph of `seeds/` (`docs/scaling.md`).
"""

import shlex
from pathlib import Path

import pytest
from pyoxigraph import Literal

from kg.errors import QueryError
from kg.graph.literals import node
from kg.graph.query import with_values
from kg.graph.rows import Rows, Triples
from kg.ontology.files import ontology_folder
from kg.ontology.questions import read_questions

QUERIES = Path(__file__).parent.parent.parent / "benchmarks" / "queries"
QUESTIONS = read_questions(ontology_folder() / "questions")
DAY = Literal("2024-01-01", datatype=node("xsd:date"))
VALUES = {
    "label": {"name": Literal("Nvidia H20")},
    "exposure": {"org": node("entity:deepseek")},
    "path": {"org": node("entity:kunlunxin")},
    "modalities": {"property": node("kg:usesHardware")},
    "as-of": {"on": DAY},
    "evidence": {"org": node("entity:deepseek")},
    "count": {},
    "regex": {"pattern": Literal("^nvidia h[0-9]+$")},
    "top": {"property": node("kg:usesHardware")},
    "neighbourhood": {"thing": node("entity:deepseek")},
    "unsaid": {"org": node("entity:deepseek")},
    "distinct": {"property": node("kg:usesHardware")},
}


def test_every_query_has_its_values_here():
    assert set(VALUES) == {path.stem for path in QUERIES.glob("*.rq")}


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_query_is_answered_as_by_the_graph_here(name, seeds_graph, endpoint):
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    sparql = with_values(text, VALUES[name])
    here = seeds_graph.query(sparql)
    assert len(here) > 0
    assert plain(endpoint.query(sparql)) == plain(here)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_answered_as_by_the_graph_here(name, seeds_graph, endpoint):
    words = QUESTIONS[name].example.split(" graph/ ")[1]
    arguments = example(words)
    assert answered(endpoint, name, arguments) == answered(seeds_graph, name, arguments)


def test_the_endpoint_holds_every_triple(seeds_graph, endpoint):
    assert set(endpoint.rdflib()) == set(seeds_graph.rdflib())


def test_the_network_is_the_same(seeds_graph, endpoint):
    here, there = (graph.networkx(about="deepseek", hops=2) for graph in (seeds_graph, endpoint))
    assert dict(there.nodes(data=True)) == dict(here.nodes(data=True))
    assert {edge: there.edges[edge] for edge in there.edges} == {
        edge: here.edges[edge] for edge in here.edges
    }
    assert len(here.edges) > 5


def test_a_truth_value_comes_as_one(endpoint):
    assert endpoint.query("ASK { chip:nvidia-h20 a kg:Chip }") is True
    assert endpoint.query("ASK { chip:nvidia-h20 a kg:Rule }") is False


def test_a_word_that_the_endpoint_lacks_is_told(endpoint):
    rows = endpoint.query("SELECT ?o { ?s kg:usesHardwear ?o }")
    assert (list(rows), list(rows.warnings)) == (
        [],
        ["this graph has no term kg:usesHardwear; did you mean kg:usesHardware?"],
    )


def answered(graph, name, arguments):
    """The rows and what is said of their absence; or, of a thing not in the graph, what is said."""
    try:
        rows = graph.ask(name, **arguments)
    except QueryError as error:
        return str(error)
    return rows.variables, plain(rows), rows.silence


def plain(answer):
    """All of an answer, in its order; a number or a day by its value."""
    if isinstance(answer, Rows):
        return [tuple(row[name] for name in sorted(answer.variables)) for row in answer]
    assert isinstance(answer, Triples)
    return list(map(str, answer))


def example(words):
    """`who-uses --chip "Nvidia H20"` as what the question is told."""
    given = shlex.split(words)[1:]
    return {
        name.removeprefix("--"): value for name, value in zip(given[::2], given[1::2], strict=True)
    }
