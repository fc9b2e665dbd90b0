"""Every shape is broken once, and says so in its own words."""

import pyoxigraph
import pytest
from pyoxigraph import Quad, RdfFormat, Store

from kg.errors import OntologyError
from kg.graph.namespaces import prologue
from kg.graph.shapes import Misfit, misfits
from kg.graph.slices import Target
from kg.ontology.files import ontology_folder
from kg.ontology.terms import read_terms
from tests.graph.small import NEWS, USES, small_store

SHAPES = ontology_folder() / "shapes.ttl"
EVIDENCE = f"evidence:{NEWS.id}-0-49"
CLAIM, DOCUMENT = f"claim:{USES.id}", f"doc:{NEWS.id}"


def quads(facts: str) -> list[Quad]:
    parsed = pyoxigraph.parse(prologue() + facts, format=RdfFormat.TURTLE)
    return [Quad(*quad.triple) for quad in parsed]


def changed(without: str, instead: str) -> Store:
    """The small graph without some triples (`subject predicate`), and with others."""
    store = small_store()
    if without:
        (pattern,) = quads(f"{without} kg:anything .")
        for quad in list(store.quads_for_pattern(pattern.subject, pattern.predicate, None)):
            store.remove(quad)
    store.extend(quads(instead))
    return store


def test_a_sound_graph_has_no_misfits():
    assert misfits(small_store(), SHAPES) == []


CASES = [
    (f"{CLAIM} rdf:subject", "", CLAIM, "A claim has exactly one rdf:subject, a thing."),
    ("", f"{CLAIM} rdf:object chip:nvidia-h20 .", CLAIM, "A claim has exactly one rdf:object, a"),
    (f"{CLAIM} rdf:predicate", f"{CLAIM} rdf:predicate kg:mentions .", CLAIM, "one of the fifteen"),
    ("", f"{CLAIM} kg:modality kg:Denied .", CLAIM, "A claim has exactly one kg:modality, one of"),
    (f"{CLAIM} kg:modality", f"{CLAIM} kg:modality kg:Chip .", CLAIM, "one of the five"),
    (f"{CLAIM} kg:confidence", f"{CLAIM} kg:confidence 1.01 .", CLAIM, "above 0 and at most 1"),
    (f"{CLAIM} kg:confidence", f"{CLAIM} kg:confidence 0.0 .", CLAIM, "above 0 and at most 1"),
    (f"{CLAIM} kg:confidence", "", CLAIM, "A read claim has a confidence."),
    ("", f"{CLAIM} kg:attributedTo 'another' .", CLAIM, "at most one kg:attributedTo"),
    ("", f"{CLAIM} kg:attributedToEntity place:cn .", CLAIM, "kg:attributedToEntity is one"),
    ("", f"{CLAIM} kg:involves place:cn .", CLAIM, "What a claim involves is a kg:Chip."),
    ("", f"{CLAIM} kg:quantity 5 .", CLAIM, "kg:quantity is one whole number"),
    (
        "",
        f"{CLAIM} kg:holdsFrom '2025-02-01'^^xsd:date ; kg:holdsUntil '2025-02-01'^^xsd:date .",
        CLAIM,
        "which lies before the day until which it holds",
    ),
    ("", f"{CLAIM} kg:holdsFromPrecision 'week' .", CLAIM, "A precision is day, month, half or"),
    ("", f"{CLAIM} a kg:CuratedClaim .", CLAIM, "A claim is read, curated or concluded, and one"),
    (f"{CLAIM} kg:evidence", "", CLAIM, "A read claim has evidence: at least one quote."),
    (f"{CLAIM} prov:wasDerivedFrom", "", CLAIM, "A read claim comes from exactly one document."),
    (f"{CLAIM} kg:subjectText", "", CLAIM, "keeps the words read for its subject"),
    (f"{CLAIM} kg:objectText", "", CLAIM, "keeps the words read for its object"),
    ("", f"{CLAIM} kg:saidOn '2020-01-01'^^xsd:date .", CLAIM, "is said on at most one day"),
    ("", "claim:c a kg:Claim , kg:CuratedClaim .", "claim:c", "A curated claim has a citation."),
    ("", "claim:c a kg:Claim , kg:CuratedClaim .", "claim:c", "on which its citation was checked"),
    ("", "claim:c a kg:Claim , kg:ConcludedClaim .", "claim:c", "names the rule that drew it"),
    ("", "claim:c a kg:Claim , kg:ConcludedClaim .", "claim:c", "has premises, which are claims"),
    (
        "",
        "claim:c a kg:Claim , kg:ConcludedClaim ; kg:modality kg:Denied .",
        "claim:c",
        "A concluded claim affirms.",
    ),
    (f"{EVIDENCE} oa:exact", "", EVIDENCE, "Evidence has exactly one quote"),
    (f"{EVIDENCE} oa:start", f"{EVIDENCE} oa:start 49 .", EVIDENCE, "before its end"),
    (f"{EVIDENCE} oa:end", "", EVIDENCE, "Evidence ends at exactly one place."),
    (f"{EVIDENCE} oa:hasSource", "", EVIDENCE, "Evidence stands in exactly one document."),
    (f"{DOCUMENT} dcterms:identifier", "", DOCUMENT, "exactly one identifier"),
    (f"{DOCUMENT} dcterms:title", "", DOCUMENT, "exactly one title"),
    ("", f"{DOCUMENT} dcterms:date '2020-01-01'^^xsd:date .", DOCUMENT, "at most one date"),
    (f"{DOCUMENT} kg:sha256", f"{DOCUMENT} kg:sha256 'abc' .", DOCUMENT, "64 hex digits"),
    ("place:cn rdfs:label", "", "place:cn", "A thing has exactly one label."),
    ("", "place:cn rdfs:label 'PRC' .", "place:cn", "A thing has exactly one label."),
    ("", "place:cn kg:discovered false .", "place:cn", "kg:discovered is true or absent"),
    (
        "",
        "rule:letter kg:effectiveUntil '2025-04-09'^^xsd:date .",
        "rule:letter",
        "which lies before the day on which it ends",
    ),
    ("", "rule:letter kg:effectiveUntil 'soon' .", "rule:letter", "A rule ends on one day."),
    ("", "rule:letter kg:partOf place:cn .", "rule:letter", "A rule is part of rules only."),
]


@pytest.mark.parametrize(("without", "instead", "focus", "message"), CASES)
def test_a_broken_shape_says_what_should_be(without, instead, focus, message):
    found = misfits(changed(without, instead), SHAPES)
    assert any(each.focus == focus and message in each.message for each in found), found


@pytest.mark.parametrize("name", sorted(read_terms(ontology_folder() / "core.ttl").properties))
def test_each_claim_property_keeps_to_its_classes(name):
    prop = read_terms(ontology_folder() / "core.ttl").properties[name]
    found = misfits(changed("", f"doc:wrong {name} doc:wrong ."), SHAPES)
    wanted = [
        f"What stands {place} {name} is a {cls}.".replace(" a kg:E", " an kg:E").replace(
            " a kg:A", " an kg:A"
        )
        for place, cls in (("before", prop.domain), ("after", prop.range))
    ]
    assert sorted(each.message for each in found) == sorted(wanted)
    assert {each.focus for each in found} == {"doc:wrong"}


def test_a_misfit_names_the_path():
    found = misfits(changed("place:cn rdfs:label", ""), SHAPES)
    assert found == [Misfit("place:cn", "rdfs:label", "A thing has exactly one label.")]


def test_a_broken_file_of_shapes_is_one_line(tmp_path):
    (tmp_path / "shapes.ttl").write_text("this is no turtle", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"ontology/shapes.ttl: "):
        misfits(Store(), tmp_path / "shapes.ttl")


# --- a large graph, in slices


@pytest.mark.parametrize("case", CASES)
def test_slices_find_what_the_whole_graph_has(monkeypatch, case):
    store = changed(*case[:2])
    whole = misfits(store, SHAPES)
    monkeypatch.setattr("kg.graph.shapes.LARGE", 0)
    monkeypatch.setattr("kg.graph.shapes._AT_ONCE", 20)
    assert misfits(store, SHAPES) == whole


def test_slices_follow_paths_backwards(monkeypatch):
    """A paragraph must be compared by a limit, which points at it."""
    lone = "paragraph:x a kg:Paragraph ."
    compared = f"{lone} limit:x a kg:Limit ; kg:ofParagraph paragraph:x ."
    monkeypatch.setattr("kg.graph.shapes.LARGE", 0)
    missing = "A paragraph compares something."
    assert missing in {each.message for each in misfits(changed("", lone), SHAPES)}
    assert missing not in {each.message for each in misfits(changed("", compared), SHAPES)}


def test_a_sample_says_of_what_it_is_and_is_the_same_each_time(monkeypatch):
    monkeypatch.setattr("kg.graph.shapes.LARGE", 0)
    monkeypatch.setattr("kg.graph.shapes.MOST", 4)
    told: list[str] = []
    store = changed("", " ".join(f"chip:x{number} a kg:Chip ." for number in range(40)))
    first = misfits(store, SHAPES, everything=False, say=told.append)
    again = misfits(store, SHAPES, everything=False, say=told.append)
    assert first == again
    assert 0 < len(first) < 40
    assert told[0] == told[1]
    assert told[0].startswith("SHACL on a sample: 4 of 44 kg:Chip, 4 of 16 kg:Claim, 4 of ")
    assert told[0].endswith("; --all looks at each")


def test_a_sample_of_what_is_small_is_all_of_it(monkeypatch):
    monkeypatch.setattr("kg.graph.shapes.LARGE", 0)
    told: list[str] = []
    store = changed("place:cn rdfs:label", "")
    found = misfits(store, SHAPES, everything=False, say=told.append)
    assert found == [Misfit("place:cn", "rdfs:label", "A thing has exactly one label.")]
    assert told == []


def test_a_sample_is_spread_over_all_targets():
    target = Target("shape", "kg:Claim", [str(number) for number in range(10)])
    assert target.sample(5).nodes == ["0", "2", "4", "6", "8"]
    assert target.sample(10) is target
