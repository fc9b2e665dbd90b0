"""What the endpoint is, in RDF (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from kg.graph.answer import GRAPH_TYPES, ROW_TYPES
from kg.graph.namespaces import iri

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"


def description(endpoint: str, media_type: str) -> bytes:
    """The description of the endpoint at a URL, in one of `GRAPH_TYPES`."""
    me, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("graph")
    a = NamedNode(iri("rdf:type"))
    triples = [
        Triple(me, a, _sd("Service")),
        Triple(me, _sd("endpoint"), NamedNode(endpoint)),
        Triple(me, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(me, _sd("feature"), _sd("EmptyGraphs")),
        Triple(me, _sd("defaultDataset"), dataset),
        Triple(dataset, a, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), graph),
        Triple(graph, a, _sd("Graph")),
        Triple(graph, NamedNode(iri("dcterms:title")), Literal("chiptrace", language="en")),
    ]
    formats = [each.iri for each in ROW_TYPES.values()]
    formats += [each.iri for each in GRAPH_TYPES.values()]
    triples += [Triple(me, _sd("resultFormat"), NamedNode(each)) for each in formats]
    named = {"sd": _SD, "formats": _FORMATS, "dcterms": iri("dcterms:")}
    return serialize(triples, format=GRAPH_TYPES[media_type], prefixes=named) or b""


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
