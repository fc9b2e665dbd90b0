"""The page of the terms has all of them, links them, and runs nothing."""

import re

import pytest

from kg.errors import OntologyError
from kg.ontology.files import ontology_folder
from kg.ontology.terms import read_terms
from kg.views.ontology import page

CORE = ontology_folder() / "core.ttl"
HOSTILE = """
@prefix kg: <https://w3id.org/chiptrace/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/chiptrace/ontology> a owl:Ontology ; rdfs:label "x" ; rdfs:comment "y" .
kg:Trap a owl:Class ; rdfs:label "<img src=x onerror=alert(1)>" ;
    rdfs:comment "</p><script>alert(1)</script>" ; dcterms:source <javascript:alert(1)> .
"""


@pytest.fixture(scope="module")
def html() -> str:
    return page(CORE)


def test_each_term_has_its_place_and_a_link_to_it(html):
    terms = {name.partition(":")[2] for name in read_terms(CORE).comments}
    assert set(re.findall(r'<section id="([^"]+)">', html)) == terms
    assert set(re.findall(r'<li><a href="#([^"]+)">', html)) == terms


def test_each_place_is_there_once_and_each_link_leads_to_one(html):
    places = re.findall(r'id="([^"]+)"', html)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(places)


def test_a_property_shows_its_phrase_its_domain_and_its_range(html):
    (section,) = re.findall(r'<section id="usesHardware">.*?</section>', html, re.DOTALL)
    assert "<dt>reads as</dt><dd>uses</dd>" in section
    assert '<dt>from</dt><dd><a href="#Entity">kg:Entity</a></dd>' in section
    assert '<dt>to</dt><dd><a href="#Chip">kg:Chip</a></dd>' in section


def test_it_runs_and_asks_for_nothing(html):
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|src=|url\(|@import| on\w+=", html)


def test_it_has_words_for_print_and_for_the_dark(html):
    assert "@media print" in html
    assert "color-scheme: light dark" in html


def test_hostile_terms_are_text_and_no_script_is_linked(tmp_path):
    (tmp_path / "core.ttl").write_text(HOSTILE, encoding="utf-8")
    html = page(tmp_path / "core.ttl")
    assert "&lt;script&gt;alert(1)" in html
    assert not re.search(r"<script|<img|href=\"javascript", html)


def test_what_is_no_turtle_is_told(tmp_path):
    (tmp_path / "core.ttl").write_text("kg:Trap a", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"ontology/core\.ttl"):
        page(tmp_path / "core.ttl")
