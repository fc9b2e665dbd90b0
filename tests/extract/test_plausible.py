"""What is known of the things of a draft can forbid it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.plausible import Plausibility
from kg.extract.prepare import Tools
from kg.reading import Reading

Read = Callable[..., Reading]


def told(reading: Reading) -> set[tuple[str, str, str]]:
    return {(claim.subject, claim.predicate, claim.object) for claim in reading.claims}


def test_the_designers_are_those_of_the_curated_claims(tools: Tools) -> None:
    designers = Plausibility.of(tools.ontology).designers
    assert designers["chip:nvidia-h20"] == {"entity:nvidia"}
    assert "chip:no-such-chip" not in designers


def test_a_bare_possessive_tells_the_known_designer(read: Read) -> None:
    assert told(read("Nvidia's H20 sells.")) == {("entity:nvidia", "kg:designs", "chip:nvidia-h20")}


def test_a_bare_possessive_makes_nobody_else_a_designer(read: Read) -> None:
    assert "kg:designs" not in {property_ for _, property_, _ in told(read("Tencent's H20 sells."))}


def test_a_possessive_tells_an_owner_only_of_what_another_designs(read: Read) -> None:
    used = ("entity:tencent", "kg:usesHardware", "chip:nvidia-h20")
    assert used in told(read("Tencent's remaining H20s are idle."))
    own = told(read("Nvidia's remaining H20s are idle."))
    assert ("entity:nvidia", "kg:usesHardware", "chip:nvidia-h20") not in own


@pytest.mark.parametrize(
    "text",
    [
        "The Commerce Department designs the H20.",
        "The Commerce Department was added to the Entity List.",
        "The Commerce Department is based in China.",
        "Late last week Mr. Ostrane bought the H20.",
        "Late last week Robert Ostrane, an analyst, bought the H20.",
    ],
)
def test_an_agency_makes_nothing_and_a_person_deals_in_nothing(text: str, read: Read) -> None:
    assert told(read(text)) == set()
