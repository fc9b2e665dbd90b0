"""A whole graph as text, in the formats that other tools read."""

from __future__ import annotations

import io
from collections.abc import Iterator

import networkx as nx
from pyoxigraph import Store

from kg.graph.export import export_csv, export_jsonld, export_nt, export_ttl
from kg.views.network import make_network

_ALL_KINDS = ("read", "curated", "concluded")


def exported(store: Store, format: str) -> Iterator[str]:
    """The graph in a format, piece by piece; byte-identical for the same graph.

    Args:
        store: The graph.
        format: `nt` (sorted), `ttl`, `jsonld`, `graphml` (one edge a triple and modality), or
            `csv` (one row a claim).
    """
    match format:
        case "nt":
            yield from export_nt(store)
        case "ttl":
            yield export_ttl(store)
        case "jsonld":
            yield export_jsonld(store)
        case "csv":
            yield export_csv(store)
        case _:
            yield _graphml(store)


def _graphml(store: Store) -> str:
    """GraphML as Gephi and yEd read it; what holds several values is joined or counted."""
    network = make_network(store, _ALL_KINDS)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, about in network.nodes(data=True):
        flat.add_node(node, **{**about, "aliases": "|".join(about["aliases"])})
    for subject, object_, about in network.edges(data=True):
        simple = {name: value for name, value in about.items() if name != "claims"}
        flat.add_edge(subject, object_, **simple, claims=len(about["claims"]))
    text = io.BytesIO()
    nx.write_graphml(flat, text)
    return text.getvalue().decode()
