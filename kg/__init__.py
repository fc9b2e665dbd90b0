"""chiptrace: which AI chips does an organisation use, under which rules, and on whose word.

    >>> import kg
    >>> graph = kg.build("seeds/", "graph/")                             # doctest: +SKIP
    >>> for row in graph.ask("who-uses", chip="h20"): print(row)         # doctest: +SKIP
    >>> graph.draw("graph.html", about="h20")                            # doctest: +SKIP

What is imported is loaded when it is first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import Graph, build, read
    from kg.claims import Claim, Modality
    from kg.errors import (
        ClaimError,
        DocumentError,
        GraphError,
        KGError,
        OntologyError,
        QueryError,
    )
    from kg.ontology.load import Ontology, load_ontology
    from kg.reading import Leftover, Reading
    from kg.text import Document, Span

_HOMES = {
    "Claim": "kg.claims",
    "ClaimError": "kg.errors",
    "Document": "kg.text",
    "DocumentError": "kg.errors",
    "Graph": "kg.api",
    "GraphError": "kg.errors",
    "KGError": "kg.errors",
    "Leftover": "kg.reading",
    "Modality": "kg.claims",
    "Ontology": "kg.ontology.load",
    "OntologyError": "kg.errors",
    "QueryError": "kg.errors",
    "Reading": "kg.reading",
    "Span": "kg.text",
    "build": "kg.api",
    "load_ontology": "kg.ontology.load",
    "read": "kg.api",
}

__all__ = [
    "Claim",
    "ClaimError",
    "Document",
    "DocumentError",
    "Graph",
    "GraphError",
    "KGError",
    "Leftover",
    "Modality",
    "Ontology",
    "OntologyError",
    "QueryError",
    "Reading",
    "Span",
    "build",
    "load_ontology",
    "read",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no {name!r}; there are {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
