"""Drafts to claims: the stance, the numbers and the confidence are added, repeats are joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod

from kg.claims import Claim, Modality
from kg.extract.arguments import Reader
from kg.extract.modality import StanceFinder
from kg.extract.quantity import find_quantity
from kg.extract.relations import Draft
from kg.extract.told import Cue
from kg.extract.when import find_when

_LEAST, _MOST = 0.05, 0.98


def make_claim(draft: Draft, reader: Reader, stances: StanceFinder) -> Claim:
    """Turn one draft into a claim."""
    stance = stances.find(draft, reader)
    chip = next(
        (
            end
            for end in (draft.involves, draft.object, draft.subject)
            if end and reader.ontology.terms.is_a(end.thing.cls, "kg:Chip")
        ),
        None,
    )
    hows = (draft.subject.how, draft.object.how)
    counted = draft.cue.property in reader.ontology.cues.words["counted-properties"]
    quantity = find_quantity(chip.token, reader) if chip and counted else None
    return Claim(
        document=reader.document.id,
        subject=draft.subject.thing.curie,
        predicate=draft.cue.property,
        object=draft.object.thing.curie,
        subject_text=draft.subject.words.text,
        object_text=draft.object.words.text,
        evidence=(reader.parse.sentence,),
        found_by=draft.cue.name,
        confidence=trust(
            features_of(draft.cue, hows, stance.modality), reader.ontology.cues.weights
        ),
        modality=stance.modality,
        attributed_to=stance.speaker,
        attributed_to_entity=stance.entity,
        holds=find_when(draft.trigger, reader),
        involves=draft.involves.thing.curie if draft.involves else None,
        quantity=quantity.number if quantity else None,
        quantity_text=quantity.words if quantity else None,
    )


def said_in_passing(claims: Sequence[Claim], background: frozenset[str]) -> Iterator[Claim]:
    """The claims of one sentence, less those that it asserts in passing beside.

    "iFlytek says it has trained its Spark models" asserts whose models these are.

    Args:
        claims: What was read in one sentence.
        background: CURIEs of the properties that identify a thing.
    """
    asserted = {_triple(each) for each in claims if each.modality is Modality.ASSERTED}
    for claim in claims:
        doubted = claim.modality is not Modality.ASSERTED and _triple(claim) in asserted
        if not (doubted and claim.predicate in background):
            yield claim


def _triple(claim: Claim) -> tuple[str, str, str]:
    return claim.subject, claim.predicate, claim.object


def join_repeats(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Make one claim of those with one identity, with the evidence of all.

    The first one's words and numbers stay; the confidence is the highest.
    """
    alike: dict[str, list[Claim]] = {}
    for claim in claims:
        alike.setdefault(claim.id, []).append(claim)
    return tuple(
        replace(
            same[0],
            evidence=tuple(sorted({words for claim in same for words in claim.evidence})),
            confidence=max(claim.confidence for claim in same),
        )
        for same in alike.values()
    )


def features_of(cue: Cue, hows: Iterable[str], modality: Modality) -> tuple[str, ...]:
    """What bears on how far a claim can be trusted; `ontology/cues/confidence.csv` weighs it.

    Args:
        cue: What told it.
        hows: How its subject and its object were found.
        modality: How the document stands to it.
    """
    return (
        "any",
        f"cue:{cue.name}",
        f"part:{cue.part}",
        f"property:{cue.property}",
        f"modality:{modality.value}",
        *(f"argument:{how}" for how in hows),
    )


def trust(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """A confidence: the product of the weights, kept off 0 and 1, for nothing read is certain."""
    product = prod(weights.get(feature, 1.0) for feature in features)
    return round(min(_MOST, max(_LEAST, product)), 2)
