"""Building a graph: what is new is read, what was read is remembered, the store is swapped in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kg.documents.files import find_files, read_file
from kg.documents.skipped import Skipped
from kg.errors import DocumentError
from kg.extract.fingerprint import reader_fingerprint
from kg.graph.assemble import build_id, triples
from kg.graph.store import build_store, building, current_build
from kg.ontology.load import Ontology, graph_fingerprint, load_ontology
from kg.readings import Readings, reading_key
from kg.text import Document
from kg.workers import Workers, hired

_BATCH = 64  # documents whose readings are kept in one transaction: what a kill can cost at most

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to build.

    Attributes:
        add: Keep the documents that the graph holds already; one of the same identifier is
            replaced by the one named now.
        everything: Take all curated claims, not only those on things that documents mention.
        workers: Processes that read; None for one a core.
    """

    add: bool = False
    everything: bool = False
    workers: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did.

    Attributes:
        documents: How many documents the graph holds.
        read: How many of them were read now; the others were remembered.
        skipped: The files that gave no document.
        claims: How many read claims there are, by modality.
        leftovers: How many words could not be placed, by kind of reason.
    """

    documents: int = 0
    read: int = 0
    skipped: tuple[Skipped, ...] = ()
    claims: Counter[str]
    leftovers: Counter[str]


def build_graph(
    sources: Sequence[Path],
    folder: Path,
    options: Options,
    progress: Progress | None = None,
) -> Report:
    """Build the graph of some documents in a folder; what was read before is not read again.

    Args:
        sources: Files and folders of documents.
        folder: The graph folder; it is made if need be.
        options: How to build.
        progress: Called with the number of files done and of all files, as they are done.

    Raises:
        DocumentError: A source does not exist, or no document can be read in any.
        GraphError: Another build is at work there, or the folder cannot be used.
        OntologyError: Something under `ontology/` is wrong.
    """
    files = find_files(sources)
    ontology = load_ontology()
    fingerprint = reader_fingerprint(ontology)
    with building(folder), Readings(folder) as record, hired(_workers(options)) as workers:
        step = _Step(record, fingerprint, workers, [])
        keys, read = step.read_all(_documents(files, step.skipped, progress))
        if options.add:
            keys = _with_earlier(keys, record, folder)
        if not keys:
            why = "; ".join(f"{skip.identifier} {skip.why}" for skip in step.skipped[:3])
            raise DocumentError(f"no document could be read{f': {why}' if why else ''}")
        _store(keys, record, ontology, folder, options)
        return _report(keys, record, read, step.skipped)


def _workers(options: Options) -> int:
    return options.workers or os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Step:
    """The reading part of one build."""

    record: Readings
    fingerprint: str
    workers: Workers
    skipped: list[Skipped]

    def read_all(self, documents: Iterator[Document]) -> tuple[list[str], int]:
        """Read what is new, batch by batch; the keys of all, in order, and how many were new."""
        keys: dict[str, None] = {}
        read = 0
        while batch := list(islice(documents, _BATCH)):
            by_key = {reading_key(each, self.fingerprint): each for each in batch}
            known = self.record.known(by_key)
            unread = [document for key, document in by_key.items() if key not in known]
            self.record.keep(self.workers.read(unread), self.fingerprint)
            keys.update(dict.fromkeys(by_key))
            read += len(unread)
        return list(keys), read


def _documents(
    files: Sequence[tuple[Path, str]], skipped: list[Skipped], progress: Progress | None
) -> Iterator[Document]:
    for done, (path, identifier) in enumerate(files):
        if progress:
            progress(done, len(files))
        for found in read_file(path, identifier):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                yield found
    if progress:
        progress(len(files), len(files))


def _with_earlier(keys: list[str], record: Readings, folder: Path) -> list[str]:
    """The keys of the graph in use that are not replaced, and then the new ones."""
    build = current_build(folder)
    named_now = {record.reading(key).document.identifier for key in keys}
    earlier = [
        key
        for key in (record.members(build) if build else ())
        if record.reading(key).document.identifier not in named_now
    ]
    return [*earlier, *keys]


def _store(
    keys: Sequence[str], record: Readings, ontology: Ontology, folder: Path, options: Options
) -> None:
    build = build_id(keys, graph_fingerprint(ontology.folder), everything=options.everything)
    record.set_members(build, keys)
    readings = (record.reading(key) for key in keys)
    build_store(folder, build, triples(readings, ontology, everything=options.everything))


def _report(keys: Iterable[str], record: Readings, read: int, skipped: Sequence[Skipped]) -> Report:
    report = Report(read=read, skipped=tuple(skipped), claims=Counter(), leftovers=Counter())
    for documents, key in enumerate(keys, start=1):
        reading = record.reading(key)
        report.claims.update(claim.modality.value for claim in reading.claims)
        report.leftovers.update(_kind(left.why) for left in reading.leftovers)
        report = replace(report, documents=documents)
    return report


def _kind(why: str) -> str:
    """The general part of a leftover's reason, without the names in it."""
    words = [word for word in why.split() if ":" not in word or word.endswith(":")]
    return " ".join(words).removesuffix(":")
