"""The graph as networkx people hold it: things as nodes, what is claimed of them as edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from itertools import groupby

import networkx as nx

from kg.graph.query import query
from kg.graph.rows import Row, Rows
from kg.graph.source import Source

# Of the classes that a thing has, the first one here is the kind that a picture shows.
_KINDS = ("kg:ChipFamily", "kg:Chip", "kg:Rule", "kg:Country", "kg:AIModel", "kg:Person")
_CLAIM_KINDS = {"kg:ReadClaim": "read", "kg:CuratedClaim": "curated"}


def make_network(store: Source, kinds: Iterable[str] = ("read",)) -> nx.MultiDiGraph:
    """The claims of a graph as a network.

    Nodes are CURIEs with `label`, `kind`, `aliases` and `discovered`. There is one edge for each
    subject, predicate, object, modality and kind of claim, with `predicate`, `phrase`, `modality`,
    `kind` and `claims`: a tuple of dicts with `id`, `quote`, `speaker`, `document`, `date`,
    `confidence` and `source`, None for what a claim lacks. A thing that no claim names is no node.

    Args:
        store: The graph.
        kinds: Which claims to take: `read`, `curated`, `concluded`.
    """
    wanted = frozenset(kinds)
    network = nx.MultiDiGraph()
    claims = [row for row in _ask(store, "claims") if _kind_of_claim(row) in wanted]
    named = {row[end] for row in claims for end in ("subject", "object")}
    for thing, rows in groupby(_ask(store, "things"), key=lambda row: row["thing"]):
        if thing in named:
            network.add_node(thing, **_node(list(rows)))
    for key, rows in groupby(sorted(claims, key=_edge_key), key=_edge_key):
        subject, predicate, object_, modality, kind = key
        one_edge = list(rows)
        network.add_edge(
            subject,
            object_,
            key=f"{predicate} {modality} {kind}",
            predicate=predicate,
            phrase=one_edge[0]["phrase"] or predicate,
            modality=modality,
            kind=kind,
            claims=_claims(one_edge),
        )
    return network


def around(network: nx.MultiDiGraph, node: str, hops: int) -> nx.MultiDiGraph:
    """The part of a network within so many steps of a node, whichever way the edges point."""
    near = nx.ego_graph(network.to_undirected(as_view=True), node, radius=hops)
    return network.subgraph(near.nodes).copy()


def _ask(store: Source, name: str) -> Rows:
    text = resources.files("kg.views").joinpath(f"{name}.rq").read_text(encoding="utf-8")
    found = query(store, text)
    assert isinstance(found, Rows)
    return found


def _node(rows: Sequence[Row]) -> dict[str, object]:
    classes = {row["class"] for row in rows}
    kind = next((cls for cls in _KINDS if cls in classes), "kg:Organisation")
    return {
        "label": rows[0]["label"],
        "kind": kind.removeprefix("kg:"),
        "aliases": tuple(dict.fromkeys(row["alias"] for row in rows if row["alias"])),
        "discovered": bool(rows[0]["discovered"]),
    }


def _kind_of_claim(row: Row) -> str:
    return _CLAIM_KINDS.get(row["class"], "concluded")


def _edge_key(row: Row) -> tuple[str, str, str, str, str]:
    modality = row["modality"].removeprefix("kg:").lower()
    return (row["subject"], row["predicate"], row["object"], modality, _kind_of_claim(row))


def _claims(rows: Sequence[Row]) -> tuple[dict[str, object], ...]:
    return tuple(
        {
            "id": row["claim"],
            "quote": row["quote"],
            "speaker": row["speaker"],
            "document": row["title"],
            "date": row["date"].isoformat() if row["date"] else None,
            "confidence": row["confidence"],
            "source": row["source"],
        }
        for row in rows
    )
