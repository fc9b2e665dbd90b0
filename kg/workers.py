"""Reading many documents, here or spread over processes, with the same result in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from threading import Thread
from types import ModuleType

from kg.errors import KGError
from kg.extract.prepare import Tools, prepare
from kg.ontology.load import load_ontology
from kg.pipeline import read_claims
from kg.reading import Reading
from kg.text import Document

_WORTH_A_PROCESS = 16  # documents; below this a new process costs more than it saves


def usable_cores() -> int:
    """How many cores this process may use, where the system says so, else how many there are."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Processes that read, started when there is first enough to read."""

    def __init__(self, count: int) -> None:
        """Plan for so many processes; 1 reads in this one."""
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def read(self, documents: Sequence[Document]) -> Iterator[Reading]:
        """Read documents; the readings come in the documents' order.

        Raises:
            KGError: A process was killed.
        """
        if self._count > 1 and (self._pool or len(documents) >= _WORTH_A_PROCESS):
            yield from self._spread(documents)
        else:
            yield from map(_read, documents)

    def stop(self) -> None:
        """End the processes; each finishes the document that it is reading."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _spread(self, documents: Sequence[Document]) -> Iterator[Reading]:
        if self._pool is None:
            # spawn, not fork: a forked child would inherit the store's and the log's threads
            spawn = multiprocessing.get_context("spawn")
            count = min(self._count, len(documents))
            self._pool = ProcessPoolExecutor(count, mp_context=spawn, initializer=_begin)
        try:
            with _script_hidden():
                readings = self._pool.map(_read, documents)
            yield from readings
        except BrokenProcessPool as error:
            raise KGError(
                "a process that reads documents was killed, perhaps for want of memory: "
                "build again with fewer workers; what was read so far is kept"
            ) from error


@contextmanager
def hired(count: int) -> Iterator[Workers]:
    """Workers for the length of a `with`."""
    workers = Workers(count)
    try:
        yield workers
    finally:
        workers.stop()


@contextmanager
def _script_hidden() -> Iterator[None]:
    """Hide the running script from new processes, which would run it once more at their start.

    So a script may build a graph without `if __name__ == "__main__"`.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end when it is gone, even if it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


@cache
def _tools() -> Tools:
    return prepare(load_ontology())


def _read(document: Document) -> Reading:
    return read_claims(document, _tools())
