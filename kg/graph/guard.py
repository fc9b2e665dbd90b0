"""Looks at a query before it runs: what it may not do, and which of its words nobody knows.

Oxigraph calls out to the network for SERVICE and has no switch for it. The scan below errs on the
side of refusing; it is a courtesy to the writer of a query, and no barrier against a hostile one:
that is a process without a network.
"""

from __future__ import annotations

import re

from pyoxigraph import NamedNode, Store

from kg.errors import QueryError
from kg.graph.namespaces import PREFIXES, THINGS

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


def refuse_what_is_not_for_readers(sparql: str) -> None:
    """Refuse a query that calls another server or would change the graph.

    Raises:
        QueryError: It does; the message says what to do instead.
    """
    words = _NAME.sub(" ", _without_unread(sparql))
    if "service" in words.lower():
        raise QueryError(
            "SERVICE is refused, because it would send your query to another server: "
            "query that server by itself and join the answers"
        )
    first = re.sub(r"(?i)\b(PREFIX\s+[\w.-]*:?|BASE)", " ", words).split()
    if first and _UPDATE.match(first[0]):
        raise QueryError(
            f"{first[0].upper()} is refused, because a graph is only read: use SELECT, ASK, "
            "CONSTRUCT or DESCRIBE; to change the graph, build it again"
        )


def unknown_terms(store: Store, sparql: str) -> list[str]:
    """One sentence for each `kg:` term and each thing in the query that the graph lacks.

    And one where the query looks into named graphs, of which there are none.
    """
    warnings = [
        _complaint(store, prefix, local)
        for prefix, local in sorted(_named(sparql))
        if not _stands_in(store, PREFIXES[prefix] + local)
    ]
    lost = _OTHER_GRAPH.search(_without_unread(sparql))
    if lost and next(store.named_graphs(), None) is None:
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


def _without_unread(sparql: str) -> str:
    return _UNREAD.sub(" ", _ESCAPE.sub("", sparql))


def _named(sparql: str) -> set[tuple[str, str]]:
    theirs = {
        prefix for prefix, name in _OWN_PREFIX.findall(sparql) if PREFIXES.get(prefix) != name
    }
    prefix_of = {PREFIXES[name]: name for name in ("kg", *THINGS)}
    short = {found for found in _CURIE.findall(_without_unread(sparql)) if found[0] not in theirs}
    return short | {(prefix_of[name], local) for name, local in _FULL.findall(sparql)}


def _stands_in(store: Store, iri: str) -> bool:
    try:
        me = NamedNode(iri)
    except ValueError:
        return True  # no name at all: the engine has its own words for that
    return next(store.quads_for_pattern(me, None, None, None), None) is not None


def _complaint(store: Store, prefix: str, local: str) -> str:
    namespace = PREFIXES[prefix]
    label = NamedNode(PREFIXES["rdfs"] + "label")
    known = {
        quad.subject.value.removeprefix(namespace)
        for quad in store.quads_for_pattern(None, label, None, None)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(namespace)
    }
    hint = nearest(local, known).replace("mean ", f"mean {prefix}:").replace(", ", f", {prefix}:")
    what = "term" if prefix == "kg" else "thing"
    return f"this graph has no {what} {prefix}:{local}" + hint
