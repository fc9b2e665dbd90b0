"""Hands a graph to others: as text in a standard format, as rows, or as an rdflib graph.

The same graph gives the same bytes in every format.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Store, Triple

from kg.graph.namespaces import PREFIXES, curie, iri
from kg.graph.query import ask_with, own_query
from kg.graph.rows import Row, turtle

if TYPE_CHECKING:
    import rdflib

_TYPE = iri("rdf:type")
# What a claim can have several of: one cell holds them all.
_SEVERAL = ("start", "end", "quote", "citation", "premise")


def export_nt(store: Store) -> Iterator[str]:
    """The graph as N-Triples in their canonical form, a line at a time, sorted by code point."""
    return iter(sorted(f"{quad.triple} .\n" for quad in store))


def export_ttl(store: Store) -> str:
    """The graph as Turtle, by subject, with its classes first."""
    return turtle(_sorted_triples(store))


def export_jsonld(store: Store) -> str:
    """The graph as JSON-LD with a context, so that it reads as `"@id": "chip:nvidia-h20"`.

    pyoxigraph writes JSON-LD without a context, in full names only.
    """
    nodes = [
        _jsonld_node(subject, list(triples))
        for subject, triples in groupby(_sorted_triples(store), key=lambda each: each.subject)
    ]
    document = {"@context": PREFIXES, "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def export_csv(store: Store) -> str:
    """The claims as a table, one a row; several quotes or citations of one are joined by ` | `."""
    rows = ask_with(store, own_query("claims"), {})
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.variables)
    for _, of_one_claim in groupby(rows, key=lambda row: row["claim"]):
        writer.writerow(_csv_row(list(of_one_claim), rows.variables))
    return text.getvalue()


def to_rdflib(store: Store) -> rdflib.Graph:
    """All triples as an rdflib graph, in memory, with our prefixes."""
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for quad in store:
        graph.add(tuple(map(_rdflib_term, quad.triple)))
    return graph


def _sorted_triples(store: Store) -> list[Triple]:
    return sorted((quad.triple for quad in store), key=_by_subject_and_class)


def _by_subject_and_class(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), predicate != _TYPE, predicate, str(triple.object)


def _jsonld_node(subject: Any, triples: list[Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": curie(subject.value)}
    for predicate, same in groupby(triples, key=lambda triple: triple.predicate.value):
        objects = [triple.object for triple in same]
        if predicate == _TYPE:
            node["@type"] = [curie(each.value) for each in objects if isinstance(each, NamedNode)]
        else:
            values = [_jsonld_value(each) for each in objects]
            node[curie(predicate)] = values if len(values) > 1 else values[0]
    return node


def _jsonld_value(term: Any) -> str | dict[str, str]:
    if isinstance(term, NamedNode):
        return {"@id": curie(term.value)}
    if isinstance(term, Literal) and term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == iri("xsd:string"):
        return str(term.value)
    return {"@value": term.value, "@type": curie(term.datatype.value)}


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
