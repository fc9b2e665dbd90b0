"""Rules as dated data: versions, their paragraphs, and the comparisons that a paragraph makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import NamedTuple

from kg.controls.days import Stretch
from kg.controls.measures import Quantities
from kg.controls.parts import KINDS, USES
from kg.ontology.files import LooseDate, Row, parse_day, parse_loose_date

VERSIONS = (
    *("rule", "announced", "suspended_from", "suspended_until", "enforced"),
    *("amends", "supersedes", "source", "confidence", "checked", "note"),
)
PARAGRAPHS = (
    *("id", "rule", "paragraph", "role", "refers_to", "scope", "headquarters", "not_for"),
    "addressee",
    *("effective_from", "effective_until", "policy", "conditions"),
    *("source", "confidence", "checked", "note"),
)
LIMITS = ("paragraph", "alternative", "quantity", "comparison", "limit")
ROLES = ("control", "exclusion", "exception", "review")
ENFORCED = ("yes", "no", "never")
COMPARISONS = (">=", ">", "<", "is", "is not")
_WORDS = {"designed_for": USES, "kind": KINDS}


class Limit(NamedTuple):
    """One comparison of a paragraph.

    Attributes:
        quantity: What is compared.
        comparison: One of `COMPARISONS`.
        number: The limit, in the quantity's unit; None for a comparison of words.
        words: What the quantity is, or is not, one of; empty for a comparison of numbers.
    """

    quantity: str
    comparison: str
    number: float | None
    words: frozenset[str]

    def __str__(self) -> str:
        limit = " or ".join(sorted(self.words)) if self.number is None else f"{self.number:g}"
        return f"{self.quantity} {self.comparison} {limit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What is known of one version of a rule beside its entry in the lexicon.

    Attributes:
        rule: CURIE of the rule.
        announced: When it was first made public; None where unknown.
        suspended: While it is suspended; None where it never was.
        enforced: `yes`; `never` for a rule in the books that nobody enforced; `no` for a bill or
            a draft.
        amends: CURIEs of the rules whose text it changes.
        supersedes: CURIEs of the rules that it takes the place of.
        source: Citations.
        note: What a reader must know of it.
    """

    rule: str
    announced: LooseDate | None = None
    suspended: Stretch | None = None
    enforced: str = ENFORCED[0]
    amends: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paragraph:
    """One paragraph of one rule version, or a letter: whom, what, when and where it reaches.

    Attributes:
        name: Its id.
        rule: CURIE of the rule version that it belongs to.
        label: How lawyers cite it: `3A090.a.1`.
        role: `control`; `exclusion`, which takes things out of what it refers to; `exception`,
            a licence exception from it; `review`, how licences for it are reviewed.
        refers_to: Names of other paragraphs: what an exclusion, exception or review is about, or
            what a circuit inside a computer must meet.
        scope: Name of the destinations that it covers.
        headquarters: Name of the places where the headquarters of a buyer bring it under the
            paragraph wherever it buys; None where there is no such rule.
        not_for: Name of the places where the headquarters of a buyer take it out of the paragraph;
            None where there is no such rule.
        addressee: CURIE of the designer whom a letter binds; None where all are bound.
        effective: While it is in force.
        policy: Name of the licence policy.
        conditions: What is asked for besides numbers; empty for nothing.
        alternatives: Groups of comparisons; all of a group must hold, in one group or another.
        source: Citations.
        confidence: `A` or `B`.
        note: What a reader must know of it.
        checked: The day on which the source was checked.
    """

    name: str
    rule: str
    label: str
    role: str
    refers_to: tuple[str, ...]
    scope: str
    headquarters: str | None
    not_for: str | None
    addressee: str | None
    effective: Stretch
    policy: str
    conditions: str
    alternatives: tuple[tuple[Limit, ...], ...]
    source: str
    confidence: str
    note: str
    checked: date


def limit_of(row: Row, quantities: Quantities) -> Limit:
    """Read a row of `limits.csv`.

    Raises:
        OntologyError: The quantity or comparison is unknown, or the limit is no number.
    """
    quantity = quantities.get(row["quantity"])
    if quantity is None:
        raise row.error(
            f"no quantity {row['quantity']!r}; there are {', '.join(sorted(quantities))}"
        )
    words = quantity.kind == "text"
    choices = COMPARISONS[3:] if words else COMPARISONS[:3]
    if row["comparison"] not in choices:
        raise row.error(
            f"{quantity.name} is compared by {', '.join(choices)}, not {row['comparison']!r}"
        )
    if words:
        return Limit(quantity.name, row["comparison"], None, _words_of(row))
    try:
        number = float(row["limit"])
    except ValueError as error:
        raise row.error(f"limit: {row['limit']!r} is no number") from error
    if not isfinite(number) or number < 0:
        raise row.error(f"limit: {row['limit']!r} is no amount")
    return Limit(quantity.name, row["comparison"], number, frozenset())


def _words_of(row: Row) -> frozenset[str]:
    """The words that a quantity is compared with; a word that it can never be is an error."""
    words = row.words("limit")
    if not words:
        raise row.error("a comparison of words needs a word")
    if row["quantity"] not in _WORDS:
        return frozenset(f"chip:{word}" for word in words)
    choices = _WORDS[row["quantity"]]
    for word in words:
        if word not in choices:
            raise row.error(f"{row['quantity']} is one of {', '.join(choices)}, never {word!r}")
    return frozenset(words)


def paragraph_of(row: Row, limits: Mapping[str, Iterable[Limit]]) -> Paragraph:
    """Read a row of `paragraphs.csv`.

    Args:
        row: The row.
        limits: Its comparisons, by the number of the alternative.

    Raises:
        OntologyError: Its role, dates or confidence are wrong.
    """
    if row["role"] not in ROLES:
        raise row.error(f"role is {row['role']!r}, not one of {', '.join(ROLES)}")
    if row["confidence"] not in {"A", "B"}:
        raise row.error(f"confidence is {row['confidence']!r}, but only A and B are carried")
    if not row["source"] or not row["effective_from"]:
        raise row.error("a paragraph needs its source and the day from which it is in force")
    return Paragraph(
        name=row["id"],
        rule=f"rule:{row['rule']}",
        label=row["paragraph"],
        role=row["role"],
        refers_to=row.words("refers_to"),
        scope=row["scope"],
        headquarters=row["headquarters"] or None,
        not_for=row["not_for"] or None,
        addressee=row["addressee"] or None,
        effective=stretch_of(row, "effective_from", "effective_until"),
        policy=row["policy"],
        conditions=row["conditions"],
        alternatives=tuple(tuple(group) for _, group in sorted(limits.items())),
        source=row["source"],
        confidence=row["confidence"],
        note=row["note"],
        checked=parse_day(row, "checked"),
    )


def version_of(row: Row) -> Version:
    """Read a row of `versions.csv`.

    Raises:
        OntologyError: A date is wrong, or whether it is enforced.
    """
    if row["enforced"] not in ENFORCED:
        raise row.error(f"enforced is {row['enforced']!r}, not one of {', '.join(ENFORCED)}")
    parse_day(row, "checked")
    suspended = stretch_of(row, "suspended_from", "suspended_until")
    return Version(
        rule=f"rule:{row['rule']}",
        announced=loose_date(row, "announced"),
        suspended=suspended if suspended.since else None,
        enforced=row["enforced"],
        amends=row.words("amends"),
        supersedes=row.words("supersedes"),
        source=row["source"],
        note=row["note"],
    )


def stretch_of(row: Row, since: str, until: str) -> Stretch:
    """The stretch between the dates of two columns.

    Raises:
        OntologyError: One is no date, or the second is not after the first.
    """
    stretch = Stretch(loose_date(row, since), loose_date(row, until))
    if stretch.since and stretch.until and stretch.until.day <= stretch.since.day:
        raise row.error(f"{until} {row[until]} is not after {since} {row[since]}")
    return stretch


def loose_date(row: Row, column: str) -> LooseDate | None:
    """The date in a cell, as far as it is known; None where it is empty.

    Raises:
        OntologyError: It is no date.
    """
    try:
        return parse_loose_date(row[column])
    except ValueError as error:
        raise row.error(f"{column}: {error}") from error
