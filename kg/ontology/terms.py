"""The classes and properties of `ontology/core.ttl`, as plain values."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kg.errors import OntologyError

KG = "https://w3id.org/chiptrace/ontology#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One of the properties that a document can claim.

    Attributes:
        curie: Such as `kg:usesHardware`.
        domain: CURIE of the class of its subjects.
        range: CURIE of the class of its objects.
        phrase: How a reader says it: "uses".
        comment: When it is right to use it.
    """

    curie: str
    domain: str
    range: str
    phrase: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms that there are.

    Attributes:
        comments: What each `kg:` term means, by CURIE.
        labels: What each class is called: "government body".
        superclasses: Each class with itself and all above it, nearest first.
        properties: The properties that a document can claim, by CURIE.
    """

    comments: dict[str, str]
    labels: dict[str, str]
    superclasses: dict[str, tuple[str, ...]]
    properties: dict[str, Property]

    def is_a(self, cls: str, wanted: str) -> bool:
        """Whether a class is the wanted one or stands below it."""
        return wanted in self.superclasses.get(cls, ())


def read_terms(path: Path) -> Terms:
    """Read the terms from a Turtle file.

    Raises:
        OntologyError: The file is missing or is no Turtle, or a claim property lacks its domain,
            range or phrase.
    """
    try:
        triples = list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"ontology/{path.name}: {error}") from error
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        facts[_curie(triple.subject)][_curie(triple.predicate)].append(_curie(triple.object))
    return Terms(
        comments={
            term: about["rdfs:comment"][0]
            for term, about in sorted(facts.items())
            if term.startswith("kg:") and about["rdfs:comment"]
        },
        labels={
            term: about["rdfs:label"][0]
            for term, about in sorted(facts.items())
            if _curie_is(about, "owl:Class") and about["rdfs:label"]
        },
        superclasses={
            term: _ancestry(term, facts)
            for term, about in sorted(facts.items())
            if _curie_is(about, "owl:Class")
        },
        properties={
            term: _property(term, about, facts)
            for term, about in sorted(facts.items())
            if _curie_is(about, "kg:ClaimProperty")
        },
    )


def _curie(term: object) -> str:
    value = str(getattr(term, "value", term))
    for prefix, namespace in (
        ("kg", KG),
        ("rdfs", _RDFS),
        ("owl", "http://www.w3.org/2002/07/owl#"),
    ):
        if value.startswith(namespace):
            return f"{prefix}:{value.removeprefix(namespace)}"
    return value


def _curie_is(about: dict[str, list[str]], cls: str) -> bool:
    return cls in about[_RDF_TYPE]


def _ancestry(
    term: str, facts: dict[str, dict[str, list[str]]], below: tuple[str, ...] = ()
) -> tuple[str, ...]:
    if term in below:
        raise OntologyError(f"ontology/core.ttl: {term} stands above itself")
    found = [term]
    for parent in facts[term]["rdfs:subClassOf"]:
        if not _curie_is(facts[parent], "owl:Class"):
            raise OntologyError(
                f"ontology/core.ttl: {term} stands under {parent}, which is no class"
            )
        found += _ancestry(parent, facts, (*below, term))
    return tuple(found)


def _property(
    term: str, about: dict[str, list[str]], facts: dict[str, dict[str, list[str]]]
) -> Property:
    for end in ("domain", "range"):
        for cls in about[f"rdfs:{end}"]:
            if not _curie_is(facts[cls], "owl:Class"):
                raise OntologyError(
                    f"ontology/core.ttl: {term} has the {end} {cls}, which is no class"
                )
    try:
        return Property(
            curie=term,
            domain=about["rdfs:domain"][0],
            range=about["rdfs:range"][0],
            phrase=about["kg:phrase"][0],
            comment=about["rdfs:comment"][0],
        )
    except IndexError as error:
        raise OntologyError(
            f"ontology/core.ttl: {term} needs rdfs:domain, rdfs:range, kg:phrase and rdfs:comment"
        ) from error
