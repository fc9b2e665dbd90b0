"""Which media type an answer gets, by the Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg.graph.answer import GRAPH_TYPES, ROW_TYPES

_ALSO = {  # other names of the same formats
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "application/n-triples",
    "application/x-turtle": "text/turtle",
}
_TEXT = {"text/csv", "text/tab-separated-values", "text/turtle"}


@lru_cache(maxsize=128)
def chosen(accept: str) -> tuple[str, str]:
    """The media types for rows and for triples; "" where none is accepted.

    >>> chosen("text/turtle, text/csv;q=0.5, */*;q=0.1")
    ('text/csv', 'text/turtle')
    >>> chosen("application/xml")
    ('application/sparql-results+xml', '')
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    return _best(ranges, ROW_TYPES), _best(ranges, GRAPH_TYPES)


def content_type(media_type: str) -> str:
    """The media type as a header, with its encoding where it is a text type."""
    return f"{media_type}; charset=utf-8" if media_type in _TEXT else media_type


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            yield _ALSO.get(name, name), _weight(parameters)


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _best(ranges: list[tuple[str, float]], offered: Iterable[str]) -> str:
    """The offered type of the greatest weight; of equals, the first that is offered."""
    best, greatest = "", 0.0
    for media_type in offered:
        wanted = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        weights = [max((q for name, q in ranges if name == each), default=None) for each in wanted]
        weight = next((each for each in weights if each is not None), 0.0)
        if weight > greatest:
            best, greatest = media_type, weight
    return best
