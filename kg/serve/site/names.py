"""The way between our IRIs and the addresses of their pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

from kg.graph.namespaces import PREFIXES, curie

_ONTOLOGY = PREFIXES["kg"]
_BASE = _ONTOLOGY.removesuffix("ontology#")
KINDS = tuple(name for name, namespace in PREFIXES.items() if namespace == f"{_BASE}{name}/")
_LOCAL = re.compile(r"[\w.~!$&'()*+,;=:@-]{1,300}")


@dataclass(frozen=True, slots=True)
class Link:
    """Words that may lead somewhere.

    Attributes:
        words: What a reader sees.
        href: Where they lead; empty for nowhere.
        title: The short or full name behind the words.
        outward: Whether it leads to another server.
    """

    words: str
    href: str = ""
    title: str = ""
    outward: bool = False


def term_of(kind: str, local: str) -> NamedNode | None:
    """The thing that a path names; None where no thing can be called so.

    >>> term_of("rule", "a> <b") is None
    True
    """
    if kind not in KINDS or not _LOCAL.fullmatch(local):
        return None
    try:
        return NamedNode(PREFIXES[kind] + local)
    except ValueError:
        return None


def path_of(iri: str) -> str:
    """The path of the page of one of our IRIs; empty for others.

    >>> path_of("https://w3id.org/chiptrace/doc/12ab"), path_of("https://example.org/")
    ('/doc/12ab', '')
    """
    if iri.startswith(_ONTOLOGY):
        return f"/ontology#{quote(iri.removeprefix(_ONTOLOGY))}"
    kind, _, local = iri.removeprefix(_BASE).partition("/") if iri.startswith(_BASE) else ("",) * 3
    return f"/{kind}/{quote(local, safe='')}" if kind in KINDS and _LOCAL.fullmatch(local) else ""


def link_to(iri: str, words: str = "") -> Link:
    """A link to the page of one of our things, or to the web; for another scheme only words."""
    path = path_of(iri)
    if path:
        return Link(words or curie(iri), path, curie(iri))
    if _leads_to_the_web(iri):
        return Link(words or _shown(iri), iri, iri, outward=True)
    return Link(words or iri, "", iri)


def _shown(address: str) -> str:
    """A web address without its scheme, its middle left out where it is long."""
    words = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return words if len(words) <= 48 else f"{words[:28]}…{words[-18:]}"


def _leads_to_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and address.isprintable()
