"""The terms of `ontology/core.ttl` as a page: what each means, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pyoxigraph
from jinja2 import Environment, StrictUndefined

from kg.errors import OntologyError
from kg.graph.namespaces import PREFIXES, curie

# Each section with the class of its terms; a term stands in the first one that it fits.
_SECTIONS = (
    ("Classes", "owl:Class"),
    ("Modalities", "kg:Modality"),
    ("Properties of claims", "kg:ClaimProperty"),
    ("Other properties between things", "owl:ObjectProperty"),
    ("Properties with literal values", "owl:DatatypeProperty"),
)
_OWN = "https://w3id.org/chiptrace/ontology"

Facts = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One term as the page shows it.

    Attributes:
        curie: Such as `kg:usesHardware`.
        label: Its name in words.
        comment: What it means.
        phrase: How a reader says it; empty for all but properties of claims.
        links: What it stands under or leads between, by name of the relation: CURIEs.
        sources: Citations; the ontology itself is none.
    """

    curie: str
    label: str
    comment: str
    phrase: str
    links: Mapping[str, tuple[str, ...]]
    sources: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page: the part of its full name after `#`."""
        return self.curie.partition(":")[2]


def page(terms: Path) -> str:
    """The page of the terms in a Turtle file; it runs no script and asks for nothing.

    Raises:
        OntologyError: The file is missing or is no Turtle.
    """
    facts = _facts(terms)
    sections = _sections(facts)
    template = resources.files("kg.views").joinpath("ontology.html").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(template).render(
        about=facts[_OWN],
        namespace=PREFIXES["kg"],
        sections=sections,
        here={entry.curie for entries in sections.values() for entry in entries},
    )


def _facts(terms: Path) -> dict[str, dict[str, list[str]]]:
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in pyoxigraph.parse(path=str(terms), format=pyoxigraph.RdfFormat.TURTLE):
            about = facts[_name(quad.subject)]
            about[_name(quad.predicate)].append(_name(quad.object))
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"ontology/{terms.name}: {error}") from error
    return facts


def _sections(facts: Mapping[str, Facts]) -> dict[str, list[Entry]]:
    sections: dict[str, list[Entry]] = {heading: [] for heading, _ in _SECTIONS}
    below = defaultdict(list)
    for term, about in sorted(facts.items()):
        for above in about["rdfs:subClassOf"]:
            below[above].append(term)
    for term, about in sorted(facts.items()):
        for heading, cls in _SECTIONS:
            if cls in about["rdf:type"]:
                sections[heading].append(_entry(term, about, tuple(below[term])))
                break
    return sections


def _entry(term: str, about: Facts, below: tuple[str, ...]) -> Entry:
    links = {
        "is a": tuple(about["rdfs:subClassOf"]),
        "kinds": below,
        "from": tuple(about["rdfs:domain"]),
        "to": tuple(about["rdfs:range"]),
    }
    return Entry(
        curie=term,
        label=_first(about["rdfs:label"]),
        comment=_first(about["rdfs:comment"]),
        phrase=_first(about["kg:phrase"]),
        links={name: curies for name, curies in links.items() if curies},
        sources=tuple(each for each in about["dcterms:source"] if each != _OWN),
    )


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _name(term: object) -> str:
    value = str(getattr(term, "value", term))
    return curie(value) if isinstance(term, pyoxigraph.NamedNode) else value
