"""What is seen and not used is left over with a reason, never dropped in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.reading import Leftover, Reading

Read = Callable[..., Reading]

SILENCE = "is named, but no claim was read on it"
NO_SUBJECT = "may tell a claim, but its subject is not named"
NO_OBJECT = "may tell a claim, but its object is not named"


def said(reading: Reading, words: str) -> list[tuple[str, str]]:
    """Why some words were left over, and what that concerns."""
    return [(left.why, left.about) for left in reading.leftovers if left.words.text == words]


@pytest.mark.parametrize(
    ("text", "words", "why", "about"),
    [
        ("The H20 is green.", "H20", SILENCE, "chip:nvidia-h20"),
        ("The Entity List grew.", "Entity List", SILENCE, "rule:entity-list"),
        ("DeepSeek-V3 is large.", "DeepSeek-V3", SILENCE, "model:deepseek-v3"),
        (
            "The TPU v5 is fast.",
            "TPU v5",
            "several things share this name",
            "chip:google-tpu-v5e, chip:google-tpu-v5p",
        ),
    ],
)
def test_each_gets_its_place_and_its_reason(
    text: str, words: str, why: str, about: str, read: Read
) -> None:
    (left,) = read(text).leftovers
    assert left == Leftover(left.words, why, about)
    assert left.words.text == words == text[left.words.start : left.words.end]


def test_a_name_without_its_context_says_what_it_may_be(read: Read) -> None:
    (left,) = read("The Kunlun range is high.").leftovers
    assert left.words.text == "Kunlun"
    assert left.why == "may be a name, but no word of its context stands in the sentence"
    assert "chip:kunlun-family" in left.about.split(", ")


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The visitor from Acme saw Tencent. Acme grew.", "Acme", "a company"),
        ('"We wait," said Seo Kyung-min, its chief executive.', "Seo Kyung-min", "a person"),
    ],
)
def test_a_name_that_only_looks_like_one_is_left_over_once(
    text: str, words: str, kind: str, read: Read
) -> None:
    why = f"looks like the name of {kind}, but nothing was read of it"
    assert said(read(text), words) == [(why, "")]


@pytest.mark.parametrize(
    ("text", "words", "why", "about"),
    [
        (
            "John Smith bought the H20.",
            "bought",
            "a person is no party to one",
            "entity:x-john-smith kg:purchases chip:nvidia-h20",
        ),
        (
            "The H20 was designed by BIS.",
            "designed",
            "a government body has no part in it",
            "entity:bis kg:designs chip:nvidia-h20",
        ),
        (
            "BIS was added to the Entity List.",
            "added",
            "a known government body is never its subject",
            "entity:bis kg:listedUnder rule:entity-list",
        ),
        (
            "Google's H100s are idle.",
            "H100s",
            "another designer is known",
            "entity:google kg:designs chip:nvidia-h100",
        ),
        (
            "Acme Foods Inc. is a subsidiary of Salt Corp.",
            "subsidiary",
            "joins two unknown names in a document that is off topic",
            "entity:x-acme-foods-inc kg:subsidiaryOf entity:x-salt-corp",
        ),
    ],
)
def test_what_cannot_be_meant_is_left_over(
    text: str, words: str, why: str, about: str, read: Read
) -> None:
    reading = read(text)
    assert reading.claims == ()
    assert (f"could be a claim, but {why}", about) in said(reading, words)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The H20 was bought.", NO_SUBJECT),
        ("Tencent bought groceries.", NO_OBJECT),
        ("Tencent bought it in May.", NO_OBJECT),
    ],
)
def test_a_word_with_one_end_is_left_over(text: str, why: str, read: Read) -> None:
    assert said(read(text), "bought") == [(why, "kg:purchases")]


@pytest.mark.parametrize(
    "text",
    [
        "Tencent bought the H20.",
        "Tencent bought the H20 from a reseller.",  # the word has told something
        "Tencent grew.",
        "China is large.",
    ],
)
def test_nothing_is_left_over_where_all_is_read_or_nothing_is_owed(text: str, read: Read) -> None:
    assert read(text).leftovers == ()


def test_strangers_off_topic_are_owed_no_half_claims(read: Read) -> None:
    assert said(read("Acme Foods Inc. bought groceries."), "bought") == []


def test_a_thing_is_left_over_once(read: Read) -> None:
    assert len(read("The H20 is green. The H20 is small. H20s are many.").leftovers) == 1


def test_like_counts_with_like(read: Read) -> None:
    """What varies stands apart from the reason."""
    assert {left.why for left in read("The H20. The A100. The H800.").leftovers} == {SILENCE}
