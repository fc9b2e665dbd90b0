"""Asks the store in SPARQL and hands back rows that read like Python."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from kg.errors import GraphError, QueryError
from kg.graph.guard import refuse_what_is_not_for_readers, undeclared_prefixes, unknown_terms
from kg.graph.namespaces import PREFIXES
from kg.graph.rows import RESULT_FORMATS, Rows, Triples, turtle
from kg.ontology.questions import slot

GRAPH_FORMATS = ("ttl", "nt")

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_KEYWORD = re.compile(r"[A-Z]{2,}")
_SIGN = re.compile(r'"([^"\w]+)"(?=,|$)')


def query(store: Store, sparql: str) -> Rows | Triples | bool:
    """Ask in SPARQL 1.1; the prefixes of `kg.graph.namespaces` need not be declared.

    Raises:
        QueryError: The query is malformed, calls another server, or would change the graph.
        GraphError: The store is damaged.
    """
    found = run(store, sparql)
    try:
        if isinstance(found, QueryBoolean):
            return bool(found)
        warnings = tuple(unknown_terms(store, sparql))
        if isinstance(found, QueryTriples):
            return Triples(tuple(sorted(set(found), key=str)), warnings)
        variables = tuple(variable.value for variable in found.variables)
        return Rows(variables, tuple(tuple(solution) for solution in found), warnings)
    except (OSError, RuntimeError) as error:
        raise damaged(error) from error


def write(store: Store, sparql: str, format: str, output: IO[bytes]) -> tuple[str, ...]:
    """Ask, and write the answer in a standard format as it is found, row by row.

    Args:
        store: The store to ask.
        sparql: The query.
        format: `csv`, `tsv`, `json` or `xml` for SELECT and ASK; `ttl` or `nt` for the others.
        output: Where the bytes go.

    Returns:
        The warnings, as in `Rows`.

    Raises:
        QueryError: As `query`, or the format does not suit the query.
        GraphError: The store is damaged.
        OSError: The output cannot be written to, such as a pipe whose other end is closed.
    """
    found = run(store, sparql)
    kind = "triples" if isinstance(found, QueryTriples) else "rows"
    formats = GRAPH_FORMATS if kind == "triples" else RESULT_FORMATS
    if format not in formats:
        raise QueryError(f"{format} cannot hold {kind}: choose {', '.join(formats)}")
    try:
        if isinstance(found, QueryTriples):
            triples = sorted(set(found), key=str)
            text = (
                turtle(triples) if format == "ttl" else "".join(f"{each} .\n" for each in triples)
            )
            output.write(text.encode())
        else:
            found.serialize(output, format=RESULT_FORMATS[format])
        return tuple(unknown_terms(store, sparql))
    except (OSError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the output's: a closed pipe or a full disk; the engine's have no number
        raise damaged(error) from error


def ask_with(store: Store, sparql: str, values: Mapping[str, NamedNode | Literal]) -> Rows:
    """Ask a SELECT with some of its variables given, as by `with_values`.

    Raises:
        QueryError: The query is malformed or no SELECT.
        GraphError: The store is damaged.
    """
    found = query(store, with_values(sparql, values))
    if not isinstance(found, Rows):
        raise QueryError("this query is no SELECT")
    return found


def with_values(sparql: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """A query with a term in place of UNDEF in each `VALUES ?name { UNDEF }`.

    Terms, not words: the engine writes them, so that no value can end its brackets. Oxigraph's own
    `substitutions` are no help here: they leave a variable unbound inside FILTER and BIND, and
    want each one in the SELECT, grouped.
    """
    for name, term in values.items():
        written = str(term).replace("\\", r"\\")  # `sub` reads backslashes
        sparql = slot(name).sub(rf"\g<1>{written}\g<2>", sparql)
    return sparql


def own_query(name: str) -> str:
    """One of the queries that this package asks by itself, from `kg/graph/sparql/`."""
    return (Path(__file__).parent / "sparql" / f"{name}.rq").read_text(encoding="utf-8")


def run(
    store: Store,
    sparql: str,
    *,
    base: str | None = None,
    default_graph: Sequence[NamedNode] | None = None,
    named_graphs: Sequence[NamedNode] | None = None,
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Ask, and hand back the answer as the engine gives it: found as it is read.

    Args:
        store: The store to ask.
        sparql: The query.
        base: What relative names in it are relative to.
        default_graph: The dataset's default graph, in place of the store's.
        named_graphs: The dataset's named graphs.

    Raises:
        QueryError: As `query`.
        GraphError: The store is damaged.
    """
    refuse_what_is_not_for_readers(sparql)
    try:
        return store.query(
            sparql,
            base_iri=base,
            prefixes=PREFIXES,
            default_graph=None if default_graph is None else list(default_graph),
            named_graphs=None if named_graphs is None else list(named_graphs),
        )
    except SyntaxError as error:
        raise QueryError(_explained(sparql, str(error))) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise damaged(error) from error


def damaged(error: Exception) -> GraphError:
    """What to say where the engine cannot read its own files."""
    return GraphError(
        f"the store cannot be read ({error}): run `kg build` again; the readings are kept"
    )


def _explained(sparql: str, message: str) -> str:
    """The engine's complaint in one line: where, what stands there, and what could stand there."""
    found = _PLACE.match(message)
    if not sparql.strip() or not found:
        return "the query is empty" if not sparql.strip() else f"this is no query: {message}"
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = sparql.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    overshot = _overshot(column, expected)
    column -= overshot
    here = text[column - 1 :].split(maxsplit=1)
    what = f"{'from' if overshot else 'at'} {here[0]!r}" if here else "at the end of the line"
    on = " on" if overshot else ""
    return f"line {line}, column {column}: the query goes wrong {what}{on}{_hint(sparql, expected)}"


def _overshot(column: int, expected: str) -> int:
    """By how much the engine points too far: where it looked for a keyword, by its length.

    The slip itself lies between the two places.
    """
    tokens = set(expected.removeprefix("one of ").split(", ")) - {"[_]"}
    if not tokens or not all(map(_KEYWORD.fullmatch, tokens)):
        return 0
    shortest = min(map(len, tokens))
    return shortest if shortest < column else 0


def _hint(sparql: str, expected: str) -> str:
    if unknown := undeclared_prefixes(sparql):
        return f": no such prefix {unknown[0]!r}; there are {', '.join(PREFIXES)}"
    if "unbound" in expected:
        return ": a variable of the SELECT is neither grouped by nor inside COUNT, MAX or the like"
    signs = _SIGN.findall(expected)
    return f"; expected {' or '.join(signs)}" if 0 < len(signs) <= 8 else ""
