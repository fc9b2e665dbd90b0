"""JSON lines: one document a line, with the fields `id, title, date, source, creator, text`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kg.documents.plain import MOST_BYTES, checked, one_line
from kg.documents.skipped import Skipped
from kg.errors import DocumentError
from kg.text import Document

_FIELDS = ("id", "title", "date", "source", "creator", "text")


def read_lines(path: Path, identifier: str) -> Iterator[Document | Skipped]:
    """Read each line as a document; a bad line is skipped and the rest is read.

    Args:
        path: The file.
        identifier: What a document without an `id` is called, with `#` and its line number.
    """
    try:
        with path.open("rb") as lines:
            number = 0
            while line := lines.readline(MOST_BYTES + 1):
                number += 1
                name = f"{identifier}#{number}"
                if len(line) > MOST_BYTES:
                    yield Skipped(name, f"line {number} is longer than {MOST_BYTES:,} bytes")
                    while line and not line.endswith(b"\n"):
                        line = lines.readline(MOST_BYTES)
                elif line.strip():
                    yield _document(line, name)
    except OSError as error:
        yield Skipped(identifier, f"cannot be opened: {error.strerror}")


def _document(line: bytes, name: str) -> Document | Skipped:
    try:
        return _from_fields(json.loads(line.decode("utf-8-sig").rstrip()), name)
    except UnicodeDecodeError as error:
        return Skipped(name, f"is not UTF-8 (byte {error.start:,} of the line)")
    except json.JSONDecodeError as error:
        return Skipped(name, f"is no JSON: {error.msg} at column {error.colno}")
    except RecursionError:
        return Skipped(name, "is nested beyond reason")
    except (DocumentError, ValueError) as error:
        return Skipped(name, str(error))


def _from_fields(fields: object, name: str) -> Document:
    if not isinstance(fields, dict):
        raise DocumentError("is no JSON object")
    if not isinstance(fields.get("text"), str):
        raise DocumentError(f'has no text in "text"; fields are {", ".join(_FIELDS)}')
    known = {key: checked(str(value)) for key in _FIELDS if (value := fields.get(key))}
    identifier = one_line(known.get("id", name))
    return Document(
        identifier=identifier,
        text=checked(fields["text"]),
        title=known.get("title", identifier),
        creator=known.get("creator"),
        date=_day(known["date"]) if "date" in known else None,
        source=known.get("source"),
    )


def _day(words: str) -> date:
    """The day of a date, with or without a time behind it."""
    try:
        return date.fromisoformat(words[:10])
    except ValueError as error:
        raise DocumentError(f"has the date {words[:40]!r}, not one like 2025-04-09") from error
