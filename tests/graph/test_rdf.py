"""The shape of a graph, as `SELECT` may rely on it."""

from datetime import date
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.claims import Modality
from kg.graph.literals import decimal_literal, source_term, two_digits
from kg.graph.namespaces import prologue
from kg.graph.rdf import (
    Concluded,
    claim_triples,
    concluded_triples,
    curated_triples,
    document_triples,
    hashed_id,
    reading_triples,
    thing_triples,
)
from kg.ontology.files import LooseDate
from tests.graph.small import (
    ALIASES,
    BUYS,
    CURATED,
    DENIES,
    NEWS,
    READ_NEWS,
    THINGS,
    USES,
    YOTTAVERSE,
    curated,
    ontology,
)

TERMS = ontology().terms


def turtle(text: str) -> set[str]:
    parsed = pyoxigraph.parse(prologue() + text, format=RdfFormat.TURTLE)
    return {str(quad.triple) for quad in parsed}


def written(triples) -> set[str]:
    return {str(triple) for triple in triples}


def test_a_read_claim_is_exactly_this():
    assert written(claim_triples(USES, said_on=NEWS.date)) == turtle(
        f"""
        claim:{USES.id} a kg:Claim , kg:ReadClaim ;
            rdf:subject entity:deepseek ; rdf:predicate kg:usesHardware ;
            rdf:object chip:nvidia-h800 ;
            kg:subjectText "DeepSeek" ; kg:objectText "H800s" ;
            kg:modality kg:Reported ; kg:attributedTo "an official" ;
            kg:confidence 0.83 ; kg:foundBy "use" ; kg:saidOn "2025-01-31"^^xsd:date ;
            kg:quantity 2000 ; kg:quantityText "some 2,000" ;
            prov:wasDerivedFrom doc:{NEWS.id} ; kg:evidence evidence:{NEWS.id}-0-49 .
        evidence:{NEWS.id}-0-49 a oa:TextQuoteSelector , oa:TextPositionSelector ;
            oa:exact "DeepSeek uses some 2,000 H800s, an official said." ;
            oa:start 0 ; oa:end 49 ; oa:hasSource doc:{NEWS.id} .
        entity:deepseek kg:usesHardware chip:nvidia-h800 .
        """
    )


def test_a_denial_gives_no_plain_triple_and_keeps_its_linked_speaker():
    found = written(claim_triples(DENIES, said_on=None))
    assert not found & turtle("entity:deepseek kg:usesHardware chip:nvidia-h800 .")
    assert found >= turtle(
        f"""claim:{DENIES.id} kg:modality kg:Denied ; kg:attributedTo "Nvidia" ;
        kg:attributedToEntity entity:nvidia ; kg:confidence 0.7 ."""
    )


def test_a_date_carries_its_precision():
    assert written(claim_triples(BUYS, said_on=None)) >= turtle(
        f"""claim:{BUYS.id} kg:holdsFrom "2024-01-01"^^xsd:date ;
        kg:holdsFromPrecision "year" ."""
    )


@pytest.mark.parametrize("modality", Modality)
def test_only_asserted_and_reported_claims_give_plain_triples(modality):
    claim = curated("entity:a", "kg:purchases", "chip:b", modality=modality.value)
    plain = turtle("entity:a kg:purchases chip:b .")
    assert bool(written(curated_triples(claim)) & plain) is modality.affirms


def test_a_document_is_exactly_this():
    assert written(document_triples(NEWS, ["place:cn", "entity:nvidia"])) == turtle(
        f"""
        doc:{NEWS.id} a kg:Document ; dcterms:identifier "news.txt" ;
            rdfs:label "DeepSeek and its chips" ;
            dcterms:title "DeepSeek and its chips" ; dcterms:creator "The Example Times" ;
            dcterms:date "2025-01-31"^^xsd:date ; dcterms:source <https://example.org/news> ;
            kg:sha256 "{NEWS.sha256}" ; kg:mentions entity:nvidia , place:cn .
        """
    )


def test_a_reading_mentions_each_named_thing():
    mentions = turtle(
        f"doc:{NEWS.id} kg:mentions entity:deepseek , chip:nvidia-h800 , entity:nvidia ."
    )
    assert written(reading_triples(READ_NEWS)) >= mentions


def test_a_thing_has_all_its_classes_one_label_and_its_proper_names():
    china = next(thing for thing in THINGS if thing.curie == "place:cn")
    aliases = [alias for alias in ALIASES if alias.thing == "place:cn"]
    assert written(thing_triples(china, aliases, TERMS)) == turtle(
        """place:cn a kg:Country ; rdfs:label "China" ; skos:hiddenLabel "Chinese" ;
        dcterms:source <https://example.org/facts> ."""
    )


def test_superclasses_are_written_out_and_a_discovered_thing_says_so():
    assert written(thing_triples(YOTTAVERSE, [], TERMS)) == turtle(
        """entity:x-yottaverse a kg:Company , kg:Organisation , kg:Entity ;
        rdfs:label "Yottaverse" ; kg:discovered true ."""
    )


def test_a_rule_has_its_dates_and_what_it_is_part_of():
    letter = next(thing for thing in THINGS if thing.curie == "rule:letter")
    assert written(thing_triples(letter, [], TERMS)) == turtle(
        """rule:letter a kg:Rule ; rdfs:label "H20 letter" ;
        kg:effectiveFrom "2025-04-09"^^xsd:date ; kg:effectiveFromPrecision "day" ;
        kg:partOf rule:controls ; dcterms:source <https://example.org/facts> ."""
    )


def test_a_curated_claim_has_its_citations_and_no_confidence():
    claim = curated(
        "entity:a", "kg:purchases", "chip:b", holds_from=LooseDate(date(2025, 7, 1), "half")
    )
    assert written(curated_triples(claim)) == turtle(
        f"""
        {hashed_id("curated", claim)} a kg:Claim , kg:CuratedClaim ;
            rdf:subject entity:a ; rdf:predicate kg:purchases ; rdf:object chip:b ;
            kg:modality kg:Asserted ;
            kg:holdsFrom "2025-07-01"^^xsd:date ; kg:holdsFromPrecision "half" ;
            dcterms:source <https://example.org/a> , "a paper on paper" ;
            kg:checkedOn "2026-11-23"^^xsd:date .
        entity:a kg:purchases chip:b .
        """
    )


CONCLUDED = Concluded(
    rule="a-rule",
    subject="entity:a",
    predicate="kg:usesHardware",
    object="chip:b",
    modality=Modality.REPORTED,
    confidence=Decimal("0.63"),
    premises=("claim:1", "claim:2"),
)


def test_a_concluded_claim_names_its_rule_and_premises():
    assert written(concluded_triples(CONCLUDED)) == turtle(
        f"""
        {hashed_id("concluded by a-rule", CONCLUDED)} a kg:Claim , kg:ConcludedClaim ;
            rdf:subject entity:a ; rdf:predicate kg:usesHardware ; rdf:object chip:b ;
            kg:modality kg:Reported ; kg:confidence 0.63 ; kg:byRule "a-rule" ;
            prov:wasDerivedFrom claim:1 , claim:2 .
        entity:a kg:usesHardware chip:b .
        """
    )


def test_the_ids_of_claims_without_document_never_move():
    """They stand in published graphs. Each is the hash of its six fields, joined by U+001F:
    curated, chip:nvidia-h20, kg:restrictedBy, rule:letter, asserted and nothing; and so on."""
    assert hashed_id("curated", CURATED[0]) == "claim:624f43294ae0325e"
    assert hashed_id("concluded by a-rule", CONCLUDED) == "claim:a90b19163935bcd4"


@given(st.floats(min_value=0, max_value=1, exclude_min=True))
def test_a_confidence_is_stored_in_canonical_form_and_stays_in_its_bounds(number):
    stored = two_digits(number)
    assert 0 < stored <= 1
    literal = decimal_literal(stored)
    assert literal.value == f"{float(stored):g}"


def test_a_citation_that_is_no_address_stays_text():
    assert source_term("https://example.org/a") == NamedNode("https://example.org/a")
    assert source_term("88 FR 73458") == Literal("88 FR 73458")
    assert source_term("https://example.org/a b") == Literal("https://example.org/a b")
