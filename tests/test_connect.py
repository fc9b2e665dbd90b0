"""An endpoint is asked as a graph here is, within limits, and every fault of it is one line."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from kg.api import Graph
from kg.errors import GraphError, QueryError
from kg.graph.endpoint import Endpoint
from kg.graph.http import Address

JSON = "application/sparql-results+json"
ONE = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}]}}'
SELECT = "SELECT ?a { ?a ?b ?c }"
CONSTRUCT = "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }"


@contextmanager
def server(status=200, kind=JSON, body=ONE, **headers):
    """A server on this machine that always answers so, and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            asked.append((dict(self.headers), self.rfile.read(length).decode()))
            self.send_response(status)
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}/sparql", asked
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def test_nothing_is_sent_before_the_first_question():
    with server() as (url, asked):
        graph = Graph.connect(url)
        graph.questions()
        assert repr(graph)
        assert asked == []
        assert [tuple(row) for row in graph.query(SELECT)] == [("x",)]
        assert len(asked) == 1


def test_a_slip_is_told_here_and_not_sent():
    with server() as (url, asked):
        with pytest.raises(QueryError, match="line 1, column 12"):
            Graph.connect(url).query("SELECT * { ")
        with pytest.raises(QueryError, match="DELETE is refused"):
            Graph.connect(url).query("DELETE WHERE { ?s ?p ?o }")
        with pytest.raises(QueryError, match="SERVICE is refused"):
            Graph.connect(url).query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    assert asked == []


def test_our_prefixes_go_with_the_query():
    with server() as (url, asked):
        Graph.connect(url).query("SELECT ?a { ?a kg:usesHardware chip:nvidia-h20 }")
    assert "PREFIX+kg%3A+%3Chttps%3A%2F%2Fw3id.org%2Fchiptrace%2Fontology%23%3E" in asked[0][1]
    assert asked[0][0]["Accept"] == JSON


def test_a_name_and_a_password_go_into_the_header_only():
    with server() as (url, asked):
        graph = Graph.connect(url.replace("//", "//me:s%20t@"))
        graph.query(SELECT)
        assert asked[0][0]["Authorization"] == "Basic bWU6cyB0"
        assert asked[0][0]["Host"] == url.split("/")[2]
        assert "s%20t" not in repr(graph)
        assert "bWU6cyB0" not in repr(graph)


def test_messages_show_no_password():
    with server(status=503, body=b"busy") as (url, _), pytest.raises(GraphError) as error:
        Graph.connect(url.replace("//", "//me:secret@")).query(SELECT)
    assert "503: busy" in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("answer", "error", "message"),
    [
        ({"status": 400, "body": b"no such\x1b[31m function\nand more"}, QueryError, r"refuses.*\(400: no such\[31m function\)$"),  # noqa: E501
        ({"status": 401, "body": b""}, GraphError, r"does not answer \(401\)"),
        ({"status": 204, "body": b""}, GraphError, r"does not answer \(204\)"),
        ({"status": 500, "body": b"x" * 5000}, GraphError, r"\(500: x{200}\)$"),
        ({"kind": "text/html", "body": b"<html>"}, GraphError, "text/html.*SPARQL endpoint"),
        ({"body": b"<html>"}, GraphError, "cut short"),
        ({"body": ONE[:-20]}, GraphError, "cut short"),
        ({"body": b""}, GraphError, "cut short"),
    ],
)  # fmt: skip
def test_each_fault_is_one_line(answer, error, message):
    with server(**answer) as (url, _), pytest.raises(error, match=message) as told:
        Graph.connect(url).query(SELECT)
    assert "\n" not in str(told.value)
    assert str(told.value).isprintable()


@pytest.mark.parametrize(
    "body", [b"<http://a> <http://b>", b"no triples", b"<http://a> <http://b> 1 ."]
)
def test_triples_that_cannot_be_read_are_a_fault(body):
    with (
        server(kind="application/n-triples", body=body) as (url, _),
        pytest.raises(GraphError, match="cut short"),
    ):
        Graph.connect(url).query(CONSTRUCT)


def test_triples_come_as_turtle_too():
    body = b"@prefix e: <http://e/> . e:a e:b e:c , 1 ."
    with server(kind="text/turtle; charset=utf-8", body=body) as (url, asked):
        found = Graph.connect(url).query(CONSTRUCT)
    assert len(found) == 2
    assert asked[0][0]["Accept"].startswith("application/n-triples")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_told_and_not_followed(status):
    with server() as (other, asked):
        moved = {"Location": other.replace("//", "//me:secret@")}
        with (
            server(status=status, **moved) as (url, _),
            pytest.raises(GraphError, match="sends us on to") as error,
        ):
            Graph.connect(url).query(SELECT)
    assert asked == []
    assert other in str(error.value)
    assert "secret" not in str(error.value)


def test_a_long_answer_is_not_read_to_its_end():
    with server(body=ONE + b" " * 10_000) as (url, _):
        endpoint = Endpoint(Address.read(url), most_bytes=10_000)
        with pytest.raises(GraphError, match="more than 10,000 bytes: ask for less"):
            Graph(None, endpoint).query(SELECT)


def test_silence_ends():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(GraphError, match=r"nothing for 0\.2 seconds|does not answer"):
            Graph.connect(url, timeout=0.2).query(SELECT)


@pytest.mark.parametrize(
    "url", ["", "graph/", "file:///etc/passwd", "ftp://a/b", "http://", "http:///x"]
)
def test_only_web_addresses_are_connected_to(url):
    with pytest.raises(GraphError, match="is no web address"):
        Graph.connect(url)


def test_what_only_a_folder_has_is_said_to_be_missing():
    graph = Graph.connect("http://localhost/sparql")
    with pytest.raises(GraphError, match="an endpoint holds triples and no readings"):
        graph.readings()
    with pytest.raises(GraphError, match="an endpoint holds triples and no readings"):
        graph.reading("note")
