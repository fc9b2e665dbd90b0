"""The named questions as forms, and their answers as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, pairwise

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.literals import date_literal
from kg.graph.namespaces import curie, iri, prologue
from kg.ontology.files import parse_loose_date
from kg.ontology.questions import Param, Question
from kg.serve.asker import Asker
from kg.serve.site.asking import Row, Term, ask, filled, text
from kg.serve.site.names import Link, link_to
from kg.serve.site.search import ids, near_names

MOST_ROWS = 500
_ANY = "rdfs:Resource"


class UnclearError(QueryError):
    """Words that mean nothing, or several things; `choices` says which there are."""

    def __init__(self, message: str, choices: Sequence[Link] = ()) -> None:
        super().__init__(message)
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True)
class Table:
    """An answer.

    Attributes:
        columns: Their headings.
        rows: The cells.
        left_out: How many rows are not shown.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    left_out: int = 0


async def as_sparql(asker: Asker, question: Question, given: Mapping[str, str]) -> str:
    """The query behind a question with what it is told.

    Raises:
        UnclearError: An argument is missing, or means nothing or several things.
    """
    terms: dict[str, Term] = {}
    for param in question.params:
        words = given.get(param.name, "").strip()
        if words:
            terms[param.name] = await _term(asker, param, words)
        elif param.required:
            raise UnclearError(f"Say which {param.name} is meant.")
    return filled(question.sparql, **terms)


def readable(sparql: str) -> str:
    r"""A query as a person would write it: without our prefixes and the notes at its head.

    >>> readable("# question: Which?\nSELECT ?x {}  # all\n")
    'SELECT ?x {}  # all'
    """
    lines = sparql.removeprefix(prologue()).strip().split("\n")
    return "\n".join(dropwhile(lambda line: line.startswith("#"), lines))


async def answer(asker: Asker, question: Question, sparql: str) -> Table:
    """Ask, and lay the answer out: a thing under its label, a thing without one by its id."""
    rows = await asker.rows(sparql)
    labels = _labels(question.columns)
    shown = [name for name in question.columns if name not in labels.values()]
    return Table(
        columns=tuple(name.replace("_", " ") for name in shown),
        rows=tuple(tuple(_cell(row, name, labels) for name in shown) for row in rows[:MOST_ROWS]),
        left_out=max(0, len(rows) - MOST_ROWS),
    )


def _labels(columns: Sequence[str]) -> dict[str, str]:
    """The column with the label of each column that has one: the next, of the same first word.

    >>> _labels(("who", "who_label", "chip_used", "chip_label", "speaker", "rule_label"))
    {'who': 'who_label', 'chip_used': 'chip_label'}
    """
    return {
        name: after
        for name, after in pairwise(columns)
        if after.endswith("_label") and after.partition("_")[0] == name.partition("_")[0]
    }


def _cell(row: Row, name: str, labels: Mapping[str, str]) -> Link:
    """A node leads to its page, a web address to the web."""
    value = text(row, name)
    if value.startswith(("http://", "https://")):
        return link_to(value, text(row, labels.get(name, "")))
    return Link(value)


async def _term(asker: Asker, param: Param, words: str) -> Term:
    if param.kind == "xsd:date":
        return _day(words)
    if param.kind.startswith("xsd:"):
        return Literal(words, datatype=NamedNode(iri(param.kind)))
    return await _thing(asker, words, param.kind)


def _day(words: str) -> Literal:
    try:
        found = parse_loose_date(words)
    except ValueError as error:
        raise UnclearError(str(error)) from error
    literal = date_literal(found.day) if found else None
    if literal is None:
        raise UnclearError("Give a day like 2024-01-01.")
    return literal


async def _thing(asker: Asker, words: str, kind: str) -> NamedNode:
    """The thing that is meant: by id, else by label, else by another name."""
    given = {} if kind == _ANY else {"kind": NamedNode(iri(kind))}
    nodes = ids(words)
    rows = await ask(asker, "by-id", thing=nodes, **given) if nodes else []
    if not rows:
        named = await ask(asker, "by-name", name=Literal(words), **given)
        rows = [row for row in named if text(row, "rank") == "0"] or named
    found = {text(row, "thing"): text(row, "label") for row in rows}
    if len(found) == 1:
        return NamedNode(next(iter(found)))
    if found:
        choices = [link_to(thing, f"{label} ({curie(thing)})") for thing, label in found.items()]
        raise UnclearError(f"“{words}” may mean several things. Take one by its id:", choices)
    what = "thing" if kind == _ANY else kind.partition(":")[2]
    near = await near_names(asker, words)
    raise UnclearError(f"There is no {what} called “{words}” in this graph.", near)
