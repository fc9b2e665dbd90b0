"""Asks the store in SPARQL and hands back rows that read like Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from traceback import clear_frames
from typing import IO, TypeVar

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from kg.errors import GraphError, QueryError
from kg.graph.guard import Warnings, refuse_calls, refuse_changes, undeclared_prefixes
from kg.graph.jsonld import jsonld
from kg.graph.namespaces import PREFIXES
from kg.graph.rows import RESULT_FORMATS, Rows, Triples, turtle, write_rows
from kg.graph.source import Found, Source
from kg.ontology.questions import slot

T = TypeVar("T")

GRAPH_FORMATS = ("ttl", "nt", "jsonld")

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_DECLARED = [(name, f"{name}:") for name in PREFIXES]  # the engine reads each prefix that it gets
_KEYWORD = re.compile(r"[A-Z]{2,}")
_SIGN = re.compile(r'"([^"\w]+)"(?=,|$)')


def query(store: Source, sparql: str, most: int | None = None) -> Rows | Triples | bool:
    """Ask in SPARQL 1.1; the prefixes of `kg.graph.namespaces` need not be declared.

    Args:
        store: The store or endpoint to ask.
        sparql: The query.
        most: Take so many rows or triples; a warning says that there are more. None for all.

    Raises:
        QueryError: The query is malformed, calls another server, or would change the graph.
        GraphError: The store is damaged, or the endpoint fails.
    """
    found = _run(store, sparql)
    try:
        return _answer(store, sparql, found, most)
    except (SyntaxError, OSError, RuntimeError) as error:
        del found  # a traceback would keep it, and it may die in this thread only
        clear_frames(error.__traceback__)
        if isinstance(error, SyntaxError):  # only of what came over HTTP
            said = "the endpoint's answer was cut short: it may have hit a limit"
            raise GraphError(said) from error
        raise damaged(error) from error


def write(
    store: Source, sparql: str, format: str, output: IO[bytes], most: int | None = None
) -> tuple[str, ...]:
    """Ask, and write the answer in a standard format as it is found, row by row.

    Args:
        store: The store or endpoint to ask.
        sparql: The query.
        format: `csv`, `tsv`, `json` or `xml` for SELECT and ASK; `ttl`, `nt` or `jsonld` for the
            others.
        output: Where the bytes go.
        most: As in `query`.

    Returns:
        The warnings, as in `Rows`.

    Raises:
        QueryError: As `query`, or the format does not suit the query.
        GraphError: The store is damaged.
        OSError: The output cannot be written to, such as a pipe whose other end is closed.
    """
    found = _run(store, sparql)
    kind = "rows" if isinstance(found, QuerySolutions | QueryBoolean) else "triples"
    formats = GRAPH_FORMATS if kind == "triples" else RESULT_FORMATS
    if format not in formats:
        raise QueryError(f"{format} cannot hold {kind}: choose {', '.join(formats)}")
    try:
        if most is not None and not isinstance(found, QueryBoolean):
            return _write_some(_answer(store, sparql, found, most), format, output)
        if isinstance(found, QuerySolutions | QueryBoolean):
            found.serialize(output, format=RESULT_FORMATS[format])
        else:
            output.write(_text(sorted(set(found), key=str), format).encode())
        return tuple(Warnings(store, sparql))
    except (OSError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the output's: a closed pipe or a full disk; the engine's have no number
        raise damaged(error) from error


def run_on_dataset(
    store: Store,
    sparql: str,
    *,
    base: str | None,
    default_graph: Sequence[NamedNode] | None,
    named_graphs: Sequence[NamedNode] | None,
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Ask a dataset of some graphs, and hand back the answer as the engine gives it.

    Args:
        store: The store to ask.
        sparql: The query.
        base: What relative names in it are relative to.
        default_graph: The dataset's default graph; None for the store's.
        named_graphs: The dataset's named graphs; None for the store's.

    Raises:
        QueryError: As `query`.
        GraphError: The store is damaged.
    """
    return _explaining(
        sparql,
        lambda prefixes: store.query(
            sparql,
            base_iri=base,
            prefixes=prefixes,
            default_graph=None if default_graph is None else list(default_graph),
            named_graphs=None if named_graphs is None else list(named_graphs),
        ),
    )


def ask_with(store: Source, sparql: str, values: Mapping[str, NamedNode | Literal]) -> Rows:
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


def _run(store: Source, sparql: str) -> Found:
    if not isinstance(sparql, str):
        raise QueryError(f"a query is text in SPARQL, and {sparql!r} is none")
    return _explaining(sparql, lambda prefixes: store.query(sparql, prefixes=prefixes))


def _explaining(sparql: str, ask: Callable[[dict[str, str]], T]) -> T:
    """What the engine answers, asked with the prefixes in use; its complaint in our words."""
    refuse_calls(sparql)
    prefixes = {name: PREFIXES[name] for name, sign in _DECLARED if sign in sparql}
    try:
        return ask(prefixes)
    except SyntaxError as error:
        refuse_changes(sparql)
        raise QueryError(_explained(sparql, str(error))) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise damaged(error) from error


def _answer(store: Source, sparql: str, found: Found, most: int | None) -> Rows | Triples | bool:
    if isinstance(found, QueryBoolean):
        return bool(found)
    warnings = Warnings(store, sparql)
    if isinstance(found, QuerySolutions):
        variables = tuple(variable.value for variable in found.variables)
        solutions = found if most is None else islice(found, most + 1)
        return Rows(variables, tuple(map(tuple, solutions)), warnings).first(most)
    return Triples(tuple(sorted(set(found), key=str)), warnings).first(most)


def _write_some(answer: Rows | Triples | bool, format: str, output: IO[bytes]) -> tuple[str, ...]:
    if isinstance(answer, Rows):
        write_rows(answer, format, output)
    elif isinstance(answer, Triples):
        output.write(_text(answer, format).encode())
    return tuple(getattr(answer, "warnings", ()))


def _text(triples: Iterable[Triple], format: str) -> str:
    match format:
        case "ttl":
            return turtle(triples)
        case "jsonld":
            return jsonld(triples)
        case _:
            return "".join(f"{each} .\n" for each in triples)


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
