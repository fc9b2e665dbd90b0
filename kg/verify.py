"""Proves a graph: its shape, its quotes, and a claim behind every plain triple."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pyoxigraph import Store

from kg.graph.literals import node
from kg.graph.query import ask_with, own_query
from kg.graph.shapes import Say, misfits
from kg.ontology.files import ontology_folder
from kg.ontology.headers import read_header
from kg.text import Document

_CHECKS = (
    "plain-triple-without-claim",
    "affirmed-claim-without-triple",
    "claim-of-the-wrong-class",
    "subject-of-the-wrong-class",
    "object-of-the-wrong-class",
)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is wrong with a graph.

    Attributes:
        where: What it is about: a CURIE, or the three of a triple.
        what: What is wrong, or what should be, in a sentence.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def verify(
    store: Store,
    documents: Iterable[Document],
    shapes: Path | None = None,
    *,
    everything: bool = True,
    say: Say = lambda words: None,
) -> list[Finding]:
    """All that is wrong with a graph; nothing if it is sound.

    Args:
        store: The graph.
        documents: The documents it was built from.
        shapes: The file of shapes; None for `ontology/shapes.ttl`.
        everything: Hold all of a large graph against the shapes, not a sample.
        say: Is told, in a line, what a sample was of.
    """
    shapes = shapes or ontology_folder() / "shapes.ttl"
    return [
        *check_quotes(store, documents),
        *check_triples(store),
        *check_shapes(store, shapes, everything=everything, say=say),
    ]


def check_quotes(store: Store, documents: Iterable[Document]) -> Iterator[Finding]:
    """Each quote must stand in its document at its place, and the document must be the same."""
    texts = {f"doc:{document.id}": document for document in documents}
    rows = ask_with(store, own_query("quotes"), {})
    for curie, quotes in groupby(rows, key=lambda row: row["document"]):
        document = texts.get(curie)
        if document is None:
            yield Finding(curie, "Its text is not at hand, so its quotes cannot be checked.")
            continue
        of_one = list(quotes)
        if of_one[0]["sha256"] != document.sha256:
            yield Finding(curie, "Its text is another one than the graph was built from.")
        for row in of_one:
            if document.text[row["start"] : row["end"]] != row["quote"]:
                yield Finding(
                    row["evidence"], f"{row['quote']!r} does not stand there in its document."
                )


def check_triples(store: Store) -> Iterator[Finding]:
    """Plain triples and affirming claims must match, and all must keep to domains and ranges."""
    terms = store.quads_for_pattern(None, None, node("kg:ClaimProperty"), None)
    if next(terms, None) is None:  # the checks below would find nothing without them
        yield Finding("kg:ClaimProperty", "The graph lacks the terms of ontology/core.ttl.")
    for name in _CHECKS:
        sparql = own_query(name)
        (what,) = read_header(sparql)["finding"]
        for row in ask_with(store, sparql, {}):
            yield Finding(" ".join(map(str, row)), what)


def check_shapes(
    store: Store, shapes: Path, *, everything: bool = True, say: Say = lambda words: None
) -> Iterator[Finding]:
    """The graph must fit the shapes; `kg.graph.shapes.misfits` has the arguments."""
    for misfit in misfits(store, shapes, everything=everything, say=say):
        yield Finding(f"{misfit.focus} {misfit.path}".strip(), misfit.message)
