"""The claims that people keep in `ontology/claims.csv`, each with its citation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.ontology.files import LooseDate, Row, parse_day, parse_loose_date, read_table
from kg.ontology.lexicon import Lexicon
from kg.ontology.terms import Terms

MODALITIES = ("asserted", "reported", "denied", "planned", "hypothetical")
PRECISIONS = ("day", "month", "half", "year")
_COLUMNS = (
    *("subject", "predicate", "object", "modality", "attributed_to"),
    *("holds_from", "holds_from_precision", "quantity", "quantity_text"),
    *("source", "confidence", "checked", "note"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedClaim:
    """One claim with a citation instead of a quote.

    Attributes:
        subject: CURIE of what it is about.
        predicate: CURIE of one of the fifteen properties.
        object: CURIE of what is said of it.
        modality: One of `MODALITIES`.
        attributed_to: Who says so; None for the cited source's own voice.
        holds_from: First day of what was said; None where unknown.
        quantity: How many, where known exactly.
        quantity_text: How many, in words.
        source: The citation, `|` between several.
        checked: The day on which the citation was checked.
    """

    subject: str
    predicate: str
    object: str
    modality: str
    attributed_to: str | None
    holds_from: LooseDate | None
    quantity: int | None
    quantity_text: str | None
    source: str
    checked: date


def read_curated(path: Path, terms: Terms, lexicon: Lexicon) -> tuple[CuratedClaim, ...]:
    """Read the curated claims and check their ids, properties and classes.

    Raises:
        OntologyError: A row is wrong; the message names the row.
    """
    seen: set[tuple[str, ...]] = set()
    claims = []
    for row in read_table(path, _COLUMNS):
        key = tuple(row[column] for column in _COLUMNS[:5])
        if key in seen:
            raise row.error(f"{' '.join(key)} stands there twice")
        seen.add(key)
        _check(row, terms, lexicon)
        claims.append(_claim(row))
    return tuple(claims)


def _check(row: Row, terms: Terms, lexicon: Lexicon) -> None:
    found = terms.properties.get(row["predicate"])
    if found is None:
        raise row.error(
            f"no property {row['predicate']}; there are {', '.join(sorted(terms.properties))}"
        )
    for column, wanted in (("subject", found.domain), ("object", found.range)):
        thing = lexicon.things.get(row[column])
        if thing is None:
            raise row.error(f"no thing {row[column]} ({column})")
        if not terms.is_a(thing.cls, wanted):
            raise row.error(
                f"{column} {row[column]} is a {thing.cls}, {found.curie} wants {wanted}"
            )
    _choice(row, "modality", MODALITIES)
    if row["confidence"] not in {"A", "B"}:
        raise row.error(f"confidence is {row['confidence']!r}, but only A and B are carried")


def _choice(row: Row, column: str, choices: tuple[str, ...]) -> str:
    if row[column] not in choices:
        raise row.error(f"{column} is {row[column]!r}, not one of {', '.join(choices)}")
    return row[column]


def _claim(row: Row) -> CuratedClaim:
    try:
        holds_from = parse_loose_date(row["holds_from"])
        quantity = int(row["quantity"]) if row["quantity"] else None
    except ValueError as error:
        raise row.error(str(error)) from error
    if holds_from and row["holds_from_precision"]:
        holds_from = LooseDate(holds_from.day, _choice(row, "holds_from_precision", PRECISIONS))
    if not row["source"]:
        raise row.error("a curated claim needs its source")
    return CuratedClaim(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        modality=row["modality"],
        attributed_to=row["attributed_to"] or None,
        holds_from=holds_from,
        quantity=quantity,
        quantity_text=row["quantity_text"] or None,
        source=row["source"],
        checked=parse_day(row, "checked"),
    )
