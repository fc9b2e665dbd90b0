"""A text cut into stretches, each of which knows what begins, ends and lies over it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.claims import Claim, Modality
from kg.reading import Leftover, Named, Reading
from kg.text import Span

_ORDER = [modality.value for modality in Modality]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text over which nothing changes.

    Attributes:
        text: The words.
        claims: Numbers of the claims, from 1, whose evidence it is.
        modalities: How these are said, each once, in the order of `Modality`.
        roles: `3s` where it is of the words read for the subject of claim 3, `3o` for the object.
        names: The names that it belongs to, the shortest first.
        leftovers: What could not be placed and has it among its words.
        begins: Numbers of the claims whose evidence begins here, for the first time.
        ends: Numbers of the claims of which a piece of evidence ends here.
    """

    text: str
    claims: tuple[int, ...] = ()
    modalities: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something that lies over a text, and the list of a stretch into which it goes."""

    span: Span
    layer: str
    value: int | str | Named | Leftover


def stretches(reading: Reading) -> Iterator[Stretch]:
    """The text of a reading in stretches; joined they are the text again."""
    text = reading.document.text
    starts: dict[int, list[_Mark]] = defaultdict(list)
    for mark in _marks(reading):
        if mark.span.start < mark.span.end:
            starts[mark.span.start].append(mark)
    over: list[_Mark] = []
    told: set[int] = set()
    for here, there in _cuts(starts, len(text)):
        over = [mark for mark in over if mark.span.end > here] + starts.get(here, [])
        claims = tuple(sorted(_values(over, "claim")))
        begins = tuple(number for number in claims if number not in told)
        told.update(begins)
        said = {reading.claims[number - 1].modality.value for number in claims}
        ending = [mark for mark in over if mark.span.end == there]
        yield Stretch(
            text[here:there],
            claims=claims,
            modalities=tuple(each for each in _ORDER if each in said),
            roles=_values(over, "role"),
            names=_values(sorted(over, key=_length), "name"),
            leftovers=_values(over, "left"),
            begins=begins,
            ends=_values(ending, "claim"),
        )


def words_of(reading: Reading, claim: Claim, words: str, thing: str) -> tuple[Span, ...]:
    """Where the words stand that were read for an end of a claim.

    A claim keeps the words and not their place. So these are all places in its evidence where the
    words stand and name the thing; if none does, all where they stand; and where they stand in no
    evidence, as before a pronoun, the last place before it.
    """
    if not words:
        return ()
    text = reading.document.text
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    found = [
        Span(at.start(), at.end(), at[0])
        for each in claim.evidence
        for at in whole.finditer(text, each.start, each.end)
    ]
    if not found:
        first = claim.evidence[0].start
        before = [at.span() for at in whole.finditer(text, 0, first)]
        return tuple(Span(*at, words) for at in before[-1:])
    named = {each.words for each in _named_near(reading, found) if each.thing == thing}
    telling = [each for each in found if any(name.meets(each) for name in named)]
    return tuple(telling or found)


def _named_near(reading: Reading, found: Iterable[Span]) -> Iterator[Named]:
    spans = list(found)
    low, high = min(each.start for each in spans), max(each.end for each in spans)
    begin = bisect_left(reading.names, low - 200, key=lambda name: name.words.start)
    for name in reading.names[begin:]:
        if name.words.start >= high:
            return
        yield name


def _marks(reading: Reading) -> Iterator[_Mark]:
    for number, claim in enumerate(reading.claims, start=1):
        for span in claim.evidence:
            yield _Mark(span, "claim", number)
        ends = (("s", claim.subject_text, claim.subject), ("o", claim.object_text, claim.object))
        for role, words, thing in ends:
            for span in words_of(reading, claim, words, thing):
                yield _Mark(span, "role", f"{number}{role}")
    for name in reading.names:
        yield _Mark(name.words, "name", name)
    for left in reading.leftovers:
        yield _Mark(left.words, "left", left)


def _cuts(starts: dict[int, list[_Mark]], length: int) -> Iterator[tuple[int, int]]:
    places = {0, length, *starts}
    places.update(mark.span.end for marks in starts.values() for mark in marks)
    ordered = sorted(place for place in places if 0 <= place <= length)
    return pairwise(ordered)


def _values(marks: Iterable[_Mark], layer: str) -> tuple:  # type: ignore[type-arg]
    """What these marks put into a layer, each once."""
    return tuple(dict.fromkeys(mark.value for mark in marks if mark.layer == layer))


def _length(mark: _Mark) -> int:
    return mark.span.end - mark.span.start
