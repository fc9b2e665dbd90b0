"""The drawing of what stands around a thing."""

from __future__ import annotations

import asyncio
import html
import re

from pyoxigraph import NamedNode, RdfFormat, Store
from starlette.responses import HTMLResponse, Response

from kg.graph.namespaces import curie
from kg.serve.asker import Asker
from kg.serve.site.asking import Row, ask, filled, own_query, text
from kg.serve.site.pages import guarded

_KINDS = ("read", "curated", "concluded")
_MOST_THINGS = 150
_MOST_CLAIMS = 800
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')


async def drawing(asker: Asker, me: NamedNode, label: str) -> Response:
    """The page of the claims between a thing and its neighbours, the best part of them."""
    rows = await ask(asker, "neighbours", me=me)
    others = [text(row, "other") for row in rows if row["other"]["type"] == "uri"]
    things = [me, *map(NamedNode, others[:_MOST_THINGS])]
    claims = await _claims(asker, me, things)
    triples = b""
    if claims:
        wanted = filled(own_query("neighbourhood"), claim=claims)
        triples = await asker.graph(wanted, "application/n-triples")
    words = await asyncio.to_thread(_page, triples, me, _heading(label, rows, claims))
    policy = html.unescape(found[1]) if (found := _POLICY.search(words)) else "default-src 'none'"
    return HTMLResponse(words, headers=guarded(f"{policy}; frame-ancestors 'none'"))


async def _claims(asker: Asker, me: NamedNode, things: list[NamedNode]) -> list[NamedNode]:
    """The thing's own claims first, then those between its neighbours, up to a number."""
    own, back, rest = await asyncio.gather(
        ask(asker, "between", subject=me, object=things),
        ask(asker, "between", subject=things, object=me),
        ask(asker, "between", subject=things[1:] or me, object=things[1:] or me),
    )
    found = dict.fromkeys(text(row, "claim") for row in (*own, *back, *rest))
    return [NamedNode(claim) for claim in list(found)[:_MOST_CLAIMS]]


def _heading(label: str, rows: list[Row], claims: list[NamedNode]) -> str:
    part = len(rows) > _MOST_THINGS or len(claims) >= _MOST_CLAIMS
    return f"Around {label}{' (a part)' if part else ''}"


def _page(triples: bytes, me: NamedNode, heading: str) -> str:
    from kg.views.network import around, make_network  # heavy, and not every visitor draws
    from kg.views.page import page

    store = Store()
    store.load(triples, format=RdfFormat.N_TRIPLES)
    network = make_network(store, _KINDS)
    if curie(me.value) in network:
        network = around(network, curie(me.value), 1)
    return page(network, heading)
