"""A whole graph from readings and knowledge: the pure function behind every build."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from kg.claims import Claim
from kg.controls.judge import Judge
from kg.controls.load import Controls
from kg.errors import ClaimError
from kg.graph.background import background, with_wider_rules
from kg.graph.conclude import conclude, read_rules
from kg.graph.control_triples import changed_by, control_triples, rules_of
from kg.graph.namespaces import PREFIXES
from kg.graph.rdf import concluded_triples, curated_triples, reading_triples, thing_triples
from kg.ontology.curated import CuratedClaim
from kg.ontology.lexicon import Alias, Thing
from kg.ontology.load import Ontology
from kg.reading import Reading

# Rules see claims and things, not texts: evidence is most of a graph and says nothing to them.
_NOT_FOR_RULES = (PREFIXES["evidence"], PREFIXES["doc"])


def triples(
    readings: Iterable[Reading],
    ontology: Ontology,
    controls: Controls | None = None,
    *,
    everything: bool = False,
) -> Iterator[Triple]:
    """All that a graph holds; some triples come several times.

    The terms of `core.ttl` come too, so that a query can show the label and the phrase of a
    property and a misspelt term can be told from one that no document used.

    Args:
        readings: What was read, in any order.
        ontology: What is known.
        controls: Rules and figures as data; None leaves out what is computed from them.
        everything: Whether all curated claims and all things come in, not only those that
            `background` finds for the documents.
    """
    for_rules = Store()
    judge = Judge(controls) if controls else None
    for triple in _base(readings, ontology, judge, everything):
        if isinstance(triple.subject, NamedNode) and not triple.subject.value.startswith(
            _NOT_FOR_RULES
        ):
            for_rules.add(Quad(*triple))
        yield triple
    for claim in conclude(for_rules, read_rules(ontology.folder / "inference")):
        yield from concluded_triples(claim)


def build_id(keys: Iterable[str], graph_fingerprint: str, *, everything: bool = False) -> str:
    """16 hex digits that stand for all that a graph depends on.

    Args:
        keys: Keys of its readings, in any order.
        graph_fingerprint: `kg.ontology.load.graph_fingerprint` of the ontology.
        everything: As for `triples`.
    """
    parts = [_code_version(), graph_fingerprint, "all" if everything else "", *sorted(keys)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _base(
    readings: Iterable[Reading], ontology: Ontology, judge: Judge | None, everything: bool
) -> Iterator[Triple]:
    """What is read, curated and computed from figures, without what follows from these claims."""
    mentioned: set[str] = set()
    discovered: list[Thing] = []
    for reading in readings:
        yield from reading_triples(reading)
        mentioned.update(_mentions(reading))
        discovered += reading.discovered
    if everything:
        curated, things = ontology.curated, frozenset(ontology.lexicon.things)
    else:
        curated, things = background(frozenset(mentioned), ontology), frozenset[str]()
    for claim in curated:
        yield from curated_triples(claim)
    wanted = mentioned | things | _ends(curated)
    if judge:
        wanted |= rules_of(judge, wanted)
        reached = with_wider_rules(wanted, ontology.lexicon.things)
        yield from control_triples(judge, reached)
        wanted |= changed_by(judge, reached)
    yield from _all_things(wanted, discovered, ontology)
    yield from _terms(ontology.folder / "core.ttl")


def _mentions(reading: Reading) -> Iterator[str]:
    yield from (named.thing for named in reading.names)
    for claim in reading.claims:
        yield from _things_of(claim)


def _things_of(claim: Claim) -> Iterator[str]:
    yield claim.subject
    yield claim.object
    yield from filter(None, (claim.involves, claim.attributed_to_entity))


def _ends(claims: Iterable[CuratedClaim]) -> frozenset[str]:
    return frozenset(end for claim in claims for end in (claim.subject, claim.object))


def _all_things(
    wanted: Iterable[str], discovered: Iterable[Thing], ontology: Ontology
) -> Iterator[Triple]:
    known = ontology.lexicon.things
    found = _settle(discovered)
    aliases: dict[str, list[Alias]] = defaultdict(list)
    for alias in ontology.lexicon.aliases:
        aliases[alias.thing].append(alias)
    for curie in sorted(with_wider_rules(wanted, known)):
        thing = known.get(curie) or found.get(curie)
        if thing is None:
            raise ClaimError(
                f"a document names {curie}, which is neither in ontology/lexicon/ nor among the "
                "things discovered in it: read the documents again"
            )
        yield from thing_triples(thing, aliases[curie], ontology.terms)


def _settle(discovered: Iterable[Thing]) -> dict[str, Thing]:
    """One thing an id, where documents disagree on its label: the most usual, then the first."""
    heard: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for thing in discovered:
        heard[thing.curie][thing.cls, thing.label] += 1
    settled = {}
    for curie, votes in heard.items():
        cls, label = min(votes, key=lambda vote: (-votes[vote], vote))
        settled[curie] = Thing(curie=curie, label=label, cls=cls, discovered=True)
    return settled


def _terms(path: Path) -> Iterator[Triple]:
    for quad in pyoxigraph.parse(path=str(path), format=RdfFormat.TURTLE):
        yield quad.triple


def _code_version() -> str:
    """Hash of the code that makes triples, and the engine's version: in a checkout both move."""
    here = Path(__file__).parent
    sha = hashlib.sha256(pyoxigraph.__version__.encode())
    code = [*here.glob("*.py"), *here.parent.glob("controls/*.py"), here.parent / "claims.py"]
    for path in sorted(code):
        sha.update(path.read_bytes())
    return sha.hexdigest()
