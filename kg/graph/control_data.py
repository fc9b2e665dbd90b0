"""What `ontology/controls/` holds, as triples: figures, paragraphs, limits, stays, statuses."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from kg.controls.days import Stretch
from kg.controls.destinations import Membership
from kg.controls.load import Controls
from kg.controls.parts import Figure, Part
from kg.controls.published import Published
from kg.controls.rules import Limit, Paragraph, Version
from kg.graph.literals import (
    Value,
    amount_literal,
    date_literal,
    node,
    node_or_none,
    source_term,
    split_sources,
    text_literal,
)
from kg.graph.rdf import about, loose


def figure_triples(part: Part, figure: Figure, unit: str) -> Iterator[Triple]:
    """One number of one part, with its unit and source."""
    yield from about(
        figure_id(part, figure),
        [
            ("rdf:type", node("kg:Figure")),
            ("kg:ofChip", node(part.chip)),
            ("kg:measures", Literal(figure.quantity)),
            ("kg:value", amount_literal(figure.value)),
            ("kg:unit", Literal(unit)),
            ("kg:bound", Literal("at least" if figure.at_least else "exact")),
            ("kg:least", amount_literal(figure.low) if figure.disputed else None),
            ("kg:most", amount_literal(figure.high) if figure.disputed else None),
            ("kg:grade", Literal(figure.confidence)),
            ("kg:note", text_literal(figure.note or None)),
            ("kg:checkedOn", date_literal(figure.checked)),
            *_sources(figure.source),
        ],
    )


def paragraph_triples(controls: Controls, paragraph: Paragraph) -> Iterator[Triple]:
    """A paragraph: whom and when it reaches, what it asks for, and its comparisons."""
    me = f"paragraph:{paragraph.name}"
    seat = controls.scopes[paragraph.headquarters] if paragraph.headquarters else None
    yield from about(
        me,
        [
            ("rdf:type", node("kg:Paragraph")),
            ("rdfs:label", Literal(paragraph.label)),
            ("kg:ofRule", node(paragraph.rule)),
            ("kg:role", Literal(paragraph.role)),
            *(("kg:refersTo", node(f"paragraph:{name}")) for name in paragraph.refers_to),
            ("kg:destinations", Literal(controls.scopes[paragraph.scope].label)),
            ("kg:headquarters", text_literal(seat.label if seat else None)),
            ("kg:binds", node_or_none(paragraph.addressee)),
            *loose("kg:effectiveFrom", paragraph.effective.since),
            *loose("kg:effectiveUntil", paragraph.effective.until),
            ("kg:conditions", text_literal(paragraph.conditions or None)),
            ("kg:grade", Literal(paragraph.confidence)),
            ("kg:note", text_literal(paragraph.note or None)),
            ("kg:checkedOn", date_literal(paragraph.checked)),
            *_sources(paragraph.source),
        ],
    )
    for text in dict.fromkeys(text for _, text in controls.policies[paragraph.policy]):
        yield from about(me, [("kg:licencePolicy", Literal(text))])
    for group, limits in enumerate(paragraph.alternatives, start=1):
        for number, limit in enumerate(limits, start=1):
            unit = controls.quantities[limit.quantity].unit
            yield from _limit_triples(
                me, f"limit:{paragraph.name}-{group}-{number}", (group, limit, unit)
            )


def _limit_triples(paragraph: str, me: str, what: tuple[int, Limit, str]) -> Iterator[Triple]:
    group, limit, unit = what
    number = None if limit.number is None else amount_literal(limit.number)
    yield from about(
        me,
        [
            ("rdf:type", node("kg:Limit")),
            ("kg:ofParagraph", node(paragraph)),
            ("kg:alternative", Literal(group)),
            ("kg:measures", Literal(limit.quantity)),
            ("kg:comparison", Literal(limit.comparison)),
            ("kg:value", number),
            ("kg:unit", text_literal(unit or None)),
            *(("kg:word", Literal(word)) for word in sorted(limit.words)),
        ],
    )


def version_triples(version: Version) -> Iterator[Triple]:
    """What is known of a rule version beside its entry in the lexicon."""
    suspended = version.suspended or Stretch()
    yield from about(
        version.rule,
        [
            *loose("kg:announcedOn", version.announced),
            *loose("kg:suspendedFrom", suspended.since),
            *loose("kg:suspendedUntil", suspended.until),
            ("kg:enforced", Literal(version.enforced)),
            *(("kg:amends", node(rule)) for rule in version.amends),
            *(("kg:supersedes", node(rule)) for rule in version.supersedes),
            ("kg:note", text_literal(version.note or None)),
        ],
    )


def stay_triples(stay: Membership) -> Iterator[Triple]:
    """A stay of a country in a country group."""
    since = f"-{stay.stay.since.day}" if stay.stay.since else ""
    local = f"{stay.place.partition(':')[2]}-{stay.group.replace(':', '').lower()}{since}"
    yield from about(
        f"stay:{local}",
        [
            ("rdf:type", node("kg:GroupStay")),
            ("kg:ofCountry", node(stay.place)),
            ("kg:countryGroup", Literal(stay.group)),
            *loose("kg:effectiveFrom", stay.stay.since),
            *loose("kg:effectiveUntil", stay.stay.until),
            ("kg:note", text_literal(stay.note or None)),
            ("kg:checkedOn", date_literal(stay.checked)),
            *_sources(stay.source),
        ],
    )


def published_triples(status: Published) -> Iterator[Triple]:
    """What somebody says of a chip's status: never merged with what is computed."""
    local = f"{status.chip.partition(':')[2]}-{status.rule.partition(':')[2]}-{status.role}"
    yield from about(
        f"status:{local}",
        [
            ("rdf:type", node("kg:PublishedStatus")),
            ("kg:ofChip", node(status.chip)),
            ("kg:underRule", node(status.rule)),
            ("kg:role", Literal(status.role)),
            ("kg:verdict", Literal(status.says)),
            ("kg:saidOfDay", date_literal(status.on)),
            ("kg:ofCountry", node(status.to)),
            ("kg:attributedTo", Literal(status.speaker)),
            ("kg:checkedOn", date_literal(status.checked)),
            *_sources(status.source),
        ],
    )


def figure_id(part: Part, figure: Figure) -> str:
    """CURIE of a figure."""
    return f"figure:{part.chip.partition(':')[2]}-{figure.quantity}"


def _sources(cell: str) -> Iterator[tuple[str, Value | None]]:
    return (("dcterms:source", source_term(each)) for each in split_sources(cell))
