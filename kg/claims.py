"""What documents say: claims, each tied to the words that say it.

Claims are the one thing that both wings of the house know. `kg.extract` makes them and knows no
RDF; `kg.graph` turns them into triples and knows no text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kg.errors import ClaimError
from kg.text import Span

_CURIE = re.compile(r"[a-z]+:[A-Za-z0-9][\w.-]*")


class Modality(Enum):
    """How a document stands to what it says.

    A plain triple stands for ASSERTED and REPORTED claims only, so that a deal somebody plans or
    a purchase somebody denies is never read as one that took place.
    """

    ASSERTED = "asserted"  # "DeepSeek uses the H800."
    REPORTED = "reported"  # "An official said that DeepSeek uses the H800."
    DENIED = "denied"  # "DeepSeek does not use the H800."
    PLANNED = "planned"  # "DeepSeek will use the H800."
    HYPOTHETICAL = "hypothetical"  # "If DeepSeek used the H800, ..."

    @property
    def affirms(self) -> bool:
        """Whether a claim of this modality gives rise to a plain triple."""
        return self in {Modality.ASSERTED, Modality.REPORTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """When a claim holds, as far as its words say.

    Attributes:
        start: First day of what was said; None where the words name no beginning.
        start_precision: `day`, `month`, `half` or `year`; None with `start` None.
        end: First day on which it no longer holds (half-open); None where the words name no end.
        end_precision: As `start_precision`, of the end.
    """

    start: date | None = None
    start_precision: str | None = None
    end: date | None = None
    end_precision: str | None = None


UNDATED = Dated()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that one document says, in the ontology's terms.

    >>> words = Span(0, 24, "DeepSeek uses the H800s.")
    >>> claim = Claim(document="0d9f3c41a7b2e65f", subject="entity:deepseek",
    ...     predicate="kg:usesHardware", object="chip:nvidia-h800", subject_text="DeepSeek",
    ...     object_text="H800s", evidence=(words,), found_by="use", confidence=0.9)
    >>> str(claim)
    'entity:deepseek kg:usesHardware chip:nvidia-h800 (asserted)'

    Attributes:
        document: Id of the document that says it.
        subject: CURIE of what the sentence is about.
        predicate: CURIE of one of the fifteen properties of `ontology/core.ttl`.
        object: CURIE of what is said of it.
        subject_text: The words read for the subject; for a pronoun, its antecedent's.
        object_text: The words read for the object, likewise.
        evidence: The sentences that say it, in order of place; at least one.
        found_by: Name of the cue, a row of `ontology/cues/relations.csv`, that matched first.
        confidence: How far the reader trusts it, above 0 and at most 1, two digits.
        modality: How the document stands to it.
        attributed_to: The speaker in the document's words; None for the document's own voice.
        attributed_to_entity: CURIE of the speaker where it is linked.
        holds: When it holds, as far as the words say.
        involves: CURIE of the chip that a supply or a cloud contract is about; None if not said.
        quantity: How many, a whole number; None if not said exactly.
        quantity_text: The words that say how many.
    """

    document: str
    subject: str
    predicate: str
    object: str
    subject_text: str
    object_text: str
    evidence: tuple[Span, ...]
    found_by: str
    confidence: float
    modality: Modality = Modality.ASSERTED
    attributed_to: str | None = None
    attributed_to_entity: str | None = None
    holds: Dated = UNDATED
    involves: str | None = None
    quantity: int | None = None
    quantity_text: str | None = None

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ClaimError(f"no evidence for {self.subject} {self.predicate} {self.object}")
        beside = [term for term in (self.involves, self.attributed_to_entity) if term is not None]
        for term in (self.subject, self.predicate, self.object, *beside):
            if not _CURIE.fullmatch(term):
                raise ClaimError(
                    f"{term!r} is no CURIE, in the claim read from {self.evidence[0].text!r}"
                )
        if not 0 < self.confidence <= 1:
            raise ClaimError(f"confidence {self.confidence} of {self} is not in (0, 1]")

    @property
    def identity(self) -> str:
        """The six fields that make a claim one claim, joined; what `id` hashes."""
        return "\x1f".join(
            (
                self.document,
                self.subject,
                self.predicate,
                self.object,
                self.modality.value,
                self.attributed_to or "",
            )
        )

    @property
    def id(self) -> str:
        """16 hex digits: the same thing said the same way has the same id in every run."""
        return hashlib.sha256(self.identity.encode()).hexdigest()[:16]

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ({self.modality.value})"
