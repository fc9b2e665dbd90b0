"""No query makes this machine call another one."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from socket import create_server, socket

import pytest

from tests.serve.running import ROOT, START, Server, started

ASK_ANYWAY = """
import sys
from kg.graph.barrier import drop_network
sys.argv[3:] and setattr(sys.modules["kg.graph.barrier"], *eval(sys.argv[3]))
print(drop_network(), flush=True)
from kg.graph.store import open_store
store = open_store(__import__("pathlib").Path(sys.argv[1]))
try:
    list(store.query(f"SELECT * {{ SERVICE <{sys.argv[2]}> {{ ?s ?p ?o }} }}"))
except Exception as error:
    print(error)
"""
NO_LIBC = "import ctypes\ndef refuse(*_, **__): raise OSError\nctypes.CDLL = refuse\n"
ESCAPES = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ sErViCe<{url}>{{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{url}> AS ?where) SERVICE ?where {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?a ?b 1SERVICE<{url}>{{ ?s ?p ?o }} }}",
    "PREFIX : <a:> SELECT * {{ :a :p :.SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "PREFIX : <a:> SELECT * {{ :a :p :a\\' . SERVICE <{url}> {{ ?s ?p ?o }} :b :p :b\\' }}",
    "PREFIX : <a:> SELECT * {{ :a :p :a\\# . SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "PREFIX : <{url}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
    "ASK {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
    "DESCRIBE <{url}>",
    "LOAD <{url}>",
]


class Trap:
    """A listener on loopback that counts who calls."""

    def __init__(self, listener: socket) -> None:
        self.calls = 0
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        self._listener = listener
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    with create_server(("127.0.0.1", 0)) as listener:
        yield Trap(listener)


def ask_anyway(graph: Path, trap: Trap, change: tuple[str, object] | None = None) -> list[str]:
    """What a process says that drops its network and then runs a query that no scan has seen."""
    words = [ASK_ANYWAY, str(graph), trap.url, *([repr(change)] if change else [])]
    done = subprocess.run(
        [sys.executable, "-c", *words], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return done.stdout.splitlines()


def test_the_trap_is_sprung_by_a_process_with_a_network(small_graph: Path, trap: Trap) -> None:
    in_the_open = ASK_ANYWAY.replace("drop_network()", "False")
    subprocess.run([sys.executable, "-c", in_the_open, str(small_graph), trap.url], check=True)
    assert trap.calls == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes a process off the network")
@pytest.mark.parametrize(
    "change",
    [None, ("_SOCKETS", {}), ("_NEW_NET", 0)],
    ids=["both ways", "by a namespace", "by a filter"],
)
def test_a_process_behind_the_barrier_reaches_nobody(
    small_graph: Path, trap: Trap, change: tuple[str, object] | None
) -> None:
    dropped, error = ask_anyway(small_graph, trap, change)
    assert dropped == "True"
    assert "Network is unreachable" in error
    assert trap.calls == 0


@pytest.mark.parametrize("sparql", ESCAPES)
def test_no_query_sends_a_request(server: Server, trap: Trap, sparql: str) -> None:
    said = server.ask(sparql.format(url=trap.url))
    assert said.status == (200 if "FROM" in sparql or "DESCRIBE" in sparql else 400)
    assert trap.calls == 0


def test_parameters_send_no_request(server: Server, trap: Trap) -> None:
    for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri"):
        said = server.send("GET", f"/sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D&{name}={trap.url}")
        assert said.status == 200
    assert trap.calls == 0


def test_words_that_only_look_like_it_are_answered(server: Server) -> None:
    assert server.ask('SELECT ?service { ?s rdfs:label "SERVICE" } # SERVICE').status == 200


def test_without_a_barrier_only_this_machine_is_served(
    small_graph: Path, tmp_path: Path, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_LIBC, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    command = [sys.executable, "-m", "kg", "serve", str(small_graph), "--port", "0"]
    open_to_all = subprocess.run(
        [*command, "--host", "0.0.0.0"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert open_to_all.returncode == 2
    assert open_to_all.stderr.startswith("kg: this system does not let a query be cut off")
    assert open_to_all.stderr.count("\n") == 1
    with started(
        [sys.executable, "-c", START.format(limits="workers=1"), str(small_graph)]
    ) as here:
        assert "queries with SERVICE are refused" in here.said
        assert here.ask("ASK {}").status == 200
        assert here.ask(ESCAPES[5].format(url=trap.url)).status == 400
    assert trap.calls == 0
