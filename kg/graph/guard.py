"""Looks at a query before it runs: what it may not do, and which of its words nobody knows.

Oxigraph calls out to the network for SERVICE and has no switch for it. The scan below errs on the
side of refusing; it is a courtesy to the writer of a query, and no barrier against a hostile one:
that is a process without a network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kg.errors import QueryError
from kg.graph.namespaces import PREFIXES, THINGS
from kg.graph.source import Source

# A name may hold an escaped quote or hash (SPARQL 1.1, PN_LOCAL_ESC), which starts no string and
# no comment; a backslash before a line's end escapes nothing.
_ESCAPE = re.compile(r"\\[^\r\n]")
_UNREAD = re.compile(
    r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"[^"\r\n]*"|\'[^\'\r\n]*\'|<[^\s<>"{}|^`]*>|#[^\r\n]*'
)
# Only what surely belongs to a name: Oxigraph needs no space between a keyword and its neighbours,
# so that `1SERVICE<...>` and `SERVICE:x` both run.
_NAME = re.compile(r"[?$]\w+|:[\w:%-]+")
_UPDATE = re.compile(r"\b(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b", re.IGNORECASE)

_OTHER_GRAPH = re.compile(r"(?<![\w?$:@.-])(GRAPH|FROM)(?![\w:.-])", re.IGNORECASE)

_OWN_PREFIX = re.compile(r"PREFIX\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
_ANY_PREFIX = re.compile(r"(?<![\w:?$@.-])([A-Za-z][\w.-]*):")
_CURIE = re.compile(rf"(?<![\w:?$.-])({'|'.join(('kg', *THINGS))}):(\w(?:[\w.-]*\w)?)")
_FULL = re.compile(
    rf"<({'|'.join(re.escape(PREFIXES[name]) for name in ('kg', *THINGS))})([^<>]+)>"
)


def refuse_calls(sparql: str) -> None:
    """Refuse a query that calls another server.

    Raises:
        QueryError: It does; the message says what to do instead.
    """
    if "service" in sparql.lower() and "service" in _words(sparql).lower():
        raise QueryError(
            "SERVICE is refused, because it would send your query to another server: "
            "query that server by itself and join the answers"
        )


def refuse_changes(sparql: str) -> None:
    """Refuse what would change the graph. The engine does not take it for a query either.

    Raises:
        QueryError: It would; the message says what to do instead.
    """
    first = re.sub(r"(?i)\b(PREFIX\s+[\w.-]*:?|BASE)", " ", _words(sparql)).split()
    if first and _UPDATE.match(first[0]):
        raise QueryError(
            f"{first[0].upper()} is refused, because a graph is only read: use SELECT, ASK, "
            "CONSTRUCT or DESCRIBE; to change the graph, build it again"
        )


class Warnings(Sequence[str]):
    """One sentence for each `kg:` term and each thing in a query that the graph lacks.

    They are looked up when somebody first looks at them: most answers are read without.
    """

    __slots__ = ("_ask", "_found")

    def __init__(self, store: Source, sparql: str) -> None:
        self._ask: tuple[Source, str] | None = (store, sparql)
        self._found: tuple[str, ...] = ()

    def __getitem__(self, index: Any) -> Any:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Warnings) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Callable[..., object], tuple[tuple[str, ...]]]:
        return tuple, (self._all(),)  # a store goes to no other process

    def _all(self) -> tuple[str, ...]:
        if self._ask:
            self._found = tuple(unknown_terms(*self._ask))
            self._ask = None
        return self._found


def unknown_terms(store: Source, sparql: str) -> list[str]:
    """One sentence for each `kg:` term and each thing in the query that the graph lacks.

    And one where the query looks into named graphs, of which there are none.
    """
    names = {PREFIXES[prefix] + local: (prefix, local) for prefix, local in sorted(_named(sparql))}
    missing = _missing(store, names)
    warnings = [_complaint(store, *names[each]) for each in names if each in missing]
    if _OTHER_GRAPH.search(_without_unread(sparql)) and not _has_named_graphs(store):
        warnings.append(
            "this graph keeps everything in the default graph: GRAPH and FROM find nothing"
        )
    return warnings


def undeclared_prefixes(sparql: str) -> list[str]:
    """The prefixes in a query that neither it nor we declare, in the order of their names."""
    used = set(_ANY_PREFIX.findall(_without_unread(sparql)))
    return sorted(used - set(PREFIXES) - {prefix for prefix, _ in _OWN_PREFIX.findall(sparql)})


def nearest(word: str, choices: set[str]) -> str:
    """`; did you mean a, b?` with the choices most like the word; nothing if none is."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for choice in sorted(choices, reverse=True):
        folded[choice.casefold()] = choice
    found = get_close_matches(word.casefold(), sorted(folded), n=3, cutoff=0.65)
    return f"; did you mean {', '.join(folded[each] for each in found)}?" if found else ""


def _words(sparql: str) -> str:
    return _NAME.sub(" ", _without_unread(sparql))


def _without_unread(sparql: str) -> str:
    return _UNREAD.sub(" ", _ESCAPE.sub("", sparql))


def _named(sparql: str) -> set[tuple[str, str]]:
    theirs = {
        prefix for prefix, name in _OWN_PREFIX.findall(sparql) if PREFIXES.get(prefix) != name
    }
    prefix_of = {PREFIXES[name]: name for name in ("kg", *THINGS)}
    short = {found for found in _CURIE.findall(_without_unread(sparql)) if found[0] not in theirs}
    return short | {(prefix_of[name], local) for name, local in _FULL.findall(sparql)}


def _missing(store: Source, names: Iterable[str]) -> set[str]:
    """Those of the full names that stand nowhere as a subject, found in one request."""
    terms = " ".join(map(str, _nodes(names)))
    if not terms:
        return set()
    asked = f"SELECT ?term {{ VALUES ?term {{ {terms} }} FILTER NOT EXISTS {{ ?term ?p ?o }} }}"
    return {term.value for term in _column(store, asked) if isinstance(term, NamedNode)}


def _has_named_graphs(store: Source) -> bool:
    return bool(store.query("ASK { GRAPH ?graph { ?s ?p ?o } }", prefixes={}))


def _nodes(names: Iterable[str]) -> Iterator[NamedNode]:
    for name in names:
        try:
            yield NamedNode(name)
        except ValueError:
            continue  # no name at all: the engine has its own words for that


def _column(store: Source, sparql: str) -> Iterator[NamedNode | Literal]:
    found = store.query(sparql, prefixes=PREFIXES)
    if isinstance(found, QuerySolutions):
        yield from (solution[0] for solution in found)


def _complaint(store: Source, prefix: str, local: str) -> str:
    namespace = PREFIXES[prefix]
    labelled = _column(store, "SELECT ?thing { ?thing rdfs:label ?label }")
    known = {
        thing.value.removeprefix(namespace)
        for thing in labelled
        if isinstance(thing, NamedNode) and thing.value.startswith(namespace)
    }
    hint = nearest(local, known).replace("mean ", f"mean {prefix}:").replace(", ", f", {prefix}:")
    what = "term" if prefix == "kg" else "thing"
    return f"this graph has no {what} {prefix}:{local}" + hint
