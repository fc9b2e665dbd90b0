"""A process that answers queries for a server, which may end it at any time.

It is a fresh interpreter, so that nothing of the server is in it. Before the first query it drops
the network, bounds its memory and opens the store for reading only; then it reads queries from
its stdin and writes answers to its stdout, one at a time, each behind a head of fixed length.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from enum import IntEnum
from pathlib import Path
from typing import IO, NoReturn

from kg.graph.barrier import die_with_parent, drop_network, limit_memory

HEAD_ASKED = struct.Struct("!I")  # the length of the JSON that follows
HEAD_SAID = struct.Struct("!BI")  # what it is, a `Said`, and its length
OUT_OF_MEMORY = 77  # the exit status where Python, and not the engine, ran out of it


class Said(IntEnum):
    """What a worker says."""

    READY = 0  # with no network; the text is the build that it has opened
    READY_IN_THE_OPEN = 1  # the same, but the network is still there
    ROWS = 2
    TRIPLES = 3
    WRONG = 4  # a QueryError
    DAMAGED = 5  # a GraphError
    TOO_MUCH = 6
    UNACCEPTABLE = 7


def frame(*asked: object) -> bytes:
    """The fields of an `Asked`, in their order, as a worker reads them."""
    text = json.dumps(asked).encode()
    return HEAD_ASKED.pack(len(text)) + text


def main() -> NoReturn:
    """Serve until stdin ends: GRAPH MEGABYTES ROWS BYTES are the arguments."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends us
    die_with_parent()
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    alone = drop_network()
    folder, megabytes, rows, size = sys.argv[1:]
    try:
        _serve(Path(folder), int(megabytes), (int(rows), int(size)), alone, output)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        pass
    os._exit(0)


def _serve(
    folder: Path, megabytes: int, bounds: tuple[int, int], alone: bool, output: IO[bytes]
) -> None:
    from kg.errors import GraphError, QueryError
    from kg.graph.answer import Asked, Bounds, TooMuchError, UnacceptableError, answer
    from kg.graph.store import current_build, open_store

    try:
        build = current_build(folder)
        store = open_store(folder)
    except GraphError as error:
        _say(output, Said.DAMAGED, str(error).encode())
        return
    limit_memory(megabytes)
    _say(output, Said.READY if alone else Said.READY_IN_THE_OPEN, str(build).encode())
    bound = Bounds(*bounds)
    while head := sys.stdin.buffer.read(HEAD_ASKED.size):
        asked = Asked(*json.loads(sys.stdin.buffer.read(HEAD_ASKED.unpack(head)[0])))
        try:
            triples, written = answer(store, asked, bound)
            _say(output, Said.TRIPLES if triples else Said.ROWS, written)
        except QueryError as error:
            _say(output, Said.WRONG, str(error).encode())
        except GraphError as error:
            _say(output, Said.DAMAGED, str(error).encode())
        except TooMuchError as error:
            _say(output, Said.TOO_MUCH, str(error).encode())
        except UnacceptableError:
            _say(output, Said.UNACCEPTABLE, b"")


def _say(output: IO[bytes], what: Said, body: bytes) -> None:
    output.write(HEAD_SAID.pack(what, len(body)) + body)
    output.flush()
