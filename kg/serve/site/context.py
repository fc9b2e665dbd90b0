"""The words around a quote, from the text of its document."""

from __future__ import annotations

from kg.serve.asker import Asker

_AROUND = 240  # characters of context on each side of a quote


class Texts:
    """The texts of documents, each fetched once a page."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._known: dict[str, str] = {}

    def around(self, sha256: str, words: str, start: int) -> tuple[str, str]:
        """What stands before and after some words; nothing if they do not stand there."""
        if sha256 not in self._known:
            self._known[sha256] = (self._asker.text(sha256) or "") if sha256 else ""
        whole = self._known[sha256]
        if not words or whole[start : start + len(words)] != words:
            return "", ""
        end = start + len(words)
        return _tail(whole[max(0, start - _AROUND) : start]), _head(whole[end : end + _AROUND])


def _tail(text: str) -> str:
    """The end of a stretch that stands before a quote, from a paragraph or a word on."""
    found = text.rpartition("\n\n")[2]
    if len(text) == _AROUND and found == text:
        found = "… " + text.partition(" ")[2]
    return found


def _head(text: str) -> str:
    """The start of a stretch that stands after a quote, up to a paragraph or a word."""
    found = text.partition("\n\n")[0]
    if len(text) == _AROUND and found == text:
        found = text.rpartition(" ")[0] + " …"
    return found
