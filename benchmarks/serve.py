"""Requests a second of `kg serve`, beside `oxigraph serve-read-only` on the same store.

Both stand on this machine with their limits as they come, and share its cores with the client,
which keeps its connections open and asks for the label of one thing after another. The servers
take turns; the middle of the rounds counts. Oxigraph's server is quicker because it runs queries in
its own process: it cannot stop one in time, and it lets SERVICE call out.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote

import kg
from kg.graph.store import current_build, open_store

CLIENTS = (1, 8, 64)
ROUNDS = 5
SECONDS = 1.5
WARM_UP = 0.3
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
HERE = Path(__file__).parent.parent
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


def main() -> None:
    """Print one row a number of clients."""
    with TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        kg.build(HERE / "seeds", graph)
        questions = [request(thing) for thing in things(graph)]
        store = graph / "stores" / str(current_build(graph))
        ours, theirs = free_port(), free_port()
        oxigraph = Path(sys.executable).with_name("oxigraph")
        peer = [str(oxigraph), "serve-read-only", "--location", str(store)]
        with (
            running([sys.executable, "-m", "kg", "serve", str(graph), "--port", str(ours)], ours),
            running([*peer, "--bind", f"127.0.0.1:{theirs}"], theirs),
        ):
            ports = {"kg serve": (ours, "/sparql"), "oxigraph": (theirs, "/query")}
            print(f"{len(questions)} questions, the middle of {ROUNDS} rounds of {SECONDS} seconds")
            print(f"{'clients':>8}{'':12}{'req/s':>9}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}")
            for clients in CLIENTS:
                show(clients, compared(ports, questions, clients))


def things(graph: Path) -> list[str]:
    """Up to a thousand things that have a label."""
    found = {
        quad.subject.value
        for quad in open_store(graph)
        if quad.predicate.value == LABEL and hasattr(quad.subject, "value")
    }
    return sorted(found)[:1000]


def request(thing: str) -> str:
    """The query of a GET for a thing's label; the path stands before it."""
    return "?query=" + quote(f"SELECT ?label {{ <{thing}> <{LABEL}> ?label }}")


def compared(
    ports: dict[str, tuple[int, str]], questions: list[str], clients: int
) -> dict[str, list[tuple[float, float, float]]]:
    """Requests a second, p50 and p99 of every round by server."""
    rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in ports}
    for _ in range(ROUNDS):
        for name, (port, path) in ports.items():
            rounds[name].append(asyncio.run(load(port, path, questions, clients)))
    return rounds


def show(clients: int, rounds: dict[str, list[tuple[float, float, float]]]) -> None:
    """Print the middle of the rounds."""
    peer = [rate for rate, _, _ in rounds["oxigraph"]]
    for name, figures in rounds.items():
        rates = [rate for rate, _, _ in figures]
        ratio = median(mine / its for mine, its in zip(rates, peer, strict=True))
        middle, slow = (median(each[column] for each in figures) for column in (1, 2))
        print(f"{clients:8}  {name:10}{median(rates):9,.0f}{ratio:8.2f}{middle:9.2f}{slow:9.2f}")


async def load(
    port: int, path: str, questions: list[str], clients: int
) -> tuple[float, float, float]:
    """Ask with so many clients at once; requests a second, and p50 and p99 in milliseconds."""
    host = f" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/sparql-results+json\r\n\r\n"
    texts = [f"GET {path}{each}{host}".encode() for each in questions]
    loop = asyncio.get_running_loop()
    crowd = [
        (await loop.create_connection(lambda n=n: Client(texts, n), "127.0.0.1", port))[1]
        for n in range(clients)
    ]
    await asyncio.sleep(WARM_UP)
    for client in crowd:
        client.times.clear()
    begin = time.perf_counter()
    await asyncio.sleep(SECONDS)
    took = time.perf_counter() - begin
    times = sorted(each for client in crowd for each in client.times)
    for client in crowd:
        client.leave()
    return (
        len(times) / took,
        times[len(times) // 2] * 1000,
        times[len(times) * 99 // 100] * 1000,
    )


class Client(asyncio.Protocol):
    """One connection that asks again as soon as it is answered."""

    def __init__(self, texts: list[bytes], start: int) -> None:
        self.times: list[float] = []
        self._texts = texts
        self._next = start * 17
        self._heard = b""
        self._leaving = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first question."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Ask the next one when the answer is whole."""
        self._heard += data
        if not is_whole(self._heard):
            return
        assert self._heard.startswith(b"HTTP/1.1 200") and b'"label"' in self._heard, self._heard
        self.times.append(time.perf_counter() - self._asked)
        self._heard = b""
        if not self._leaving:
            self._ask()

    def leave(self) -> None:
        """Hang up."""
        self._leaving = True
        self._transport.abort()

    def _ask(self) -> None:
        self._next += 1
        self._asked = time.perf_counter()
        self._transport.write(self._texts[self._next % len(self._texts)])


def is_whole(heard: bytes) -> bool:
    """Whether an answer is there in whole, by its length or its last chunk."""
    head, blank, body = heard.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    if not blank:
        return False
    return len(body) == int(length[1]) if length else body.endswith(b"0\r\n\r\n")


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server, from when it answers until the block ends."""
    server = subprocess.Popen(command, cwd=HERE, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        time.sleep(0.5)
        yield
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
