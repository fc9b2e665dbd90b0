"""`kg serve` starts, follows a rebuilt graph, and leaves in good order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socket import create_server

import pytest

from kg.builder import Options, build_graph
from tests.serve.running import ROOT, Server, serving, started

YES = "ASK {}"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def command(graph: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", *words]


def kg_serve(graph: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`kg serve` where it is not to start."""
    return subprocess.run(
        command(graph, *words), capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )


def eventually(holds: Callable[[], bool]) -> bool:
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.1)
    return False


def children(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [int(each) for each in found.split()]


def lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def count(server: Server) -> int:
    said = server.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return int(json.loads(said.body)["results"]["bindings"][0]["n"]["value"])


def test_it_says_where_it_serves_and_answers_there(small_graph: Path) -> None:
    with started(command(small_graph, "--workers", "1", "--max-rows", "3")) as server:
        assert server.said.count("\n") == 1
        assert server.said.startswith(f"serving {small_graph} at http://127.0.0.1:")
        assert server.ask(YES).status == 200
        assert server.ask("SELECT * { ?s ?p ?o } LIMIT 4").status == 422


def test_one_other_origin_reads_answers_when_asked(small_graph: Path) -> None:
    with started(command(small_graph, "--workers", "1", "--cors", "https://a.example")) as server:
        for origin, allowed in (("https://a.example", True), ("https://b.example", False)):
            said = server.ask(YES, origin=origin)
            assert (said.headers.get("access-control-allow-origin") == origin) is allowed
            before = server.send(
                "OPTIONS", "/sparql", origin=origin, access_control_request_method="POST"
            )
            assert (before.status == 200) is allowed


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
@linux
def test_it_ends_when_told_and_leaves_no_worker(small_graph: Path, ending: signal.Signals) -> None:
    with started(command(small_graph)) as server:
        workers = children(server.process.pid)
        assert len(workers) == 2
        server.process.send_signal(ending)
        assert server.process.wait(timeout=60) == 0
    assert not any(map(lives, workers))


@linux
def test_it_leaves_no_worker_when_it_is_killed_while_one_is_at_work(small_graph: Path) -> None:
    with started(command(small_graph)) as server, ThreadPoolExecutor() as pool:
        workers = children(server.process.pid)
        asked = pool.submit(server.ask, SLOW)
        time.sleep(0.5)
        server.process.kill()
        assert isinstance(asked.exception(), OSError)
        assert eventually(lambda: not any(map(lives, workers)))


@linux
def test_a_client_that_hangs_up_does_not_end_it(small_graph: Path) -> None:
    with started(command(small_graph, "--workers", "1")) as server:
        # writing to somebody who has gone raises SIGPIPE, which ends the other verbs
        server.process.send_signal(signal.SIGPIPE)
        assert server.ask(YES).status == 200
        assert server.process.poll() is None


@linux
def test_a_worker_that_dies_is_replaced(small_graph: Path) -> None:
    with serving(small_graph, "workers=2") as server:
        before = set(children(server.process.pid))
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        assert eventually(lambda: server.ask(YES).status == 200)
        assert eventually(lambda: len(set(children(server.process.pid)) - before) == 2)


def test_a_rebuilt_graph_is_picked_up_while_an_old_answer_is_under_way(tmp_path: Path) -> None:
    def build(text: str) -> None:
        (tmp_path / "note.txt").write_text(text, encoding="utf-8")
        options = Options(workers=1)
        build_graph([tmp_path / "note.txt"], tmp_path / "graph", options, lambda done, all_: None)

    build("DeepSeek uses the H800.\n")
    with serving(tmp_path / "graph", "workers=2, seconds=5") as server:
        before = count(server)
        with ThreadPoolExecutor() as pool:
            under_way = pool.submit(server.ask, SLOW)
            build("DeepSeek uses the H800. Microsoft uses the H100.\n")
            assert eventually(lambda: count(server) > before)
            assert under_way.result().text.startswith("the query ran for longer")
        assert all(count(server) > before for _ in range(4))


def test_a_port_in_use_is_one_clear_line(small_graph: Path) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = kg_serve(small_graph, "--port", port)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: cannot listen on 127.0.0.1, port {port} (")
    assert done.stderr.count("\n") == 1


def test_an_unknown_host_is_one_clear_line(small_graph: Path) -> None:
    done = kg_serve(small_graph, "--host", "nowhere.invalid")
    assert done.returncode == 2
    assert done.stderr.startswith("kg: no such host nowhere.invalid")
    assert done.stderr.count("\n") == 1


def test_no_graph_is_one_clear_line(tmp_path: Path) -> None:
    done = kg_serve(tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kg: no graph at {tmp_path / 'none'}")
    assert done.stderr.count("\n") == 1


def test_the_help_has_an_example() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert "Example: kg serve graph/" in done.stdout


def test_pages_ask_the_pool_as_clients_do(small_graph: Path) -> None:
    lines = (
        "import asyncio, sys, pathlib",
        "from kg.errors import GraphError, QueryError",
        "from kg.serve.asking import PoolAsker",
        "from kg.serve.limits import Limits",
        "from kg.serve.pool import Pool",
        "async def main():",
        "    pool = Pool(pathlib.Path(sys.argv[1]), Limits(workers=1, seconds=1, rows=5))",
        "    await pool.start()",
        "    asker = PoolAsker(pool)",
        "    print(await asker.rows('SELECT ?x { VALUES ?x { 1 } }'))",
        "    print((await asker.graph('CONSTRUCT { <a:a> <a:b> 1 } {}', 'text/turtle'))[-20:])",
        f"    for each in ('SELECT', 'SELECT * {{ ?s ?p ?o }}', {SLOW!r}, 'CONSTRUCT WHERE {{}}'):",
        "        try: await asker.rows(each)",
        "        except (GraphError, QueryError) as error: print(type(error).__name__, error)",
        "    await pool.close()",
        "asyncio.run(main())",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines), str(small_graph)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    rows, graph, *errors = done.stdout.splitlines()
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert rows == str([{"x": {"type": "literal", "value": "1", "datatype": integer}}])
    assert "<a:a> <a:b> 1" in graph
    starts = [
        "QueryError line 1",
        "GraphError the answer has more than 5 rows",
        "GraphError the query ran for longer than 1 seconds",
        "QueryError ",
    ]
    assert all(map(str.startswith, errors, starts)), errors
    assert len(errors) == len(starts)
