"""A file that was not read, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file, or a line of one, that gave no document.

    Attributes:
        identifier: Its path relative to the folder that was named, `#` and the line where needed.
        why: One line that says what is wrong, such as "is not UTF-8 (byte 17): convert it".
    """

    identifier: str
    why: str
