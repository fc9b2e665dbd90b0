"""A graph goes into another store whole, in batches, and a run that was ended goes on."""

import json
import shutil
import signal
import subprocess

import pytest

from kg.api import Graph
from kg.builder import Options, build_graph
from kg.errors import GraphError
from kg.graph.publish import Target, publish
from kg.graph.store import open_store
from tests.remote import oxigraph
from tests.small_documents import environment, kg, python

BATCH = 2000
NAMED = "https://example.org/a graph".replace(" ", "-")
KILLED = """
import os, signal, sys
from pathlib import Path
from kg.graph import publish
sent = publish._send
def send(target, method, body, arrived):
    sent(target, method, body, arrived)
    if arrived == 2 * {batch}:
        os.kill(os.getpid(), signal.SIGKILL)  # it has arrived and is not counted
publish._send = send
publish.publish(Path(sys.argv[1]), publish.Target.read(sys.argv[2]), print, batch={batch})
"""


@pytest.fixture(scope="module")
def server():
    with oxigraph() as url:
        yield url


@pytest.fixture
def folder(small_graph, tmp_path):
    """A graph of its own, of which nothing was published."""
    shutil.copytree(small_graph, tmp_path / "graph")
    return tmp_path / "graph"


def built(tmp_path, text):
    (tmp_path / "note.txt").write_text(text, encoding="utf-8")
    build_graph([tmp_path / "note.txt"], tmp_path / "graph", Options(workers=1), quiet)
    return tmp_path / "graph"


def quiet(done, all_):
    pass


def triples(folder):
    return {quad.triple for quad in open_store(folder)}


def held(server, graph=None):
    """What the server has, asked without any code of ours but the endpoint's."""
    where = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    asked = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}"
    return set(Graph.connect(f"{server}/query").query(asked))


def store(server, graph=None):
    return Target.read(f"{server}/store", graph)


def test_everything_arrives_once_and_is_counted(folder, server):
    told = []
    done = publish(
        folder, store(server), lambda *so_far: told.append(so_far), batch=BATCH, replace=True
    )
    total = len(triples(folder))
    assert held(server) == triples(folder)
    assert (done.triples, done.sent, done.beside) == (total, total, False)
    assert told[:2] == [(BATCH, total), (2 * BATCH, total)]
    assert told[-1] == (total, total)
    assert publish(folder, store(server), quiet).sent == 0


def test_a_named_graph_is_one_of_its_own(folder, server):
    publish(folder, store(server, NAMED), quiet, replace=True)
    assert held(server, NAMED) == triples(folder)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
def test_a_killed_run_goes_on(folder):
    with oxigraph() as server:
        script = KILLED.format(batch=BATCH)
        killed = subprocess.run(
            python("-c", script, folder, f"{server}/store"),
            env=environment(),
            stdout=subprocess.DEVNULL,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL
        assert len(held(server)) == 3 * BATCH
        done = publish(folder, store(server), quiet, batch=BATCH)
        assert done.sent == done.triples - 2 * BATCH
        assert held(server) == triples(folder)


def test_another_build_is_added_or_put_in_the_place_of_the_first(folder, tmp_path, server):
    publish(folder, store(server, NAMED), quiet, replace=True)
    before = triples(folder)
    second = built(tmp_path, "Nvidia designs the H20.\n")
    assert publish(second, store(server, NAMED), quiet).beside
    assert held(server, NAMED) == before | triples(second)
    done = publish(second, store(server, NAMED), quiet, batch=BATCH, replace=True)
    assert (done.sent, done.beside) == (done.triples, False)
    assert held(server, NAMED) == triples(second)


def test_two_targets_are_counted_apart(folder, server):
    publish(folder, store(server, f"{NAMED}-1"), quiet)
    assert publish(folder, store(server, f"{NAMED}-2"), quiet).sent > 0
    assert publish(folder, store(server, f"{NAMED}-1"), quiet).sent == 0


@pytest.mark.parametrize("damage", ["", "[]", "{", '{"x": {"no": "state"}}', '{"x": 1}'])
def test_a_count_that_cannot_be_read_sends_all_again(damage, folder, server):
    publish(folder, store(server), quiet)
    (folder / "published.json").write_text(damage, encoding="utf-8")
    done = publish(folder, store(server), quiet)
    assert done.sent == done.triples


def test_no_password_is_kept_or_shown(folder, server):
    target = Target.read(server.replace("//", "//me:secret@") + "/store", f"{NAMED}-3")
    publish(folder, target, quiet)
    assert "secret" not in (folder / "published.json").read_text(encoding="utf-8")
    assert "secret" not in repr(target)
    assert list(json.loads((folder / "published.json").read_text(encoding="utf-8"))) == [target.url]


@pytest.mark.parametrize(
    ("url", "graph", "message"),
    [
        ("ftp://me:secret@example.org/store", None, "'ftp://example.org/store' is no web address"),
        ("store", None, "'store' is no web address"),
        ("http://[::1/store", None, "this is no web address"),
        ("http://localhost:port/store", None, "this is no web address"),
        ("http://localhost/store", "a graph", "'a graph' is no IRI"),
    ],
)
def test_what_is_no_target_is_refused(url, graph, message):
    with pytest.raises(GraphError) as error:
        Target.read(url, graph)
    assert message in str(error.value)
    assert "secret" not in str(error.value)


def test_a_server_that_takes_no_triples_is_told_in_one_line(folder, server):
    with pytest.raises(GraphError, match=r"after the first 0 \(404.*Graph Store"):
        publish(folder, Target.read(f"{server}/nowhere"), quiet)
    assert not (folder / "published.json").exists()


def test_the_verb_says_what_it_did(folder):
    with oxigraph() as server:
        first, second = (kg("publish", folder, f"{server}/store") for _ in range(2))
        total = f"{len(triples(folder)):,}"
    assert (first.returncode, second.returncode) == (0, 0)
    assert f"{total} of them sent now" in first.stderr.decode()
    assert "has it already; --replace sends it again" in second.stderr.decode()
    gone = kg("publish", folder, f"{server}/store", "--replace")
    assert (gone.returncode, gone.stderr.count(b"\n")) == (2, 1)
    assert "cannot be reached" in gone.stderr.decode()


def test_a_store_gives_its_triples_in_the_same_order_each_time(folder):
    assert list(open_store(folder)) == list(open_store(folder))
