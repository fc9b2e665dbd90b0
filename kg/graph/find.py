"""Finds the thing that a person means: by id, by label or by alias."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.guard import nearest
from kg.graph.namespaces import PREFIXES, THINGS, curie, iri
from kg.graph.query import ask_with, own_query, query
from kg.graph.source import Source

ANY = "rdfs:Resource"
_LABEL = NamedNode(iri("rdfs:label"))


def find_thing(store: Source, words: str, kind: str = ANY) -> str:
    """CURIE of the thing of a graph that these words mean.

    An id comes first (`chip:nvidia-h20`, `nvidia-h20` or the full name), then a label, then an
    alias, in any case.

    Args:
        store: The graph.
        words: What the person typed.
        kind: CURIE of the class that it must have; `ANY` for whatever it is.

    Raises:
        QueryError: Nothing, or nothing of that class, or more than one thing is meant.
    """
    words = words.strip()
    found = [*_by_id(store, words)] or _by_name(store, words)
    fitting = [thing for thing in found if kind == ANY or _is_a(store, thing, kind)]
    if len(fitting) == 1:
        return curie(fitting[0].value)
    if fitting:
        choices = ", ".join(f"{curie(thing.value)} ({_label(store, thing)})" for thing in fitting)
        raise QueryError(f"{words!r} may mean {choices}: say which, by its id")
    if found:
        others = ", ".join(f"{curie(thing.value)}, a {_classes(store, thing)}" for thing in found)
        raise QueryError(f"{words!r} is {others}; wanted is a {kind}")
    raise QueryError(f"no {_noun(kind)} {words!r} in this graph{_hint(store, words, kind)}")


def _by_id(store: Source, words: str) -> Iterable[NamedNode]:
    prefix, colon, _ = words.partition(":")
    if colon and prefix in PREFIXES:
        candidates = [iri(words)]
    elif colon:
        candidates = [words]
    else:
        candidates = [PREFIXES[name] + words for name in THINGS]
    for candidate in candidates:
        try:
            thing = NamedNode(candidate)
        except ValueError:  # blanks and the like: a name, then
            continue
        if _label(store, thing) is not None:
            yield thing


def _by_name(store: Source, words: str) -> list[NamedNode]:
    rows = ask_with(store, own_query("names"), {"name": Literal(words)}).terms
    things = [
        (thing, how)
        for thing, how in rows
        if isinstance(thing, NamedNode) and curie(thing.value).partition(":")[0] in THINGS
    ]
    labelled = [thing for thing, how in things if how == _LABEL]
    return labelled or sorted({thing for thing, _ in things}, key=str)


def _is_a(store: Source, thing: NamedNode, kind: str) -> bool:
    return query(store, f"ASK {{ {thing} a {NamedNode(iri(kind))} }}") is True


def _label(store: Source, thing: NamedNode) -> str | None:
    rows = ask_with(store, f"SELECT ?label {{ {thing} {_LABEL} ?label }} LIMIT 1", {})
    return rows[0].label if rows else None


def _classes(store: Source, thing: NamedNode) -> str:
    rows = ask_with(store, f"SELECT ?class {{ {thing} a ?class }}", {})
    return " and ".join(sorted(str(row[0]) for row in rows))


def _noun(kind: str) -> str:
    return "thing" if kind == ANY else kind


def _hint(store: Source, words: str, kind: str) -> str:
    given = {} if kind == ANY else {"class": NamedNode(iri(kind))}
    rows = ask_with(store, own_query("names-of-a-class"), given).terms
    names = {term.value for (term,) in rows if isinstance(term, Literal)}
    return nearest(words, names)
