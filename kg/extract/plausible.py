"""Which drafts cannot be meant, by what is known of the things in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.extract.told import Cue, End, Told
from kg.ontology.load import Ontology

_OFF_TOPIC = "could be a claim, but joins two unknown names in a document that is off topic"


@dataclass(frozen=True, slots=True)
class Plausibility:
    """What is known of who makes what.

    Attributes:
        ontology: Where classes and lists come from.
        designers: For each chip of the lexicon, CURIEs of those who design it.
    """

    ontology: Ontology
    designers: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, ontology: Ontology) -> Plausibility:
        """Gather the designers from the curated claims."""
        designers: dict[str, set[str]] = defaultdict(set)
        for claim in ontology.curated:
            if claim.predicate == "kg:designs":
                designers[claim.object].add(claim.subject)
        return cls(ontology, {chip: frozenset(who) for chip, who in designers.items()})

    def why_not(self, draft: Told[Cue, End], *, on_topic: bool) -> str | None:
        """Why a draft cannot be meant; None if it can.

        A person is no party to a deal. A government body designs nothing, sells nothing and sits
        nowhere, and one that the lexicon knows puts others on its list. What joins two unknown
        names counts only in a document that is about our subject.

        Args:
            draft: What was read.
            on_topic: Whether the document names something that the project is about.
        """
        return (
            self._why_not_party(draft)
            or self._why_not_owned(draft)
            or (None if on_topic or not draft.is_between_strangers else _OFF_TOPIC)
        )

    def _why_not_party(self, draft: Told[Cue, End]) -> str | None:
        """Why a person or a government body has no part in what is told."""
        terms, words = self.ontology.terms, self.ontology.cues.words
        things = [draft.subject.thing, draft.object.thing]
        bodies = [thing for thing in things if terms.is_a(thing.cls, "kg:GovernmentBody")]
        told = draft.cue.property
        if any(terms.is_a(thing.cls, "kg:Person") for thing in things):
            return "could be a claim, but a person is no party to one"
        if bodies and (
            told in words["never-by-government"]
            or (told in words["never-from-government"] and things[0] in bodies)
        ):
            return "could be a claim, but a government body has no part in it"
        if told in words["never-by-known-government"] and any(
            not each.discovered for each in bodies
        ):
            return "could be a claim, but a known government body is never its subject"
        return None

    def _why_not_owned(self, draft: Told[Cue, End]) -> str | None:
        """Why a bare possessive does not tell what it could.

        It tells a designer only where no other one is known ("ByteDance's H20s" are those it has),
        and an owner only where another one is.
        """
        if draft.cue.name not in self.ontology.cues.words["possessive-cues"]:
            return None
        known = self.designers.get(draft.object.thing.curie, frozenset())
        own = not known or draft.subject.thing.curie in known
        if draft.cue.property == "kg:designs":
            return None if own else "could be a claim, but another designer is known"
        return "could be a claim, but the owner may be the designer" if own else None
