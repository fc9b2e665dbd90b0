"""Loads a graph into another store, by the SPARQL 1.1 Graph Store HTTP Protocol, in batches.

A small file in the graph folder keeps count, so that a run that was ended goes on where it stopped.
A batch that arrived uncounted is sent again, which changes nothing: a graph is a set, and ours has
no blank nodes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request

from pyoxigraph import NamedNode, Store

from kg.errors import GraphError
from kg.graph.http import Address, send
from kg.graph.store import current_build, open_store, write_line

Progress = Callable[[int, int], None]

BATCH = 50_000  # triples, some 5 MB
_STATE = "published.json"
_TIMEOUT = 600.0  # seconds; a store may write a batch to disk before it answers


@dataclass(frozen=True, slots=True)
class Target:
    """Where a graph goes.

    Attributes:
        store: Address of the Graph Store, such as `http://localhost:7878/store`.
        graph: IRI of the named graph; None for the default graph.
    """

    store: Address
    graph: str | None = None

    @classmethod
    def read(cls, url: str, graph: str | None = None) -> Target:
        """Take both from words.

        Raises:
            GraphError: One of them is no address.
        """
        if graph is not None:
            try:
                NamedNode(graph)
            except ValueError:
                raise GraphError(f"{graph!r} is no IRI to name a graph by") from None
        return cls(Address.read(url), graph)

    @property
    def url(self) -> str:
        """The address of the graph in the store."""
        which = "default" if self.graph is None else f"graph={quote(self.graph, safe='')}"
        return f"{self.store.url}{'&' if '?' in self.store.url else '?'}{which}"


@dataclass(frozen=True, slots=True)
class Sent:
    """How far the publishing of one build to one target has come.

    Attributes:
        build: Id of the build.
        batch: Triples in a batch.
        replaced: Whether its first batch put away what the target held before.
        triples: How many have arrived.
        whole: Whether these are all.
    """

    build: str
    batch: int
    replaced: bool
    triples: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did.

    Attributes:
        triples: How many the graph has.
        sent: How many of them this run sent.
        beside: Whether triples of an earlier build may still stand beside them.
    """

    triples: int
    sent: int
    beside: bool


def publish(
    folder: Path,
    target: Target,
    progress: Progress,
    *,
    batch: int = BATCH,
    replace: bool = False,
) -> Published:
    """Load the graph of a folder into a store.

    Args:
        folder: The graph folder.
        target: Where it goes.
        progress: Told after each batch how many triples have arrived, and of how many.
        batch: Triples in a batch.
        replace: Put this build in the place of what the target holds, and of what it had of this
            build already if all of that had arrived. Otherwise it is added.

    Raises:
        GraphError: There is no graph, the store refuses it, or how far it came cannot be noted.
    """
    build = current_build(folder)
    store = open_store(folder)
    if build is None or current_build(folder) != build:
        raise GraphError(f"a build of {folder} has just ended: publish again")
    before = _states(folder).get(target.url)
    begin = _go_on(before, Sent(build, batch, replace))
    total = begin.triples if begin.whole else len(store)
    if not begin.whole:
        for state in _send_rest(store, target, begin):
            _note(folder, target, state)
            progress(state.triples, total)
    beside = before is not None and before.build != build and not begin.replaced
    return Published(total, total - begin.triples, beside)


def _go_on(before: Sent | None, fresh: Sent) -> Sent:
    """Where to begin: after what has arrived of this very build, in batches of the same size."""
    if before is None or before.build != fresh.build:
        return fresh
    if fresh.replaced and (before.whole or not before.replaced):
        return fresh
    return before


def _send_rest(store: Store, target: Target, state: Sent) -> Iterator[Sent]:
    """Send what has not arrived; yield how far it came after each batch, at last that it is whole.

    A store of one build is never written again, so that it gives its triples in the same order
    each time.
    """
    arrived = state.triples
    lines = (f"{quad.triple} .\n" for quad in islice(store, arrived, None))
    while part := list(islice(lines, state.batch)):
        method = "PUT" if state.replaced and not arrived else "POST"
        _send(target, method, "".join(part).encode(), arrived)
        arrived += len(part)
        yield Sent(state.build, state.batch, state.replaced, arrived)
    yield Sent(state.build, state.batch, state.replaced, arrived, whole=True)


def _send(target: Target, method: str, body: bytes, arrived: int) -> None:
    headers = {"Content-Type": "application/n-triples", "Accept": "*/*"}
    request = Request(target.url, data=body, headers=headers, method=method)
    answer = send(target.store, request, timeout=_TIMEOUT)
    if answer.status not in {200, 201, 204}:
        raise GraphError(
            f"{target.store.url} takes no triples after the first {arrived:,} "
            f"({answer.complaint}): is it a Graph Store that may be written to?"
        )


def _states(folder: Path) -> dict[str, Sent]:
    """How far each target has come; nothing where the file is damaged: all is sent again then."""
    try:
        found = json.loads((folder / _STATE).read_text(encoding="utf-8"))
        return {url: Sent(**state) for url, state in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _note(folder: Path, target: Target, state: Sent) -> None:
    states = {**_states(folder), target.url: state}
    text = json.dumps({url: asdict(each) for url, each in sorted(states.items())})
    try:
        write_line(folder / _STATE, text)
    except OSError as error:
        raise GraphError(
            f"{folder / _STATE} counts what arrived, and cannot be written: {error.strerror}"
        ) from error
