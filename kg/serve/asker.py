"""What a page asks of the graph, whoever answers."""

from __future__ import annotations

from typing import Protocol, TypedDict


class Binding(TypedDict, total=False):
    """One RDF term, as in SPARQL 1.1 Query Results JSON Format, section 3.2.2."""

    type: str  # uri or literal
    value: str
    datatype: str


class Asker(Protocol):
    """Somebody who answers queries, within limits."""

    async def rows(self, sparql: str) -> list[dict[str, Binding]]:
        """The answers to a SELECT: term by variable, those unbound left out.

        Raises:
            QueryError: The query is malformed.
            GraphError: It could not be answered within the limits.
        """

    async def graph(self, sparql: str, media_type: str) -> bytes:
        """The answer to a CONSTRUCT or DESCRIBE, serialised.

        Args:
            sparql: The query.
            media_type: `text/turtle`, `application/n-triples`, `application/rdf+xml` or
                `application/ld+json`.

        Raises:
            QueryError: As `rows`.
            GraphError: As `rows`.
        """

    def text(self, sha256: str) -> str | None:
        """The text of a document by the hash that the graph gives for it; None if not at hand."""
