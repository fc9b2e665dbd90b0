"""Named questions and what they are told."""

import pytest
from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph.ask import as_sparql, ask
from kg.graph.query import query
from kg.ontology.questions import Looked, Param, Question
from tests.graph.small import small_store

QUESTION = Question(
    name="rules-of-a-chip",
    question="Which rules restrict a chip?",
    params=(
        Param(name="chip", kind="kg:Chip", required=True, help="the chip"),
        Param(name="on", kind="xsd:date", required=False, help=""),
        Param(name="words", kind="xsd:string", required=False, help=""),
    ),
    columns=("rule",),
    left_out="rules of the sea",
    looked=Looked(noun="claims of a restriction", pattern="?x rdf:predicate kg:restrictedBy"),
    example="kg ask graph/ rules-of-a-chip --chip h20",
    sparql="""SELECT ?rule {
        VALUES ?chip { UNDEF }
        VALUES ?on { UNDEF }
        VALUES ?words { UNDEF }
        ?chip kg:restrictedBy ?rule .
        ?rule rdfs:label ?label ; kg:effectiveFrom ?from .
        FILTER(!BOUND(?on) || ?from <= ?on)
        FILTER(!BOUND(?words) || CONTAINS(?label, ?words))
    } ORDER BY ?rule""",
)


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


def answers(store: Store, **arguments: str) -> list[str]:
    return [row.rule for row in ask(store, QUESTION, arguments)]


def test_a_thing_a_day_and_words_are_bound_and_what_is_left_out_binds_nothing(store):
    assert answers(store, chip="h20") == ["rule:controls", "rule:letter"]
    assert answers(store, chip="h20", on="2024-01-01") == ["rule:controls"]
    assert answers(store, chip="h20", on="2025") == ["rule:controls"]
    assert answers(store, chip="h20", words="letter") == ["rule:letter"]
    assert answers(store, chip="h20", words='" ) } \\') == []


def test_an_empty_answer_says_what_was_looked_at_and_what_is_left_out(store):
    looked = query(store, "SELECT ?x { ?x rdf:predicate kg:restrictedBy }")
    assert len(looked) > 0
    assert ask(store, QUESTION, {"chip": "h20", "words": "nothing"}).silence == (
        f"looked at {len(looked)} claims of a restriction. Silence is not clearance. "
        "Left out: rules of the sea."
    )
    assert ask(store, QUESTION, {"chip": "h20"}).silence == ""


def test_the_query_can_be_had_and_run_by_itself(store):
    sparql = as_sparql(store, QUESTION, {"chip": "h20"})
    assert "VALUES ?chip { <https://w3id.org/chiptrace/chip/nvidia-h20> }" in sparql
    assert query(store, sparql) == ask(store, QUESTION, {"chip": "h20"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {},
            "rules-of-a-chip needs chip; it takes chip (kg:Chip), on (xsd:date, optional), "
            "words (xsd:string, optional): kg ask graph/ rules-of-a-chip --chip h20",
        ),
        (
            {"chip": "h20", "when": "2024"},
            "rules-of-a-chip takes no when; it takes chip (kg:Chip), on (xsd:date, optional), "
            "words (xsd:string, optional): kg ask graph/ rules-of-a-chip --chip h20",
        ),
        (
            {"chip": "h20", "on": "yesterday"},
            "on: 'yesterday' is no date like 2025-04-09, 2025-04, 2025-H2 or 2025",
        ),
        ({"chip": "h20", "on": ""}, "on is empty; give a day like 2024-01-01"),
        ({"chip": "h21"}, "no kg:Chip 'h21' in this graph; did you mean H20?"),
    ],
)
def test_what_is_told_wrongly_is_one_line(store, arguments, message):
    with pytest.raises(QueryError) as caught:
        ask(store, QUESTION, arguments)
    assert str(caught.value) == message
