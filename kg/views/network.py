"""The graph as networkx people hold it: things as nodes, what is claimed of them as edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from itertools import groupby

import networkx as nx

from kg.errors import QueryError
from kg.graph.query import query
from kg.graph.rows import Row, Rows
from kg.graph.source import Source

# Of the classes that a thing has, the first one here is the kind that a picture shows.
_KINDS = ("kg:ChipFamily", "kg:Chip", "kg:Rule", "kg:Country", "kg:AIModel", "kg:Person")
_KIND_OF = {"kg:ReadClaim": "read", "kg:CuratedClaim": "curated", "kg:ConcludedClaim": "concluded"}
CLAIM_KINDS = tuple(_KIND_OF.values())


def make_network(store: Source, kinds: Iterable[str] = ("read",)) -> nx.MultiDiGraph:
    """The claims of a graph as a network.

    Nodes are CURIEs with `label`, `kind`, `aliases` and `discovered`. There is one edge for each
    subject, predicate, object, modality and kind of claim, with `predicate`, `phrase`, `modality`,
    `kind` and `claims`: a tuple of dicts with `id`, `quote`, `speaker`, `document`, `date`,
    `confidence` and `source`, None for what a claim lacks. A thing that no claim names is no node.

    Args:
        store: The graph.
        kinds: Which claims to take: `read`, `curated`, `concluded`.

    Raises:
        QueryError: There is no such kind.
    """
    wanted = _wanted(kinds)
    network = nx.MultiDiGraph()
    claims = [row for row in ask_view(store, "claims") if _kind_of_claim(row) in wanted]
    named = {row[end] for row in claims for end in ("subject", "object")}
    for thing, rows in groupby(ask_view(store, "things"), key=lambda row: row["thing"]):
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
    """The part of a network within so many steps of a node, whichever way the edges point.

    Raises:
        QueryError: The steps are fewer than none.
    """
    if hops < 0:
        raise QueryError(f"hops counts the steps around a thing, and {hops!r} is below 0")
    near = nx.ego_graph(network.to_undirected(as_view=True), node, radius=hops)
    return network.subgraph(near.nodes).copy()


def _wanted(kinds: Iterable[str]) -> frozenset[str]:
    if isinstance(kinds, str):
        raise QueryError(f"kinds takes several: write ({kinds!r},)")
    wanted = frozenset(kinds)
    if unknown := sorted(map(str, wanted - frozenset(CLAIM_KINDS))):
        raise QueryError(f"no kind of claim {unknown[0]!r}; there are {', '.join(CLAIM_KINDS)}")
    return wanted


def ask_view(store: Source, name: str) -> Rows:
    """Ask one of the queries that lie beside this file."""
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
    return _KIND_OF[row["class"]]


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
