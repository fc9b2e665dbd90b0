"""What is told by sentences and tables alike, before it is known how the document takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kg.ontology.lexicon import Thing
from kg.text import Span


class Cue(Protocol):
    """What tells a claim."""

    @property
    def name(self) -> str:
        """The cue's name."""

    @property
    def part(self) -> str:
        """What it is: a part of speech, a name alone, or a table."""

    @property
    def property(self) -> str:
        """CURIE of the property that it tells."""


class End(Protocol):
    """One end of a claim."""

    @property
    def thing(self) -> Thing:
        """What it is."""

    @property
    def words(self) -> Span:
        """The words that name it."""

    @property
    def how(self) -> str:
        """How it was found: `named`, `described` or `discovered`."""


CueOf = TypeVar("CueOf", bound=Cue, covariant=True)
EndOf = TypeVar("EndOf", bound=End, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[CueOf, EndOf]):
    """A claim before it is known how the document stands to it.

    Attributes:
        cue: What told it.
        subject: Who or what it is about.
        object: What is said of it.
        involves: The chip that changes hands; None where the words name none.
    """

    cue: CueOf
    subject: EndOf
    object: EndOf
    involves: EndOf | None

    @property
    def ends(self) -> tuple[EndOf, ...]:
        """All things in it: subject, object and, where there is one, the chip involved."""
        ends = (self.subject, self.object)
        return ends if self.involves is None else (*ends, self.involves)

    @property
    def triple(self) -> tuple[str, str, str]:
        """CURIEs of subject, property and object."""
        return self.subject.thing.curie, self.cue.property, self.object.thing.curie

    @property
    def is_between_strangers(self) -> bool:
        """Whether the lexicon knows neither its subject nor its object."""
        return self.subject.thing.discovered and self.object.thing.discovered
