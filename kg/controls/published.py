"""What vendors, agencies and the press say of a chip's status: compared, never merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.ontology.files import Row, parse_day

PUBLISHED = (
    *("chip", "rule", "role", "on", "to", "says", "speaker"),
    *("source", "confidence", "checked", "note"),
)
_VERDICTS = ("covered", "not covered")
_ROLES = ("control", "exception", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One published status.

    Attributes:
        chip: CURIE of the chip.
        rule: CURIE of the rule version that it speaks of.
        role: What of the rule: its `control`, an `exception` from it, or a `review` under it.
        on: A day on which it is meant.
        to: CURIE of the destination that it is meant for.
        says: `covered` or `not covered`.
        speaker: Who says so.
        source: Citations.
        checked: The day on which these were checked.
    """

    chip: str
    rule: str
    role: str
    on: date
    to: str
    says: str
    speaker: str
    source: str
    checked: date


def published_of(row: Row) -> Published:
    """Read a row of `published.csv`.

    Raises:
        OntologyError: The status, the role, a date or the confidence is wrong.
    """
    for column, choices in (("says", _VERDICTS), ("role", _ROLES), ("confidence", ("A", "B"))):
        if row[column] not in choices:
            raise row.error(f"{column} is {row[column]!r}, not one of {', '.join(choices)}")
    if not row["source"] or not row["speaker"]:
        raise row.error("a published status needs its source and who says so")
    return Published(
        chip=f"chip:{row['chip']}",
        rule=f"rule:{row['rule']}",
        role=row["role"],
        on=parse_day(row, "on"),
        to=f"place:{row['to']}",
        says=row["says"],
        speaker=row["speaker"],
        source=row["source"],
        checked=parse_day(row, "checked"),
    )
