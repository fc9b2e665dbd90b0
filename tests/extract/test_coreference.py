"""A pronoun or description stands for the nearest name of its class, or for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.reading import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    "text",
    [
        "DeepSeek grew. It bought the H800.",
        "DeepSeek grew. The company bought the H800.",
        "DeepSeek grew. This firm bought the H800.",
        "DeepSeek grew because it bought the H800.",
        "DeepSeek grew. It rained. Later it bought the H800.",
        "DeepSeek sold its H100s and bought the H800.",
    ],
)
def test_what_a_pronoun_or_description_stands_for_is_the_subject(text: str, read: Read) -> None:
    (claim,) = [each for each in read(text).claims if each.predicate == "kg:purchases"]
    assert claim.subject == "entity:deepseek"
    assert claim.subject_text == "DeepSeek"
    assert claim.object == "chip:nvidia-h800"


def test_words_that_stand_for_a_name_are_trusted_less_than_the_name(read: Read) -> None:
    (named,) = read("DeepSeek bought the H800.").claims
    (described,) = read("DeepSeek grew. It bought the H800.").claims
    assert described.confidence < named.confidence


def test_a_chip_is_what_a_description_of_chips_stands_for(read: Read) -> None:
    claims = read("Nvidia sells the H20. The chip is subject to US export controls.").claims
    assert ("chip:nvidia-h20", "kg:restrictedBy") in {
        (claim.subject, claim.predicate) for claim in claims
    }


@pytest.mark.parametrize(
    "text",
    [
        "It bought the H800.",  # nobody was named
        "DeepSeek grew. It rained. It hailed. It blew. It froze. It bought the H800.",  # far
        "It bought the H800. DeepSeek grew.",  # named only afterwards
        "China grew. It bought the H800.",  # a country is no buyer
        "The Chinese grew. It bought the H800.",
    ],
)
def test_where_no_name_fits_nothing_is_claimed(text: str, read: Read) -> None:
    assert read(text).claims == ()


def test_a_new_document_remembers_no_name_of_the_last(read: Read) -> None:
    read("DeepSeek grew.")
    assert read("It bought the H800.").claims == ()
