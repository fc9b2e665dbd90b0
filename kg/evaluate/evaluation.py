"""All figures of how well one reader read many labelled documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from kg.evaluate.annotated import NEGATIVE, Annotated
from kg.evaluate.calibration import Calibration
from kg.evaluate.mentions import MentionScore
from kg.evaluate.score import Kind, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What became of every claim of every document.

    Attributes:
        documents: The labelled documents.
        triples: Outcomes when subject, predicate and object must agree.
        with_status: Outcomes when the status must agree too.
        mentions: By type of entity, how mentions were found; empty for another reader's claims.
        calibration: Whether confidence means something; None where no claim has one.
    """

    documents: tuple[Annotated, ...]
    triples: tuple[Outcome, ...]
    with_status: tuple[Outcome, ...]
    mentions: Mapping[str, MentionScore]
    calibration: Calibration | None

    @property
    def words(self) -> int:
        """How many words the documents have."""
        return sum(len(each.document.text.split()) for each in self.documents)

    @property
    def negatives(self) -> Mapping[str, int]:
        """For each negative document, how many claims were found in it."""
        found = {each.document.identifier: 0 for each in self.documents if each.genre == NEGATIVE}
        for outcome in self.triples:
            if outcome.document.genre == NEGATIVE and outcome.kind is not Kind.MISSED:
                found[outcome.document.document.identifier] += 1
        return found

    def worst(self, most: int) -> tuple[Outcome, ...]:
        """Claims made up, the most confident first, then claims missed, the commonest first.

        Args:
            most: How many of each kind, at most.
        """
        made_up = [each for each in self.with_status if each.kind is Kind.MADE_UP]
        made_up.sort(key=_confidence, reverse=True)
        missed = [each for each in self.with_status if each.kind is Kind.MISSED]
        often = Counter(each.predicate for each in missed)
        missed.sort(key=lambda each: (-often[each.predicate], each.predicate))
        return (*made_up[:most], *missed[:most])


def _confidence(outcome: Outcome) -> float:
    return (outcome.found.confidence if outcome.found else None) or 0.0
