"""The workers of a server: each query gets one for itself, and a fallen one is replaced."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from pathlib import Path

from kg.errors import GraphError
from kg.graph.answer import Asked
from kg.graph.store import current_build
from kg.graph.worker import frame
from kg.serve.limits import Limits
from kg.serve.worker import Reply, StoppedError, Worker

_LOOK_EVERY = 0.5  # seconds between two looks for a new build
_TRY_AGAIN = 1.0  # seconds until a worker that did not start is tried again


class BusyError(Exception):
    """All workers are at work and the queue is full, or nobody was free in time."""


class Pool:
    """As many workers as the limits say, on the build in use.

    Attributes:
        limits: What each query may use.
        alone: Whether every worker so far has shown that it has no network.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits = limits
        self.alone = True
        self.folder = folder
        self._build = ""
        self._all: set[Worker] = set()
        self._free: list[Worker] = []
        self._queue: deque[asyncio.Future[Worker]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def start(self) -> None:
        """Start the workers.

        Raises:
            GraphError: The graph cannot be opened, or no worker starts.
        """
        self._build = str(current_build(self.folder))
        try:
            await asyncio.gather(*(self._hire() for _ in range(self.limits.workers)))
        except StoppedError as error:
            raise GraphError(f"no worker process starts on {self.folder}") from error
        self._spawn(self._look())

    async def close(self) -> None:
        """End all workers and whatever they are doing."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        for worker in self._all:
            worker.stop()
        while self._all:
            await asyncio.sleep(0.01)

    async def answer(self, asked: Asked) -> Reply:
        """What a worker says to a query.

        Raises:
            BusyError: No worker was free.
            StoppedError: The query ran out of its limits.
        """
        text = frame(asked.sparql, asked.base, asked.row_type, asked.graph_type, asked.dataset)
        worker = await self._take()
        try:
            return await worker.ask(text)
        finally:
            self._give(worker)

    async def _take(self) -> Worker:
        while self._free:
            worker = self._free.pop()
            if not worker.ended:
                return worker
        if len(self._queue) >= self.limits.queue or self._closing:
            raise BusyError
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            return await asyncio.wait_for(turn, self.limits.seconds)
        except TimeoutError:
            raise BusyError from None

    def _give(self, worker: Worker) -> None:
        """Take back a worker, for the next in the queue; end one that is of no more use."""
        if worker.ended:
            return
        if worker.busy or worker.build != self._build:
            worker.stop()
            return
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(worker)
                return
        self._free.append(worker)

    async def _hire(self) -> None:
        worker = await Worker.start(self.folder, self.limits, self._fallen)
        self._all.add(worker)
        self.alone = self.alone and worker.alone
        self._build = worker.build
        self._give(worker)

    def _fallen(self, worker: Worker) -> None:
        if worker not in self._all:
            return
        self._all.discard(worker)
        if worker in self._free:
            self._free.remove(worker)
        if not self._closing:
            self._spawn(self._replace())

    async def _replace(self) -> None:
        while not self._closing:
            try:
                await self._hire()
                break
            except (GraphError, StoppedError, OSError):
                await asyncio.sleep(_TRY_AGAIN)

    async def _look(self) -> None:
        """Pick up a new build: free workers go at once, the others when they have answered."""
        while not self._closing:
            await asyncio.sleep(_LOOK_EVERY)
            try:
                build = str(current_build(self.folder))
            except GraphError:
                continue
            if build == self._build:
                continue
            self._build = build
            for worker in list(self._free):
                self._free.remove(worker)
                worker.stop()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
