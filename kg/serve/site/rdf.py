"""The RDF behind a page, for whoever asks for it."""

from __future__ import annotations

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from kg.serve.asker import Asker
from kg.serve.site.asking import filled, own_query
from kg.serve.site.pages import guarded

FORMATS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
_PAGE = ("text/html", "application/xhtml+xml")


def wanted(request: Request) -> str:
    """The media type to answer in: `text/html`, one of `FORMATS`, or nothing that we have."""
    accept = request.headers.get("accept", "") or "*/*"
    ours = (_PAGE[0], *FORMATS.values())
    best = max(ours, key=lambda kind: _weight(accept, kind))  # of equals the first
    return best if _weight(accept, best) > 0 else ""


def _weight(accept: str, kind: str) -> float:
    """How much a media type is wanted, 0 to 1: the most exact range decides (RFC 9110, 12.5.1)."""
    ranges = {}
    for part in accept.split(",")[:50]:
        name, *options = (each.strip().lower() for each in part.split(";"))
        quality = next((each[2:] for each in options if each.startswith("q=")), "1")
        ranges[name] = _number(quality)
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def _number(words: str) -> float:
    try:
        return min(1.0, max(0.0, float(words)))
    except ValueError:
        return 0.0


async def as_rdf(asker: Asker, me: NamedNode, media_type: str) -> Response:
    """The triples of a thing and of the claims on it."""
    body = await asker.graph(filled(own_query("rdf"), me=me), media_type)
    kind = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    headers = guarded("default-src 'none'; frame-ancestors 'none'", Vary="Accept")
    return Response(body, headers={**headers, "Content-Type": kind})
