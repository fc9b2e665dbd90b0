"""One answer to one query, as bytes, within limits of rows and bytes: whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import IO, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg.errors import QueryError
from kg.graph.namespaces import PREFIXES
from kg.graph.query import damaged, run_on_dataset
from kg.graph.rows import turtle

ROW_TYPES = {  # what a SELECT or ASK can be written as, the preferred one first
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_TYPES = {  # what a CONSTRUCT or DESCRIBE can be written as, the preferred one first
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
# The sign of a row's end, what may hold that sign by chance, and how many more rows than signs.
_ROW_ENDS = {
    QueryResultsFormat.JSON: (b"},{", re.compile(rb'"(?:[^"\\]|\\.)*"'), 1),
    QueryResultsFormat.XML: (b"</result>", None, 0),
    QueryResultsFormat.CSV: (b"\r\n", re.compile(rb'"[^"]*"'), -1),
    QueryResultsFormat.TSV: (b"\n", None, -1),
}


class TooMuchError(Exception):
    """An answer has more rows or bytes than are allowed; the message says which."""


class UnacceptableError(Exception):
    """The asker accepts no format that can hold this kind of answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came in.

    Attributes:
        sparql: The query.
        base: What relative names in it are relative to.
        row_type: The media type for rows, a key of `ROW_TYPES`; "" where none is accepted.
        graph_type: The media type for triples, a key of `GRAPH_TYPES`; "" where none is accepted.
        dataset: The names of default graphs and of named graphs that the query is asked of, in
            place of the graph; None for the graph.
    """

    sparql: str
    base: str
    row_type: str
    graph_type: str
    dataset: tuple[list[str], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large an answer may be: rows or triples, and bytes."""

    rows: int
    size: int


def answer(store: Store, asked: Asked, bounds: Bounds) -> tuple[bool, bytes]:
    """Whether the answer is triples, and the answer in the media type asked for.

    Raises:
        QueryError: The query is malformed or refused.
        GraphError: The store is damaged.
        TooMuchError: The answer is larger than allowed.
        UnacceptableError: The asker accepts no format for it.
    """
    default, named = _dataset(asked)
    found = run_on_dataset(
        store, asked.sparql, base=asked.base, default_graph=default, named_graphs=named
    )
    kinds = asked.graph_type if isinstance(found, QueryTriples) else asked.row_type
    if not kinds:
        raise UnacceptableError
    try:
        if isinstance(found, QueryTriples):
            return True, _triples(found, asked.graph_type, bounds)
        return False, _rows(found, ROW_TYPES[asked.row_type], bounds)
    except (OSError, RuntimeError) as error:
        raise damaged(error) from error


def _dataset(asked: Asked) -> tuple[list[NamedNode] | None, list[NamedNode] | None]:
    if asked.dataset is None:
        return None, None
    try:
        default, named = ([NamedNode(name) for name in names] for names in asked.dataset)
    except ValueError as error:
        raise QueryError(f"the name of a graph is no IRI: {error}") from error
    return default, named


def _rows(
    found: QuerySolutions | QueryBoolean, format: QueryResultsFormat, bounds: Bounds
) -> bytes:
    output = _Bounded(bounds)
    found.serialize(cast(IO[bytes], output), format=format)
    if isinstance(found, QuerySolutions) and _has_more(output.held, format, bounds.rows):
        raise _too_many(bounds)
    return bytes(output.held)


def _has_more(written: bytearray, format: QueryResultsFormat, rows: int) -> bool:
    """Whether an answer has more rows; the engine writes them faster than Python counts them."""
    sign, texts, more = _ROW_ENDS[format]
    if written.count(sign) + more <= rows:
        return False
    return texts is None or texts.sub(b"", written).count(sign) + more > rows


def _triples(found: QueryTriples, media_type: str, bounds: Bounds) -> bytes:
    triples = list(islice(found, bounds.rows + 1))
    if len(triples) > bounds.rows:
        raise _too_many(bounds)
    triples = sorted(set(triples), key=str)
    if media_type == "text/turtle":
        written = turtle(triples).encode()
    else:
        format = GRAPH_TYPES[media_type]
        named = PREFIXES if format == RdfFormat.RDF_XML else None
        written = serialize(triples, format=format, prefixes=named) or b""
    if len(written) > bounds.size:
        raise _too_large(bounds)
    return written


class _Bounded:
    """A file in memory that takes no more than it may hold."""

    def __init__(self, bounds: Bounds) -> None:
        self.held = bytearray()
        self._bounds = bounds

    def write(self, data: bytes) -> int:
        if len(self.held) + len(data) > self._bounds.size:
            raise _too_large(self._bounds)
        self.held += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nothing behind this."""


def _too_many(bounds: Bounds) -> TooMuchError:
    return TooMuchError(
        f"the answer has more than {bounds.rows:,} rows, the most that this server sends: "
        "ask for less, or page with ORDER BY, LIMIT and OFFSET"
    )


def _too_large(bounds: Bounds) -> TooMuchError:
    return TooMuchError(
        f"the answer has more than {bounds.size:,} bytes, the most that this server sends: "
        "ask for less, or page with ORDER BY, LIMIT and OFFSET"
    )
