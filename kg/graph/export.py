"""Hands a graph to others: as text in a standard format, as rows, or as an rdflib graph.

The same graph gives the same bytes in every format.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, Store, Triple

from kg.graph.jsonld import jsonld
from kg.graph.namespaces import PREFIXES, iri
from kg.graph.query import ask_with, own_query
from kg.graph.rdf12 import rdf12_triples
from kg.graph.rows import Row, turtle

if TYPE_CHECKING:
    import rdflib

_TYPE = iri("rdf:type")
# What a claim can have several of: one cell holds them all.
_SEVERAL = ("start", "end", "quote", "citation", "premise")


def export_nt(store: Store, *, rdf12: bool = False) -> Iterator[str]:
    """The graph as N-Triples in their canonical form, a line at a time, sorted by code point."""
    return iter(sorted(f"{triple} .\n" for triple in _triples(store, rdf12)))


def export_ttl(store: Store, *, rdf12: bool = False) -> str:
    """The graph as Turtle, by subject, with its classes first."""
    return turtle(sorted(_triples(store, rdf12), key=by_subject_and_class))


def export_jsonld(store: Store) -> str:
    """The graph as JSON-LD with a context, so that it reads as `"@id": "chip:nvidia-h20"`."""
    return jsonld(sorted(_triples(store), key=by_subject_and_class))


def export_csv(store: Store) -> str:
    """The claims as a table, one a row; several quotes or citations of one are joined by ` | `."""
    rows = ask_with(store, own_query("claims"), {})
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.variables)
    for _, of_one_claim in groupby(rows, key=lambda row: row["claim"]):
        writer.writerow(_csv_row(list(of_one_claim), rows.variables))
    return text.getvalue()


def to_rdflib(store: Iterable[Quad]) -> rdflib.Graph:
    """All triples of a store, or some of them, as an rdflib graph, in memory, with our prefixes."""
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for quad in store:
        graph.add(tuple(map(_rdflib_term, quad.triple)))
    return graph


def _triples(store: Store, rdf12: bool = False) -> Iterator[Triple]:
    return rdf12_triples(store) if rdf12 else (quad.triple for quad in store)


def by_subject_and_class(triple: Triple) -> tuple[str, bool, str, str]:
    """The order of triples in Turtle and JSON-LD."""
    predicate = triple.predicate.value
    return str(triple.subject), predicate != _TYPE, predicate, str(triple.object)


def _csv_row(rows: list[Row], variables: tuple[str, ...]) -> list[str]:
    """One claim; what differs between its rows is joined, in order and without repeats."""
    cells = []
    for name in variables:
        values = dict.fromkeys(row[name] for row in rows if row[name] is not None)
        kept = list(values) if name in _SEVERAL else list(values)[:1]
        cells.append(" | ".join(map(str, kept)))
    return cells


def _rdflib_term(term: Any) -> Any:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == iri("xsd:string"):
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
