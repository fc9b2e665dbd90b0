"""Triples as JSON-LD with a context; the engine writes it without one, in full names only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.graph.namespaces import PREFIXES, curie, iri

_TYPE = iri("rdf:type")


def jsonld(triples: Iterable[Triple]) -> str:
    """Triples as JSON-LD, those of one subject and property beside each other.

    Raises:
        QueryError: A triple stands inside another, which JSON-LD cannot say.
    """
    nodes = [
        _node(subject, list(of_one))
        for subject, of_one in groupby(triples, key=lambda triple: triple.subject)
    ]
    document = {"@context": PREFIXES, "@graph": nodes}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _node(subject: Any, triples: list[Triple]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _name(subject)}
    for predicate, same in groupby(triples, key=lambda triple: triple.predicate.value):
        objects = [triple.object for triple in same]
        if predicate == _TYPE and not any(isinstance(each, Literal) for each in objects):
            node["@type"] = [_name(each) for each in objects]
        else:
            values = [_value(each) for each in objects]
            node[curie(predicate)] = values if len(values) > 1 else values[0]
    return node


def _value(term: Any) -> str | dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == iri("xsd:string"):
        return str(term.value)
    return {"@value": term.value, "@type": curie(term.datatype.value)}


def _name(term: Any) -> str:
    if isinstance(term, Triple):
        raise QueryError("jsonld cannot hold a triple inside a triple: choose ttl or nt")
    return curie(term.value) if isinstance(term, NamedNode) else str(term)
