"""Where `ontology/` lies, and how its tables are read: strictly, with the row in each complaint."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
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
        OntologyError: The file is missing or no CSV in UTF-8, or a header or row has other columns.
    """
    where = f"ontology/{path.parent.name}/{path.name}".replace("ontology/ontology/", "ontology/")
    where = where.replace("/_ontology/", "/")
    try:
        # spreadsheets put a byte order mark first
        table = csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        lines = list(table)
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{where}: cannot be read: {error}") from error
    except csv.Error as error:
        raise OntologyError(f"{where}: is no CSV: {error}") from error
    header = tuple(lines[0]) if lines else ()
    if header != columns:
        raise OntologyError(f"{where} row 1: columns are {header}, expected {columns}")
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(columns):
            raise OntologyError(
                f"{where} row {number}: {len(cells)} cells, expected {len(columns)} {columns}"
            )
        yield Row(f"{where} row {number}", dict(zip(columns, cells, strict=True)))


def unique(rows: Iterable[Row], column: str) -> Iterator[Row]:
    """The rows, if no two of them have the same value in a column.

    Raises:
        OntologyError: Two have; the message names the second.
    """
    seen: set[str] = set()
    for row in rows:
        if row[column] in seen:
            raise row.error(f"the {column} {row[column]!r} stands there twice")
        seen.add(row[column])
        yield row


def parse_day(row: Row, column: str) -> date:
    """Read the day in a cell.

    Raises:
        OntologyError: It is no day like 2026-11-23.
    """
    found = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", row[column])
    try:
        return date.fromisoformat(found[0] if found else "")
    except ValueError as error:
        raise row.error(f"{column}: {row[column]!r} is no date like 2026-11-23") from error


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
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII),
    "month": re.compile(r"(\d{4})-(\d\d)", re.ASCII),
    "half": re.compile(r"(\d{4})-H([12])", re.ASCII),
    "year": re.compile(r"(\d{4})", re.ASCII),
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
            try:
                return LooseDate(date(*[*numbers, 1, 1][:3]), precision)
            except ValueError as error:
                raise ValueError(f"there is no day {text!r}: {error}") from error
    raise ValueError(f"{text!r} is no date like 2025-04-09, 2025-04, 2025-H2 or 2025")
