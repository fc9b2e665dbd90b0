"""What a user holds: a graph on disk, and the few ways to make one and ask it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.errors import DocumentError, GraphError, QueryError
from kg.graph.ask import ask
from kg.graph.find import find_thing
from kg.graph.guard import nearest
from kg.graph.query import query
from kg.graph.rows import Rows, Triples
from kg.graph.source import Source
from kg.graph.store import current_build, open_store
from kg.ontology.files import ontology_folder
from kg.ontology.questions import Question, read_questions
from kg.reading import Reading
from kg.readings import Readings

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Store

    from kg.text import Document
    from kg.views.drawing import Drawing
    from kg.views.picture import Picture

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Graph:
    """A built graph, open for reading: one on this machine, or one that another serves.

    Attributes:
        folder: Where it lies; None of one that another machine serves.
        store: Who answers: the store in use when the graph was opened, in which a later build
            does not show, or an endpoint.
    """

    folder: Path | None
    store: Source

    @classmethod
    def open(cls, folder: PathLike) -> Graph:
        """Open the graph in a folder.

        Raises:
            GraphError: There is none, it is of another version, or it is damaged.
        """
        path = Path(folder)
        return cls(path, open_store(path))

    @classmethod
    def connect(cls, url: str, *, timeout: float = 60.0) -> Graph:
        """Ask a graph that another machine serves, such as `http://localhost:7878/query`.

        Any SPARQL 1.1 endpoint that holds a graph of ours will do; `kg publish` fills one. Nothing
        is sent before the first question, and then only to this address.

        Args:
            url: The endpoint, `http://` or `https://`; a name and a password may stand in it.
            timeout: Seconds of silence after which a question is given up.

        Raises:
            GraphError: That is no web address.
        """
        from kg.graph.endpoint import Endpoint
        from kg.graph.http import Address

        return cls(None, Endpoint(Address.read(url), timeout))

    def query(self, sparql: str) -> Rows | Triples | bool:
        """Ask in SPARQL 1.1; the usual prefixes need not be declared.

        Returns:
            Rows for SELECT, sorted triples for CONSTRUCT and DESCRIBE, a truth value for ASK.

        Raises:
            QueryError: The query is malformed, calls another server, or would change the graph.
            GraphError: The store is damaged, or the endpoint does not answer.
        """
        return query(self.store, sparql)

    def ask(self, question: str, **arguments: str) -> Rows:
        """Ask one of the named questions, such as `graph.ask("who-uses", chip="h20")`.

        Args:
            question: Its name; `graph.questions()` has them all.
            arguments: Ids, labels, aliases or dates, by the question's parameters.

        Raises:
            QueryError: There is no such question or parameter, or a name fits nothing or several.
        """
        questions = self.questions()
        if question not in questions:
            hint = nearest(question, set(questions)) or f"; there are {', '.join(questions)}"
            raise QueryError(f"no question {question!r}{hint}")
        return ask(self.store, questions[question], arguments)

    def questions(self) -> dict[str, Question]:
        """The named questions of `ontology/questions/`, by name."""
        return read_questions(ontology_folder() / "questions")

    def readings(self) -> list[Reading]:
        """What was read in each document of the graph, in the order in which they were named.

        Raises:
            GraphError: The record of readings is damaged or is not this graph's, or the graph
                is on another machine, which holds the triples only.
        """
        if self.folder is None:
            raise GraphError(
                "an endpoint holds triples and no readings: open the folder they were built in"
            )
        with Readings(self.folder) as record:
            members = record.members(current_build(self.folder) or "")
            if not members:
                raise GraphError(f"{self.folder} has lost its readings: build it again")
            return [record.reading(key) for key in members]

    def reading(self, document: str) -> Reading:
        """What was read in one document.

        Args:
            document: Its id (`doc:` or not), its identifier or its title, or a part of these that
                only one document has.

        Raises:
            QueryError: No document or several fit.
        """
        wanted = document.removeprefix("doc:").casefold()
        readings = self.readings()
        exact = [each for each in readings if wanted in map(str.casefold, _names(each.document))]
        partly = [
            each
            for each in readings
            if any(wanted in name.casefold() for name in _names(each.document))
        ]
        found = exact or partly
        if len(found) != 1:
            what = "several documents fit" if found else "no document is called"
            raise QueryError(f"{what} {document!r}; there are {_choices(found or readings)}")
        return found[0]

    def networkx(
        self, *, about: str | None = None, hops: int = 1, kinds: Iterable[str] = ("read",)
    ) -> networkx.MultiDiGraph:
        """The claims as a networkx graph; `kg.views.network` says what it carries.

        Args:
            about: An id, label or alias: only what stands near this thing. None for all.
            hops: How many steps around it.
            kinds: Which claims to take: `read`, `curated`, `concluded`.

        Raises:
            QueryError: The name fits nothing or several things, or no claim of these kinds.
        """
        from kg.views.network import around, make_network

        network = make_network(self.store, kinds)
        if about is None:
            return network
        thing = find_thing(self.store, about)
        if thing not in network:
            raise QueryError(f"no {' or '.join(kinds)} claim is about {thing}")
        return around(network, thing, hops)

    def draw(
        self,
        path: PathLike | None = None,
        *,
        about: str | None = None,
        hops: int = 1,
        kinds: Iterable[str] = ("read",),
    ) -> Picture:
        """Draw the graph as one interactive page that needs no network.

        Args:
            path: Where to write the page; None writes nothing, and a notebook shows it.
            about: As in `networkx`.
            hops: As in `networkx`.
            kinds: As in `networkx`.
        """
        from kg.views.page import page
        from kg.views.picture import Picture

        title = f"chiptrace: {about}" if about else "chiptrace"
        picture = Picture(page(self.networkx(about=about, hops=hops, kinds=kinds), title))
        if path is not None:
            try:
                Path(path).write_text(picture.html, encoding="utf-8")
            except OSError as error:
                raise GraphError(f"{path}: cannot be written: {error.strerror}") from error
        return picture

    def show(self, document: str) -> Picture:
        """Show one document: its names by kind, its claims by modality, and what they say.

        Args:
            document: As in `reading`.
        """
        from kg.views.document import page
        from kg.views.picture import Picture

        return Picture(page(self.reading(document)))

    def plot(self, what: str) -> Drawing:
        """Draw a figure: `claims-over-time` or `chips-by-organisation`.

        Raises:
            QueryError: There is no such figure.
        """
        from kg.views.plots import PLOTS

        if what not in PLOTS:
            raise QueryError(f"no figure {what!r}; there are {', '.join(PLOTS)}")
        return PLOTS[what](self.store)

    def rdflib(self) -> rdflib.Graph:
        """All triples as an rdflib graph, in memory."""
        from kg.graph.export import to_rdflib

        return to_rdflib(cast("Store", self.store))  # it is only gone through


def build(
    sources: PathLike | Sequence[PathLike],
    folder: PathLike,
    *,
    add: bool = False,
    everything: bool = False,
    workers: int | None = None,
) -> Graph:
    """Read documents and build their graph; what was read before is not read again.

    Args:
        sources: A file or folder of documents, or several.
        folder: The graph folder; it is made if need be.
        add: Keep the documents that the graph holds already.
        everything: Take all curated claims, not only those on things that documents mention.
        workers: Processes that read; None for one a core.

    Raises:
        DocumentError: A source does not exist, or none holds a document.
        GraphError: Another build is at work there, or the folder cannot be used.
        OntologyError: Something under `ontology/` is wrong.
    """
    from kg.builder import Options, build_graph

    named = [sources] if isinstance(sources, str | os.PathLike) else sources
    options = Options(add=add, everything=everything, workers=workers)
    build_graph([Path(source) for source in named], Path(folder), options)
    return Graph.open(folder)


def read(path: PathLike) -> Reading:
    """Read one document file, without a graph.

    Raises:
        DocumentError: The file cannot be read, or holds several documents.
    """
    from kg.documents.files import find_files, read_file
    from kg.documents.skipped import Skipped
    from kg.workers import Workers

    found = [each for file, name in find_files([Path(path)]) for each in read_file(file, name)]
    if len(found) != 1:
        raise DocumentError(f"{path}: holds {len(found)} documents, expected one")
    if isinstance(found[0], Skipped):
        raise DocumentError(f"{path}: {found[0].why}")
    return next(Workers(1).read([found[0]]))


def _names(document: Document) -> tuple[str, ...]:
    return (document.id, document.identifier, document.title)


def _choices(readings: Sequence[Reading]) -> str:
    """Their documents' identifiers, or ids where several share an identifier; 20 at most."""
    shared = Counter(each.document.identifier for each in readings)
    names = [
        each.document.identifier if shared[each.document.identifier] == 1 else each.document.id
        for each in readings
    ]
    return ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
