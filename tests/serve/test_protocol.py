"""The endpoint keeps to the SPARQL 1.1 Protocol, for reading only."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.serve.running import FORM, JSON, Server

YES = "ASK {}"
WHO = "SELECT ?who { ?who kg:usesHardware chip:nvidia-h800 }"
BUILT = "CONSTRUCT { ?who a kg:User } WHERE { ?who kg:usesHardware chip:nvidia-h800 }"
QUERY = "application/sparql-query"


def value(body: bytes) -> str:
    (row,) = json.loads(body)["results"]["bindings"]
    (term,) = row.values()
    return term["value"]


def test_a_query_comes_by_get_by_form_and_as_a_body(server: Server) -> None:
    by_get = server.ask(WHO)
    by_form = server.send("POST", "/sparql", f"query={quote(WHO)}".encode(), content_type=FORM)
    as_body = server.send("POST", "/sparql", WHO.encode(), content_type=QUERY)
    assert by_get.status == by_form.status == as_body.status == 200
    assert by_get.body == by_form.body == as_body.body
    assert b"https://w3id.org/chiptrace/entity/deepseek" in by_get.body


def test_a_body_may_name_its_encoding_if_it_is_utf_8(server: Server) -> None:
    said = server.send("POST", "/sparql", YES.encode(), content_type=f"{QUERY}; charset=UTF-8")
    wide = f"{QUERY}; charset=utf-16"
    other = server.send("POST", "/sparql", YES.encode("utf-16"), content_type=wide)
    assert (said.status, other.status) == (200, 415)


@pytest.mark.parametrize(
    ("accept", "sparql", "kind"),
    [
        ("*/*", YES, JSON),
        ("application/json", WHO, JSON),
        ("application/sparql-results+xml", WHO, "application/sparql-results+xml"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.9", WHO, "text/tab-separated-values"),
        ("text/csv", WHO, "text/csv"),
        ("text/html, */*;q=0.1", WHO, JSON),
        ("*/*", BUILT, "text/turtle"),
        ("application/n-triples", BUILT, "application/n-triples"),
        ("application/rdf+xml", BUILT, "application/rdf+xml"),
        ("application/ld+json", BUILT, "application/ld+json"),
        ("application/sparql-results+json, application/*;q=0.5", BUILT, "application/n-triples"),
    ],
)
def test_the_answer_has_the_format_that_is_accepted(
    server: Server, accept: str, sparql: str, kind: str
) -> None:
    said = server.ask(sparql, accept=accept)
    assert (said.status, said.kind) == (200, kind)
    assert b"deepseek" in said.body or b"true" in said.body
    assert said.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    ("accept", "sparql"),
    [("image/png", YES), ("text/turtle", WHO), ("text/csv", BUILT), ("*/*;q=0", WHO)],
)
def test_a_format_that_cannot_hold_the_answer_is_406(
    server: Server, accept: str, sparql: str
) -> None:
    said = server.ask(sparql, accept=accept)
    assert said.status == 406
    assert "accept one of" in said.text


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ("query=ASK%20%7B%7D&query=ASK%20%7B%7D", 400),
        ("query=ASK", 400),
        ("query=", 400),
        ("query=ASK%20%7B%22%FF%22%20%3Fp%20%3Fo%7D", 400),
        ("query=ASK%20%7B%7D&default-graph-uri=no%20name", 400),
        ("query=INSERT%20DATA%20%7B%7D", 400),
        ("query=LOAD%20%3Chttp%3A%2F%2Fx%2F%3E", 400),
        ("update=CLEAR%20ALL", 403),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_in_one_line(
    server: Server, parameters: str, status: int
) -> None:
    for said in (
        server.send("GET", f"/sparql?{parameters}"),
        server.send("POST", "/sparql", parameters.encode(), content_type=FORM),
    ):
        assert (said.status, said.kind) == (status, "text/plain")
        assert said.text.count("\n") == 1


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/sparql-update", b"CLEAR ALL", 403),
        ("text/turtle", b"<a> <b> <c> .", 415),
        ("application/json", b"{}", 415),
        ("", b"query=ASK%20%7B%7D", 415),
        (QUERY, b"ASK {\xff}", 400),
        (FORM, b"nothing=here", 400),
    ],
)
def test_a_body_of_another_kind_is_refused(
    server: Server, kind: str, body: bytes, status: int
) -> None:
    assert server.send("POST", "/sparql", body, content_type=kind).status == status


def test_two_queries_in_url_and_body_are_refused(server: Server) -> None:
    path = "/sparql?query=" + quote(YES)
    assert server.send("POST", path, YES.encode(), content_type=QUERY).status == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "GE"])
def test_the_graph_store_is_not_written_to(server: Server, method: str) -> None:
    said = server.send(
        method, "/sparql?default", b"<a:a> <a:b> <a:c> .", content_type="text/turtle"
    )
    assert said.status in {400, 405}
    assert method == "GE" or said.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_slip_is_explained_as_kg_query_explains_it(server: Server) -> None:
    said = server.ask("SELECT * {\n ?s kgg:usesHardware ?o }")
    assert said.status == 400
    assert said.text.startswith("line 2, column ")
    assert "no such prefix 'kgg'" in said.text


def test_other_datasets_are_empty(server: Server) -> None:
    here = "https://example.org/graph"
    for name in ("default-graph-uri", "named-graph-uri"):
        said = server.send("GET", f"/sparql?query={quote('ASK { ?s ?p ?o }')}&{name}={quote(here)}")
        assert json.loads(said.body)["boolean"] is False
    assert json.loads(server.ask("ASK { ?s ?p ?o }").body)["boolean"] is True


def test_a_dataset_of_the_request_stands_above_that_of_the_query(server: Server) -> None:
    sparql = quote("SELECT ?g FROM NAMED <https://example.org/a> { GRAPH ?g {} }")
    path = f"/sparql?query={sparql}&named-graph-uri={quote('https://example.org/b')}"
    names = json.loads(server.send("GET", path).body)["results"]["bindings"]
    assert [row["g"]["value"] for row in names] == ["https://example.org/b"]


def test_relative_names_are_relative_to_the_endpoint(server: Server) -> None:
    said = server.ask("SELECT ?x { BIND(<a> AS ?x) }", host="localhost:81")
    assert value(said.body) == "http://localhost:81/a"


@pytest.mark.parametrize("host", ["graphs.example", "graphs.example:78", "x> } <y", "127.0.0.1.x"])
def test_on_this_machine_only_its_own_names_are_answered(server: Server, host: str) -> None:
    said = server.ask(YES, host=host)
    assert said.status == 421
    assert said.text == "this server answers for this machine only\n"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:1", "[::1]:7878"])
def test_with_any_port_and_in_any_case(server: Server, host: str) -> None:
    assert server.ask(YES, host=host).status == 200


def test_without_a_query_the_endpoint_describes_itself(server: Server) -> None:
    said = server.send("GET", "/sparql", accept="application/n-triples")
    assert (said.status, said.kind) == (200, "application/n-triples")
    assert f"<http://127.0.0.1:{server.port}/sparql>" in said.text
    assert "sparql-service-description#SPARQL11Query" in said.text
    assert server.send("GET", "/sparql", accept="text/csv").status == 406


def test_head_is_get_without_the_body(server: Server) -> None:
    path = "/sparql?query=" + quote(WHO)
    get, head = server.send("GET", path), server.send("HEAD", path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.body))


def test_options_name_the_methods(server: Server) -> None:
    said = server.send("OPTIONS", "/sparql")
    assert (said.status, said.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


def test_pages_of_other_origins_read_nothing_unless_asked(server: Server) -> None:
    said = server.ask(YES, origin="https://example.org")
    assert not [name for name in said.headers if name.startswith("access-control")]


def test_no_words_of_a_request_become_headers(server: Server) -> None:
    said = server.ask('SELECT ("a\\r\\nX-Mine: 1" AS ?x) {}', accept="text/csv, x/y\tz")
    assert "x-mine" not in said.headers
    refused = server.ask("SELECT \r\nX-Mine: 1")
    assert refused.status == 400
    assert "x-mine" not in refused.headers
    assert refused.text.count("\n") == 1


def test_two_requests_on_one_connection_are_answered_in_turn(server: Server) -> None:
    get = f"GET /sparql?query={quote(YES)} HTTP/1.1\r\nHost: localhost\r\n"
    said = server.raw(f"{get}\r\n{get}Connection: close\r\n\r\n".encode())
    assert said.count(b"200 OK") == said.count(b'"boolean":true') == 2
