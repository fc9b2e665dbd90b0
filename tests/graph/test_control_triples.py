"""Controls in the graph: data, verdicts and reach say what `kg.controls` says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pyoxigraph import Quad, Store

from kg.controls.days import Days
from kg.controls.judge import Judge
from kg.controls.load import read_controls
from kg.controls.reach import Asked
from kg.controls.truth import Truth
from kg.graph.assemble import triples
from kg.graph.literals import date_literal, node
from kg.graph.query import ask_with, query
from kg.graph.shapes import misfits
from kg.ontology.load import load_ontology
from kg.verify import check_triples

ONTOLOGY = load_ontology()
JUDGE = Judge(read_controls(ONTOLOGY.folder, ONTOLOGY.lexicon, ONTOLOGY.curated))
DAYS = [date(2022, 6, 5) + timedelta(days=97 * number) for number in range(16)]
COVERED = """
SELECT DISTINCT ?chip ?rule {
  VALUES ?on { UNDEF }
  VALUES ?country { UNDEF }
  ?verdict a kg:Verdict ; kg:role "control" ; kg:verdict "covered" ;
           kg:ofChip ?chip ; kg:underRule ?rule ; kg:underParagraph ?paragraph .
  ?reach a kg:Reach ; kg:ofParagraph ?paragraph ; kg:ofCountry ?country ; kg:effectiveFrom ?from .
  OPTIONAL { ?reach kg:effectiveUntil ?until }
  FILTER(?from <= ?on && (!BOUND(?until) || ?on < ?until))
}"""


@pytest.fixture(scope="module")
def store() -> Store:
    """All that is known, without a document."""
    store = Store()
    found = triples((), ONTOLOGY, JUDGE.controls, everything=True)
    store.extend(Quad(*triple) for triple in found)
    return store


@pytest.mark.parametrize("place", ["place:cn", "place:kh", "place:mo", "place:ae", "place:sg"])
def test_verdicts_and_reach_together_say_what_the_judge_says(store, place):
    rules = [rule for role, rule, _ in JUDGE.groups if role == "control"]
    for day in DAYS:
        asked = Asked(days=Days(day, day), to=place, hq=place)
        expected = {
            (chip, rule)
            for chip, part in JUDGE.controls.parts.items()
            for rule, truth in zip(rules, JUDGE.truths(part, asked), strict=True)
            if truth is Truth.YES
        }
        told = {"on": date_literal(day), "country": node(place)}
        assert {(row.chip, row.rule) for row in ask_with(store, COVERED, told)} == expected


def test_the_data_keep_to_their_shapes_and_have_a_claim_behind_each_triple(store):
    assert misfits(store, ONTOLOGY.folder / "shapes.ttl") == []
    assert list(check_triples(store)) == []


def test_a_computed_restriction_is_a_claim_with_its_verdicts_figures_and_days(store):
    (row,) = query(
        store,
        """SELECT ?from ?until ?modality {
             ?claim a kg:ConcludedClaim ; kg:byRule "controls" ; rdf:subject chip:nvidia-a100-sxm ;
                    rdf:predicate kg:restrictedBy ; rdf:object rule:ac-2022-10 ;
                    kg:modality ?modality ; kg:holdsFrom ?from ; kg:holdsUntil ?until .
             chip:nvidia-a100-sxm kg:restrictedBy rule:ac-2022-10 }""",
    )
    assert list(row) == [date(2022, 10, 21), date(2023, 11, 17), "kg:Asserted"]
    sources = query(
        store,
        """SELECT ?premise ?basis {
             ?claim kg:byRule "controls" ; rdf:subject chip:nvidia-a100-sxm ;
                    rdf:object rule:ac-2022-10 ; prov:wasDerivedFrom ?premise .
             ?premise prov:wasDerivedFrom ?basis } ORDER BY ?basis""",
    )
    assert [(row.premise, row.basis) for row in sources] == [
        ("verdict:nvidia-a100-sxm-3a090-2022", basis)
        for basis in (
            "figure:nvidia-a100-sxm-fp16_rate",
            "figure:nvidia-a100-sxm-host_bandwidth",
            "figure:nvidia-a100-sxm-interconnect_bandwidth",
            "paragraph:3a090-2022",
        )
    ]


def test_a_chip_that_may_not_be_subject_to_the_rules_gets_a_verdict_and_no_claim(store):
    covered = 'ASK { ?v kg:ofChip chip:huawei-ascend-910c ; kg:verdict "covered" }'
    claimed = 'ASK { ?c kg:byRule "controls" ; rdf:subject chip:huawei-ascend-910c }'
    assert query(store, covered) is True
    assert query(store, claimed) is False


def test_figures_can_be_asked_for_directly_and_with_their_unit(store):
    (row,) = query(
        store, "SELECT ?tpp ?pd { chip:nvidia-l20 kg:tpp ?tpp ; kg:performanceDensity ?pd }"
    )
    assert list(row) == [1912, pytest.approx(3.14, abs=0.01)]
    (row,) = query(
        store,
        """SELECT ?value ?unit { figure:nvidia-l20-die_area kg:value ?value ; kg:unit ?unit }""",
    )
    assert list(row) == [609, "mm2"]


def test_a_lower_bound_is_no_tpp(store):
    (row,) = query(
        store,
        """SELECT ?least ?exact { chip:google-tpu-8t kg:tppAtLeast ?least
                                  OPTIONAL { chip:google-tpu-8t kg:tpp ?exact } }""",
    )
    assert list(row) == [50400, None]


def test_what_is_published_stands_beside_what_is_computed(store):
    rows = query(
        store,
        """SELECT ?says ?computed ?speaker {
             ?said a kg:PublishedStatus ; kg:ofChip chip:nvidia-a800 ; kg:underRule ?rule ;
                   kg:role "control" ; kg:verdict ?says ; kg:attributedTo ?speaker .
             ?verdict a kg:Verdict ; kg:ofChip chip:nvidia-a800 ; kg:underRule ?rule ;
                      kg:underParagraph paragraph:3a090-2022 ; kg:verdict ?computed }""",
    )
    assert [(row.says, row.computed) for row in rows] == [("not covered", "not covered")]


def test_a_graph_of_few_documents_holds_the_controls_of_its_own_things_only(small_graph):
    from kg.api import Graph

    store = Graph.open(small_graph).store
    strange = query(
        store,
        """SELECT ?figure { ?figure a kg:Figure ; kg:ofChip ?chip
                            FILTER NOT EXISTS { ?chip rdfs:label ?label } }""",
    )
    assert len(strange) == 0
    assert query(store, "ASK { ?x a kg:Verdict }") is True
