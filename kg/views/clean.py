"""Words from anywhere, made harmless for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category


def clean(words: str, *, keep: str = "") -> str:
    r"""The words without what could drive the terminal or turn its lines round.

    A control character shows as U+FFFD, one that nobody can see anyway goes, and any kind of space
    becomes a blank.

    Args:
        words: What a document, a file name or a query says.
        keep: Control characters that may stay, such as `"\n\t"`.

    >>> clean("H20\x1b[2J\nsells")
    'H20�[2J sells'
    """
    return "".join(_harmless(words, keep))


def _harmless(words: str, keep: str) -> Iterator[str]:
    for char in words:
        if char in keep or char.isprintable():
            yield char
        elif char.isspace():
            yield " "
        elif category(char) in {"Cc", "Cs"}:
            yield "\N{REPLACEMENT CHARACTER}"
