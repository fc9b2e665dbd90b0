"""Whoever answers SPARQL: the store on this machine, or an endpoint far away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, Triple

Found = QuerySolutions | QueryBoolean | Iterator[Triple]


class Source(Protocol):
    """What a graph is asked of. A `pyoxigraph.Store` is one, and so is `kg.graph.endpoint`'s."""

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> Found:
        """Solutions for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

        Raises:
            SyntaxError: The query is malformed.
        """

    def __iter__(self) -> Iterator[Quad]:
        """All triples, in no order."""
