"""A real server in a process of its own, and a client that sends what it is told."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_connection, socket
from urllib.parse import quote

ROOT = Path(__file__).parent.parent.parent
START = """
import sys
from pathlib import Path
from kg.serve.limits import Limits
from kg.serve.server import Address, serve
def say(line):
    print(line, file=sys.stderr, flush=True)
serve(Path(sys.argv[1]), Address("127.0.0.1", 0), Limits({limits}), say)
"""
FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"


@dataclass(frozen=True)
class Said:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def kind(self) -> str:
        return self.headers["content-type"].partition(";")[0]


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    port: int
    said: str

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Said:
        """One request; `content_type=` is a header."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        said = {name.lower(): value for name, value in answer.getheaders()}
        found = Said(answer.status, said, answer.read())
        connection.close()
        return found

    def ask(self, sparql: str, **headers: str) -> Said:
        return self.send("GET", "/sparql?query=" + quote(sparql), **headers)

    def raw(self, words: bytes) -> bytes:
        """What comes back for bytes, until the server hangs up."""
        with self.connected() as connection:
            connection.sendall(words)
            return heard(connection)

    def connected(self) -> socket:
        return create_connection(("127.0.0.1", self.port), timeout=60)


def heard(connection: socket) -> bytes:
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


@contextmanager
def started(command: list[str], **more: object) -> Iterator[Server]:
    """A server, from when it says where it is until the block ends."""
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload]
    try:
        lines = []
        while "serving" not in (line := process.stderr.readline()):
            assert line, "".join(lines)
            lines.append(line)
        port = int(re.search(r":(\d+)/", line)[1])
        yield Server(process, port, "".join([*lines, line]))
    finally:
        process.terminate()
        process.communicate(timeout=60)


@contextmanager
def serving(graph: Path, limits: str = "workers=1") -> Iterator[Server]:
    """A server with limits, as in `Limits(...)`."""
    with started([sys.executable, "-c", START.format(limits=limits), str(graph)]) as server:
        yield server
