"""Claims, documents and things as triples: exactly the shape that a user's SPARQL may rely on.

No blank nodes, no times, canonical literals: the same value gives the same triples everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.claims import UNDATED, Claim, Dated, Modality
from kg.graph.literals import (
    Value,
    date_literal,
    decimal_literal,
    node,
    node_or_none,
    source_term,
    split_sources,
    text_literal,
    two_digits,
)
from kg.ontology.curated import CuratedClaim
from kg.ontology.files import LooseDate
from kg.ontology.lexicon import Alias, Thing
from kg.ontology.terms import Terms
from kg.reading import Reading
from kg.text import Document, Span

Facts = Iterable[tuple[str, Value | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """One claim that a rule of `ontology/inference/` draws from others.

    Attributes:
        rule: The rule's name.
        subject: CURIE of what it is about.
        predicate: CURIE of one of the fifteen properties.
        object: CURIE of what is said of it.
        modality: ASSERTED where one derivation rests on asserted claims only, else REPORTED.
        confidence: The best derivation's, the product of its premises'; None where no premise of
            any derivation has one.
        premises: CURIEs of the claims it rests on, sorted; those of all derivations. Of a claim
            that is computed from figures, the verdicts.
        holds: When it holds, where that is known.
    """

    rule: str
    subject: str
    predicate: str
    object: str
    modality: Modality
    confidence: Decimal | None
    premises: tuple[str, ...]
    holds: Dated = UNDATED


def modality_node(modality: Modality) -> NamedNode:
    """Such as `kg:Asserted`."""
    return node(f"kg:{modality.value.capitalize()}")


def hashed_id(source: str, claim: CuratedClaim | Concluded) -> str:
    """CURIE of a claim that no document holds: a hash of its source and five further fields."""
    modality = claim.modality
    fields = (
        source,
        claim.subject,
        claim.predicate,
        claim.object,
        modality.value if isinstance(modality, Modality) else modality,
        (claim.attributed_to if isinstance(claim, CuratedClaim) else None) or "",
    )
    digest = hashlib.sha256("\x1f".join(fields).encode()).hexdigest()
    return f"claim:{digest[:16]}"


def reading_triples(reading: Reading) -> Iterator[Triple]:
    """A document, what it mentions and what it claims."""
    yield from document_triples(reading.document, {named.thing for named in reading.names})
    for claim in reading.claims:
        yield from claim_triples(claim, said_on=reading.document.date)


def document_triples(document: Document, mentions: Iterable[str]) -> Iterator[Triple]:
    """Where a text came from, and the things that it names (CURIEs)."""
    yield from about(
        f"doc:{document.id}",
        [
            ("rdf:type", node("kg:Document")),
            ("rdfs:label", Literal(document.title)),
            ("dcterms:identifier", Literal(document.identifier)),
            ("dcterms:title", Literal(document.title)),
            ("dcterms:creator", text_literal(document.creator)),
            ("dcterms:date", date_literal(document.date)),
            ("dcterms:source", source_term(document.source) if document.source else None),
            ("kg:sha256", Literal(document.sha256)),
            *(("kg:mentions", node(thing)) for thing in sorted(mentions)),
        ],
    )


def claim_triples(claim: Claim, said_on: date | None) -> Iterator[Triple]:
    """A claim read in a document, its evidence, and its plain triple where it affirms one."""
    me = f"claim:{claim.id}"
    selectors = [_evidence_id(claim.document, span) for span in claim.evidence]
    yield from about(
        me,
        [
            ("rdf:type", node("kg:Claim")),
            ("rdf:type", node("kg:ReadClaim")),
            *_said(claim.subject, claim.predicate, claim.object, claim.modality),
            ("kg:subjectText", Literal(claim.subject_text)),
            ("kg:objectText", Literal(claim.object_text)),
            ("kg:attributedTo", text_literal(claim.attributed_to)),
            ("kg:attributedToEntity", node_or_none(claim.attributed_to_entity)),
            ("kg:confidence", decimal_literal(two_digits(claim.confidence))),
            ("kg:foundBy", Literal(claim.found_by)),
            ("kg:saidOn", date_literal(said_on)),
            *_holds(claim.holds),
            ("kg:involves", node_or_none(claim.involves)),
            *_quantity(claim.quantity, claim.quantity_text),
            ("prov:wasDerivedFrom", node(f"doc:{claim.document}")),
            *(("kg:evidence", node(selector)) for selector in selectors),
        ],
    )
    for selector, span in zip(selectors, claim.evidence, strict=True):
        yield from _selector_triples(selector, claim.document, span)
    yield from _plain(claim.subject, claim.predicate, claim.object, claim.modality)


def curated_triples(claim: CuratedClaim) -> Iterator[Triple]:
    """A claim kept in `ontology/claims.csv`, and its plain triple where it affirms one."""
    modality = Modality(claim.modality)
    yield from about(
        hashed_id("curated", claim),
        [
            ("rdf:type", node("kg:Claim")),
            ("rdf:type", node("kg:CuratedClaim")),
            *_said(claim.subject, claim.predicate, claim.object, modality),
            ("kg:attributedTo", text_literal(claim.attributed_to)),
            *loose("kg:holdsFrom", claim.holds_from),
            *_quantity(claim.quantity, claim.quantity_text),
            *(("dcterms:source", source_term(each)) for each in split_sources(claim.source)),
            ("kg:checkedOn", date_literal(claim.checked)),
        ],
    )
    yield from _plain(claim.subject, claim.predicate, claim.object, modality)


def concluded_triples(claim: Concluded) -> Iterator[Triple]:
    """A claim that a rule draws, and its plain triple."""
    confidence = None if claim.confidence is None else decimal_literal(claim.confidence)
    yield from about(
        hashed_id(f"concluded by {claim.rule}", claim),
        [
            ("rdf:type", node("kg:Claim")),
            ("rdf:type", node("kg:ConcludedClaim")),
            *_said(claim.subject, claim.predicate, claim.object, claim.modality),
            ("kg:confidence", confidence),
            *_holds(claim.holds),
            ("kg:byRule", Literal(claim.rule)),
            *(("prov:wasDerivedFrom", node(premise)) for premise in claim.premises),
        ],
    )
    yield from _plain(claim.subject, claim.predicate, claim.object, claim.modality)


def thing_triples(thing: Thing, aliases: Iterable[Alias], terms: Terms) -> Iterator[Triple]:
    """A thing with all its classes, its one label and its curated names.

    A proper name is a `skos:altLabel`. Adjectives ("Chinese") and generic words ("export curbs")
    lead to the thing without being its name, which is what `skos:hiddenLabel` is for.
    """
    names = {(alias.text, alias.form == "name") for alias in aliases if alias.text != thing.label}
    yield from about(
        thing.curie,
        [
            *(("rdf:type", node(cls)) for cls in terms.superclasses[thing.cls]),
            ("rdfs:label", Literal(thing.label)),
            *(
                ("skos:altLabel" if proper else "skos:hiddenLabel", Literal(text))
                for text, proper in sorted(names)
            ),
            ("kg:discovered", Literal(True) if thing.discovered else None),
            ("kg:level", text_literal(thing.level)),
            *loose("kg:publishedOn", thing.published),
            *loose("kg:effectiveFrom", thing.effective_from),
            *loose("kg:effectiveUntil", thing.effective_until),
            *(("kg:partOf", node(whole)) for whole in thing.part_of),
            ("kg:citation", text_literal(thing.citation)),
            *(("dcterms:source", source_term(each)) for each in split_sources(thing.source or "")),
        ],
    )


def about(subject: str, facts: Facts) -> Iterator[Triple]:
    """One triple a fact (property and value) of a thing; a fact without value gives none."""
    me = node(subject)
    return (Triple(me, node(name), value) for name, value in facts if value is not None)


def _said(subject: str, predicate: str, object: str, modality: Modality) -> Facts:
    return (
        ("rdf:subject", node(subject)),
        ("rdf:predicate", node(predicate)),
        ("rdf:object", node(object)),
        ("kg:modality", modality_node(modality)),
    )


def _plain(subject: str, predicate: str, object: str, modality: Modality) -> Iterator[Triple]:
    if modality.affirms:
        yield Triple(node(subject), node(predicate), node(object))


def _evidence_id(document: str, span: Span) -> str:
    return f"evidence:{document}-{span.start}-{span.end}"


def _selector_triples(selector: str, document: str, span: Span) -> Iterator[Triple]:
    return about(
        selector,
        [
            ("rdf:type", node("oa:TextQuoteSelector")),
            ("rdf:type", node("oa:TextPositionSelector")),
            ("oa:exact", Literal(span.text)),
            ("oa:start", Literal(span.start)),
            ("oa:end", Literal(span.end)),
            ("oa:hasSource", node(f"doc:{document}")),
        ],
    )


def _holds(holds: Dated) -> Facts:
    return (
        ("kg:holdsFrom", date_literal(holds.start)),
        ("kg:holdsFromPrecision", text_literal(holds.start_precision)),
        ("kg:holdsUntil", date_literal(holds.end)),
        ("kg:holdsUntilPrecision", text_literal(holds.end_precision)),
    )


def _quantity(quantity: int | None, words: str | None) -> Facts:
    number = None if quantity is None else Literal(quantity)
    return (("kg:quantity", number), ("kg:quantityText", text_literal(words)))


def loose(name: str, when: LooseDate | None) -> Facts:
    """A date as far as it is known: its first day, and its precision."""
    if when:
        yield name, date_literal(when.day)
        yield f"{name}Precision", Literal(when.precision)
