"""A graph for the pages: the small world, its figures and verdicts, and hostile words in it."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.controls.load import load_controls
from kg.graph.assemble import triples
from kg.graph.namespaces import iri
from kg.ontology.load import load_ontology
from tests.graph.small import READINGS

HOSTILE = (
    "</script><script>document.title='broken'</script>",
    "<img src=http://127.0.0.1:9/x onerror=\"document.title='broken'\">",
    '"><svg onload="document.title=\'broken\'">',
    "' onmouseover='document.title=1' x='",
    "{{ 7 * 7 }}{% raw %}<!--<textarea></textarea>",
    "\u202egnorw si siht\u202c \x00 \x1b[2J",
)
ADDRESSES = (
    "javascript:document.title='broken'",
    "JaVaScRiPt:document.title=1",
    "data:text/html,<script>document.title='broken'</script>",
    "https://example.org/\u202egnp.exe",
    "vbscript:x",
    "//example.org/x",
)


def node(name: str) -> NamedNode:
    return NamedNode(iri(name))


def whole_store() -> Store:
    """The small world's documents, all that is curated, and what is computed from figures."""
    store = Store()
    found = triples(READINGS, load_ontology(), load_controls(), everything=True)
    store.extend(Quad(*triple) for triple in found)
    for twin in ("chip:nvidia-h800", "model:deepseek-v3"):
        store.add(Quad(node(twin), node("skos:altLabel"), Literal("Twin")))
    return store


def hostile_store() -> Store:
    """The same, where every text of a claim on one thing is hostile; it is `entity:bad`."""
    store = whole_store()
    words = " ".join(HOSTILE)
    facts: list[tuple[str, str, NamedNode | Literal]] = [
        ("entity:bad", "rdf:type", node("kg:Company")),
        ("entity:bad", "rdf:type", node("kg:Organisation")),
        ("entity:bad", "rdfs:label", Literal(words)),
        ("entity:bad", "skos:altLabel", Literal(f"Bad {words}")),
        ("entity:bad", "kg:note", Literal(words)),
        ("entity:bad", "kg:usesHardware", node("chip:nvidia-h20")),
        ("doc:bad", "rdf:type", node("kg:Document")),
        ("doc:bad", "dcterms:title", Literal(words)),
        ("doc:bad", "dcterms:creator", Literal(words)),
        ("doc:bad", "dcterms:identifier", Literal(words)),
        ("chip:nvidia-h20", "skos:altLabel", Literal(words)),
    ]
    facts += [("entity:bad", "dcterms:source", _address(each)) for each in ADDRESSES]
    facts += [("doc:bad", "dcterms:source", _address(each)) for each in ADDRESSES]
    for number, modality in enumerate(("kg:Reported", "kg:Denied", "kg:Planned")):
        facts += _claim(f"bad{number}", modality, words)
    store.extend(Quad(node(subject), node(name), value) for subject, name, value in facts)
    return store


def _address(words: str) -> NamedNode | Literal:
    try:
        return NamedNode(words)
    except ValueError:
        return Literal(words)


def _claim(name: str, modality: str, words: str) -> list[tuple[str, str, NamedNode | Literal]]:
    me, evidence = f"claim:{name}", f"evidence:{name}"
    return [
        (me, "rdf:type", node("kg:Claim")),
        (me, "rdf:type", node("kg:ReadClaim")),
        (me, "rdf:subject", node("entity:bad")),
        (me, "rdf:predicate", node("kg:usesHardware")),
        (me, "rdf:object", node("chip:nvidia-h20")),
        (me, "kg:modality", node(modality)),
        (me, "kg:attributedTo", Literal(words)),
        (me, "kg:quantityText", Literal(words)),
        (me, "kg:evidence", node(evidence)),
        (me, "prov:wasDerivedFrom", node("doc:bad")),
        (evidence, "oa:exact", Literal(words)),
        (evidence, "oa:start", Literal(0)),
        (evidence, "oa:end", Literal(9)),
        (evidence, "oa:hasSource", node("doc:bad")),
    ]
