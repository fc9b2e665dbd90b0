"""A text in stretches: nothing of it is lost, and each knows what lies over it."""

from __future__ import annotations

import pytest

from kg.claims import Claim, Modality
from kg.reading import Leftover, Named, Reading
from kg.text import Document, Span
from kg.views.marking import stretches, words_of

TEXT = "Acme bought H20s. It denies that Acme used them. Acme sells the H20 to Acme Labs."


def place(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words), words)


FIRST = place("Acme bought H20s.")
SECOND = place("It denies that Acme used them.")
BOTH = Span(FIRST.start, SECOND.end, TEXT[FIRST.start : SECOND.end])


def claim(evidence: tuple[Span, ...], **changes: object) -> Claim:
    known: dict[str, object] = {
        "document": "0" * 16,
        "subject": "entity:x-acme",
        "predicate": "kg:purchases",
        "object": "chip:nvidia-h20",
        "subject_text": "Acme",
        "object_text": "H20s",
        "found_by": "buy",
        "confidence": 0.5,
    }
    return Claim(evidence=evidence, **{**known, **changes})  # type: ignore[arg-type]


def reading(
    claims: tuple[Claim, ...] = (),
    names: tuple[Named, ...] = (),
    leftovers: tuple[Leftover, ...] = (),
    text: str = TEXT,
) -> Reading:
    document = Document(identifier="note", title="note", text=text)
    return Reading(
        document=document, claims=claims, names=names, discovered=(), leftovers=leftovers
    )


OVERLAPPING = reading(
    claims=(
        claim((FIRST,)),
        claim((BOTH,), modality=Modality.DENIED),
        claim((SECOND,), modality=Modality.DENIED, object_text="them"),
    ),
    names=(
        Named(place("Acme"), "entity:x-acme"),
        Named(place("Acme Labs"), "entity:x-acme-labs"),
        Named(place("Acme", TEXT.index("Labs") - 6), "entity:x-acme"),
    ),
    leftovers=(Leftover(place("bought H20s. It"), "cannot be placed"),),
)


def test_joined_the_stretches_are_the_text_again() -> None:
    assert "".join(each.text for each in stretches(OVERLAPPING)) == TEXT
    assert "".join(each.text for each in stretches(reading())) == TEXT


def test_a_stretch_knows_all_claims_over_it_and_each_modality_once() -> None:
    found = {each.text: (each.claims, each.modalities) for each in stretches(OVERLAPPING)}
    assert found["bought "] == ((1, 2), ("asserted", "denied"))
    assert found[" used "] == ((2, 3), ("denied",))
    assert found[" Acme sells the H20 to "] == ((), ())


def test_a_claim_begins_once_and_ends_where_its_evidence_ends() -> None:
    begins = [(each.text, each.begins) for each in stretches(OVERLAPPING) if each.begins]
    assert begins == [("Acme", (1, 2)), ("It", (3,))]
    ends = {number: each.text for each in stretches(OVERLAPPING) for number in each.ends}
    assert ends == {1: ".", 2: ".", 3: "."}
    assert sum(len(each.ends) for each in stretches(OVERLAPPING)) == 3


def test_of_names_over_each_other_the_shorter_comes_first() -> None:
    last = list(stretches(OVERLAPPING))[-3:]
    assert [each.text for each in last] == ["Acme", " Labs", "."]
    assert [[name.thing for name in each.names] for each in last] == [
        ["entity:x-acme", "entity:x-acme-labs"],
        ["entity:x-acme-labs"],
        [],
    ]


def test_leftovers_lie_over_their_words() -> None:
    left = [each.text for each in stretches(OVERLAPPING) if each.leftovers]
    assert "".join(left) == "bought H20s. It"


def test_the_words_of_an_end_are_those_that_name_the_thing() -> None:
    third = place("Acme sells the H20 to Acme Labs.")
    labs = claim((third,), subject="entity:x-acme-labs", subject_text="Acme")
    which = reading((labs,), names=(Named(place("Acme Labs"), "entity:x-acme-labs"),))
    assert words_of(which, labs, "Acme", "entity:x-acme-labs") == (
        place("Acme", TEXT.index("to Acme")),
    )


def test_where_no_name_tells_all_places_of_the_words_count() -> None:
    third = place("Acme sells the H20 to Acme Labs.")
    both = claim((third,))
    assert len(words_of(reading((both,)), both, "Acme", "entity:x-acme")) == 2


def test_words_before_a_pronoun_are_the_last_before_the_evidence() -> None:
    pronoun = claim((place("used them"),), subject_text="Acme")
    assert words_of(reading((pronoun,)), pronoun, "Acme", "entity:x-acme") == (
        place("Acme", TEXT.index("that Acme")),
    )


@pytest.mark.parametrize("words", ["H2", "", "Zebra"])
def test_half_a_word_or_nothing_is_found_nowhere(words: str) -> None:
    said = claim((FIRST,), object_text=words)
    found = words_of(reading((said,)), said, words, "chip:nvidia-h20")
    assert found == ()


def test_places_beyond_the_text_do_no_harm() -> None:
    beyond = Leftover(Span(len(TEXT) - 3, len(TEXT) + 50, "bs."), "too long")
    assert "".join(each.text for each in stretches(reading(leftovers=(beyond,)))) == TEXT
