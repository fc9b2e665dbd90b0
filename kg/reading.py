"""What was read in one document: what it says, and what could not be placed."""

from __future__ import annotations

from dataclasses import dataclass

from kg.claims import Claim
from kg.ontology.lexicon import Thing
from kg.text import Document, Span


@dataclass(frozen=True, slots=True)
class Leftover:
    """Words that asked for a place and got none, kept so that somebody can mend `ontology/`.

    Attributes:
        words: The words, with their place in the document.
        why: The reason, one of few, for whoever mends it: "several things share this name".
        about: What it concerns, as CURIEs: "a, b"; empty where the words say it all.
    """

    words: Span
    why: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name a thing.

    Attributes:
        words: The words, with their place in the document.
        thing: CURIE of what they name.
    """

    words: Span
    thing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one document, in the order of its text.

    Attributes:
        document: The document itself, with where it came from.
        claims: What it says.
        names: Which words name which thing.
        discovered: Things that the document names and the lexicon lacks.
        leftovers: What could not be placed. Nothing is dropped without one.
    """

    document: Document
    claims: tuple[Claim, ...]
    names: tuple[Named, ...]
    discovered: tuple[Thing, ...]
    leftovers: tuple[Leftover, ...]
