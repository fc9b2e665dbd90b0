"""The graph in RDF 1.2: each claim names its triple without asserting it.

A claim node becomes the reifier of what it says, `claim rdf:reifies <<( s p o )>>`, in place of
`rdf:subject`, `rdf:predicate` and `rdf:object`. A triple that is only reified is not in the graph,
so that a denied, planned or supposed claim asserts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Store, Triple

from kg.errors import GraphError
from kg.graph.literals import node
from kg.graph.namespaces import curie

_SUBJECT, _PREDICATE, _OBJECT = _ENDS = tuple(
    node(f"rdf:{end}") for end in ("subject", "predicate", "object")
)
_REIFIES = node("rdf:reifies")


def rdf12_triples(store: Store) -> Iterator[Triple]:
    """The triples of the graph, those that reify in place of those of RDF 1.1's reification.

    Raises:
        GraphError: A claim lacks one of its three ends or has two of them.
    """
    said: dict[Any, list[Triple]] = defaultdict(list)
    for quad in store:
        if quad.predicate in _ENDS:
            said[quad.subject].append(quad.triple)
        else:
            yield quad.triple
    for claim, triples in said.items():
        ends: dict[Any, Any] = {triple.predicate: triple.object for triple in triples}
        if len(triples) != 3 or len(ends) != 3:
            raise GraphError(
                f"{curie(claim.value)} has not one rdf:subject, rdf:predicate and rdf:object: "
                "`kg check` says more"
            )
        named = Triple(ends[_SUBJECT], ends[_PREDICATE], ends[_OBJECT])
        yield Triple(claim, _REIFIES, named)
