"""A claim is a value: it compares, it refuses nonsense, it keeps its id."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date

import pytest

from kg.claims import Claim, Dated, Modality
from kg.errors import ClaimError
from kg.text import Span

WORDS = Span(0, 55, "An official said DeepSeek trained it on Blackwell chips.")
CLAIM = Claim(
    document="0d9f3c41a7b2e65f",
    subject="entity:deepseek",
    predicate="kg:usesHardware",
    object="chip:nvidia-blackwell-family",
    subject_text="DeepSeek",
    object_text="Blackwell chips",
    evidence=(WORDS,),
    found_by="train-on",
    confidence=0.9,
    modality=Modality.REPORTED,
    attributed_to="An official",
)
JOINED = "\x1f".join(
    (
        *("0d9f3c41a7b2e65f", "entity:deepseek", "kg:usesHardware"),
        *("chip:nvidia-blackwell-family", "reported", "An official"),
    )
)


def test_the_id_never_moves() -> None:
    """Ids stand in published graphs: a change of the joined words or the hash breaks them."""
    assert CLAIM.identity == JOINED
    assert CLAIM.id == hashlib.sha256(JOINED.encode()).hexdigest()[:16] == "d1b1642c086f58fc"


def test_nobody_speaking_leaves_the_last_place_empty() -> None:
    assert replace(CLAIM, attributed_to=None).identity == JOINED.removesuffix("An official")


IDENTITY: dict[str, object] = {
    "document": "1d9f3c41a7b2e65f",
    "subject": "entity:tencent",
    "predicate": "kg:purchases",
    "object": "chip:nvidia-h20",
    "modality": Modality.DENIED,
    "attributed_to": "Nvidia",
}
BESIDE: dict[str, object] = {
    "subject_text": "it",
    "object_text": "the chips",
    "evidence": (WORDS, Span(60, 63, "It.")),
    "found_by": "use",
    "confidence": 0.5,
    "attributed_to_entity": "entity:nvidia",
    "holds": Dated(start=date(2025, 1, 1), start_precision="year"),
    "involves": "chip:nvidia-b200",
    "quantity": 5,
    "quantity_text": "five",
}


@pytest.mark.parametrize("field", sorted(IDENTITY))
def test_each_of_the_six_fields_makes_another_claim(field: str) -> None:
    other = replace(CLAIM, **{field: IDENTITY[field]})  # type: ignore[arg-type]
    assert other.id != CLAIM.id


@pytest.mark.parametrize("field", sorted(BESIDE))
def test_no_other_field_makes_another_claim(field: str) -> None:
    other = replace(CLAIM, **{field: BESIDE[field]})  # type: ignore[arg-type]
    assert other.id == CLAIM.id
    assert other != CLAIM


def test_every_field_is_of_the_identity_or_beside_it() -> None:
    assert {field.name for field in fields(Claim)} == {*IDENTITY, *BESIDE}


@pytest.mark.parametrize("field", ["subject", "predicate", "object"])
@pytest.mark.parametrize(
    "term", ["Nvidia", "", "entity:", "entity:a b", "Entity:a", "a:b\n", "a:é"]
)
def test_what_is_no_curie_is_refused_with_the_words(field: str, term: str) -> None:
    with pytest.raises(ClaimError, match=r"is no CURIE, in the claim read from 'An official said"):
        replace(CLAIM, **{field: term})  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["involves", "attributed_to_entity"])
def test_a_thing_beside_it_must_be_a_curie_too(field: str) -> None:
    with pytest.raises(ClaimError, match=r"'Nvidia' is no CURIE"):
        replace(CLAIM, **{field: "Nvidia"})  # type: ignore[arg-type]


def test_a_claim_without_evidence_is_refused() -> None:
    with pytest.raises(ClaimError, match=r"^no evidence for entity:deepseek kg:usesHardware chip:"):
        replace(CLAIM, evidence=())


@pytest.mark.parametrize("confidence", [0.0, -0.1, 1.01, float("nan"), float("inf")])
def test_a_confidence_outside_its_range_is_refused(confidence: float) -> None:
    with pytest.raises(ClaimError, match=r"confidence .* of entity:deepseek .* is not in \(0, 1\]"):
        replace(CLAIM, confidence=confidence)


def test_a_message_is_one_line() -> None:
    torn = Span(0, 9, "two\nlines")
    with pytest.raises(ClaimError) as raised:
        replace(CLAIM, evidence=(torn,), subject="Nvidia")
    assert "\n" not in str(raised.value)


def test_it_reads_as_a_sentence() -> None:
    assert str(CLAIM) == "entity:deepseek kg:usesHardware chip:nvidia-blackwell-family (reported)"


def test_only_asserted_and_reported_affirm() -> None:
    assert {each for each in Modality if each.affirms} == {Modality.ASSERTED, Modality.REPORTED}


def test_equal_claims_are_one_in_a_set() -> None:
    assert len({CLAIM, replace(CLAIM)}) == 1


def test_nothing_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        CLAIM.confidence = 1.0  # type: ignore[misc]
