"""The same graph for others, byte for byte."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, Quad, RdfFormat, Store, Triple

from kg.errors import GraphError, QueryError
from kg.graph.assemble import triples
from kg.graph.export import export_csv, export_jsonld, export_nt, export_ttl, to_rdflib
from kg.graph.jsonld import jsonld
from kg.graph.literals import node
from kg.graph.query import query
from tests.graph.small import DENIES, READ_NEWS, ontology, small_store


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


def parsed(text: str, format: RdfFormat) -> set[str]:
    return {str(quad.triple) for quad in pyoxigraph.parse(text, format=format)}


def test_ntriples_are_sorted_and_whole(store):
    lines = list(export_nt(store))
    assert lines == sorted(lines)
    assert len(lines) == len(store)
    assert parsed("".join(lines), RdfFormat.N_TRIPLES) == {str(quad.triple) for quad in store}


def test_turtle_and_jsonld_hold_the_same_triples(store):
    same = {str(quad.triple) for quad in store}
    assert parsed(export_ttl(store), RdfFormat.TURTLE) == same
    assert parsed(export_jsonld(store), RdfFormat.JSON_LD) == same


def test_turtle_is_written_for_people(store):
    assert (
        "chip:nvidia-h20 a kg:Chip ;\n"
        "\tdcterms:source <https://example.org/facts> ;\n"
        '\trdfs:label "Nvidia H20" ;\n'
        '\tskos:altLabel "H20" ;\n'
        '\tkg:level "model" ;\n'
    ) in export_ttl(store)


def test_jsonld_is_written_for_people(store):
    nodes = {node["@id"]: node for node in json.loads(export_jsonld(store))["@graph"]}
    assert nodes["place:cn"] == {
        "@id": "place:cn",
        "@type": ["kg:Country"],
        "dcterms:source": {"@id": "https://example.org/facts"},
        "rdfs:label": "China",
        "skos:hiddenLabel": "Chinese",
    }


def test_jsonld_holds_what_no_graph_of_ours_has():
    odd = [
        Triple(BlankNode("x"), node("rdf:type"), Literal("no class")),
        Triple(node("chip:a"), node("rdf:type"), BlankNode("x")),
        Triple(node("chip:a"), node("rdfs:label"), Literal("une puce", language="fr")),
    ]
    read = pyoxigraph.parse(jsonld(odd), format=RdfFormat.JSON_LD)
    assert Literal("une puce", language="fr") in {quad.object for quad in read}
    assert len(parsed(jsonld(odd), RdfFormat.JSON_LD)) == 3
    inner = Triple(node("chip:a"), node("rdf:reifies"), Triple(*odd[2]))
    with pytest.raises(QueryError, match="choose ttl or nt"):
        jsonld([inner])


# --- RDF 1.2


def back(triple: Triple) -> list[Triple]:
    """A triple of the export in RDF 1.1's words again."""
    if triple.predicate != node("rdf:reifies"):
        return [triple]
    said = triple.object
    ends = {"subject": said.subject, "predicate": said.predicate, "object": said.object}
    return [Triple(triple.subject, node(f"rdf:{end}"), term) for end, term in ends.items()]


@pytest.mark.parametrize(
    ("write", "format"), [(export_ttl, RdfFormat.TURTLE), (export_nt, RdfFormat.N_TRIPLES)]
)
def test_rdf12_comes_back_as_the_graph_that_it_was(store, write, format):
    text = "".join(write(store, rdf12=True))
    read = [quad.triple for quad in pyoxigraph.parse(text, format=format)]
    assert {each for triple in read for each in back(triple)} == {quad.triple for quad in store}
    assert sum(triple.predicate == node("rdf:reifies") for triple in read) == 16
    assert not any(str(node(f"rdf:{end}")) in text for end in ("subject", "predicate", "object"))


@pytest.fixture(scope="module")
def rdf12(store) -> Store:
    loaded = Store()
    loaded.load(export_ttl(store, rdf12=True).encode(), format=RdfFormat.TURTLE)
    return loaded


def test_rdf12_asserts_what_the_graph_asserts_and_no_more(store, rdf12):
    """Of the five modalities, two put a plain triple beside the claim; the others only name it."""
    plain = "SELECT ?s ?p ?o { ?p a kg:ClaimProperty . ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert query(rdf12, plain) == query(store, plain)


def test_a_denied_claim_alone_asserts_nothing():
    denied = replace(READ_NEWS, claims=(DENIES,))
    store = Store()
    store.extend(Quad(*triple) for triple in triples((denied,), ontology(claims=())))
    loaded = Store()
    loaded.load(export_ttl(store, rdf12=True).encode(), format=RdfFormat.TURTLE)
    said = "<<( entity:deepseek kg:usesHardware chip:nvidia-h800 )>>"
    assert query(loaded, f"ASK {{ claim:{DENIES.id} rdf:reifies {said} }}") is True
    assert query(loaded, "ASK { entity:deepseek kg:usesHardware chip:nvidia-h800 }") is False


def test_a_claim_without_its_three_ends_has_no_rdf12():
    store = small_store()
    store.add(Quad(node("claim:half"), node("rdf:subject"), node("place:cn")))
    with pytest.raises(GraphError, match="claim:half has not one rdf:subject"):
        export_ttl(store, rdf12=True)


def test_rdflib_holds_the_same_triples_and_prefixes(store):
    graph = to_rdflib(store)
    assert len(graph) == len(store)
    assert dict(graph.namespaces())["chip"].startswith("https://w3id.org/chiptrace/")
    assert parsed(graph.serialize(format="nt"), RdfFormat.N_TRIPLES) == {
        str(quad.triple) for quad in store
    }


def test_the_table_has_one_row_a_claim(store):
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(export_csv(store)))}
    assert len(rows) == 16
    denial = rows[f"claim:{DENIES.id}"]
    assert {name: cell for name, cell in denial.items() if cell} == {
        "claim": f"claim:{DENIES.id}",
        "kind": "kg:ReadClaim",
        "subject": "entity:deepseek",
        "subject_label": "DeepSeek",
        "predicate": "kg:usesHardware",
        "phrase": "uses",
        "object": "chip:nvidia-h800",
        "object_label": "Nvidia H800",
        "modality": "kg:Denied",
        "speaker": "Nvidia",
        "speaker_entity": "entity:nvidia",
        "confidence": "0.7",
        "said_on": "2025-01-31",
        "document": f"doc:{DENIES.document}",
        "document_title": "DeepSeek and its chips",
        "document_source": "https://example.org/news",
        "start": "50",
        "end": "79",
        "quote": "Nvidia said that it does not.",
    }


def test_several_citations_share_a_cell(store):
    rows = list(csv.DictReader(io.StringIO(export_csv(store))))
    curated = next(row for row in rows if row["kind"] == "kg:CuratedClaim")
    assert curated["citation"] == "https://example.org/a | a paper on paper"


_EXPORT = """
import hashlib
from kg.graph.export import export_csv, export_jsonld, export_nt, export_ttl
from kg.graph.void import export_void
from tests.graph.small import READINGS, small_store
store = small_store(READINGS)
text = "".join(export_nt(store)) + export_ttl(store) + export_jsonld(store) + export_csv(store)
text += "".join(export_nt(store, rdf12=True)) + export_ttl(store, rdf12=True) + export_void(store)
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_another_process_writes_the_same_bytes():
    root = Path(__file__).parents[2]
    runs = {
        subprocess.run(
            [sys.executable, "-c", _EXPORT],
            env={"PYTHONPATH": str(root), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
