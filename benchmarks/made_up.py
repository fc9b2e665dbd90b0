"""A made-up graph of any size in exactly the shape of a real one, the same in every run.

Companies, chips and rules with numbers for names, and documents whose claims come through the code
that a build uses. No document is read: a reading is made, with its claims and its quotes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from kg.claims import Claim, Modality
from kg.graph.rdf import reading_triples, thing_triples
from kg.ontology.files import LooseDate, ontology_folder
from kg.ontology.lexicon import Alias, Thing
from kg.ontology.terms import read_terms
from kg.reading import Named, Reading
from kg.text import Document

CLAIM = 23  # triples that a claim gives, about
CLAIMS_OF_A_DOCUMENT = 8
FIRST_DAY = date(2019, 1, 1)
DAYS = 2500
# predicate, the class of its object, how often
RELATIONS = (
    ("kg:usesHardware", "chip", 40),
    ("kg:purchases", "chip", 15),
    ("kg:suppliesTo", "entity", 15),
    ("kg:restrictedBy", "rule", 15),
    ("kg:subsidiaryOf", "entity", 15),
)
MODALITIES = (*[Modality.ASSERTED] * 11, *[Modality.REPORTED] * 5, *Modality)


def made_up(triples: int) -> Iterator[Triple]:
    """About so many triples; some come several times."""
    chance = random.Random(20250115)
    claims = triples // CLAIM
    things = {
        "entity": _things("entity", "Company", "kg:Company", claims // 12 + 10, chance),
        "chip": _things("chip", "Chip", "kg:Chip", claims // 100 + 10, chance),
        "rule": _things("rule", "Rule", "kg:Rule", claims // 1000 + 10, chance),
    }
    terms = read_terms(ontology_folder() / "core.ttl")
    yield from _terms(ontology_folder() / "core.ttl")
    for thing in (each for kind in things.values() for each in kind):
        aliases = [Alias(text=f"{thing.label} of old", thing=thing.curie)]
        yield from thing_triples(thing, aliases, terms)
    for number in range(claims // CLAIMS_OF_A_DOCUMENT):
        yield from reading_triples(_reading(number, things, chance))


def _things(prefix: str, name: str, cls: str, count: int, chance: random.Random) -> list[Thing]:
    return [
        Thing(
            curie=f"{prefix}:{name.lower()}-{number}",
            label=f"{name} {number}",
            cls=cls,
            level="model" if cls == "kg:Chip" else None,
            effective_from=LooseDate(_day(chance), "day") if cls == "kg:Rule" else None,
            source="https://example.org/made-up",
        )
        for number in range(count)
    ]


def _reading(number: int, things: dict[str, list[Thing]], chance: random.Random) -> Reading:
    told = [_told(things, chance) for _ in range(CLAIMS_OF_A_DOCUMENT)]
    sentences = [
        f"Sentence {place} of this document says that {one.label} has to do with {other.label}, "
        "in a deal that was announced at the time and of which no more is known. "
        for place, (one, _, other) in enumerate(told)
    ]
    document = Document(
        identifier=f"made-up-{number}.txt",
        text="".join(sentences),
        title=f"Document {number}",
        creator=f"Paper {number % 40}",
        date=_day(chance),
    )
    claims, names, start = [], [], 0
    for (one, predicate, other), sentence in zip(told, sentences, strict=True):
        span = document.span(start, start + len(sentence) - 1)
        names += [Named(span, one.curie), Named(span, other.curie)]
        modality = chance.choice(MODALITIES)
        claims.append(
            Claim(
                document=document.id,
                subject=one.curie,
                predicate=predicate,
                object=other.curie,
                subject_text=one.label,
                object_text=other.label,
                evidence=(span,),
                found_by="made-up",
                confidence=chance.randint(30, 99) / 100,
                modality=modality,
                attributed_to="an official" if modality is Modality.REPORTED else None,
                quantity=chance.choice((None, None, chance.randint(1, 50_000))),
            )
        )
        start += len(sentence)
    return Reading(
        document=document, claims=tuple(claims), names=tuple(names), discovered=(), leftovers=()
    )


def _told(things: dict[str, list[Thing]], chance: random.Random) -> tuple[Thing, str, Thing]:
    """A claim's subject, property and object; a few of each kind come often, most seldom.

    A company belongs to one with a lower number, so that no company owns itself in the end; rules
    restrict chips with even numbers.
    """
    weights = [each[2] for each in RELATIONS]
    ((predicate, kind, _),) = chance.choices(RELATIONS, weights)
    subjects = things["chip" if kind == "rule" else "entity"]
    one = _some(len(subjects), chance)
    one -= one % 2 if kind == "rule" else 0
    other = _some(one if predicate == "kg:subsidiaryOf" and one else len(things[kind]), chance)
    return subjects[one], predicate, things[kind][other]


def _some(count: int, chance: random.Random) -> int:
    return int(count * chance.random() ** 2)


def _day(chance: random.Random) -> date:
    return FIRST_DAY + timedelta(days=chance.randrange(DAYS))


def _terms(path: Path) -> Iterator[Triple]:
    for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE):
        yield quad.triple
