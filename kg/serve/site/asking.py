"""What the pages ask: the queries of `queries/`, with terms put in by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.graph.namespaces import prologue
from kg.ontology.questions import slot
from kg.serve.asker import Asker, Binding

Row = dict[str, Binding]
Term = NamedNode | Literal
Terms = Term | Iterable[Term]


async def ask(asker: Asker, query: str, /, **given: Terms) -> list[Row]:
    """The answers to one of our SELECTs."""
    return await asker.rows(filled(own_query(query), **given))


def filled(sparql: str, /, **given: Terms) -> str:
    """A query with its prefixes, and terms in place of UNDEF in `VALUES ?name { UNDEF }`.

    Terms write themselves, so that no value can end its brackets.
    """
    for name, terms in given.items():
        several = [terms] if isinstance(terms, NamedNode | Literal) else terms
        written = " ".join(str(each) for each in several)
        sparql = slot(name).sub(_putting(written), sparql)
    return prologue() + sparql


def _putting(written: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}{written}{found[2]}"


@cache
def own_query(name: str) -> str:
    """A query of `queries/`."""
    return (Path(__file__).parent / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def text(row: Row, name: str) -> str:
    """The value of a variable; empty where it is unbound."""
    return row[name]["value"] if name in row else ""
