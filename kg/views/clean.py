"""Words from anywhere, made harmless for a terminal."""

from __future__ import annotations

from collections.abc import Iterator


def clean(words: str, *, keep: str = "") -> str:
    r"""The words without control characters, which could drive the terminal or turn text round.

    Args:
        words: What a document, a file name or a query says.
        keep: Control characters that may stay, such as `"\n\t"`.

    >>> clean("H20\x1b[2J\nsells")
    'H20[2J sells'
    """
    return "".join(_printable(words, keep))


def _printable(words: str, keep: str) -> Iterator[str]:
    for char in words:
        if char in keep or char.isprintable():
            yield char
        elif char.isspace():
            yield " "
