"""Values as RDF terms, in the canonical form that every store leaves alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.graph.namespaces import iri

Value = NamedNode | Literal


def node(curie: str) -> NamedNode:
    """The node of a CURIE."""
    return NamedNode(iri(curie))


def split_sources(source: str) -> tuple[str, ...]:
    """The citations of a cell that holds several, separated by `|`."""
    return tuple(each.strip() for each in source.split("|") if each.strip())


def source_term(source: str) -> Value:
    """A web address as a node, any other citation as text."""
    if source.startswith(("https://", "http://")):
        try:
            return NamedNode(source)
        except ValueError:  # an address with a blank in it is still worth showing
            return Literal(source)
    return Literal(source)


def two_digits(number: float | Decimal) -> Decimal:
    """A confidence as it is stored: two digits after the point, none superfluous, never 0.

    >>> two_digits(0.8349), two_digits(0.9), two_digits(1.0)
    (Decimal('0.83'), Decimal('0.9'), Decimal('1'))
    """
    return max(round(Decimal(str(number)), 2), Decimal("0.01")).normalize()


def decimal_literal(number: Decimal) -> Literal:
    """A decimal in canonical form, as stores would rewrite it anyway."""
    return Literal(f"{number:f}", datatype=node("xsd:decimal"))


def amount_literal(number: float) -> Literal:
    """A figure as a decimal, eight digits at most, so that no float noise gets in.

    >>> amount_literal(15832.0).value, amount_literal(3.2009685230024214).value
    ('15832', '3.2009685')
    """
    return decimal_literal(Decimal(f"{number:.8g}").normalize())


def text_literal(value: str | None) -> Literal | None:
    """A plain string; None for None."""
    return None if value is None else Literal(value)


def node_or_none(curie: str | None) -> NamedNode | None:
    """The node of a CURIE; None for None."""
    return None if curie is None else node(curie)


def date_literal(day: date | None) -> Literal | None:
    """A day without zone; None for None."""
    return None if day is None else Literal(day.isoformat(), datatype=node("xsd:date"))
