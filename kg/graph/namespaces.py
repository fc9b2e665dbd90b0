"""The prefixes that every query may use, and the way between short and full names."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import QueryError

_BASE = "https://w3id.org/chiptrace/"

# What people name; the others are ours: what is read, and what controls are made of and say.
THINGS = ("entity", "chip", "rule", "place", "model")
_READ = ("doc", "claim", "evidence")
_CONTROLS = ("figure", "limit", "paragraph", "reach", "status", "stay", "verdict")
PREFIXES: dict[str, str] = {
    "kg": f"{_BASE}ontology#",
    **{name: f"{_BASE}{name}/" for name in (*THINGS, *_READ, *_CONTROLS)},
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_LOCAL = re.compile(r"[\w.-]+")
_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def iri(curie: str) -> str:
    """The full name behind a short one.

    >>> iri("chip:nvidia-h20")
    'https://w3id.org/chiptrace/chip/nvidia-h20'

    Raises:
        QueryError: The prefix is unknown.
    """
    prefix, _, local = curie.partition(":")
    if prefix not in PREFIXES:
        raise QueryError(f"no prefix {prefix!r} in {curie!r}; there are {', '.join(PREFIXES)}")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=1 << 14)  # the same few classes and properties stand in most rows
def curie(iri: str) -> str:
    """The short name of a full one; the full one itself where no prefix fits.

    >>> curie("https://w3id.org/chiptrace/chip/nvidia-h20")
    'chip:nvidia-h20'
    >>> curie("https://example.org/")
    'https://example.org/'
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _PREFIX_OF.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.fullmatch(iri, cut) else iri


def prologue() -> str:
    """All prefixes as SPARQL declares them, for a query that goes to another engine."""
    return "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in PREFIXES.items())
