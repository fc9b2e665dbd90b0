"""How the document stands to a claim, and on whose word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.claims import Claim
from kg.reading import Reading

Read = Callable[..., Reading]


def purchase(text: str, read: Read) -> Claim:
    """The one claim in a text that Tencent bought the H20."""
    (claim,) = [
        claim
        for claim in read(text).claims
        if (claim.subject, claim.predicate, claim.object)
        == ("entity:tencent", "kg:purchases", "chip:nvidia-h20")
    ]
    return claim


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Tencent bought the H20.", "asserted"),
        ("Tencent reportedly bought the H20.", "reported"),
        ("Tencent is said to have bought the H20.", "reported"),
        ("Tencent was accused of smuggling the H20.", "reported"),
        ("Tencent did not buy the H20.", "denied"),
        ("Tencent never bought the H20.", "denied"),
        ("Tencent no longer buys the H20.", "denied"),
        ("Tencent bought no H20s.", "denied"),
        ("Tencent failed to buy the H20.", "denied"),
        ("Tencent has no plans to buy the H20.", "denied"),
        ("Tencent denied buying the H20.", "denied"),
        ("There is no evidence that Tencent bought the H20.", "denied"),
        ("Neither Tencent nor Alibaba bought the H20.", "denied"),
        ("Neither Alibaba nor Tencent bought the H20.", "denied"),
        ("Tencent did not use or buy the H20.", "denied"),
        ("Tencent will buy the H20.", "planned"),
        ("Tencent plans to buy the H20.", "planned"),
        ("Tencent is set to buy the H20.", "planned"),
        ("Tencent will test and buy the H20.", "planned"),
        ("If Tencent bought the H20, the rule failed.", "hypothetical"),
        ("Tencent might buy the H20.", "hypothetical"),
        ("Had Tencent bought the H20, it would have broken the rule.", "hypothetical"),
        ("Did Tencent buy the H20?", "hypothetical"),
        ("Tencent would have bought the H20 if it could.", "hypothetical"),
        ("Officials are investigating whether Tencent bought the H20.", "hypothetical"),
        ("Tencent is considering buying the H20.", "hypothetical"),
    ],
)
def test_the_words_around_a_claim_say_how_it_is_meant(text: str, modality: str, read: Read) -> None:
    assert purchase(text, read).modality.value == modality


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Reuters said Tencent did not buy the H20.", "denied"),
        ("Reuters said Tencent may buy the H20.", "hypothetical"),
        ("Reuters said Tencent will buy the H20.", "planned"),
        ("If Tencent will not buy the H20, who will?", "denied"),
        ("Tencent plans to buy the H20 if it is allowed to.", "planned"),
    ],
)
def test_of_several_signals_the_strongest_holds(text: str, modality: str, read: Read) -> None:
    assert purchase(text, read).modality.value == modality


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia did not say that Tencent bought the H20, but an official said so.",
        "Tencent, which does not use the H800, bought the H20.",
        "Tencent bought the H20, although it has never used the H800.",
        "Tencent bought the H20 and did not buy the H800.",
        "Tencent bought the H20 but not the H200.",
        "Tencent, which plans to grow, bought the H20.",
        "Tencent not only bought the H20 but used it.",
        "Tencent no doubt bought the H20.",
    ],
)
def test_a_negation_or_plan_of_something_else_does_not_bear_on_it(text: str, read: Read) -> None:
    assert purchase(text, read).modality.affirms


@pytest.mark.parametrize(
    ("text", "speaker", "entity"),
    [
        ("Tencent bought the H20.", None, None),
        ("An official said that Tencent bought the H20.", "An official", None),
        ("Tencent bought the H20, an official said.", "an official", None),
        ("Tencent bought the H20, said an official.", "an official", None),
        ("According to two people, Tencent bought the H20.", "two people", None),
        ("Nvidia said that Tencent bought the H20.", "Nvidia", "entity:nvidia"),
        ("Nvidia denied that Tencent bought the H20.", "Nvidia", "entity:nvidia"),
        ("Tencent denied buying the H20.", "Tencent", "entity:tencent"),
        ("Tencent failed to buy the H20.", None, None),
        ("Tencent refused to buy the H20.", None, None),
        (
            "An official who would not be named said that Tencent bought the H20.",
            "An official",
            None,
        ),
        (
            "A senior official at the Commerce Department said that Tencent bought the H20.",
            "A senior official at the Commerce Department",
            None,
        ),
    ],
)
def test_the_speaker_is_kept_in_the_words_of_the_text(
    text: str, speaker: str | None, entity: str | None, read: Read
) -> None:
    claim = purchase(text, read)
    assert (claim.attributed_to, claim.attributed_to_entity) == (speaker, entity)


def test_the_innermost_of_two_speakers_is_the_one_who_vouches(read: Read) -> None:
    text = "Reuters said that an official told it that Tencent had bought the H20."
    claim = purchase(text, read)
    assert (claim.modality.value, claim.attributed_to) == ("reported", "an official")


def test_a_denied_denial_is_no_denial(read: Read) -> None:
    claim = purchase("Nvidia did not deny that Tencent bought the H20.", read)
    assert claim.modality.value == "reported"


def test_an_allegation_and_its_denial_are_two_claims(read: Read) -> None:
    reading = read("An official said Tencent bought the H20. Tencent denied buying the H20.")
    assert {claim.modality.value for claim in reading.claims} == {"reported", "denied"}


def test_what_is_said_in_passing_is_asserted_whoever_speaks(read: Read) -> None:
    claims = read("An official said that Zhipu trained GLM-5 on Huawei's Ascend 910B.").claims
    by_property = {claim.predicate: claim.modality.value for claim in claims}
    assert by_property["kg:designs"] == "asserted"
    assert by_property["kg:trainedOn"] == "reported"
