"""The shapes of controls: each lets the sound thing pass and says what is wrong with another."""

from __future__ import annotations

import pyoxigraph
import pytest
from pyoxigraph import Quad, RdfFormat, Store

from kg.graph.namespaces import prologue
from kg.graph.shapes import misfits
from kg.ontology.files import ontology_folder

SHAPES = ontology_folder() / "shapes.ttl"
SOUND = """
chip:a a kg:Chip ; rdfs:label "A" .
rule:r a kg:Rule ; rdfs:label "R" .
place:p a kg:Country ; rdfs:label "P" .
figure:a-tpp a kg:Figure ; kg:ofChip chip:a ; kg:measures "die_area" ; kg:value 800.0 ;
  kg:unit "mm2" ; kg:least 780.0 ; kg:most 820.0 ; kg:grade "A" ; dcterms:source "x" ;
  kg:checkedOn "2026-01-01"^^xsd:date .
paragraph:q a kg:Paragraph ; kg:ofRule rule:r ; rdfs:label "1.a" ; kg:role "control" ;
  kg:effectiveFrom "2023-01-01"^^xsd:date ; kg:effectiveUntil "2024-01-01"^^xsd:date ;
  dcterms:source "x" ; kg:checkedOn "2026-01-01"^^xsd:date .
limit:q-1-1 a kg:Limit ; kg:ofParagraph paragraph:q ; kg:comparison ">=" ; kg:value 4800.0 .
stay:p-d5 a kg:GroupStay ; kg:ofCountry place:p ; kg:countryGroup "D:5" ;
  kg:effectiveUntil "2024-01-01"^^xsd:date ;
  dcterms:source "x" ; kg:checkedOn "2026-01-01"^^xsd:date .
reach:q-p a kg:Reach ; kg:ofParagraph paragraph:q ; kg:ofCountry place:p ;
  kg:effectiveFrom "2023-01-01"^^xsd:date .
verdict:a-q a kg:Verdict ; kg:ofChip chip:a ; kg:underRule rule:r ; kg:verdict "unknown" ;
  kg:because "die area not known" ; prov:wasDerivedFrom paragraph:q .
status:a-r a kg:PublishedStatus ; kg:ofChip chip:a ; kg:underRule rule:r ; kg:verdict "covered" ;
  kg:attributedTo "the vendor" ; dcterms:source "x" ; kg:checkedOn "2026-01-01"^^xsd:date .
"""


def found(text: str) -> list[str]:
    store = Store()
    parsed = pyoxigraph.parse(prologue() + text, format=RdfFormat.TURTLE)
    store.extend(Quad(*quad.triple) for quad in parsed)
    return [each.message for each in misfits(store, SHAPES)]


def test_sound_data_pass():
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ("kg:value 800.0", "kg:value -1.0", "a decimal that is not negative"),
        ("kg:value 800.0", "kg:value 800", "a decimal that is not negative"),
        ("kg:value 800.0", "kg:value 900.0", "The value is not above the most"),
        ("kg:value 800.0", "kg:value 700.0", "The least that a source gives is not above"),
        ('kg:unit "mm2" ;', "", "A figure has a unit."),
        ('kg:grade "A"', 'kg:grade "D"', "graded A, B or C"),
        ('kg:measures "die_area" ;', "", "A figure measures one quantity."),
        ("chip:a ; kg:measures", "rule:r ; kg:measures", "of one chip"),
        ('kg:grade "A" ; dcterms:source "x" ;', 'kg:grade "A" ;', "It has a source."),
        ('kg:role "control"', 'kg:role "ban"', "a control, an exclusion, an exception or"),
        ("kg:ofRule rule:r ;", "", "A paragraph belongs to one rule version."),
        ('Until "2024-01-01"', 'Until "2022-01-01"', "A paragraph begins on one day, which"),
        ("kg:ofParagraph paragraph:q ; kg:comparison", "kg:comparison", "compares something"),
        ('kg:comparison ">="', 'kg:comparison "=="', "A limit compares by"),
        ('kg:countryGroup "D:5"', 'kg:countryGroup "five"', "in one country group"),
        ("kg:ofCountry place:p ; kg:countryGroup", "kg:countryGroup", "that of one country"),
        ('kg:effectiveFrom "2023-01-01"^^xsd:date .', 'kg:role "x" .', "A reach begins on one day"),
        ('kg:verdict "unknown"', 'kg:verdict "perhaps"', "covered, not covered or unknown"),
        ('kg:because "die area not known" ;', "", "A verdict says why."),
        ('kg:verdict "covered"', 'kg:verdict "unknown"', "A published status is covered or"),
        ('kg:attributedTo "the vendor" ;', "", "somebody who says so"),
        ("dcterms:source", "dcterms:title", "It has a source."),
    ],
)
def test_what_is_wrong_is_said(sound, broken, message):
    assert sound in SOUND
    assert any(message in each for each in found(SOUND.replace(sound, broken)))
