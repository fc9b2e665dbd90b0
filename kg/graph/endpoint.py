"""A graph that another machine serves: any SPARQL 1.1 endpoint, asked over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from urllib.request import Request

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import GraphError, QueryError
from kg.graph.http import Address, Answer, send
from kg.graph.namespaces import PREFIXES, prologue
from kg.graph.source import Found

MOST_BYTES = 1 << 28  # of one answer; all of it is read before the first row is shown
_RESULTS = "application/sparql-results+json"
_TRIPLES = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A SPARQL 1.1 endpoint; nothing is sent before the first question.

    Attributes:
        address: Where it answers.
        timeout: Seconds of silence after which a question is given up.
        most_bytes: How long an answer may be.
    """

    address: Address
    timeout: float = 60.0
    most_bytes: int = MOST_BYTES

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> Found:
        """Ask. The query is parsed here first, so that a slip is told as by a local graph.

        Raises:
            SyntaxError: The query is malformed.
            QueryError: The endpoint refuses it.
            GraphError: The endpoint does not answer, or not in a way that can be read.
        """
        table = _gives_a_table(query, prefixes or PREFIXES)
        wanted = _RESULTS if table else "application/n-triples, text/turtle;q=0.5"
        answer = self._post(prologue() + query, wanted)
        try:
            if table:
                return parse_query_results(answer.body, format=QueryResultsFormat.JSON)
            return _triples(answer)
        except (SyntaxError, ValueError) as error:
            raise self._unreadable(answer) from error

    def __iter__(self) -> Iterator[Quad]:
        """All triples, which is as much as an answer may hold."""
        found = self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        if not isinstance(found, QuerySolutions | QueryBoolean):
            yield from (Quad(*triple) for triple in found)

    def _post(self, sparql: str, wanted: str) -> Answer:
        request = Request(
            self.address.url,
            data=urlencode({"query": sparql}).encode(),
            headers={"Accept": wanted, "Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = send(self.address, request, timeout=self.timeout, most_bytes=self.most_bytes)
        if answer.status == 400:
            raise QueryError(f"{self.address.url} refuses the query ({answer.complaint})")
        if answer.status != 200:
            raise GraphError(f"{self.address.url} does not answer ({answer.complaint})")
        if answer.kind not in {_RESULTS, "application/json", *_TRIPLES}:
            raise self._unreadable(answer)
        return answer

    def _unreadable(self, answer: Answer) -> GraphError:
        return GraphError(
            f"{self.address.url} answers in {answer.kind}, cut short or in no form that we read: "
            "is it a SPARQL endpoint?"
        )


def _gives_a_table(query: str, prefixes: dict[str, str]) -> bool:
    return isinstance(Store().query(query, prefixes=prefixes), QuerySolutions | QueryBoolean)


def _triples(answer: Answer) -> Iterator[Triple]:
    """All triples of an answer, read at once, so that a fault in it is seen here."""
    quads = parse(answer.body, format=_TRIPLES.get(answer.kind, RdfFormat.N_TRIPLES))
    return iter([quad.triple for quad in quads])
