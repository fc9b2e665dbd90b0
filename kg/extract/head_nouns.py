"""Which list of head nouns describes things of which class: "the chip", "the company".

The gate and the arguments both go by it: a noun that one of them did not know would turn away
sentences that the other could read.
"""

from __future__ import annotations

from collections.abc import Mapping

HEAD_NOUNS: Mapping[str, tuple[str, ...]] = {
    "kg:AIModel": ("model-nouns",),
    "kg:Chip": ("chip-nouns",),
    "kg:Company": ("company-nouns", "trade-nouns"),
    "kg:GovernmentBody": ("government-nouns",),
    "kg:Rule": ("rule-nouns",),
}


def head_nouns(cls: str, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The nouns that describe things of a class: of the lists of `cues/words.csv`, all together."""
    return frozenset().union(*(words[name] for name in HEAD_NOUNS[cls]))
