"""Builds: what is read again, what stays, and that the same input gives the same graph."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

import kg.workers
from kg.api import Graph
from kg.builder import Options, Report, build_graph
from kg.errors import DocumentError, GraphError, KGError
from kg.graph.store import building, current_build
from kg.readings import Readings
from kg.text import Document
from kg.workers import Workers
from tests.small_documents import be_killed, environment, n_triples, python, write_corpus


def build(graph: Path, *sources: Path, **options: object) -> Report:
    return build_graph(sources, graph, Options(**{"workers": 1, **options}))


def identifiers(graph: Path) -> list[str]:
    return [reading.document.identifier for reading in Graph.open(graph).readings()]


def kept(graph: Path) -> int:
    with sqlite3.connect(graph / "readings.sqlite") as record:
        (count,) = record.execute("select count(*) from readings").fetchone()
    record.close()
    return count


@pytest.fixture
def docs(tmp_path):
    return write_corpus(tmp_path / "docs", range(3))


@pytest.fixture
def graph(tmp_path, docs):
    build(tmp_path / "graph", docs)
    return tmp_path / "graph"


@pytest.fixture
def read_now(monkeypatch):
    """The identifiers of the documents that are truly read, as they are read."""
    seen: list[str] = []
    real = kg.workers.read_claims

    def noted(document, tools):
        seen.append(document.identifier)
        return real(document, tools)

    monkeypatch.setattr(kg.workers, "read_claims", noted)
    return seen


def test_the_documents_say_something(graph):
    assert min(len(reading.claims) for reading in Graph.open(graph).readings()) >= 2


def test_a_second_build_reads_nothing_and_changes_nothing(graph, docs, read_now):
    before = n_triples(graph)
    assert build(graph, docs).read == 0
    assert read_now == []
    assert n_triples(graph) == before


def test_only_what_changed_is_read(graph, docs, read_now):
    (docs / "firm-01.txt").write_text("Example Firm 1 uses the H100.\n", encoding="utf-8")
    write_corpus(docs, range(3, 5))
    assert build(graph, docs).read == 3
    assert read_now == ["firm-01.txt", "firm-03.txt", "firm-04.txt"]


def test_a_new_date_is_read_again_because_dates_decide_what_names_mean(tmp_path, read_now):
    note = write_corpus(tmp_path / "note", range(1))
    (note / "firm-00.txt").rename(note / "document.txt")
    for day in ("2024-01-01", "2026-01-01", "2026-01-01"):
        (note / "about.toml").write_text(f"date = {day}\n", encoding="utf-8")
        build(tmp_path / "graph", note)
    assert read_now == ["note", "note"]


def test_a_document_that_is_gone_leaves_the_graph_and_its_reading_stays(graph, docs, read_now):
    before = n_triples(graph)
    gone = (docs / "firm-02.txt").rename(docs.parent / "firm-02.txt")
    build(graph, docs)
    assert identifiers(graph) == ["firm-00.txt", "firm-01.txt"]
    assert "firm-02" not in n_triples(graph)
    assert kept(graph) == 3
    gone.rename(docs / "firm-02.txt")
    build(graph, docs)
    assert read_now == []
    assert n_triples(graph) == before


def test_what_is_named_is_what_there_is(graph, tmp_path):
    build(graph, write_corpus(tmp_path / "more", range(5, 6)))
    assert identifiers(graph) == ["firm-05.txt"]


def test_add_keeps_what_is_there(graph, docs, tmp_path):
    build(graph, write_corpus(tmp_path / "more", range(5, 6)), add=True)
    assert identifiers(graph) == ["firm-00.txt", "firm-01.txt", "firm-02.txt", "firm-05.txt"]
    together = tmp_path / "together"
    build(together, docs, tmp_path / "more")
    assert n_triples(graph) == n_triples(together)


def test_add_replaces_a_document_of_the_same_identifier(graph, tmp_path):
    newer = tmp_path / "newer"
    newer.mkdir()
    (newer / "firm-01.txt").write_text("Example Firm 1 uses the H100.\n", encoding="utf-8")
    build(graph, newer, add=True)
    assert identifiers(graph) == ["firm-00.txt", "firm-02.txt", "firm-01.txt"]
    assert "Example Firm 1 bought" not in n_triples(graph)


def test_add_does_not_forget_documents_that_it_cannot_name(graph, docs):
    (graph / "CURRENT").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(GraphError, match="does not know which documents it holds: name them all"):
        build(graph, docs / "firm-00.txt", add=True)
    assert build(graph, docs).documents == 3


def test_a_document_named_twice_is_there_once(tmp_path, docs):
    assert build(tmp_path / "graph", docs, docs, docs / "firm-00.txt").documents == 3


def test_the_order_and_the_folder_of_the_documents_do_not_matter(tmp_path, docs):
    elsewhere = shutil.copytree(docs, tmp_path / "else" / "where")
    orders = [
        [docs],
        [elsewhere],
        sorted(docs.iterdir()),
        sorted(elsewhere.iterdir(), reverse=True),
    ]
    for number, sources in enumerate(orders):
        build(tmp_path / str(number), *sources)
    assert len({n_triples(tmp_path / str(number)) for number in range(4)}) == 1


@pytest.mark.slow
def test_the_number_of_processes_does_not_matter(tmp_path):
    docs = write_corpus(tmp_path / "docs", range(20))
    for workers in (1, 4):
        assert build(tmp_path / str(workers), docs, workers=workers).read == 20
    assert n_triples(tmp_path / "1") == n_triples(tmp_path / "4")


@pytest.mark.slow
def test_a_script_that_builds_with_processes_runs_once_and_needs_no_guard(tmp_path):
    docs = write_corpus(tmp_path / "docs", range(16))
    script = tmp_path / "script.py"
    script.write_text(
        "import sys, kg\nprint('once')\nkg.build(sys.argv[1], sys.argv[2], workers=2)\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        python(script, docs, tmp_path / "graph"),
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("once\n", "")
    assert len(identifiers(tmp_path / "graph")) == 16


def test_a_process_that_is_killed_is_one_line(monkeypatch):
    monkeypatch.setattr(kg.workers, "_read", be_killed)
    documents = [Document(identifier=str(number), text="x", title="x") for number in range(16)]
    workers = Workers(2)
    with pytest.raises(KGError, match=r"was killed.*fewer workers; what was read so far is kept"):
        list(workers.read(documents))
    workers.stop()


def test_progress_is_told_as_documents_are_done_and_ends_at_all(tmp_path, docs):
    lines = "".join(f'{{"text": "Firm {number} uses the H20."}}\n' for number in range(4))
    (docs / "more.jsonl").write_text(lines, encoding="utf-8")
    told: list[tuple[int, int]] = []
    build_graph(
        [docs], tmp_path / "graph", Options(workers=1), lambda done, all_: told.append((done, all_))
    )
    assert [done for done, _ in told] == [0, 0, *range(1, 8)]
    assert told[0] == (0, 4)
    assert told[-1] == (7, 7)


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read(tmp_path, docs):
    (docs / "broken.txt").write_bytes(b"\xff\xfe\xfa")
    (docs / "table.xlsx").write_bytes(b"")
    report = build(tmp_path / "graph", docs)
    assert report.documents == 3
    assert [skip.identifier for skip in report.skipped] == ["broken.txt", "table.xlsx"]


def test_a_file_whose_name_is_no_text_does_not_stop_the_others(tmp_path, docs):
    try:
        (docs / "half-\udcff.txt").write_text("Example Firm uses the H20.\n", encoding="utf-8")
    except (OSError, UnicodeEncodeError):
        pytest.skip("this file system has no such names")
    report = build(tmp_path / "graph", docs)
    assert report.documents + len(report.skipped) == 4
    assert n_triples(tmp_path / "graph").encode()


def test_a_document_that_no_file_can_hold_is_told_and_the_others_are_read(tmp_path, docs):
    (docs / "half.jsonl").write_text('{"id": "half \\udcff", "text": "x"}\n', encoding="utf-8")
    report = build(tmp_path / "graph", docs)
    assert report.documents == 3
    assert "half a character" in report.skipped[0].why


def test_no_document_at_all_is_one_line_and_the_old_graph_stays(graph, tmp_path):
    before = n_triples(graph)
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.xlsx").write_bytes(b"")
    with pytest.raises(DocumentError, match=r"^no document could be read$"):
        build(graph, tmp_path / "empty")
    with pytest.raises(DocumentError, match=r"no document could be read: notes\.xlsx is none of"):
        build(graph, tmp_path / "notes.xlsx")
    with pytest.raises(DocumentError, match="missing: no such file or folder"):
        build(graph, tmp_path / "missing")
    assert n_triples(graph) == before


def test_a_graph_inside_the_folder_of_documents_does_not_read_itself(docs):
    for _ in range(2):
        report = build(docs / "graph", docs)
        assert report.documents == 3
        assert report.skipped == ()


def test_a_second_build_at_the_same_time_gets_one_line(graph, docs):
    with building(graph), pytest.raises(GraphError, match=r"another build is at work on .*graph"):
        build(graph, docs)
    assert build(graph, docs).documents == 3


def test_a_reader_goes_on_answering_during_and_after_builds(graph, docs, monkeypatch):
    reader = Graph.open(graph)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = reader.query(count)
    during = []
    real = kg.workers.read_claims

    def asks_meanwhile(document, tools):
        during.append((reader.query(count), Graph.open(graph).query(count)))
        return real(document, tools)

    monkeypatch.setattr(kg.workers, "read_claims", asks_meanwhile)
    for number in range(3, 6):  # the third of them clears the reader's store away
        write_corpus(docs, range(number, number + 1))
        build(graph, docs)
        assert reader.query(count) == before
    assert [mine for mine, _ in during] == [before] * 3
    assert during[0][1] == before
    assert Graph.open(graph).query(count) != before


def broken_store(graph: Path) -> None:
    for table in (graph / "stores").glob("*/*.sst"):
        table.write_bytes(b"\0" * 64)


def missing_store(graph: Path) -> None:
    shutil.rmtree(graph / "stores")


def current_names_nothing(graph: Path) -> None:
    (graph / "CURRENT").write_text("nothing\n", encoding="utf-8")


def no_current(graph: Path) -> None:
    (graph / "CURRENT").unlink()


@pytest.mark.parametrize("damage", [broken_store, missing_store, current_names_nothing, no_current])
def test_what_is_derived_is_one_line_when_damaged_and_mended_by_a_build(
    graph, docs, damage, read_now
):
    before = n_triples(graph)
    damage(graph)
    with pytest.raises(GraphError, match="`kg build`") as error:
        Graph.open(graph)
    assert "\n" not in str(error.value)
    build(graph, docs)
    assert read_now == []
    assert n_triples(graph) == before


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all, and longer than its header would be" * 20)


def holes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:] = bytes(byte ^ 0x5A for byte in data[8192:])
    path.write_bytes(data)


def another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as record:
        record.execute("create table recipes (cake)")
    record.close()


def another_version(path: Path) -> None:
    with sqlite3.connect(path) as record:
        record.execute("pragma user_version = 99")
    record.close()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (garbage, "is damaged .*move it away and build again, or put back a copy"),
        (holes, "is damaged .*move it away and build again, or put back a copy"),
        (another_program, "is another program's database: move it away"),
        (another_version, "has format 99, this version of chiptrace reads 1"),
    ],
)
def test_a_damaged_record_is_one_line_and_stays_as_it_is(graph, docs, damage, message):
    before = n_triples(graph)
    record = graph / "readings.sqlite"
    damage(record)
    found = record.read_bytes()
    with pytest.raises(GraphError, match=message) as error:
        build(graph, docs)
    assert "\n" not in str(error.value)
    assert record.read_bytes() == found
    assert n_triples(graph) == before
    record.unlink()
    assert build(graph, docs).read == 3
    assert n_triples(graph) == before


def test_a_graph_without_its_record_still_answers_and_says_what_it_lacks(graph):
    (graph / "readings.sqlite").unlink()
    assert Graph.open(graph).query("ASK { ?claim a kg:ReadClaim }")
    with pytest.raises(GraphError, match="has lost its readings: build it again"):
        Graph.open(graph).readings()


def test_a_graph_of_another_version_is_one_line_and_left_alone(graph, docs):
    (graph / "format").write_text("99\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in graph.rglob("*") if path.is_file()}
    for attempt in (lambda: build(graph, docs), lambda: Graph.open(graph)):
        with pytest.raises(GraphError, match="has format 99, this version of chiptrace reads 1"):
            attempt()
    assert before == {path: path.read_bytes() for path in graph.rglob("*") if path.is_file()}


def test_a_folder_whose_making_was_broken_off_is_taken_up(tmp_path, docs):
    """The mark of a graph folder is written beside its place and then renamed, as all lines are."""
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "format.partial").write_text("1", encoding="utf-8")
    assert build(tmp_path / "graph", docs).documents == 3


def test_the_record_knows_what_each_build_was_made_of(graph):
    with Readings(graph) as record:
        assert len(record.members(current_build(graph))) == 3
        assert record.members("nothing") == ()
