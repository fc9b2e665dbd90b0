"""Which drafts cannot be meant, by what is known of the things in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.extract.relations import Draft
from kg.extract.tables import CellDraft
from kg.ontology.load import Ontology


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

    def allows(self, draft: Draft | CellDraft) -> bool:
        """Whether a draft can be meant.

        A person is no party to a deal. A government body designs nothing, sells nothing and sits
        nowhere, and one that the lexicon knows puts others on its list. A bare possessive tells a
        designer only where no other one is known ("ByteDance's H20s" are those it has), and an
        owner only where another one is.
        """
        terms, words = self.ontology.terms, self.ontology.cues.words
        classes = [end.thing.cls for end in (draft.subject, draft.object)]
        if any(terms.is_a(cls, "kg:Person") for cls in classes):
            return False
        if draft.cue.property in words["never-by-government"] and any(
            terms.is_a(cls, "kg:GovernmentBody") for cls in classes
        ):
            return False
        if draft.cue.property in words["never-by-known-government"] and any(
            terms.is_a(end.thing.cls, "kg:GovernmentBody") and not end.thing.discovered
            for end in (draft.subject, draft.object)
        ):
            return False
        if draft.cue.name in words["possessive-cues"]:
            known = self.designers.get(draft.object.thing.curie, frozenset())
            own = not known or draft.subject.thing.curie in known
            return own if draft.cue.property == "kg:designs" else not own
        return True
