"""When two names are one: what is folded away before names are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class NameFolder:
    """Folds names by three lists of words.

    Attributes:
        heads: A generic noun that may end a name, with what may stand before it: "H20 AI chips".
        legal: A legal form that may end a name: "Co Ltd".
        country: What may be put before a rule of the home country: "US Entity List".
    """

    heads: re.Pattern[str]
    legal: re.Pattern[str]
    country: re.Pattern[str]

    @classmethod
    def of(cls, words: Mapping[str, frozenset[str]]) -> NameFolder:
        """A folder by the word lists `name-heads`, `name-head-modifiers`, `legal-forms`, `home`."""
        heads, modifiers = _either(words["name-heads"]), _either(words["name-head-modifiers"])
        return cls(
            heads=re.compile(rf"(?:(?: {modifiers})? {heads})+$"),
            legal=re.compile(rf"(?: {_either(words['legal-forms'])})+$"),
            country=re.compile(rf"^{_either(words['home-country'])}(?: government)? "),
        )

    def names(self, names: Iterable[str]) -> frozenset[str]:
        """Every folded form of the names; two things are one if they share a form."""
        return frozenset(form for name in names for form in self._forms(name))

    @lru_cache(maxsize=100_000)  # noqa: B019  one folder lives as long as its evaluation
    def _forms(self, name: str) -> frozenset[str]:
        forms = {fold(name)}
        for pattern in (self.heads, self.legal, self.country):
            forms |= {pattern.sub("", form).strip() for form in forms}
        return frozenset(forms - {""})


def fold(name: str) -> str:
    """A name without case, accents, punctuation, possessive, plural of a number, and "the".

    >>> fold("the H800s"), fold("Nvidia's"), fold("L40S")
    ('h800', 'nvidia', 'l40s')
    """
    plain = re.sub(r"['’]s?$", "", unicodedata.normalize("NFKC", name).strip())
    plain = re.sub(r"(?<=\d)s\b", "", plain)  # a small s only: the L40S is not the L40
    plain = unicodedata.normalize("NFKD", plain.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"^the ", "", re.sub(r"[^\w]+|_", " ", plain).strip())


def _either(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"
