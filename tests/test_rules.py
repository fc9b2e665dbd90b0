"""Each rule of `ontology/inference/` on its own small graph: before, and what it adds.

The folders hold N-Triples and Turtle without their prefixes; `after.ttl` is what the rule adds.
"""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Quad, RdfFormat, Store

from kg.graph.conclude import Rule, conclude, read_rules
from kg.graph.namespaces import prologue
from kg.graph.rdf import concluded_triples
from kg.ontology.files import ontology_folder
from kg.ontology.terms import read_terms

RULES = {rule.name: rule for rule in read_rules(ontology_folder() / "inference")}
CASES = Path(__file__).parent / "rules"


def triples(path: Path) -> list[pyoxigraph.Triple]:
    text = prologue() + path.read_text(encoding="utf-8")
    return [quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.TURTLE)]


def added(rule: Rule, path: Path) -> set[str]:
    store = Store()
    store.extend(Quad(*triple) for triple in triples(path))
    return {str(triple) for claim in conclude(store, [rule]) for triple in concluded_triples(claim)}


def test_every_rule_has_a_case_and_every_case_a_rule():
    assert sorted(RULES) == sorted(path.name for path in CASES.iterdir())


@pytest.mark.parametrize("name", RULES)
def test_a_rule_adds_exactly_what_stands_in_its_after(name):
    after = {str(triple) for triple in triples(CASES / name / "after.ttl")}
    assert added(RULES[name], CASES / name / "before.ttl") == after


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_concludes_one_of_the_fifteen_properties(rule):
    assert rule.concludes in read_terms(ontology_folder() / "core.ttl").properties
