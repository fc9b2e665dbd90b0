"""Conclusions: to the end, in any order, from affirmed claims only."""

import random
from decimal import Decimal

import pyoxigraph
import pytest
from pyoxigraph import Quad, RdfFormat, Store

from kg.claims import Modality
from kg.errors import OntologyError
from kg.graph.conclude import Rule, conclude, read_rules
from kg.graph.namespaces import prologue
from kg.graph.rdf import Concluded

WIDER = Rule(
    name="wider",
    concludes="kg:restrictedBy",
    sparql="""SELECT ?subject ?object ?premise1 {
        ?premise1 rdf:predicate kg:restrictedBy ; rdf:subject ?subject ; rdf:object ?part .
        ?part kg:partOf ?object }""",
)


def claim(name: str, about: str, modality: str = "Asserted", confidence: str = "") -> str:
    subject, predicate, object = about.split()
    more = f"; kg:confidence {confidence}" if confidence else ""
    return (
        f"claim:{name} rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {object} ; "
        f"kg:modality kg:{modality} {more} ."
    )


def conclusions(*facts: str, rules: tuple[Rule, ...] = (WIDER,)) -> tuple[Concluded, ...]:
    store = Store()
    text = prologue() + "\n".join(facts)
    store.extend(Quad(*quad.triple) for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE))
    return conclude(store, rules)


PART = "rule:letter kg:partOf rule:controls ."
CHIP = "chip:nvidia-h20 kg:restrictedBy rule:letter"


def test_a_conclusion_takes_the_weakest_modality_and_the_product_of_confidences():
    two = Rule(
        name="two",
        concludes="kg:usesHardware",
        sparql="""SELECT ?subject ?object ?premise1 ?premise2 {
            ?premise1 rdf:predicate kg:develops ; rdf:subject ?subject ; rdf:object ?model .
            ?premise2 rdf:predicate kg:trainedOn ; rdf:subject ?model ; rdf:object ?object }""",
    )
    found = conclusions(
        claim("d", "entity:a kg:develops model:m", "Asserted", "0.9"),
        claim("t", "model:m kg:trainedOn chip:c", "Reported", "0.75"),
        rules=(two,),
    )
    assert found == (
        Concluded(
            rule="two",
            subject="entity:a",
            predicate="kg:usesHardware",
            object="chip:c",
            modality=Modality.REPORTED,
            confidence=Decimal("0.68"),
            premises=("claim:d", "claim:t"),
        ),
    )


def test_two_ways_to_one_conclusion_are_one_claim_with_all_premises_and_the_better_standing():
    (found,) = conclusions(
        PART,
        claim("b", CHIP, "Reported", "0.99"),
        claim("a", CHIP, "Asserted", "0.5"),
    )
    assert found.premises == ("claim:a", "claim:b")
    assert (found.modality, found.confidence) == (Modality.ASSERTED, Decimal("0.5"))


def test_a_way_over_curated_claims_alone_needs_no_confidence():
    (found,) = conclusions(PART, claim("a", CHIP), claim("b", CHIP, "Asserted", "0.5"))
    assert found.confidence is None


@pytest.mark.parametrize("modality", ["Denied", "Planned", "Hypothetical"])
def test_only_affirmed_claims_are_premises(modality):
    assert conclusions(PART, claim("a", CHIP, modality)) == ()


def test_a_chain_is_followed_to_its_end():
    chain = [f"rule:r{n} kg:partOf rule:r{n + 1} ." for n in range(12)]
    found = conclusions(*chain, claim("a", "chip:c kg:restrictedBy rule:r0"))
    assert {each.object for each in found} == {f"rule:r{n}" for n in range(1, 13)}


def test_a_circle_comes_to_an_end():
    circle = ["rule:a kg:partOf rule:b .", "rule:b kg:partOf rule:a ."]
    found = conclusions(*circle, claim("x", "chip:c kg:restrictedBy rule:a", confidence="0.5"))
    assert {each.object for each in found} == {"rule:a", "rule:b"}


def test_the_order_of_facts_and_rules_does_not_matter():
    chain = [f"rule:r{n} kg:partOf rule:r{n + 1} ." for n in range(6)]
    facts = [
        *chain,
        claim("a", "chip:c kg:restrictedBy rule:r0", "Reported", "0.7"),
        claim("b", "chip:c kg:restrictedBy rule:r3", "Asserted", "0.6"),
    ]
    again = Rule(name="again", concludes=WIDER.concludes, sparql=WIDER.sparql)
    first = conclusions(*facts, rules=(WIDER, again))
    random.Random(7).shuffle(facts)
    assert conclusions(*facts, rules=(again, WIDER)) == first
    assert {each.rule for each in first} == {"wider", "again"}


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("SELECT ?subject {", r"ontology/inference/bad.rq: error at"),
        ("ASK {}", "bad.rq: is no SELECT"),
        ("SELECT ?subject ?object { ?subject ?p ?object }", r"must SELECT \?subject \?object"),
        (
            "SELECT ?subject ?object ?premise1 { ?premise1 kg:modality ?m ; rdf:subject ?subject ."
            ' BIND("x" AS ?object) }',
            "finds something that is no thing and no claim",
        ),
    ],
)
def test_a_rule_that_cannot_work_is_one_line(sparql, message):
    bad = Rule(name="bad", concludes="kg:restrictedBy", sparql=sparql)
    with pytest.raises(OntologyError, match=message):
        conclusions(claim("a", CHIP), rules=(bad,))


def test_a_rule_file_must_say_what_it_concludes_and_why(tmp_path):
    (tmp_path / "some.rq").write_text("# concludes: kg:usesHardware\nSELECT", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"some.rq: needs one line `# because: ...`"):
        read_rules(tmp_path)
