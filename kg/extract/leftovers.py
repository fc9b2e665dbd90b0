"""What was seen and not used, with the reason, so that nobody takes silence for absence.

The reasons are few, so that they can be counted; what varies stands apart from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.arguments import Reader
from kg.extract.mentions import Mention
from kg.extract.plausible import Plausibility
from kg.extract.relations import Draft, Half
from kg.extract.told import Cue, End, Told
from kg.extract.topic import is_ours
from kg.ontology.lexicon import Thing
from kg.ontology.terms import Terms
from kg.reading import Leftover
from kg.text import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sifted:
    """The drafts of one sentence, sorted into those that can stand and those that cannot.

    Attributes:
        kept: Those that can.
        refused: Those that cannot, each with the reason.
        halves: Those of which one end is missing.
    """

    kept: tuple[Draft, ...]
    refused: tuple[tuple[Draft, str], ...]
    halves: tuple[Half, ...]

    @classmethod
    def of(
        cls, found: Iterable[Draft | Half], plausibility: Plausibility, *, on_topic: bool
    ) -> Sifted:
        """Sort what was found in a sentence of a document that is on topic or off it."""
        kept: list[Draft] = []
        refused: list[tuple[Draft, str]] = []
        halves: list[Half] = []
        for each in found:
            if isinstance(each, Half):
                if on_topic or not each.end.thing.discovered:
                    halves.append(each)
            elif why := plausibility.why_not(each, on_topic=on_topic):
                refused.append((each, why))
            else:
                kept.append(each)
        return cls(kept=tuple(kept), refused=tuple(refused), halves=tuple(halves))

    def leftovers(self, reader: Reader) -> Iterator[Leftover]:
        """What of the sentence was not used, each once.

        A draft whose two things were joined otherwise is owed nothing, and neither is a half one
        whose property was read in the sentence or whose word told something else.
        """
        joined = {_pair(draft) for draft in self.kept}
        for draft, why in self.refused:
            if _pair(draft) not in joined:
                joined.add(_pair(draft))
                words = reader.parse.places[draft.trigger.i]
                yield Leftover(words, why, " ".join(draft.triple))
        told = {draft.cue.property for draft in self.kept}
        spent = {draft.trigger.i for draft in self.kept}
        first: dict[tuple[int, str], Half] = {}
        for half in self.halves:
            if half.cue.property not in told and half.trigger.i not in spent:
                first.setdefault((half.trigger.i, half.cue.property), half)
        for (trigger, about), half in first.items():
            missing = "its object" if half.is_subject else "its subject"
            why = f"may tell a claim, but {missing} is not named"
            yield Leftover(reader.parse.places[trigger], why, about)


def find_unused(
    linked: Sequence[Mention], drafts: Iterable[Told[Cue, End]], terms: Terms
) -> Iterator[Leftover]:
    """A leftover for each known chip, rule or model of which no claim of the document speaks.

    A company or a country is owed none: it is named for a hundred other reasons.

    Args:
        linked: The names that the lexicon or their shape tells.
        drafts: What was read.
        terms: Which class is which.
    """
    for words, thing in _unread(linked, drafts):
        if is_ours(thing, terms):
            yield Leftover(words, "is named, but no claim was read on it", thing.curie)


def find_unused_guesses(
    guessed: Sequence[Mention],
    drafts: Iterable[Told[Cue, End]],
    taken: Sequence[Leftover],
    terms: Terms,
) -> Iterator[Leftover]:
    """A leftover for each guessed name about which nothing was read, at its first place.

    Args:
        guessed: The names that only look like one.
        drafts: What was read.
        taken: Names that have a leftover as it is.
        terms: What each class is called.
    """
    for words, thing in _unread(guessed, drafts):
        if not any(words.meets(left.words) for left in taken):
            yield Leftover(words, _looks_like(thing, terms))


def _unread(
    mentions: Iterable[Mention], drafts: Iterable[Told[Cue, End]]
) -> Iterator[tuple[Span, Thing]]:
    """Each thing that is in no draft, where it is first mentioned."""
    settled = {end.thing.curie for draft in drafts for end in draft.ends}
    for mention in mentions:
        for thing in mention.things:
            if thing.curie not in settled:
                settled.add(thing.curie)
                yield mention.words, thing


def _looks_like(thing: Thing, terms: Terms) -> str:
    kind = terms.labels[thing.cls]
    ending = "n" if kind[0].lower() in "aeiou" else ""
    return f"looks like the name of a{ending} {kind}, but nothing was read of it"


def _pair(draft: Draft) -> frozenset[str]:
    return frozenset((draft.subject.thing.curie, draft.object.thing.curie))
