"""What the headings of tables mean, and which two columns of a table tell a property."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kg.ontology.files import Row
from kg.ontology.terms import Terms

HEADINGS = ("role", "class", "words", "comment")
COLUMNS = (
    "name",
    "property",
    "subject",
    "object",
    "involves",
    "requires",
    "unless",
    "example",
    "claim",
)
BESIDE = "beside"  # the role of what stands in brackets or after a comma behind a cell's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands under some headings.

    Attributes:
        role: What the rows call it.
        cls: CURIE of the class of what stands there; None where no class is told.
        words: Headings of the kind, in small letters.
    """

    role: str
    cls: str | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCue:
    """Two columns that tell a property.

    Attributes:
        name: The cue's name, which a claim keeps as `found_by`.
        property: CURIE of the property that it tells.
        part: `table`, always; the confidence asks for it.
        subject: Roles of the subject's column.
        object: Roles of the object's column; `beside` for what stands behind the subject.
        involves: Roles of the column of the chip that changes hands; empty for none.
        requires: Roles one of which another column must have; empty for no such need.
        unless: Roles whose column makes the two mean something else.
        example: A table made for this cue.
        claim: What it must read there: `subject words | kg:property | object words`.
    """

    name: str
    property: str
    part: str = "table"
    subject: tuple[str, ...]
    object: tuple[str, ...]
    involves: tuple[str, ...]
    requires: tuple[str, ...]
    unless: tuple[str, ...]
    example: str
    claim: str


def read_heading(row: Row, terms: Terms) -> Heading:
    """One row of `cues/headings.csv`.

    Raises:
        OntologyError: The row is wrong.
    """
    if row["class"] and row["class"] not in terms.superclasses:
        raise row.error(f"no class {row['class']}")
    if not row.words("words"):
        raise row.error("needs the words of a heading")
    return Heading(role=row["role"], cls=row["class"] or None, words=frozenset(row.words("words")))


def read_column(row: Row, terms: Terms, roles: Collection[str]) -> ColumnCue:
    """One row of `cues/columns.csv`.

    Raises:
        OntologyError: The row is wrong.
    """
    if row["property"] not in terms.properties:
        raise row.error(f"no property {row['property']}")
    known = {*roles, BESIDE}
    for column in ("subject", "object", "involves", "requires", "unless"):
        for role in row.words(column):
            if role not in known:
                raise row.error(f"{column} is {role!r}, which headings.csv lacks")
    if not row.words("subject") or not row.words("object"):
        raise row.error("needs a role for the subject and one for the object")
    if "\\n" not in row["example"] or row["claim"].count("|") != 2:
        raise row.error("needs an example and the claim it makes: subject | kg:property | object")
    return ColumnCue(
        name=row["name"],
        property=row["property"],
        subject=row.words("subject"),
        object=row.words("object"),
        involves=row.words("involves"),
        requires=row.words("requires"),
        unless=row.words("unless"),
        example=row["example"].replace("\\n", "\n"),
        claim=row["claim"],
    )
