"""Regular expressions in tables of the ontology, and the lists of words that they call for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.ontology.files import Row


def compiled(row: Row, source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of a row, written out as `source`.

    Raises:
        OntologyError: It is no regular expression.
    """
    try:
        return re.compile(source, flags)
    except re.error as error:
        raise row.error(f"{row['pattern']!r} is no regular expression: {error}") from error


def words_of_list(row: Row, name: str, words: Mapping[str, frozenset[str]]) -> str:
    """The words of a list that a pattern asks for, as alternatives.

    Raises:
        OntologyError: There is no such list.
    """
    if name not in words:
        raise row.error(f"the pattern asks for the list {name!r}, which words.csv lacks")
    return alternatives(words[name])


def alternatives(words: frozenset[str]) -> str:
    """The words as alternatives of a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
