"""Answers the named questions of `ontology/questions/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.find import find_thing
from kg.graph.literals import date_literal, node
from kg.graph.namespaces import iri
from kg.graph.query import ask_with, with_values
from kg.graph.rows import Rows
from kg.graph.source import Source
from kg.ontology.files import parse_loose_date
from kg.ontology.questions import Param, Question


def ask(store: Source, question: Question, arguments: Mapping[str, str]) -> Rows:
    """Ask a named question.

    Args:
        store: The graph.
        question: One of `kg.ontology.questions.read_questions()`.
        arguments: What the question is told, by parameter; a thing by id, label or alias.

    Returns:
        The rows; where there are none, their `silence` says what was looked at.

    Raises:
        QueryError: An argument is missing, unknown, or means nothing or several things.
    """
    rows = ask_with(store, question.sparql, _terms(store, question, arguments))
    return rows if rows else replace(rows, silence=silence(store, question))


def silence(store: Source, question: Question) -> str:
    """What an empty answer means: how much was looked at, and what the question leaves out."""
    counting = f"SELECT (COUNT(DISTINCT ?x) AS ?count) {{ {question.looked.pattern} }}"
    count = ask_with(store, counting, {})[0]["count"]
    said = f"looked at {count:,} {question.looked.noun}. Silence is not clearance."
    return f"{said} Left out: {question.left_out}." if question.left_out else said


def as_sparql(store: Source, question: Question, arguments: Mapping[str, str]) -> str:
    """The query that `ask` runs, to be read, changed or written out in a standard format.

    Raises:
        QueryError: As `ask`.
    """
    return with_values(question.sparql, _terms(store, question, arguments))


def _terms(
    store: Source, question: Question, arguments: Mapping[str, str]
) -> dict[str, NamedNode | Literal]:
    params = {param.name: param for param in question.params}
    for name in arguments:
        if name not in params:
            raise QueryError(f"{question.name} takes no {name}; {_usage(question)}")
    missing = [name for name, param in params.items() if param.required and name not in arguments]
    if missing:
        raise QueryError(f"{question.name} needs {' and '.join(missing)}; {_usage(question)}")
    return {name: _term(store, params[name], words) for name, words in arguments.items()}


def _term(store: Source, param: Param, words: str) -> NamedNode | Literal:
    if not isinstance(words, str):
        raise QueryError(f"{param.name} is text, and {words!r} is none")
    if param.kind == "xsd:date":
        return _day(param, words)
    if param.kind.startswith("xsd:"):
        return Literal(words, datatype=NamedNode(iri(param.kind)))
    return node(find_thing(store, words, param.kind))


def _day(param: Param, words: str) -> Literal:
    try:
        found = parse_loose_date(words.strip())
    except ValueError as error:
        raise QueryError(f"{param.name}: {error}") from error
    day: date | None = found.day if found else None
    literal = date_literal(day)
    if literal is None:
        raise QueryError(f"{param.name} is empty; give a day like 2024-01-01")
    return literal


def _usage(question: Question) -> str:
    takes = ", ".join(
        f"{param.name} ({param.kind}{'' if param.required else ', optional'})"
        for param in question.params
    )
    return f"it takes {takes or 'nothing'}: {question.example}"
