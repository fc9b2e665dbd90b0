"""Which thing a shared name means here: decided by the document, or left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.mentions import Mention
from kg.reading import Leftover


def link(mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[Leftover, ...]]:
    """Settle each shared name by what the document names beyond doubt elsewhere.

    A name that several things share is settled when exactly one of them is also named without
    doubt in the same document. Things of different classes stay open for the relation to choose
    ("Groq" buys as a company and is bought as a chip). Anything else is left over.

    Returns:
        The mentions that can be used, in order, and those that cannot.
    """
    certain = {mention.things[0].curie for mention in mentions if len(mention.things) == 1}
    linked: list[Mention] = []
    leftovers: list[Leftover] = []
    for mention in mentions:
        settled = _settle(mention, certain)
        if len({thing.cls for thing in settled.things}) == len(settled.things):
            linked.append(settled)
        else:
            names = ", ".join(thing.curie for thing in settled.things)
            leftovers.append(Leftover(mention.words, "several things share this name", names))
    return tuple(linked), tuple(leftovers)


def _settle(mention: Mention, certain: set[str]) -> Mention:
    named = tuple(thing for thing in mention.things if thing.curie in certain)
    return replace(mention, things=named) if len(named) == 1 else mention
