"""Reading many documents, here or spread over processes, with the same result in order."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing.pool import Pool

from kg.extract.prepare import Tools, prepare
from kg.ontology.load import load_ontology
from kg.pipeline import read_claims
from kg.reading import Reading
from kg.text import Document

_WORTH_A_PROCESS = 16  # documents; below this a new process costs more than it saves


class Workers:
    """Processes that read, started when there is first enough to read."""

    def __init__(self, count: int) -> None:
        """Plan for so many processes; 1 reads in this one."""
        self._count = count
        self._pool: Pool | None = None

    def read(self, documents: Sequence[Document]) -> Iterator[Reading]:
        """Read documents; the readings come in the documents' order."""
        if self._count > 1 and (self._pool or len(documents) >= _WORTH_A_PROCESS):
            if self._pool is None:
                # spawn, not fork: a forked child would inherit the store's and the log's threads
                self._pool = multiprocessing.get_context("spawn").Pool(self._count)
            yield from self._pool.imap(_read, documents, chunksize=2)
        else:
            yield from map(_read, documents)

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()


@contextmanager
def hired(count: int) -> Iterator[Workers]:
    """Workers for the length of a `with`."""
    workers = Workers(count)
    try:
        yield workers
    finally:
        workers.stop()


@cache
def _tools() -> Tools:
    return prepare(load_ontology())


def _read(document: Document) -> Reading:
    return read_claims(document, _tools())
