"""Who did what: voice, clauses, coordination and ownership are undone before a claim is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.reading import Reading

Read = Callable[..., Reading]
Triples = set[tuple[str, str, str]]


def triples(reading: Reading) -> Triples:
    return {
        (claim.subject_text, claim.predicate.removeprefix("kg:"), claim.object_text)
        for claim in reading.claims
    }


TENCENT_BOUGHT = {("Tencent", "purchases", "H20")}


@pytest.mark.parametrize(
    "text",
    [
        "Tencent bought the H20.",
        "Tencent has been buying the H20.",
        "The H20 was bought by Tencent.",
        "Tencent, which bought the H20, grew.",
        "The H20, which Tencent bought, is slow.",
        "The H20, bought by Tencent, is slow.",
        "The H20 that Tencent bought is slow.",
        "Having bought the H20, Tencent grew.",
        "Tencent grew after buying the H20.",
        "Tencent, a firm in Shenzhen, bought the H20.",
        "Tencent’s purchase of the H20 took months.",
        "Last year Tencent quietly bought the H20, people say.",
        "• Tencent bought the H20",
        "TENCENT: Tencent bought the H20!",
    ],
)
def test_who_bought_is_the_buyer_however_it_is_put(text: str, read: Read) -> None:
    assert triples(read(text)) >= TENCENT_BOUGHT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Alibaba and Tencent bought the H20 and the H200.",
            {
                ("Alibaba", "purchases", "H20"),
                ("Alibaba", "purchases", "H200"),
                ("Tencent", "purchases", "H20"),
                ("Tencent", "purchases", "H200"),
            },
        ),
        (
            "Alibaba and Tencent bought the H20 and the H200, respectively.",
            {("Alibaba", "purchases", "H20"), ("Tencent", "purchases", "H200")},
        ),
        (
            "Tencent uses the A100, H100 and H800.",
            {
                ("Tencent", "usesHardware", "A100"),
                ("Tencent", "usesHardware", "H100"),
                ("Tencent", "usesHardware", "H800"),
            },
        ),
        (
            "Alibaba, Tencent and Baidu bought the H20.",
            {
                ("Alibaba", "purchases", "H20"),
                ("Tencent", "purchases", "H20"),
                ("Baidu", "purchases", "H20"),
            },
        ),
    ],
)
def test_coordination_gives_all_pairs_unless_it_is_respective(
    text: str, told: Triples, read: Read
) -> None:
    assert triples(read(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "Nvidia customers use the H100.",
        "Nvidia's rivals use the H100.",
        "Customers of Nvidia bought H20s.",
        "Former OpenAI personnel trained the model on H100s.",
        "A former Huawei engineer bought H100s.",
        "Analysts at Tencent bought H20s.",
        "The Tencent-owned studio bought H20s.",
        "Every Alibaba alumnus has bought H20s.",
    ],
)
def test_a_name_that_only_modifies_is_nobodys_argument(text: str, read: Read) -> None:
    assert {triple for triple in triples(read(text)) if triple[1] != "designs"} == set()


def test_who_backs_a_buyer_did_not_buy(read: Read) -> None:
    assert triples(read("Huawei-backed Zhipu bought the H800.")) == {("Zhipu", "purchases", "H800")}


def test_a_sale_tells_of_the_supplier_and_the_buyer_and_of_no_cloud(read: Read) -> None:
    assert triples(read("Nvidia sold the H20 to Tencent.")) == {
        ("Nvidia", "supplies", "Tencent"),
        ("Tencent", "purchases", "H20"),
    }


def test_a_sale_of_a_named_chip_keeps_the_chip(read: Read) -> None:
    claims = read("Nvidia sold 500 H20s to Tencent.").claims
    assert {
        (claim.involves, claim.quantity) for claim in claims if claim.predicate == "kg:supplies"
    } == {("chip:nvidia-h20", 500)}


def test_nothing_is_said_of_itself(read: Read) -> None:
    assert read("Nvidia sold chips to Nvidia.").claims == ()


def test_a_claim_keeps_its_whole_sentence_and_its_cue(read: Read) -> None:
    reading = read("It rained. Tencent bought the H20. It snowed.")
    (claim,) = reading.claims
    assert [(span.start, span.text) for span in claim.evidence] == [(11, "Tencent bought the H20.")]
    assert claim.found_by == "buy"


def test_said_twice_is_one_claim_with_two_places(read: Read) -> None:
    (claim,) = read("Tencent bought the H20. Nobody noticed. Tencent bought the H20.").claims
    assert [span.start for span in claim.evidence] == [0, 40]


def test_a_discovered_buyer_is_marked_and_trusted_less(read: Read) -> None:
    reading = read("Zorblax Systems bought 500 H20s. Tencent bought 500 H20s too.")
    known, unknown = sorted(reading.claims, key=lambda claim: claim.confidence, reverse=True)
    assert (known.subject, unknown.subject) == ("entity:tencent", "entity:x-zorblax-systems")
    assert known.confidence > unknown.confidence
    assert [thing.curie for thing in reading.discovered] == ["entity:x-zorblax-systems"]
    assert all(thing.discovered for thing in reading.discovered)


def test_an_unknown_proper_name_is_one_thing_over_documents(read: Read) -> None:
    text = "Zorblax Systems, a broker, bought 500 H20s."
    first, second = (read(text, identifier=name).claims[0] for name in ("a.txt", "b.txt"))
    assert first.subject == second.subject == "entity:x-zorblax-systems"
    assert first.document != second.document


def test_a_placeholder_is_another_thing_in_each_document(read: Read) -> None:
    text = "Customer A bought 500 H20s."
    first, second = (read(text, identifier=name).claims[0] for name in ("a.txt", "b.txt"))
    assert first.subject != second.subject
    assert first.subject == f"entity:x-{first.document}-customer-a"
