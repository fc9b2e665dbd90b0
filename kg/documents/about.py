"""`about.toml`: what a folder says of the one document in it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kg.errors import DocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where a document comes from; None for what the file does not say."""

    title: str | None = None
    creator: str | None = None
    date: date | None = None
    source: str | None = None


def read_about(path: Path) -> About:
    """Read the fields `title`, `creator`, `date` and `source` of an `about.toml`.

    Raises:
        DocumentError: It is no TOML, or a field has the wrong type.
    """
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DocumentError(f"its about.toml cannot be read: {error}") from error
    for field, kind in (("title", str), ("creator", str), ("source", str), ("date", date)):
        value = fields.get(field)
        # a datetime is a date to Python, but says more than the day that is asked for
        if not isinstance(value, kind | None) or isinstance(value, datetime):
            raise DocumentError(f"its about.toml has a {field} that is no {kind.__name__}")
    return About(
        title=fields.get("title"),
        creator=fields.get("creator"),
        date=fields.get("date"),
        source=fields.get("source"),
    )
