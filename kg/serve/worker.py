"""One worker process, seen from the server: started, asked, ended."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from kg.errors import GraphError
from kg.graph.worker import HEAD_SAID, Said
from kg.serve.limits import Limits

_START = "from kg.graph.worker import main; main()"
_SLOWEST_START = 60  # seconds


class StoppedError(Exception):
    """A worker ended before it answered; the message says why."""


class OutOfTimeError(StoppedError):
    """A query ran for longer than it may."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker said."""

    what: Said
    body: bytes


class Worker(asyncio.SubprocessProtocol):
    """A process that answers one query at a time.

    Attributes:
        alone: Whether it has shown that it has no network.
        build: The build whose store it holds.
        ended: Whether the process is gone.
    """

    def __init__(self, limits: Limits, when_ended: Callable[[Worker], None]) -> None:
        self.alone = False
        self.build = ""
        self.ended = False
        self._limits = limits
        self._when_ended = when_ended
        self._loop = asyncio.get_running_loop()
        self._heard = bytearray()
        self._reply: asyncio.Future[Reply] | None = None
        self._process: asyncio.SubprocessTransport | None = None
        self._stdin: asyncio.WriteTransport | None = None
        self._late = False

    @classmethod
    async def start(
        cls, folder: Path, limits: Limits, when_ended: Callable[[Worker], None]
    ) -> Worker:
        """Start a process on the build in use.

        Raises:
            GraphError: The graph cannot be opened.
            StoppedError: The process ended at once.
        """
        told = (folder, limits.megabytes, limits.rows, limits.size)
        process, worker = await asyncio.get_running_loop().subprocess_exec(
            lambda: cls(limits, when_ended),
            *(sys.executable, "-P", "-c", _START, *map(str, told)),
            stderr=asyncio.subprocess.DEVNULL,  # what the engine says as it dies is of no use
            env={**os.environ, "PYTHONPATH": _python_path()},
        )
        worker._process = process
        worker._stdin = cast(asyncio.WriteTransport, process.get_pipe_transport(0))
        try:
            ready = await worker._next(b"", _SLOWEST_START)
        except BaseException:
            worker.stop()
            raise
        if ready.what is Said.DAMAGED:
            worker.stop()
            raise GraphError(ready.body.decode())
        worker.alone = ready.what is Said.READY
        worker.build = ready.body.decode()
        return worker

    @property
    def busy(self) -> bool:
        """Whether it owes an answer."""
        return self._reply is not None

    async def ask(self, frame: bytes) -> Reply:
        """Put a query, as `kg.graph.worker.frame` writes it, and wait for the answer.

        Raises:
            OutOfTimeError: It ran for too long; the process is ended.
            StoppedError: The process ended by itself: it ran out of memory, or broke.
        """
        return await self._next(frame, self._limits.seconds)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None and not self.ended:
            try:
                self._process.kill()
            except ProcessLookupError:
                return

    async def _next(self, frame: bytes, seconds: float) -> Reply:
        if self.ended or self._stdin is None:
            raise StoppedError("the worker has ended")
        self._reply = self._loop.create_future()
        clock = self._loop.call_later(seconds, self._run_out)
        try:
            if frame:
                self._stdin.write(frame)
            return await self._reply
        finally:
            clock.cancel()
            if self._reply.done() and not self._reply.cancelled():
                self._reply = None

    def _run_out(self) -> None:
        self._late = True
        self.stop()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Gather an answer until it is whole."""
        heard = self._heard
        heard += data
        if len(heard) < HEAD_SAID.size:
            return
        what, length = HEAD_SAID.unpack_from(heard)
        if len(heard) < HEAD_SAID.size + length:
            return
        body = bytes(memoryview(heard)[HEAD_SAID.size :])
        self._heard = bytearray()
        if self._reply is not None and not self._reply.done():
            self._reply.set_result(Reply(Said(what), body))

    def process_exited(self) -> None:
        """Tell whoever waits for an answer, and the pool."""
        self.ended = True
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(
                OutOfTimeError(
                    f"the query ran for longer than {self._limits.seconds:g} seconds, the most "
                    "that this server gives it: ask for less"
                )
                if self._late
                else StoppedError(
                    f"the query needs more than {self._limits.megabytes:,} MB of memory, the most "
                    "that this server gives it, or nests too deep: ask for less"
                )
            )
        if self._process is not None:
            self._process.close()
        self._when_ended(self)


def _python_path() -> str:
    """Where the process finds this package, wherever the server found it."""
    ours = str(Path(__file__).parent.parent.parent)
    return os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
