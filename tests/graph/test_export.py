"""The same graph for others, byte for byte."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat, Store

from kg.graph.export import export_csv, export_jsonld, export_nt, export_ttl, to_rdflib
from tests.graph.small import DENIES, small_store


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
from tests.graph.small import READINGS, small_store
store = small_store(READINGS)
text = "".join(export_nt(store)) + export_ttl(store) + export_jsonld(store) + export_csv(store)
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
