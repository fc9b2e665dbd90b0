"""Names about which nothing was read, so that nobody takes silence for absence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.mentions import Mention
from kg.extract.relations import Draft
from kg.extract.tables import CellDraft
from kg.extract.topic import is_ours
from kg.ontology.terms import Terms
from kg.reading import Leftover


def find_unused(
    mentions: Iterable[Mention], drafts: Iterable[Draft | CellDraft], terms: Terms
) -> Iterator[Leftover]:
    """A leftover for each chip, rule or model of which no claim of the document speaks.

    A company or a country is owed none: it is named for a hundred other reasons.

    Args:
        mentions: The names of the document.
        drafts: What was read.
        terms: Which class is which.
    """
    settled = {end.thing.curie for draft in drafts for end in draft.ends}
    for mention in mentions:
        for thing in mention.things:
            if thing.curie not in settled and is_ours(thing, terms):
                settled.add(thing.curie)
                yield Leftover(
                    mention.words, f"{thing.curie} is named, but no claim was read on it"
                )
