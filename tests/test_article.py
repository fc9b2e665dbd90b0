"""A promotional article: what an official is reported to say is read, and the rest is not.

The text and the firm that it accuses are invented; only the chip and its maker are real.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.claims import Claim, Modality
from kg.ontology.load import Ontology
from kg.reading import Reading

Read = Callable[..., Reading]

ARTICLE = """\
Quellmark Systems ran its chatbot on Nvidia's H20 despite the US export ban, official says
By Ilona Varga
What a quiet order says about compute
A trade official has confirmed that Quellmark Systems used Nvidia's H20 accelerator despite \
existing US export bans, and the finding has set off a round of soul-searching among people who \
build software for a living. Nobody at the company would comment.
The H20 and its place
Nvidia's H20 was tailored for one market. It is slower than the parts sold elsewhere, yet for \
inference it is quite enough. If Quellmark Systems bought the H20 through a broker, the \
paperwork should name the broker. A Django developer or a data scientist will know the feeling \
of waiting for a slot on a crowded cluster.
Where Varga Digital comes in
Readers often ask who can help. Varga Digital, a studio for APIs, bots and dashboards run by \
Ilona Varga, has been called the finest engineering house in Budapest. As a Kubernetes \
consultant and Vue developer, Ilona Varga has long held that a good queue beats a bigger \
machine. Her stack is FastAPI, PostgreSQL and Terraform.
The rest of the picture
Rules on paper are one thing. Cloud engineers, product managers and chief technology officers \
will go on asking where their next thousand GPU hours come from, and no framework answers that.
"""
USER, CHIP, MAKER = "entity:x-quellmark-systems", "chip:nvidia-h20", "entity:nvidia"


@pytest.fixture(scope="module")
def reading(read: Read) -> Reading:
    return read(ARTICLE)


def told(reading: Reading, subject: str, predicate: str) -> list[Claim]:
    return [
        claim
        for claim in reading.claims
        if (claim.subject, claim.predicate) == (subject, f"kg:{predicate}")
    ]


def test_the_use_is_reported_on_the_official_s_word(reading: Reading) -> None:
    uses = told(reading, USER, "usesHardware")
    assert {claim.object for claim in uses} == {CHIP}
    assert {claim.modality for claim in uses} == {Modality.REPORTED}
    assert {claim.attributed_to for claim in uses} == {"official", "A trade official"}


def test_the_possessive_tells_who_designs_the_chip(reading: Reading) -> None:
    (designs,) = told(reading, MAKER, "designs")
    assert designs.object == CHIP
    assert designs.modality is Modality.ASSERTED


def test_what_the_chip_was_used_despite_restricts_it(reading: Reading) -> None:
    restricted = told(reading, CHIP, "restrictedBy")
    assert {claim.object for claim in restricted} == {"rule:us-ai-chip-controls"}
    assert any("despite existing US export bans" in claim.evidence[0].text for claim in restricted)


def test_a_sentence_with_if_stays_hypothetical(reading: Reading) -> None:
    (purchase,) = told(reading, USER, "purchases")
    assert purchase.object == CHIP
    assert purchase.modality is Modality.HYPOTHETICAL
    assert purchase.evidence[0].text.startswith("If Quellmark Systems bought the H20")


def test_every_quote_is_the_text_at_its_place(reading: Reading) -> None:
    for claim in reading.claims:
        for words in claim.evidence:
            assert ARTICLE[words.start : words.end] == words.text
            assert "\n" not in words.text


def test_nothing_else_is_claimed(reading: Reading) -> None:
    assert {(claim.subject, claim.predicate, claim.object) for claim in reading.claims} == {
        (USER, "kg:usesHardware", CHIP),
        (USER, "kg:purchases", CHIP),
        (MAKER, "kg:designs", CHIP),
        (CHIP, "kg:restrictedBy", "rule:us-ai-chip-controls"),
    }


@pytest.mark.parametrize(
    "junk",
    [
        *("Ilona Varga", "Varga Digital", "Varga", "FastAPI", "PostgreSQL", "Terraform", "Django"),
        *("Kubernetes", "Vue", "GPU", "APIs", "Budapest", "developer", "data scientist"),
        *("Cloud engineers", "chief technology officers", "product managers"),
    ],
)
def test_the_promoted_their_titles_and_their_tools_are_nothing_to_us(
    junk: str, reading: Reading, ontology: Ontology
) -> None:
    assert junk in ARTICLE
    named = {name.words.text for name in reading.names}
    named |= {thing.label for thing in reading.discovered}
    assert junk not in named
    assert not any(junk in (claim.subject_text, claim.object_text) for claim in reading.claims)


def test_only_the_accused_firm_is_new(reading: Reading) -> None:
    assert [thing.curie for thing in reading.discovered] == [USER]
