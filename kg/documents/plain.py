"""Plain text: the bytes are the text, character for character."""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from kg.errors import DocumentError

MOST_BYTES = 40_000_000
MOST_CODE_POINTS = 10_000_000


def read_text(path: Path) -> str:
    """Read a UTF-8 file as it stands: line ends are kept, a byte order mark is not.

    Raises:
        DocumentError: The file cannot be opened, is too large, binary, not UTF-8, or empty.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise DocumentError(f"larger than {MOST_BYTES:,} bytes: split it")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"cannot be opened: {error.strerror}") from error
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise DocumentError("is UTF-16, not UTF-8: convert it")
    if b"\0" in data:
        raise DocumentError("is binary, not text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"is not UTF-8 (byte {error.start:,}): convert it") from error
    return checked(text)


def checked(text: str) -> str:
    """The text, if it is one that can be read.

    Raises:
        DocumentError: It is empty, too long, or holds half a surrogate pair.
    """
    if not text.strip():
        raise DocumentError("is empty")
    if len(text) > MOST_CODE_POINTS:
        raise DocumentError(f"longer than {MOST_CODE_POINTS:,} characters: split it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(f"holds half a character (at {error.start:,})") from error
    return text


def one_line(name: str) -> str:
    r"""A name that can stand in a line and in a graph: control characters are written out.

    >>> print(one_line("a\nb.txt"))
    a\nb.txt
    """
    return _CONTROLS.sub(lambda found: ascii(found.group())[1:-1], name)


# Control characters, line separators, and the halves of characters that stand for bytes of a file
# name that is not UTF-8.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def first_line(text: str) -> str | None:
    """The first line, if it is short enough for a title and ends like one; else None."""
    line = text.strip().splitlines()[0].strip()
    return line if len(line) <= 150 and not line.endswith((".", "。")) else None
