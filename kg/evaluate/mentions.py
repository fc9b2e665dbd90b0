"""How well names are found and linked, apart from what is claimed of them.

Labels list every mention of what the claims name, and not of anything else, so that what is found
beside them is neither right nor wrong: recall is measured, precision cannot be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.evaluate.annotated import Annotated, Entity
from kg.evaluate.names import NameFolder
from kg.ontology.lexicon import Lexicon
from kg.reading import Reading
from kg.text import Span


@dataclass(frozen=True, slots=True)
class MentionScore:
    """How many labelled mentions were found, in the text's own words.

    Attributes:
        labelled: Places at which labelled mentions stand.
        found: Those that a name we read shares words with.
        exact: Those that a name we read covers to the character.
        linked: Of the found ones, those whose thing goes by a name of the entity.
    """

    labelled: int = 0
    found: int = 0
    exact: int = 0
    linked: int = 0

    def __add__(self, other: MentionScore) -> MentionScore:
        return MentionScore(
            self.labelled + other.labelled,
            self.found + other.found,
            self.exact + other.exact,
            self.linked + other.linked,
        )


def names_of_things(lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """Every name of each of the lexicon's things, by CURIE."""
    names: dict[str, list[str]] = defaultdict(list)
    for alias in lexicon.aliases:
        names[alias.thing].append(alias.text)
    return {curie: tuple(each) for curie, each in names.items()}


def score_mentions(
    document: Annotated,
    reading: Reading,
    names: Mapping[str, tuple[str, ...]],
    folder: NameFolder,
) -> Mapping[str, MentionScore]:
    """How one document's mentions were found, by the type of their entity.

    Args:
        document: The document and its labels.
        reading: What was read in it.
        names: Every name of the lexicon's things, by CURIE.
        folder: Folds names before they are compared.
    """
    of_discovered = {each.curie: (each.label,) for each in reading.discovered}
    scores: dict[str, MentionScore] = {}
    for entity, words in _places(document):
        wanted = folder.names((entity.name, *entity.mentions))
        here = [named for named in reading.names if named.words.meets(words)]
        things = {named.thing for named in here}
        called = folder.names(
            name for thing in things for name in of_discovered.get(thing) or names.get(thing, ())
        )
        own = MentionScore(
            labelled=1,
            found=int(bool(here)),
            exact=int(any(named.words == words for named in here)),
            linked=int(bool(wanted & called)),
        )
        scores[entity.type] = scores.get(entity.type, MentionScore()) + own
    return scores


def _places(document: Annotated) -> Iterator[tuple[Entity, Span]]:
    """Where the mentions of what the claims name stand; of those that overlap, the longest."""
    ends = {
        end.name: end
        for label in (*document.claims, *document.optional)
        for end in (label.subject, label.object)
    }
    found = [(entity, span) for entity in ends.values() for span in _spans(document, entity)]
    taken: list[Span] = []
    for entity, span in sorted(found, key=lambda each: each[1].start - each[1].end):
        if not any(span.meets(other) for other in taken):
            taken.append(span)
            yield entity, span


def _spans(document: Annotated, entity: Entity) -> Iterable[Span]:
    for words in entity.mentions:
        pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
        for found in re.finditer(pattern, document.document.text):
            yield document.document.span(*found.span())
