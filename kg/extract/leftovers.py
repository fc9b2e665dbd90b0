"""Names about which nothing was read, so that nobody takes silence for absence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.mentions import Mention
from kg.extract.relations import Draft
from kg.ontology.terms import Terms
from kg.reading import Leftover

# Chips, rules and models are what the project is about. A company or a country is named for a
# hundred other reasons.
_OWED_A_CLAIM = ("kg:Chip", "kg:Rule", "kg:AIModel")


def find_unused(
    mentions: Iterable[Mention], drafts: Iterable[Draft], terms: Terms
) -> Iterator[Leftover]:
    """A leftover for each chip, rule or model of which no claim of the document speaks.

    Args:
        mentions: The names of the document.
        drafts: What was read.
        terms: Which class is which.
    """
    used = {end.thing.curie for draft in drafts for end in draft.ends}
    seen: set[str] = set()
    for mention in mentions:
        for thing in mention.things:
            if thing.curie in used | seen:
                continue
            if any(terms.is_a(thing.cls, cls) for cls in _OWED_A_CLAIM):
                seen.add(thing.curie)
                yield Leftover(
                    mention.words, f"{thing.curie} is named, but no claim was read on it"
                )
