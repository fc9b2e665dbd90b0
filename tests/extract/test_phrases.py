"""A sentence in which names are two characters each, and what a wording reads in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.mentions import find_mentions
from kg.extract.phrases import Encoded
from kg.extract.prepare import Tools
from kg.extract.segment import segment
from kg.ontology.phrases import NUMBER_BASE
from kg.text import Document

Told = Callable[[str], set[tuple[str, str, str, str]]]


def encode(text: str, tools: Tools) -> Encoded:
    document = Document(identifier="a", title="a", text=text)
    sentences = segment(document, tools.ontology.cues.words)
    mentions, _ = find_mentions(document, sentences, tools.names)
    return tools.phrases.encode(document.span(0, len(text)), mentions)


def test_a_name_is_two_characters_and_the_rest_is_as_it_was(tools: Tools) -> None:
    encoded = encode("Later Tencent bought the H20.", tools)
    before, between = encoded.text[:6], encoded.text[8:-3]
    assert (before, between, encoded.text[-1]) == ("Later ", " bought the ", ".")
    assert encoded.text[7] == chr(NUMBER_BASE)
    assert len(encoded.places) == len(encoded.text)


def test_every_character_keeps_its_place(tools: Tools) -> None:
    text = "Later Tencent bought the H20."
    encoded = encode(text, tools)
    plain = [(c, p) for c, p in zip(encoded.text, encoded.places, strict=True) if c < "\ue000"]
    assert all(text[place] == char for char, place in plain)


def test_the_names_between_two_places_are_given_back(tools: Tools) -> None:
    encoded = encode("Tencent bought the H20.", tools)
    found = encoded.named_in(0, len(encoded.text))
    assert [name.words.text for name in found] == ["Tencent", "H20"]


def test_a_private_character_of_the_text_passes_for_no_name(tools: Tools) -> None:
    encoded = encode("\ue003\ue100 bought the H20 \uf8ff.", tools)
    assert encoded.text.startswith("\ufffd\ufffd bought")
    assert [name.words.text for name in encoded.named_in(0, len(encoded.text))] == ["H20"]


def test_a_private_character_breaks_no_reading(told: Told) -> None:
    assert told("\ue003\ue100's remaining H20s are idle.") == set()


def test_a_possessive_pronoun_stands_for_a_name_with_its_s(told: Told) -> None:
    claims = told("Tencent grew. Its remaining H20s are idle.")
    assert ("Tencent", "kg:usesHardware", "H20s", "asserted") in claims


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_name_may_have_either_apostrophe(apostrophe: str, told: Told) -> None:
    assert told(f"Tencent{apostrophe}s remaining H20s are idle.") == {
        ("Tencent", "kg:usesHardware", "H20s", "asserted")
    }


def test_it_is_contracted_is_no_owner(told: Told) -> None:
    assert told("Tencent grew. It's remaining H20s that are idle.") == set()


def test_respectively_pairs_two_lists(told: Told) -> None:
    claims = told("Tencent and ByteDance bought the H20 and the H800, respectively.")
    bought = {(who, what) for who, property_, what, _ in claims if property_ == "kg:purchases"}
    assert bought == {("Tencent", "H20"), ("ByteDance", "H800")}


def test_without_it_each_has_each(told: Told) -> None:
    claims = told("Tencent and ByteDance bought the H20 and the H800.")
    assert len([claim for claim in claims if claim[1] == "kg:purchases"]) == 4


def test_a_long_sentence_is_read_to_its_end(told: Told) -> None:
    claims = told("Tencent bought " + "one or two or " * 300 + "H20s.")
    assert {claim[0] for claim in claims} <= {"Tencent"}
