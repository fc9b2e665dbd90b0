"""Asking in SPARQL."""

import io
import json
import pickle
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import GraphError, QueryError
from kg.graph.namespaces import PREFIXES, prologue
from kg.graph.query import ask_with, own_query, query, with_values, write
from tests.graph.small import small_store


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


def test_the_prefixes_need_no_declaring(store):
    rows = query(store, "SELECT ?who { ?who kg:purchases chip:nvidia-h20 }")
    assert list(rows) == [("entity:x-yottaverse",)]


def test_declaring_them_all_changes_nothing(store):
    sparql = "SELECT ?who { ?who kg:purchases ?chip }"
    assert query(store, prologue() + sparql) == query(store, sparql)


def test_a_prefix_of_the_query_comes_before_ours(store):
    assert not query(store, "PREFIX kg: <http://other/> SELECT * { ?s kg:purchases ?o }")


def test_ask_gives_a_truth_value(store):
    assert query(store, "ASK { ?who kg:purchases ?chip }") is True
    assert query(store, "ASK { ?who kg:manufactures ?chip }") is False


def test_construct_gives_sorted_triples_and_turtle(store):
    found = query(store, "CONSTRUCT { ?who kg:purchases ?c } WHERE { ?who kg:purchases ?c }")
    assert len(found) == 1
    assert found.to_turtle().endswith("entity:x-yottaverse kg:purchases chip:nvidia-h20 .\n")


def test_a_misspelt_term_is_answered_with_a_warning(store):
    assert query(store, "SELECT * { ?s kg:usesHardwear ?o }").warnings == (
        "this graph has no term kg:usesHardwear; did you mean kg:usesHardware?",
    )


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("", "the query is empty"),
        ("  \n ", "the query is empty"),
        ("SELEKT * {}", "line 1, column 1: the query goes wrong from 'SELEKT' on"),
        (
            "SELECT * {\n ?s zz:p ?o }",
            "line 2, column 2: the query goes wrong from .* on: no such prefix 'zz'; there are kg,",
        ),
        ("SELECT * {\n ?s ?p }", r"line 2, column 2: the query goes wrong from '\?s' on"),
        ("SELECT * {\n ?s ?p ?o", "line 2, column 10: the query goes wrong at the end"),
        ("SELECT * { ?s ?p ?o } oder by ?s", "line 1, column 23: .* from 'oder' on"),
        ("SELECT ?s ?n { ?s ?p ?o } GROUP BY ?s", "is neither grouped by nor inside COUNT"),
        ("SELECT * { ?s ?p '\u2028' .\n ?s ?p }", "line 2, column 2"),
    ],
)
def test_a_bad_query_is_one_line_that_says_where(store, sparql, message):
    with pytest.raises(QueryError, match=message) as caught:
        query(store, sparql)
    assert "\n" not in str(caught.value)


def test_service_never_leaves_the_house(store):
    with pytest.raises(QueryError, match="SERVICE is refused"):
        query(store, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_from_reaches_no_file(store):
    assert not query(store, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_rows_are_written_in_the_standard_formats(store, format):
    output = io.BytesIO()
    write(store, "SELECT ?who { ?who kg:purchases ?chip }", format, output)
    assert (PREFIXES["entity"] + "x-yottaverse").encode() in output.getvalue()


def test_json_results_are_those_of_the_standard(store):
    output = io.BytesIO()
    warnings = write(store, "SELECT ?n { ?c kg:quantity ?n ; kg:zzz ?x }", "json", output)
    assert json.loads(output.getvalue()) == {"head": {"vars": ["n"]}, "results": {"bindings": []}}
    assert warnings == ("this graph has no term kg:zzz",)


def test_triples_are_written_sorted(store):
    output = io.BytesIO()
    write(store, "CONSTRUCT WHERE { ?s kg:variantOf ?o }", "nt", output)
    lines = output.getvalue().decode().splitlines()
    assert len(lines) == 3
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("sparql", "format", "message"),
    [
        ("SELECT * { ?s ?p ?o }", "ttl", "ttl cannot hold rows: choose csv, tsv, json, xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "csv cannot hold triples: choose ttl, nt"),
    ],
)
def test_a_format_that_does_not_suit_is_refused(store, sparql, format, message):
    with pytest.raises(QueryError, match=message):
        write(store, sparql, format, io.BytesIO())


def test_values_are_bound_as_terms_whatever_is_in_them(store):
    nasty = "a\" } #\\' $0 \\1 \n{ UNDEF }"
    sparql = "SELECT ?out { VALUES ?name { UNDEF } BIND(STRLEN(?name) AS ?out) }"
    assert ask_with(store, sparql, {"name": Literal(nasty)})[0].out == len(nasty)


def test_an_unfilled_slot_leaves_a_query_that_runs(store):
    sparql = "SELECT ?chip { VALUES ?chip { UNDEF } ?who kg:purchases ?chip }"
    assert [row.chip for row in query(store, sparql)] == ["chip:nvidia-h20"]
    other = with_values(sparql, {"chip": NamedNode(PREFIXES["chip"] + "other")})
    assert not query(store, other)


def test_a_query_of_ours_that_is_no_select_is_refused(store):
    with pytest.raises(QueryError, match="no SELECT"):
        ask_with(store, "ASK {}", {})


@pytest.mark.parametrize("sparql", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_a_closed_pipe_is_no_damage_to_the_store(store, sparql):
    class Closed(io.BytesIO):
        def write(self, _):
            raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        write(store, sparql, "csv" if sparql.startswith("SELECT") else "nt", Closed())


def test_a_store_that_breaks_under_a_query_is_one_line(tmp_path):
    place = tmp_path / "store"
    broken = Store(str(place))
    broken.bulk_extend(small_store())
    broken.optimize()
    del broken
    opened = Store.read_only(str(place))
    for file in place.glob("*.sst"):
        file.write_bytes(b"\0" * file.stat().st_size)
    with pytest.raises(GraphError, match=r"the store cannot be read .*: run `kg build` again"):
        query(opened, "SELECT * { ?s ?p ?o }")


def test_our_own_queries_all_run(store):
    names = ["claims", "names", "names-of-a-class", "quotes", "plain-triple-without-claim"]
    assert [ask_with(store, own_query(name), {}).warnings for name in names] == [()] * 5


def test_dates_read_as_dates(store):
    found = query(store, "SELECT ?day { rule:letter kg:effectiveFrom ?day }")
    assert found[0].day == date(2025, 4, 9)


@pytest.mark.parametrize("sparql", [3, None, b"ASK {}"])
def test_a_query_that_is_no_text_is_one_line(store, sparql):
    with pytest.raises(QueryError, match="a query is text in SPARQL"):
        query(store, sparql)


def test_so_many_rows_are_taken_and_the_rest_is_never_looked_for(store):
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    rows = query(store, endless, 3)
    assert len(rows) == 3
    assert rows.warnings == ("these are the first 3 rows, and there are more",)


def test_warnings_are_looked_up_when_looked_at_and_travel_as_words(store):
    class Counting:
        asked = 0

        def query(self, text, **options):
            self.asked += 1
            return store.query(text, **options)

    counting = Counting()
    rows = query(counting, "SELECT * { ?s kg:usesHardwear ?o }")
    assert (len(rows), counting.asked) == (0, 1)
    (warning,) = rows.warnings
    asked = counting.asked
    assert pickle.loads(pickle.dumps(rows)).warnings == (warning,)
    assert rows.warnings == (warning,)
    assert counting.asked == asked
