"""What a request asks, by the SPARQL 1.1 Protocol, section 2; and why it may be refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_CHARSET = re.compile(r"charset\s*=\s*\"?utf-?8\"?", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_READ_ONLY = "an update is refused, because a graph is only read: build it again to change it"


class RefusedError(Exception):
    """A request is not answered.

    Attributes:
        status: The HTTP status.
        headers: What else the answer says.
    """

    def __init__(self, status: int, why: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks.

    Attributes:
        sparql: The query; None where the request asks for nothing, that is for the description.
        dataset: As in `kg.graph.answer.Asked`.
    """

    sparql: str | None
    dataset: tuple[list[str], list[str]] | None


def from_url(parameters: bytes) -> Question:
    """The question of a GET.

    Raises:
        RefusedError: It asks for an update or for two things, or is not UTF-8.
    """
    return _question(list(_pairs(parameters)))


def from_body(content_type: str, parameters: bytes, body: bytes) -> Question:
    """The question of a POST.

    Raises:
        RefusedError: As `from_url`, or the body is of another kind.
    """
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise RefusedError(403, _READ_ONLY)
    if "charset" in rest.lower() and not _CHARSET.search(rest):
        raise RefusedError(415, f"a query is UTF-8, and not {rest.strip()}")
    if kind == FORM:
        found = _question([*_pairs(parameters), *_pairs(body)])
    elif kind == QUERY:
        given = [pair for pair in _pairs(parameters)]
        if any(name == "query" for name, _ in given):
            raise RefusedError(400, "give one query: in the URL or in the body")
        found = _question([*given, ("query", _text(body))])
    else:
        what = kind or "a body of no type"
        raise RefusedError(415, f"{what} is no query: send {FORM} or {QUERY}")
    if found.sparql is None:
        raise RefusedError(400, "the form has no query: give it as query=")
    return found


def base_of(host: str, path: str, scheme: str, otherwise: str) -> str:
    """The URL of the endpoint as the client wrote it, which relative names are relative to."""
    return f"{scheme}://{host if _HOST.fullmatch(host) else otherwise}{path}"


def _question(pairs: list[tuple[str, str]]) -> Question:
    if any(name == "update" for name, _ in pairs):
        raise RefusedError(403, _READ_ONLY)
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise RefusedError(400, f"give one query: there are {len(queries)}")
    default = [value for name, value in pairs if name == "default-graph-uri"]
    named = [value for name, value in pairs if name == "named-graph-uri"]
    return Question(queries[0] if queries else None, (default, named) if default or named else None)


def _pairs(form: bytes) -> Iterable[tuple[str, str]]:
    for pair in form.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            yield _decoded(name), _decoded(value)


def _decoded(piece: bytes) -> str:
    return _text(unquote_to_bytes(piece.replace(b"+", b" ")))


def _text(piece: bytes) -> str:
    try:
        return piece.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, "the query is not UTF-8: send it as UTF-8") from error
