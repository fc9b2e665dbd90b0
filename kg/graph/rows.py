"""Answers as values: rows that read like Python, and triples."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from kg.errors import QueryError
from kg.graph.namespaces import PREFIXES, curie

if TYPE_CHECKING:
    import pandas

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | bool | date | None

RESULT_FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}

_SHOWN = 50  # rows that a notebook shows
_XSD = PREFIXES["xsd"]
_READ: dict[str, Callable[[str], Value]] = {
    **{f"{_XSD}{name}": int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{f"{_XSD}{name}": float for name in ("decimal", "double", "float")},
    f"{_XSD}boolean": "true".__eq__,
    f"{_XSD}date": date.fromisoformat,
}


class Row(Sequence[Value]):
    """One answer. `row.chip`, `row["chip"]` and `row[0]` are the same value.

    A node reads as its CURIE (`chip:nvidia-h20`), a number as int or float, a day as
    `datetime.date`, what is unbound as None.
    """

    __slots__ = ("_names", "_values")

    def __init__(self, names: tuple[str, ...], values: tuple[Value, ...]) -> None:
        self._names = names
        self._values = values

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            try:
                return self._values[self._names.index(key)]
            except ValueError:
                raise KeyError(f"no column {key!r}; there are {', '.join(self._names)}") from None
        return self._values[key]

    def __getattr__(self, name: str) -> Value:
        if name in self._names:
            return self._values[self._names.index(name)]
        raise AttributeError(f"no column {name!r}; there are {', '.join(self._names)}")

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Row):
            return (self._names, self._values) == (other._names, other._values)
        return self._values == other

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        inside = (f"{name}={value!r}" for name, value in self.asdict().items())
        return f"Row({', '.join(inside)})"

    def asdict(self) -> dict[str, Value]:
        """Value by column."""
        return dict(zip(self._names, self._values, strict=True))


@dataclass(frozen=True, slots=True)
class Rows(Sequence[Row]):
    """The answers to a SELECT, in the order of its ORDER BY.

    Attributes:
        variables: The columns.
        terms: The answers as RDF terms, one tuple a row.
        warnings: A sentence for each term of the query that the graph does not know.
        silence: Where a named question has no answer, what it looked at; else empty.
    """

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...] = field(repr=False)
    warnings: Sequence[str] = ()
    silence: str = ""

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self._row(terms) for terms in self.terms[index]]
        return self._row(self.terms[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame, with CURIEs for nodes.

        Raises:
            QueryError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise QueryError("to_pandas() needs pandas: pip install 'chiptrace[pandas]'") from error
        return pandas.DataFrame([list(row) for row in self], columns=list(self.variables))

    def to_csv(self) -> str:
        """The rows as SPARQL 1.1 CSV, with full names for nodes: what `--format csv` writes."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.variables)
        writer.writerows([_bare(term) for term in terms] for terms in self.terms)
        return text.getvalue()

    def first(self, most: int | None) -> Rows:
        """So many of the rows, with a warning if that left any out; all for None."""
        if most is None or len(self.terms) <= most:
            return self
        return Rows(self.variables, self.terms[:most], (*self.warnings, _more(most, "row")))

    def _repr_html_(self) -> str:
        """The first rows as a table, which a notebook shows; every value is shown as text."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        body = "".join(
            f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row)}</tr>"
            for row in self[:_SHOWN]
        )
        rest = f", the first {_SHOWN} shown" if len(self) > _SHOWN else ""
        count = f"{len(self):,} row{'' if len(self) == 1 else 's'}{rest}"
        notes = "".join(f"<p>warning: {escape(each)}</p>" for each in self.warnings)
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{count}</p>{notes}"
        )

    def _row(self, terms: tuple[Term | None, ...]) -> Row:
        return Row(self.variables, tuple(map(python_value, terms)))


@dataclass(frozen=True, slots=True)
class Triples(Sequence[Triple]):
    """The answer to a CONSTRUCT or DESCRIBE, sorted.

    Attributes:
        triples: The triples.
        warnings: As in `Rows`.
    """

    triples: tuple[Triple, ...]
    warnings: Sequence[str] = ()

    def __getitem__(self, index: Any) -> Any:
        return self.triples[index]

    def __len__(self) -> int:
        return len(self.triples)

    def first(self, most: int | None) -> Triples:
        """So many of the triples, with a warning if that left any out; all for None."""
        if most is None or len(self.triples) <= most:
            return self
        left_out = len(self.triples) - most
        return Triples(self.triples[:most], (*self.warnings, _more(most, "triple", left_out)))

    def to_turtle(self) -> str:
        """The triples as Turtle, with prefixes."""
        return turtle(self.triples)


def turtle(triples: Iterable[Triple]) -> str:
    """Triples as Turtle, in their order, with prefixes in ours: the engine shuffles those."""
    text = (serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    lines = text.splitlines(keepends=True)
    prefixes = [line for line in lines[: len(PREFIXES)] if line.startswith("@prefix ")]
    return "".join([*sorted(prefixes), *lines[len(prefixes) :]])


def write_rows(rows: Rows, format: str, output: IO[bytes]) -> None:
    """Write rows in one of the standard formats, `csv`, `tsv`, `json` or `xml`.

    Raises:
        QueryError: There is no such format.
    """
    if format not in RESULT_FORMATS:
        raise QueryError(f"{format} cannot hold rows: choose {', '.join(RESULT_FORMATS)}")
    bindings = [
        {name: _json(term) for name, term in zip(rows.variables, terms, strict=True) if term}
        for terms in rows.terms
    ]
    answer = {"head": {"vars": rows.variables}, "results": {"bindings": bindings}}
    # the engine writes the formats; JSON is the one in which it can be given rows
    read = parse_query_results(json.dumps(answer), format=QueryResultsFormat.JSON)
    if isinstance(read, QuerySolutions):
        read.serialize(output, format=RESULT_FORMATS[format])


def python_value(term: Term | None) -> Value:
    """A term as Python people know it; text where Python has nothing better."""
    if isinstance(term, NamedNode):
        return curie(term.value)
    if isinstance(term, Literal):
        try:
            return _READ.get(term.datatype.value, str)(term.value)
        except ValueError:  # such as a year of five digits
            return term.value
    return None if term is None else str(term)


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _cell(value: Value) -> str:
    return "" if value is None else escape(str(value))


def _more(most: int, noun: str, left_out: int | None = None) -> str:
    more = "there are more" if left_out is None else f"{left_out:,} are left out"
    return f"these are the first {most:,} {noun}{'' if most == 1 else 's'}, and {more}"


def _bare(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
