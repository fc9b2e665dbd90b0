"""A build that is killed at any moment loses nothing, does nothing twice, and hurts no reader."""

import random
import shutil
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from kg.api import Graph
from kg.builder import Options, build_graph
from kg.graph.store import building
from tests.killed_build import BATCH, MOMENTS
from tests.small_documents import environment, n_triples, python, write_corpus
from tests.small_documents import kg as run_kg

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9"),
]

OLD, NEW = 2, 24  # documents of the graph that is there, and of the one whose build is killed
AFTER_THE_SWAP = {"after-the-swap", "inside-the-clearing-away"}
KEPT = {  # new readings that a build killed at that moment has left
    "before-the-first-reading-is-kept": 0,
    "inside-the-second-transaction": BATCH - OLD,
    "after-the-second-batch-is-kept": 2 * BATCH - OLD,
}
# Drawn once and then fixed, so that a failure comes again: hundredths of the time of a build.
RANDOM = [str(number) for number in sorted(random.Random(20250509).sample(range(2, 99), 10))]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Documents, the graph of some of them, and for each moment a copy whose build was killed."""
    place = tmp_path_factory.mktemp("kill")
    write_corpus(place / "all", range(NEW))
    for documents in range(1, OLD + 1):  # two builds, so that the third has a store to clear away
        write_corpus(place / "some", range(documents))
        build_graph([place / "some"], place / "old", Options(workers=1))
    moments = ["never", *MOMENTS, *RANDOM]
    for moment in moments:
        shutil.copytree(place / "old", place / moment)
    jobs = [part for moment in moments for part in (place / moment, moment)]
    done = subprocess.run(
        python("-m", "tests.killed_build", place / "all", *jobs),
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        timeout=120,
        check=True,
    )
    ends = dict(zip(moments, done.stdout.split(), strict=True))
    assert ends.pop("never") == "ended"
    assert {moment for moment, end in ends.items() if end == "ended"} <= set(RANDOM)
    return place


@pytest.fixture(scope="module")
def old(place):
    return n_triples(place / "old")


@pytest.fixture(scope="module")
def whole(place):
    """What a build that nobody disturbed gives."""
    return n_triples(place / "never")


def kept(graph: Path) -> int:
    """Readings in a record, without mending it first as our own code may."""
    with sqlite3.connect(graph / "readings.sqlite") as record:
        (count,) = record.execute("select count(*) from readings").fetchone()
    record.close()
    return count


def resume(docs: Path, graph: Path) -> int:
    """Build again; how many documents were read."""
    return build_graph([docs], graph, Options(workers=1)).read


def test_the_two_graphs_differ(old, whole):
    assert len(whole) > len(old) > 0


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_an_exact_moment(place, old, whole, moment):
    graph = place / moment
    assert n_triples(graph) == (whole if moment in AFTER_THE_SWAP else old)
    assert resume(place / "all", graph) == NEW - OLD - KEPT.get(moment, NEW - OLD)
    assert n_triples(graph) == whole
    assert kept(graph) == NEW
    assert not list(graph.rglob("*.partial"))


@pytest.mark.parametrize("moment", RANDOM)
def test_killed_at_some_moment(place, old, whole, moment):
    graph = place / moment
    assert n_triples(graph) in {old, whole}
    before = kept(graph)
    assert resume(place / "all", graph) == NEW - before
    assert n_triples(graph) == whole
    assert kept(graph) == NEW


def test_killed_again_and_again(place, whole, tmp_path):
    """Each try gets a little further, from an empty folder on."""
    moments = [str(number) for number in range(10, 100, 18)]
    graph = tmp_path / "graph"
    jobs = [tmp_path / "timed", "never"]
    jobs += [part for moment in moments for part in (graph, moment)]
    command = python("-m", "tests.killed_build", place / "all", *jobs)
    subprocess.run(command, env=environment(), timeout=60, check=True, stdout=subprocess.DEVNULL)
    resume(place / "all", graph)
    assert n_triples(graph) == whole
    assert kept(graph) == NEW


def test_a_reader_that_opened_the_graph_before_answers_after_the_kill(place, old, tmp_path):
    graph = shutil.copytree(place / "old", tmp_path / "graph")
    reader = Graph.open(graph)
    count = len(reader.query("SELECT * { ?s ?p ?o }"))
    jobs = [tmp_path / "timed", "never", graph, "after-the-swap"]
    command = python("-m", "tests.killed_build", place / "all", *jobs)
    subprocess.run(command, env=environment(), timeout=60, check=True, stdout=subprocess.DEVNULL)
    assert len(reader.query("SELECT * { ?s ?p ?o }")) == count == old.count("\n")


# A real `kg build` with processes, which meets its end when the first reading comes back.
AT_THE_FIRST_READING = """
import os, signal, sys
import kg.workers
from kg.cli import run

real = kg.workers.Workers._spread

def spread(self, documents):
    readings = real(self, documents)
    yield next(readings)
    {end}
    yield from readings

kg.workers.Workers._spread = spread
sys.argv = ["kg", "build", *sys.argv[1:], "--workers", "2"]
run()
"""


def build_that_ends(end: str, docs: Path, graph: Path) -> tuple[int, str]:
    """Exit status and stderr; stderr ends only when the last process that holds it is gone."""
    build = subprocess.Popen(
        python("-c", AT_THE_FIRST_READING.format(end=end), docs, "-o", graph),
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )
    _, said = build.communicate(timeout=60)
    return build.returncode, said


def test_a_killed_build_leaves_no_processes_and_no_lock(place, whole, tmp_path):
    kill = "os.kill(os.getpid(), signal.SIGKILL)"
    status, _ = build_that_ends(kill, place / "all", tmp_path / "graph")
    assert status == -signal.SIGKILL
    assert resume(place / "all", tmp_path / "graph") == NEW
    assert n_triples(tmp_path / "graph") == whole


def test_ctrl_c_ends_all_processes_with_one_line(place, whole, tmp_path):
    status, said = build_that_ends("os.killpg(0, signal.SIGINT)", place / "all", tmp_path / "graph")
    assert status == 130
    assert said == (
        "kg: stopped; what was read so far is kept, and the next build goes on from there\n"
    )
    resume(place / "all", tmp_path / "graph")
    assert n_triples(tmp_path / "graph") == whole


def test_a_second_build_from_another_process_gets_one_line(place):
    with building(place / "old"):
        second = run_kg("build", place / "some", "-o", place / "old")
    assert second.returncode == 2
    assert second.stderr.decode().startswith("kg: another build is at work on")
    assert second.stderr.count(b"\n") == 1
