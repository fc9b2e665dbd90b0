"""Where `ontology/` lies, and how its tables are read: strictly, with the row in each complaint."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import OntologyError

PREFIXES = ("entity", "chip", "rule", "place", "model")


def ontology_folder() -> Path:
    """Find `ontology/`: beside `kg/` in a checkout, else inside the installed package.

    The checkout comes first because an editable install leaves a stale copy in site-packages.

    Raises:
        OntologyError: There is none.
    """
    here = Path(__file__).parent.parent
    for folder in (here.parent / "ontology", here / "_ontology"):
        if (folder / "core.ttl").is_file():
            return folder
    raise OntologyError(f"no ontology/core.ttl beside or inside the package {here.name!r}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with the place that a complaint about it names.

    Attributes:
        where: Such as `ontology/lexicon/chips.csv row 14` (the header is row 1).
        cells: Value by column; empty cells are empty strings.
    """

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def words(self, column: str) -> tuple[str, ...]:
        """The values of a cell that holds several, separated by `|`."""
        return tuple(word.strip() for word in self.cells[column].split("|") if word.strip())

    def error(self, what: str) -> OntologyError:
        """The error to raise: the row, then what is wrong with it."""
        return OntologyError(f"{self.where}: {what}")


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Read a CSV file whose header must be exactly `columns`.

    Raises:
        OntologyError: The file is missing, is not UTF-8, or a header or row has other columns.
    """
    where = f"ontology/{path.parent.name}/{path.name}".replace("ontology/ontology/", "ontology/")
    where = where.replace("/_ontology/", "/")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{where}: cannot be read: {error}") from error
    table = csv.reader(text.splitlines())
    header = tuple(next(table, ()))
    if header != columns:
        raise OntologyError(f"{where} row 1: columns are {header}, expected {columns}")
    for number, cells in enumerate(table, start=2):
        if len(cells) != len(columns):
            raise OntologyError(
                f"{where} row {number}: {len(cells)} cells, expected {len(columns)} {columns}"
            )
        yield Row(f"{where} row {number}", dict(zip(columns, cells, strict=True)))


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date as far as it is known.

    Attributes:
        day: The first day of what was said.
        precision: `day`, `month`, `half` or `year`.
    """

    day: date
    precision: str


_SHAPES = {
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
    "half": re.compile(r"(\d{4})-H([12])"),
    "year": re.compile(r"(\d{4})"),
}


def parse_loose_date(text: str) -> LooseDate | None:
    """Read `2025-04-09`, `2025-04`, `2025-H2` or `2025`; None for an empty string.

    >>> parse_loose_date("2025-H2")
    LooseDate(day=datetime.date(2025, 7, 1), precision='half')

    Raises:
        ValueError: The text is none of these.
    """
    if not text:
        return None
    for precision, shape in _SHAPES.items():
        if found := shape.fullmatch(text):
            numbers = [int(number) for number in found.groups()]
            if precision == "half":
                numbers[1] = 1 if numbers[1] == 1 else 7
            return LooseDate(date(*[*numbers, 1, 1][:3]), precision)
    raise ValueError(f"{text!r} is no date like 2025-04-09, 2025-04, 2025-H2 or 2025")
