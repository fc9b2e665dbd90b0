"""A document as a page: its text with the evidence of each claim underlined by modality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, StrictUndefined

from kg.reading import Leftover, Reading


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


def page(reading: Reading) -> str:
    """The page as one HTML text; it runs no script and asks for nothing."""
    template = resources.files("kg.views").joinpath("document.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(template).render(
        document=reading.document,
        pieces=cut_at_evidence(reading),
        claims=reading.claims,
        leftovers=by_reason(reading.leftovers),
    )


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
