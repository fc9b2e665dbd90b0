"""A whole graph as text, in the formats that other tools read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import networkx as nx
from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph.export import export_csv, export_jsonld, export_nt, export_ttl
from kg.graph.void import export_void
from kg.views.followthemoney import export_ftm
from kg.views.network import CLAIM_KINDS, make_network

_TODAY = re.compile(r' lastmodifieddate="[^"]*"', re.ASCII)
_EDGE = (
    "source",
    "target",
    "source_label",
    "target_label",
    "predicate",
    "phrase",
    "modality",
    "kind",
    "claims",
)


def exported(store: Store, format: str, *, rdf12: bool = False) -> Iterator[str]:
    """The graph in a format, piece by piece; byte-identical for the same graph.

    Args:
        store: The graph.
        format: `nt` (sorted), `ttl`, `jsonld`, `graphml` and `gexf` (one edge a triple, modality
            and kind of claim), `edges` (the same edges as CSV), `csv` (one row a claim), or `ftm`
            (FollowTheMoney, an entity a line).
        rdf12: Let each claim reify its triple, which RDF 1.2 can say; `nt` and `ttl` only.

    Raises:
        QueryError: RDF 1.2 was asked for in another format, or an optional package is missing.
        GraphError: RDF 1.2 was asked for, and a claim lacks an end.
    """
    if rdf12 and format not in ("nt", "ttl"):
        raise QueryError(f"{format} cannot hold RDF 1.2: choose ttl or nt")
    match format:
        case "nt":
            yield from export_nt(store, rdf12=rdf12)
        case "ttl":
            yield export_ttl(store, rdf12=rdf12)
        case "jsonld":
            yield export_jsonld(store)
        case "csv":
            yield export_csv(store)
        case "ftm":
            yield from export_ftm(store)
        case _:
            yield _NETWORKS[format](_flat_network(store))


def described(store: Store) -> Iterator[str]:
    """What is in the graph and how much, in VoID, as Turtle."""
    yield export_void(store)


def _flat_network(store: Store) -> nx.MultiDiGraph:
    """The network with plain values only; what holds several is joined or counted."""
    network = make_network(store, CLAIM_KINDS)
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, about in network.nodes(data=True):
        flat.add_node(node, **{**about, "aliases": "|".join(about["aliases"])})
    for subject, object_, about in network.edges(data=True):
        simple = {name: value for name, value in about.items() if name != "claims"}
        flat.add_edge(subject, object_, **simple, claims=len(about["claims"]))
    return flat


def _graphml(network: nx.MultiDiGraph) -> str:
    """GraphML as Gephi and yEd read it."""
    text = io.BytesIO()
    nx.write_graphml(network, text)
    return text.getvalue().decode()


def _gexf(network: nx.MultiDiGraph) -> str:
    """GEXF as Gephi reads it, without the day on which it was written."""
    text = io.BytesIO()
    nx.write_gexf(network, text)
    return _TODAY.sub("", text.getvalue().decode(), count=1)


def _edges(network: nx.MultiDiGraph) -> str:
    """The edges as CSV with a header; in Gephi, `source` and `target` are what it looks for."""
    labels = dict(network.nodes(data="label"))
    text = io.StringIO()
    writer = csv.DictWriter(text, _EDGE, lineterminator="\n")
    writer.writeheader()
    for source, target, about in network.edges(data=True):
        ends = {"source": source, "target": target}
        spoken = {f"{end}_label": labels.get(curie) for end, curie in ends.items()}
        writer.writerow({**ends, **spoken, **about})
    return text.getvalue()


_NETWORKS = {"graphml": _graphml, "gexf": _gexf, "edges": _edges}
