"""How many chips a claim is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.arguments import Reader
from kg.extract.roles import fill

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of chips.

    Attributes:
        number: The number as written in digits; None for "thousands".
        words: The words that say it, such as "some 50,000".
    """

    number: int | None
    words: str


def find_quantity(chip: Token, reader: Reader) -> Quantity | None:
    """The number that counts a chip: "50,000 H800s", "a batch of 300 H20 chips"; None without one.

    Args:
        chip: The word that stands for the chip in its role: the chip itself, its head noun, or a
            measure such as "thousands".
        reader: Where the words stand.
    """
    places = [chip, chip.head] if chip.dep_ in {"compound", "nmod", "pobj"} else [chip]
    for token in (*places, *fill(chip, "of")):
        for child in token.lefts:
            if child.dep_ == "nummod" and not _is_money(child):
                return _quantity(child, reader)
    return None


def _is_money(number: Token) -> bool:
    """Whether a number has a sign of a currency before it."""
    return any(each.is_currency for each in number.subtree)


def _quantity(number: Token, reader: Reader) -> Quantity:
    words = reader.parse.words(number.left_edge, number).text
    found = _NUMBER.fullmatch(number.text)
    return Quantity(int(found.group().replace(",", "")) if found else None, words)
