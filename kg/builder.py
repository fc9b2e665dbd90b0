"""Building a graph: what is new is read, what was read is remembered, the store is swapped in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from kg.controls.load import read_controls
from kg.documents.files import find_files, read_file
from kg.documents.skipped import Skipped
from kg.errors import DocumentError, GraphError
from kg.extract.fingerprint import reader_fingerprint
from kg.graph.assemble import build_id, triples
from kg.graph.store import build_store, building, current_build
from kg.ontology.load import Ontology, graph_fingerprint, load_ontology
from kg.reading import Reading
from kg.readings import Readings, reading_key
from kg.text import Document
from kg.workers import Workers, hired, usable_cores

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
        leftovers: How many words could not be placed, by reason.
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
        progress: Called with how many documents are done and, as far as is known, of how many.

    Raises:
        DocumentError: A source does not exist, or no document can be read in any.
        GraphError: Another build is at work there, or the folder cannot be used.
        OntologyError: Something under `ontology/` is wrong.
    """
    files = _outside(folder, find_files(sources))
    ontology = load_ontology()
    fingerprint = reader_fingerprint(ontology)
    tally = _Tally(progress or _say_nothing, files=len(files))
    with (
        building(folder),
        Readings(folder) as record,
        hired(options.workers or usable_cores()) as workers,
    ):
        step = _Step(record, fingerprint, workers, tally)
        keys = step.read_all(_documents(files, tally))
        if options.add:
            keys = _with_earlier(keys, record, folder)
        if not keys:
            why = "; ".join(f"{skip.identifier} {skip.why}" for skip in tally.skipped[:3])
            raise DocumentError(f"no document could be read{f': {why}' if why else ''}")
        _store(keys, record, ontology, folder, options)
        return _report(keys, record, tally)


def _outside(folder: Path, files: Iterable[tuple[Path, str]]) -> list[tuple[Path, str]]:
    """The files that are no part of the graph folder, which may lie in a folder of documents."""
    inside = folder.resolve()
    return [each for each in files if not each[0].resolve().is_relative_to(inside)]


@dataclass(slots=True)
class _Tally:
    """How far a build is: files not yet opened, documents found in the others, documents done."""

    progress: Progress
    files: int
    found: int = 0
    done: int = 0
    read: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    def add_done(self, count: int = 1) -> None:
        self.done += count
        self.progress(self.done, self.found + self.files)


@dataclass(frozen=True, slots=True)
class _Step:
    """The reading part of one build."""

    record: Readings
    fingerprint: str
    workers: Workers
    tally: _Tally

    def read_all(self, documents: Iterator[Document]) -> list[str]:
        """Read what is new, batch by batch; the keys of all, in order."""
        keys: dict[str, None] = {}
        self.tally.add_done(0)
        while batch := list(islice(documents, _BATCH)):
            by_key = dict(self._keyed(batch))
            known = self.record.known(by_key)
            unread = [document for key, document in by_key.items() if key not in known]
            self.tally.add_done(len(batch) - len(unread))
            self.record.keep(self._read(unread), self.fingerprint)
            keys.update(dict.fromkeys(by_key))
        return list(keys)

    def _keyed(self, documents: Iterable[Document]) -> Iterator[tuple[str, Document]]:
        for document in documents:
            try:
                yield reading_key(document, self.fingerprint), document
            except DocumentError as error:
                self.tally.skipped.append(Skipped(document.identifier, str(error)))

    def _read(self, documents: Sequence[Document]) -> Iterator[Reading]:
        for reading in self.workers.read(documents):
            yield reading
            self.tally.read += 1
            self.tally.add_done()


def _documents(files: Iterable[tuple[Path, str]], tally: _Tally) -> Iterator[Document]:
    for path, identifier in files:
        tally.files -= 1
        for found in read_file(path, identifier):
            if isinstance(found, Skipped):
                tally.skipped.append(found)
            else:
                tally.found += 1
                yield found


def _with_earlier(keys: list[str], record: Readings, folder: Path) -> list[str]:
    """The keys of the graph in use that are not replaced, and then the new ones."""
    build = current_build(folder)
    if build is None:
        return keys
    members = record.members(build)
    if not members:
        raise GraphError(
            f"{folder} does not know which documents it holds: name them all, without --add"
        )
    named_now = {record.reading(key).document.identifier for key in keys}
    earlier = [key for key in members if record.reading(key).document.identifier not in named_now]
    return [*earlier, *keys]


def _store(
    keys: Sequence[str], record: Readings, ontology: Ontology, folder: Path, options: Options
) -> None:
    build = build_id(keys, graph_fingerprint(ontology.folder), everything=options.everything)
    record.set_members(build, keys)
    readings = (record.reading(key) for key in keys)
    controls = read_controls(ontology.folder, ontology.lexicon, ontology.curated)
    build_store(folder, build, triples(readings, ontology, controls, everything=options.everything))


def _report(keys: Iterable[str], record: Readings, tally: _Tally) -> Report:
    skipped = tuple(tally.skipped)
    report = Report(read=tally.read, skipped=skipped, claims=Counter(), leftovers=Counter())
    for documents, key in enumerate(keys, start=1):
        reading = record.reading(key)
        report.claims.update(claim.modality.value for claim in reading.claims)
        report.leftovers.update(left.why for left in reading.leftovers)
        report = replace(report, documents=documents)
    return report


def _say_nothing(done: int, total: int) -> None:
    """No progress to show."""
