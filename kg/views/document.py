"""A document as a page: its names coloured by kind, its claims underlined by modality.

The claims stand beside the text. The page is whole without its script, which only lights up the
words of a claim that somebody points at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.claims import Claim, Dated, Modality
from kg.ontology.lexicon import Thing
from kg.ontology.load import Ontology, load_ontology
from kg.reading import Leftover, Reading
from kg.views.marking import Stretch, stretches
from kg.views.paper import KINDS, render

_FORMS = {"year": 4, "month": 7}  # characters of a day that are known


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, with the claims whose evidence it is.

    Attributes:
        text: The words.
        claims: Numbers of the claims, from 1, in their reading's order; empty between evidence.
        modality: The modality of the first of them; empty without claims.
    """

    text: str
    claims: tuple[int, ...] = ()
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a page of a folder leads: file names, empty for none."""

    index: str = ""
    before: str = ""
    after: str = ""


def page(reading: Reading, near: Neighbours | None = None) -> str:
    """The page as one HTML text; it asks for nothing.

    Args:
        reading: What was read in the document.
        near: The pages beside it; None for a page that stands alone.
    """
    things = _Things(reading)
    texts = list(stretches(reading))
    return render(
        "document.html",
        "document.js",
        document=reading.document,
        near=near or Neighbours(),
        stretches=texts,
        claims=reading.claims,
        leftovers=by_reason(reading.leftovers),
        left=len(reading.leftovers),
        things=things,
        phrase=_phrase,
        when=when,
        named=Counter(things.kind(each.thing) for each in reading.names),
        said=Counter(each.modality.value for each in reading.claims),
        modalities=[each.value for each in Modality],
    )


class _Things:
    """What the ids of a reading stand for."""

    def __init__(self, reading: Reading) -> None:
        self._known: Mapping[str, Thing] = load_ontology_once().lexicon.things
        self._found = {thing.curie: thing for thing in reading.discovered}

    def label(self, curie: str) -> str:
        """The name of a thing; its id where nobody knows it."""
        thing = self._found.get(curie) or self._known.get(curie)
        return thing.label if thing else curie

    def kind(self, curie: str) -> str:
        """The kind of a thing, one of `KINDS`."""
        thing = self._found.get(curie) or self._known.get(curie)
        name = thing.cls.removeprefix("kg:") if thing else ""
        if name in KINDS:
            return name
        return "Organisation" if curie.startswith("entity:") else "other"

    def titles(self, stretch: Stretch) -> str:
        """What the names of a stretch mean, in words."""
        return "; ".join(
            f"{self.label(each.thing)} ({KINDS[self.kind(each.thing)]}, {each.thing})"
            for each in stretch.names
        )


@cache
def load_ontology_once() -> Ontology:
    """The installed ontology; a folder of pages needs it once."""
    return load_ontology()


def _phrase(claim: Claim) -> str:
    """How a reader says the property of a claim."""
    found = load_ontology_once().terms.properties.get(claim.predicate)
    return found.phrase if found else claim.predicate


def when(holds: Dated) -> str:
    """When a claim holds, no more exactly than its words say; empty where they do not."""
    parts = []
    if holds.start:
        parts.append(f"from {_day(holds.start.isoformat(), holds.start_precision)}")
    if holds.end:
        parts.append(f"until before {_day(holds.end.isoformat(), holds.end_precision)}")
    return " ".join(parts)


def _day(day: str, precision: str | None) -> str:
    if precision == "half":
        return f"{day[:4]}-H{1 if day[5:7] < '07' else 2}"
    return day[: _FORMS.get(precision or "", 10)]


def by_reason(leftovers: Iterable[Leftover]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each reason, commonest first, with the words in order of place and what they concern."""
    found: dict[str, list[str]] = {}
    for left in leftovers:
        about = f" ({left.about})" if left.about else ""
        found.setdefault(left.why, []).append(f"{left.words.text}{about}")
    ordered = sorted(found.items(), key=lambda each: -len(each[1]))
    return tuple((why, tuple(words)) for why, words in ordered)


def cut_at_evidence(reading: Reading) -> tuple[Piece, ...]:
    """The text cut where evidence begins and ends; the pieces joined are the text again."""
    said: dict[tuple[int, int], list[int]] = {}
    for number, claim in enumerate(reading.claims, start=1):
        for span in claim.evidence:
            said.setdefault((span.start, span.end), []).append(number)
    text = reading.document.text
    pieces: list[Piece] = []
    here = 0
    for (start, end), numbers in sorted(said.items()):
        if start < here:
            continue  # inside the sentence before it, where it is marked already
        modality = reading.claims[numbers[0] - 1].modality.value
        pieces += [Piece(text[here:start]), Piece(text[start:end], tuple(numbers), modality)]
        here = end
    return tuple(piece for piece in (*pieces, Piece(text[here:])) if piece.text)
