"""Describes a graph in VoID: what is in it, how much, in which vocabularies, under which licence.

No time and no machine stand in it: the same graph gives the same description.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse, serialize

from kg.graph.export import by_subject_and_class, export_nt
from kg.graph.namespaces import PREFIXES, curie
from kg.graph.query import ask_with, own_query
from kg.ontology.files import ontology_folder

_VOID = "http://rdfs.org/ns/void#"
_DATASET = "https://w3id.org/chiptrace/dataset/"
_FORMATS = ("N-Triples", "Turtle", "JSON-LD")


def export_void(store: Store) -> str:
    """The description as Turtle.

    The dataset is named by a hash of its triples; its parts are named after it, so that there is
    no blank node. Title, licence and the like come from `ontology/void.ttl`.
    """
    me = _DATASET + hashlib.sha256("".join(export_nt(store)).encode()).hexdigest()[:16]
    triples = [*_fixed(me, ontology_folder() / "void.ttl"), *_counted(store, me)]
    prefixes = {**PREFIXES, "void": _VOID}
    triples.sort(key=lambda triple: (triple.subject != NamedNode(me), by_subject_and_class(triple)))
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""
    lines = written.decode().splitlines(keepends=True)
    return "".join([*sorted(lines[: len(prefixes)]), *lines[len(prefixes) :]])


def _fixed(me: str, path: Path) -> Iterator[Triple]:
    """What is true of every graph, with this graph's name in place of the file's."""
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        yield Triple(NamedNode(me), quad.predicate, quad.object)


def _counted(store: Store, me: str) -> Iterator[Triple]:
    whole = ask_with(store, own_query("void"), {})
    for name, count in zip(whole.variables, whole.terms[0], strict=True):
        if isinstance(count, Literal):
            yield _fact(me, name, count)
    vocabularies = set()
    for kind, counted in (("class", "entities"), ("property", "triples")):
        for term, number in ask_with(store, own_query(f"void-{kind}"), {}).terms:
            if not (isinstance(term, NamedNode) and isinstance(number, Literal)):
                continue
            part = NamedNode(f"{me}/{kind}/{curie(term.value).replace(':', '-', 1)}")
            vocabularies.add(_namespace(term.value))
            yield _fact(me, f"{kind}Partition", part)
            yield _fact(part.value, kind, term)
            yield _fact(part.value, counted, number)
    for vocabulary in sorted(vocabularies):
        yield _fact(me, "vocabulary", NamedNode(vocabulary))
    for format in _FORMATS:
        yield _fact(me, "feature", NamedNode(f"http://www.w3.org/ns/formats/{format}"))


def _fact(subject: str, name: str, value: NamedNode | Literal) -> Triple:
    return Triple(NamedNode(subject), NamedNode(_VOID + name), value)


def _namespace(term: str) -> str:
    return term[: max(term.rfind("#"), term.rfind("/")) + 1]
