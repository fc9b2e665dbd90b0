"""Queries and clients that go too far are stopped, and the others go on being answered."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.serve.running import FORM, Server, heard, serving

YES = "ASK {}"
EVERY = "?s ?p ?o"
PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
BOMB = 'SELECT ?s { ?s ?p ?o . ?a ?b ?c FILTER REGEX(CONCAT(STR(?o), STR(?c)), "(a*)*(.*.*)*b$") }'


def answers(server: Server) -> bool:
    """Whether it answers, given a while to start another worker."""
    for _ in range(100):
        if server.ask(YES).status == 200:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("sparql", [PRODUCT, BOMB], ids=["product", "regex"])
def test_a_query_that_runs_too_long_is_stopped(server: Server, sparql: str) -> None:
    said = server.ask(sparql)
    assert said.status == 503
    assert said.headers["retry-after"] == "2"
    assert said.text.startswith("the query ran for longer than 2 seconds")
    assert answers(server)


def test_others_are_answered_while_one_runs_away(server: Server) -> None:
    with ThreadPoolExecutor() as pool:
        runaway = pool.submit(server.ask, PRODUCT)
        others = [server.ask(YES).status for _ in range(50)]
        done_before = not runaway.done()
    assert set(others) == {200}
    assert done_before
    assert runaway.result().status == 503


def test_a_query_that_eats_memory_is_stopped(small_graph: Path) -> None:
    with serving(small_graph, "workers=1, seconds=50, megabytes=100") as server:
        said = server.ask(SORTED)
        assert said.status == 422
        assert "more than 100 MB of memory" in said.text
        assert answers(server)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * " + "{" * 10_000 + "}" * 10_000,
        "SELECT (" + "(" * 10_000 + "1" + ")" * 10_000 + " AS ?x) {}",
        "SELECT * { ?a " + "(" * 10_000 + "<a:b>" + ")*" * 10_000 + " ?b }",
    ],
    ids=["groups", "brackets", "paths"],
)
def test_a_query_that_nests_too_deep_harms_nobody_else(server: Server, sparql: str) -> None:
    said = server.send("POST", "/sparql", sparql.encode(), content_type="application/sparql-query")
    assert said.status == 422
    assert "or nests too deep" in said.text
    assert said.text.count("\n") == 1
    assert answers(server)


@pytest.mark.parametrize(
    "accept",
    [
        "application/json",
        "application/xml",
        "text/csv",
        "text/tab-separated-values",
        "application/n-triples",
    ],
)
def test_an_answer_of_too_many_rows_is_refused_whole(server: Server, accept: str) -> None:
    most = 5000
    values = " ".join(f'"{number}\\r\\n}},{{"' for number in range(most + 1))
    form = "CONSTRUCT { <a:a> <a:b> ?x } {" if "triples" in accept else "SELECT ?x {"
    for limit, status in ((most, 200), (most + 1, 422)):
        sparql = f"{form} VALUES ?x {{ {values} }} }} LIMIT {limit}".encode()
        said = server.send(
            "POST", "/sparql", sparql, content_type="application/sparql-query", accept=accept
        )
        assert said.status == status
    assert said.text.startswith("the answer has more than 5,000 rows")


def test_an_answer_of_too_many_bytes_is_refused_whole(server: Server) -> None:
    said = server.ask(f"SELECT (CONCAT({','.join(['?o'] * 400)}) AS ?x) {{ {EVERY} }} LIMIT 5000")
    assert said.status == 422
    assert said.text.startswith("the answer has more than 3,000,000 bytes")


def test_a_request_that_is_too_large_is_refused(server: Server) -> None:
    sparql = b"ASK { # " + b"x" * 20_000_000 + b"\n}"
    assert server.raw(
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: %d\r\n\r\n" % len(sparql)
    ).startswith(b"HTTP/1.1 413")
    chunked = (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    )
    chunked += b"Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"%x\r\n" % len(sparql) + sparql + b"\r\n0\r\n\r\n"
    with server.connected() as connection:
        connection.sendall(chunked + chunk)
        assert connection.recv(1000).startswith(b"HTTP/1.1 413")
    assert answers(server)


def test_too_long_a_url_or_header_is_refused(server: Server) -> None:
    url = b"GET /sparql?query=" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    header = b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000 + b"\r\n\r\n"
    many = b"GET /sparql HTTP/1.1\r\n" + b"X: y\r\n" * 50_000
    for words in (url, header, many):
        assert server.raw(words).startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"GET /sparql?query=ASK HTTP/1.1\r\nHost: localhost\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK {",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_a_slow_client_is_given_up(server: Server, words: bytes) -> None:
    assert server.raw(words).startswith(b"HTTP/1.1 408")


def test_a_client_that_takes_no_answer_is_given_up(server: Server) -> None:
    sparql = f"SELECT * {{ {EVERY} }} LIMIT 4000"
    request = (
        f"GET /sparql?query={sparql.replace(' ', '+')} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    )
    with server.connected() as connection:
        connection.sendall(request * 40)  # more than the buffers between us hold
        time.sleep(4)
        taken = heard(connection)
    whole = len(server.ask(sparql).body)
    assert taken.startswith(b"HTTP/1.1 200")
    assert len(taken) < 40 * whole


def test_who_leaves_frees_the_worker(small_graph: Path) -> None:
    with serving(small_graph, "workers=1, seconds=50") as server:
        with server.connected() as connection:
            sparql = PRODUCT.replace(" ", "+")
            connection.sendall(
                f"GET /sparql?query={sparql} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            time.sleep(0.3)
        assert server.ask(YES).status == 200


def test_a_full_queue_says_so(small_graph: Path) -> None:
    with serving(small_graph, "workers=1, seconds=3, queue=1") as server:
        with ThreadPoolExecutor(8) as pool:
            said = list(pool.map(server.ask, [PRODUCT] * 6))
        assert {each.status for each in said} == {503}
        assert any("as many queries as it can" in each.text for each in said)
        assert any("longer than 3 seconds" in each.text for each in said)
        assert all("retry-after" in each.headers for each in said)
        assert answers(server)


def test_more_clients_than_may_connect_are_turned_away(small_graph: Path) -> None:
    with serving(small_graph, "workers=1, connections=4") as server:
        held = [server.connected() for _ in range(6)]
        try:
            assert server.ask(YES).status == 503
        finally:
            for connection in held:
                connection.close()
        assert answers(server)


@pytest.mark.parametrize(
    "words",
    [
        b"\x16\x03\x01\x02\x00\x01",
        b"GET /sparql HTTP/1.1\r\nHost a\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=["tls", "bad header", "bad length", "two lengths"],
)
def test_nonsense_is_refused(server: Server, words: bytes) -> None:
    assert server.raw(words).startswith(b"HTTP/1.1 400")


def test_a_form_of_many_fields_is_read(server: Server) -> None:
    body = b"&".join([b"a=b"] * 100_000 + [b"query=ASK%20%7B%7D"])
    assert server.send("POST", "/sparql", body, content_type=FORM).status == 200
