"""Which curated claims belong with a set of documents."""

from kg.graph.background import background, with_wider_rules
from tests.graph.small import CURATED, THINGS, ontology


def chosen(*mentioned: str) -> set[str]:
    found = background(frozenset(mentioned), ontology())
    return {f"{claim.subject} {claim.predicate} {claim.object}" for claim in found}


def test_nothing_mentioned_brings_nothing():
    assert chosen() == set()


def test_a_thing_brings_what_is_said_of_it_and_no_more():
    assert chosen("entity:deepseek") == {
        "entity:deepseek kg:develops model:deepseek-v3",
        "entity:deepseek kg:headquarteredIn place:cn",
    }


def test_a_country_does_not_bring_all_who_sit_there():
    assert chosen("place:cn") == set()


def test_a_chip_brings_its_family_its_designer_and_its_rules_with_theirs():
    assert chosen("chip:nvidia-h20") == {
        "chip:nvidia-h20 kg:restrictedBy rule:letter",
        "chip:nvidia-h20 kg:variantOf chip:nvidia-hopper-family",
        "chip:nvidia-h800 kg:variantOf chip:nvidia-hopper-family",
        "entity:nvidia kg:designs chip:nvidia-h20",
        "rule:letter kg:issuedBy entity:bis",
        "rule:controls kg:appliesTo place:cn",
    }


def test_a_chip_brings_its_parts_and_the_models_trained_on_it():
    assert chosen("chip:nvidia-h800") >= {
        "chip:nvidia-h800-sxm kg:variantOf chip:nvidia-h800",
        "model:deepseek-v3 kg:trainedOn chip:nvidia-h800",
    }


def test_a_family_brings_all_its_variants():
    assert chosen("chip:nvidia-hopper-family") >= {
        "chip:nvidia-h800-sxm kg:variantOf chip:nvidia-h800",
        "chip:nvidia-h20 kg:restrictedBy rule:letter",
    }


def test_claims_keep_the_order_of_their_file():
    everything = frozenset(thing.curie for thing in THINGS)
    assert background(everything, ontology()) == CURATED


def test_wider_rules_are_reached_over_any_number_of_steps():
    things = {thing.curie: thing for thing in THINGS}
    assert with_wider_rules(["rule:letter"], things) == {"rule:letter", "rule:controls"}
