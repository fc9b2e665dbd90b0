"""Whether a document is about chips and their rules at all.

Firms that the lexicon lacks buy from each other and own each other in every trade. What is read
between two of them is kept only where the document also names a chip, a rule or a model that the
lexicon knows: a snack maker's suppliers are none of ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.mentions import Mention
from kg.ontology.lexicon import Thing
from kg.ontology.terms import Terms

_OURS = ("kg:Chip", "kg:Rule", "kg:AIModel")


def is_ours(thing: Thing, terms: Terms) -> bool:
    """Whether a thing is a chip, a rule or a model: what the project is about."""
    return any(terms.is_a(thing.cls, cls) for cls in _OURS)


def is_on_topic(mentions: Iterable[Mention], terms: Terms) -> bool:
    """Whether the mentions name a chip, a rule or a model of the lexicon.

    A common noun such as "export ban" does not count: rice has those too.
    """
    return any(
        is_ours(thing, terms) and not thing.discovered
        for mention in mentions
        if mention.form == "name"
        for thing in mention.things
    )
