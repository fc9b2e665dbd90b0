"""Clues to the kind of thing that an unknown name names: the words around it, and its shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.ontology.files import Row
from kg.ontology.patterns import compiled, words_of_list
from kg.ontology.terms import Terms

PLACES = ("name", "before", "after")
COLUMNS = ("name", "class", "where", "pattern", "weight", "example", "reads", "counter")
_LIST = re.compile(r"\{([a-z][a-z-]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindClue:
    """Words that tell what kind of thing stands next to them.

    Attributes:
        name: The clue's name.
        cls: CURIE of the class that it speaks for.
        where: What the pattern is held against: the whole `name`, the words `before` it (up to
            it), or the words `after` it (from it on); beside the name, in any case.
        pattern: The regular expression.
        weight: How loudly it speaks; the class with the most weight in a document wins.
        example: A text made for this clue.
        reads: The name in it that is of the class.
        counter: A text near to that one, in which it must not speak: of the same name, or, where
            the clue is to the shape of a name, of any name in it.
    """

    name: str
    cls: str
    where: str
    pattern: re.Pattern[str]
    weight: int
    example: str
    reads: str
    counter: str


def read_clue(row: Row, terms: Terms, words: Mapping[str, frozenset[str]]) -> KindClue:
    """One row of `cues/kinds.csv`; `{chip-nouns}` in a pattern stands for any word of that list.

    Raises:
        OntologyError: The row is wrong.
    """
    if row["class"] not in terms.superclasses:
        raise row.error(f"no class {row['class']}")
    if row["where"] not in PLACES:
        raise row.error(f"where is {row['where']!r}, not one of {', '.join(PLACES)}")
    if row["reads"] not in row["example"] or not row["reads"]:
        raise row.error("needs an example and the name that it reads there")
    if not row["counter"] or (row["where"] != "name" and row["reads"] not in row["counter"]):
        raise row.error(f"needs a counter-example, in which it says nothing of {row['reads']!r}")
    if not row["weight"].isdecimal():
        raise row.error(f"weight {row['weight']!r} is no whole number")
    return KindClue(
        name=row["name"],
        cls=row["class"],
        where=row["where"],
        pattern=_pattern(row, words),
        weight=int(row["weight"]),
        example=row["example"],
        reads=row["reads"],
        counter=row["counter"],
    )


def _pattern(row: Row, words: Mapping[str, frozenset[str]]) -> re.Pattern[str]:
    source = _LIST.sub(lambda found: words_of_list(row, found[1], words), row["pattern"])
    anchored = source if row["where"] == "after" else rf"(?:{source})\Z"
    return compiled(row, anchored, 0 if row["where"] == "name" else re.IGNORECASE)
