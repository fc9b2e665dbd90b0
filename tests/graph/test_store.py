"""The folder on disk: whole stores, swapped in, whatever happens meanwhile."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import GraphError
from kg.graph.store import build_store, building, current_build, open_store

SUBJECT, PREDICATE = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")


def numbers(count: int) -> list[Triple]:
    return [Triple(SUBJECT, PREDICATE, Literal(number)) for number in range(count)]


def build(folder: Path, name: str, count: int) -> None:
    with building(folder):
        build_store(folder, name, numbers(count))


def never():
    raise AssertionError("the triples were asked for")
    yield


def test_a_build_can_be_opened_and_repeats_count_once(tmp_path):
    with building(tmp_path):
        build_store(tmp_path, "one", numbers(3) + numbers(3))
    assert len(open_store(tmp_path)) == 3
    assert current_build(tmp_path) == "one"


def test_the_folder_holds_neither_paths_nor_times_nor_logs(tmp_path):
    build(tmp_path / "graph", "one", 3)
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert str(tmp_path).encode() not in held
    assert not list(tmp_path.rglob("LOG*"))


def test_the_store_before_stays_for_its_readers_and_goes_at_the_next_build(tmp_path):
    for count, name in enumerate(("one", "two", "three"), start=1):
        build(tmp_path, name, count)
    names = sorted(path.name for path in (tmp_path / "stores").iterdir())
    assert names == ["three", "three.sha256", "two", "two.sha256"]


def test_a_reader_goes_on_answering_after_its_store_is_gone(tmp_path):
    build(tmp_path, "one", 1)
    reader = open_store(tmp_path)
    build(tmp_path, "two", 2)
    build(tmp_path, "three", 3)
    assert len(list(reader)) == 1
    assert len(list(open_store(tmp_path))) == 3


def test_the_same_build_again_asks_for_no_triples(tmp_path):
    build(tmp_path, "one", 2)
    with building(tmp_path):
        build_store(tmp_path, "one", never())
    assert len(open_store(tmp_path)) == 2


def test_looking_into_a_store_leaves_no_trace_in_it(tmp_path):
    build(tmp_path, "one", 2)
    before = sorted((tmp_path / "stores" / "one").iterdir())
    list(open_store(tmp_path))
    assert sorted((tmp_path / "stores" / "one").iterdir()) == before


def test_going_back_to_the_build_before_asks_for_no_triples(tmp_path):
    build(tmp_path, "one", 1)
    build(tmp_path, "two", 2)
    with building(tmp_path):
        build_store(tmp_path, "one", never())
    assert len(open_store(tmp_path)) == 1


@pytest.mark.parametrize("damage", ["changed", "cut", "missing"])
def test_a_damaged_store_is_written_anew_by_the_same_build(tmp_path, damage):
    build(tmp_path, "one", 500)
    file = max((tmp_path / "stores" / "one").glob("*.sst"), key=lambda path: path.stat().st_size)
    content = file.read_bytes()
    file.unlink()
    if damage == "changed":
        file.write_bytes(bytes(byte ^ 0x55 for byte in content))
    elif damage == "cut":
        file.write_bytes(content[: len(content) // 2])
    build(tmp_path, "one", 500)
    assert len(list(open_store(tmp_path))) == 500


def test_a_damaged_store_is_one_line_that_says_what_to_do(tmp_path):
    build(tmp_path, "one", 500)
    for file in (tmp_path / "stores" / "one").glob("*.sst"):
        file.write_bytes(b"nonsense")
    with pytest.raises(GraphError, match=r"stores.one is damaged: run `kg build` on .* again; "):
        open_store(tmp_path)


def test_a_build_that_fails_leaves_the_graph_as_it_was(tmp_path):
    build(tmp_path, "one", 1)

    def broken():
        yield from numbers(5)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"), building(tmp_path):
        build_store(tmp_path, "two", broken())
    assert len(open_store(tmp_path)) == 1
    assert not (tmp_path / "stores" / "two.partial").exists()


def test_the_second_builder_gets_one_line(tmp_path):
    with (
        building(tmp_path),
        pytest.raises(GraphError, match="another build is at work on"),
        building(tmp_path),
    ):
        pass


_BUILD_FOREVER = """
import sys, time
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Triple
from kg.graph.store import build_store, building

def triples():
    for number in range(10**9):
        if number == 1000:
            print("under way", flush=True)
        yield Triple(NamedNode("https://example.org/s"), NamedNode("https://example.org/p"),
                     Literal(number))

with building(Path(sys.argv[1])):
    build_store(Path(sys.argv[1]), "two", triples())
"""


@pytest.mark.slow
def test_a_killed_build_leaves_the_old_graph_and_no_lock_and_its_remains_go(tmp_path):
    build(tmp_path, "one", 1)
    with subprocess.Popen(
        [sys.executable, "-c", _BUILD_FOREVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as builder:
        assert builder.stdout.readline() == b"under way\n"
        with pytest.raises(GraphError, match="another build"), building(tmp_path):
            pass
        builder.send_signal(signal.SIGKILL)
    assert (tmp_path / "stores" / "two.partial").exists()
    assert len(open_store(tmp_path)) == 1
    build(tmp_path, "two", 2)
    assert len(open_store(tmp_path)) == 2
    assert not (tmp_path / "stores" / "two.partial").exists()


def test_a_store_that_was_renamed_but_not_yet_named_is_used(tmp_path):
    build(tmp_path, "one", 1)
    build(tmp_path, "two", 2)
    (tmp_path / "CURRENT").write_text("one\n", encoding="utf-8")  # as if killed just before
    with building(tmp_path):
        build_store(tmp_path, "two", never())
    assert len(open_store(tmp_path)) == 2


def test_no_folder_is_one_line(tmp_path):
    with pytest.raises(GraphError, match=r"no graph at .*nowhere: build one with `kg build"):
        open_store(tmp_path / "nowhere")


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(GraphError, match=r"is no graph folder"):
        open_store(tmp_path)
    with (
        pytest.raises(GraphError, match=r"holds other files \(thesis.txt\): name a new"),
        building(tmp_path),
    ):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_where_a_folder_should_be_is_one_line(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(GraphError, match=r"cannot make a graph at .*file"):
        build(tmp_path / "file", "one", 1)


@pytest.mark.parametrize("found", ["2", "junk", ""])
def test_another_format_is_one_line_for_readers_and_builders(tmp_path, found):
    build(tmp_path, "one", 1)
    (tmp_path / "format").write_text(found, encoding="utf-8")
    with pytest.raises(GraphError, match=rf"has format {found}, this version of chiptrace reads 1"):
        open_store(tmp_path)
    with pytest.raises(GraphError, match="has format"):
        build(tmp_path, "two", 1)


def test_a_folder_whose_first_build_never_ended_says_so(tmp_path):
    with building(tmp_path):
        pass
    with pytest.raises(GraphError, match=r"no build of .* has ended yet: run `kg build` again"):
        open_store(tmp_path)


def test_a_missing_store_is_one_line(tmp_path):
    build(tmp_path, "one", 1)
    (tmp_path / "CURRENT").write_text("other\n", encoding="utf-8")
    with pytest.raises(GraphError, match=r"other is damaged"):
        open_store(tmp_path)
