"""`kg check` on a graph of a million triples, made up anew each time and always the same.

Documents say who uses which chip; every fourth sentence denies. Prints how long each part takes
and what SHACL looked at, whole with `--all`; a sound graph has no findings, and the broken one
must have those that were put in.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from itertools import islice

from pyoxigraph import Quad, Store

from kg.claims import Claim, Modality
from kg.graph.assemble import triples
from kg.graph.literals import node
from kg.ontology.files import ontology_folder
from kg.ontology.load import Ontology, load_ontology
from kg.reading import Named, Reading
from kg.text import Document
from kg.verify import Finding, check_quotes, check_shapes, check_triples

PER_DOCUMENT = 24


def main() -> None:
    """Make the graph, check it, break it, check it again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--all", action="store_true")
    wanted = parser.parse_args()
    readings, store = made_up(wanted.triples)
    documents = [reading.document for reading in readings]
    print(f"{len(store):,} triples, {len(documents):,} documents")
    assert not checked(store, documents, everything=wanted.all)
    store.add(Quad(node("entity:nvidia"), node("kg:purchases"), node("place:cn")))
    found = checked(store, documents, everything=wanted.all)
    assert {finding.what for finding in found} >= {"No claim affirms this triple."}


def checked(store: Store, documents: list[Document], *, everything: bool) -> list[Finding]:
    """All findings, with the time of each part printed."""
    shapes = ontology_folder() / "shapes.ttl"
    found: list[Finding] = []
    whole = time.perf_counter()
    for name, part in (
        ("quotes", lambda: check_quotes(store, documents)),
        ("triples", lambda: check_triples(store)),
        ("shapes", lambda: check_shapes(store, shapes, everything=everything, say=print)),
    ):
        begun = time.perf_counter()
        found += part()
        print(f"{name:8} {time.perf_counter() - begun:6.1f} s")
    print(f"whole    {time.perf_counter() - whole:6.1f} s, {len(found)} findings")
    return found


def made_up(size: int) -> tuple[list[Reading], Store]:
    """Readings, and the store of so many triples or a few more that they make."""
    ontology = load_ontology()
    small = list(islice(readings_of(ontology), 10))
    grown = sum(1 for _ in triples(small, ontology, everything=True))
    without = sum(1 for _ in triples((), ontology, everything=True))
    count = round((size - without) / (grown - without) * len(small)) + 1
    readings = list(islice(readings_of(ontology), count))
    store = Store()
    store.bulk_extend(Quad(*each) for each in triples(readings, ontology, everything=True))
    return readings, store


def readings_of(ontology: Ontology) -> Iterator[Reading]:
    """Readings without end; each of its own text, over the things of the lexicon."""
    things = ontology.lexicon.things
    firms = [name for name, thing in things.items() if thing.cls == "kg:Company"]
    chips = [name for name, thing in things.items() if thing.cls == "kg:Chip"]
    number = 0
    while True:
        pairs = [
            (firms[(number * 7 + at) % len(firms)], chips[(number * 11 + at * 3) % len(chips)])
            for at in range(PER_DOCUMENT)
        ]
        yield reading_of(number, dict.fromkeys(pairs), ontology)
        number += 1


def reading_of(number: int, pairs: Iterable[tuple[str, str]], ontology: Ontology) -> Reading:
    """One document that says of each pair that the one uses the other, or that it does not."""
    things = ontology.lexicon.things
    said = []
    for at, (firm, chip) in enumerate(pairs):
        names = things[firm].label, things[chip].label
        said.append(
            (firm, chip, names, f"{names[0]} {'denies ' if at % 4 == 3 else ''}use {names[1]}.")
        )
    document = Document(
        identifier=f"{number}.txt",
        text=" ".join(each[-1] for each in said),
        title=f"Notes {number}",
    )
    claims, named, here = [], [], 0
    for at, (firm, chip, names, sentence) in enumerate(said):
        claims.append(
            Claim(
                document=document.id,
                subject=firm,
                predicate="kg:usesHardware",
                object=chip,
                subject_text=names[0],
                object_text=names[1],
                evidence=(document.span(here, here + len(sentence)),),
                found_by="use",
                confidence=0.8,
                modality=Modality.DENIED if at % 4 == 3 else Modality.ASSERTED,
            )
        )
        named.append(Named(document.span(here, here + len(names[0])), firm))
        here += len(sentence) + 1
    return Reading(
        document=document, claims=tuple(claims), names=tuple(named), discovered=(), leftovers=()
    )


if __name__ == "__main__":
    main()
