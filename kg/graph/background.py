"""Which curated claims belong with a set of documents: what is known of the things they mention.

A graph of a few documents should not drown in the whole lexicon. `kg build --all` takes it all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.ontology.curated import CuratedClaim
from kg.ontology.lexicon import Thing
from kg.ontology.load import Ontology

# What a document says of a model of chip concerns its family above it and its parts below it.
_TIES = "kg:variantOf"
# Of a country or a rule, only what it is itself belongs here, not all that is said of others with
# regard to it: else one mention of China would bring in every firm that sits there.
_ASKED_FROM_BOTH_ENDS = ("kg:Chip", "kg:AIModel")


def background(mentioned: frozenset[str], ontology: Ontology) -> tuple[CuratedClaim, ...]:
    """The curated claims for the things that documents mention and for their rules.

    These are, in the order of the file, the claims
    - whose subject is mentioned, or is a family above or a variant below a mentioned chip;
    - whose object is one of those and is a chip or an AI model;
    - whose subject is a rule that is mentioned, that the claims so far name, or of which one of
      these is a part.

    Args:
        mentioned: CURIEs of the things that the documents mention or claim something of.
        ontology: Where the curated claims stand.
    """
    kept = mentioned | _relatives(mentioned, ontology.curated)
    asked = {curie for curie in kept if _is_one_of(curie, _ASKED_FROM_BOTH_ENDS, ontology)}
    about = {claim for claim in ontology.curated if claim.subject in kept or claim.object in asked}
    ends = {end for claim in about for end in (claim.subject, claim.object)}
    rules = with_wider_rules(
        (curie for curie in kept | ends if _is_one_of(curie, ("kg:Rule",), ontology)),
        ontology.lexicon.things,
    )
    return tuple(claim for claim in ontology.curated if claim in about or claim.subject in rules)


def with_wider_rules(rules: Iterable[str], things: dict[str, Thing]) -> frozenset[str]:
    """These rules (or other things) and all that they are part of, over any number of steps."""
    reached: set[str] = set()
    waiting = list(rules)
    while waiting:
        curie = waiting.pop()
        if curie not in reached:
            reached.add(curie)
            waiting += things[curie].part_of if curie in things else ()
    return frozenset(reached)


def _relatives(mentioned: frozenset[str], claims: tuple[CuratedClaim, ...]) -> frozenset[str]:
    up: dict[str, set[str]] = defaultdict(set)
    down: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.predicate == _TIES and claim.modality in {"asserted", "reported"}:
            up[claim.subject].add(claim.object)
            down[claim.object].add(claim.subject)
    return _reach(mentioned, up) | _reach(mentioned, down)


def _reach(start: Iterable[str], steps: dict[str, set[str]]) -> frozenset[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        for curie in steps.get(waiting.pop(), set()) - reached:
            reached.add(curie)
            waiting.append(curie)
    return frozenset(reached)


def _is_one_of(curie: str, classes: tuple[str, ...], ontology: Ontology) -> bool:
    thing = ontology.lexicon.things.get(curie)
    return thing is not None and any(ontology.terms.is_a(thing.cls, cls) for cls in classes)
