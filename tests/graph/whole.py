"""All that people keep in `ontology/`, with a few claims that show what only documents tell."""

from __future__ import annotations

from datetime import date

from pyoxigraph import Quad, Store

from kg.claims import Claim
from kg.controls.load import read_controls
from kg.graph.assemble import triples
from kg.ontology.load import load_ontology
from kg.reading import Reading
from kg.text import Document
from tests.graph.small import READINGS

CLOUD = Document(
    identifier="cloud.txt",
    text="Datasection runs B200s. The October 7 rule caught the L4.",
    title="A cloud and a mistake",
    date=date(2026, 4, 2),
)
RUNS = Claim(
    document=CLOUD.id,
    subject="entity:datasection",
    predicate="kg:usesHardware",
    object="chip:nvidia-b200",
    subject_text="Datasection",
    object_text="B200s",
    evidence=(CLOUD.span(0, 23),),
    found_by="use",
    confidence=0.9,
)
ERRS = Claim(
    document=CLOUD.id,
    subject="chip:nvidia-l4",
    predicate="kg:restrictedBy",
    object="rule:ac-2022-10",
    subject_text="L4",
    object_text="October 7 rule",
    evidence=(CLOUD.span(24, 57),),
    found_by="restrict",
    confidence=0.9,
)
READ_CLOUD = Reading(document=CLOUD, claims=(RUNS, ERRS), names=(), discovered=(), leftovers=())


def whole_store() -> Store:
    """Three small documents and all that people keep in `ontology/`."""
    store = Store()
    ontology = load_ontology()
    controls = read_controls(ontology.folder, ontology.lexicon, ontology.curated)
    readings = (*READINGS, READ_CLOUD)
    found = triples(readings, ontology, controls, everything=True)
    store.extend(Quad(*triple) for triple in found)
    return store
