"""What is computed from figures and rules, as triples: verdicts, and where a paragraph reaches.

A verdict stands for the numbers alone; where and when a paragraph reaches stands beside it, so that
a query joins the two on the day and for the place that it asks about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from pyoxigraph import Literal, Triple

from kg.claims import Dated, Modality
from kg.controls.days import Days
from kg.controls.evaluate import Outcome
from kg.controls.judge import VERDICTS, Judge
from kg.controls.load import Controls
from kg.controls.measures import measure
from kg.controls.parts import Part
from kg.controls.reach import Asked, turning_days
from kg.controls.rules import Paragraph
from kg.controls.truth import Truth
from kg.graph.control_data import (
    figure_id,
    figure_triples,
    paragraph_triples,
    published_triples,
    stay_triples,
    version_triples,
)
from kg.graph.literals import Value, amount_literal, date_literal, node, text_literal
from kg.graph.rdf import Concluded, about, concluded_triples, loose

T = TypeVar("T")

COMPUTED_BY = "controls"  # the kg:byRule of a claim that is computed from figures
_SHOWN = ("tpp", "performance_density", "die_area", "memory_bandwidth", "io_bandwidth")


def control_triples(judge: Judge, things: Collection[str]) -> Iterator[Triple]:
    """All that the controls know and compute of the chips, rules and places among some things.

    Args:
        judge: Who computes.
        things: CURIEs of what the graph holds.
    """
    parts = tuple(_among(things, judge.controls.parts))
    places = {each.place for each in judge.controls.atlas.memberships} & set(things)
    met = dict.fromkeys(
        paragraph
        for part in parts
        for paragraph, outcome in _verdicts(judge, part)
        if outcome.truth is not Truth.NO
    )
    yield from _data_triples(judge.controls, things)
    for part in parts:
        yield from _part_triples(judge, part)
        yield from _verdict_triples(part, dict(_verdicts(judge, part)))
    for place in sorted(places):
        for paragraph in met:
            yield from _reach_triples(judge, paragraph, place)


def _data_triples(controls: Controls, things: Collection[str]) -> Iterator[Triple]:
    """The rows of `ontology/controls/` on some things, but for figures."""
    for paragraph in controls.paragraphs.values():
        if paragraph.rule in things:
            yield from paragraph_triples(controls, paragraph)
    for version in _among(things, controls.versions):
        yield from version_triples(version)
    for stay in controls.atlas.memberships:
        if stay.place in things:
            yield from stay_triples(stay)
    for status in controls.published:
        if status.chip in things:
            yield from published_triples(status)


def rules_of(judge: Judge, chips: Iterable[str]) -> frozenset[str]:
    """CURIEs of the rules that bind the designers of some chips and could cover their numbers."""
    return frozenset(
        paragraph.rule
        for part in _among(frozenset(chips), judge.controls.parts)
        for paragraph, _ in _verdicts(judge, part)
    )


def changed_by(judge: Judge, rules: Iterable[str]) -> frozenset[str]:
    """CURIEs of the rules that some rules amend or supersede."""
    versions = _among(frozenset(rules), judge.controls.versions)
    return frozenset(
        rule for version in versions for rule in (*version.amends, *version.supersedes)
    )


def _among(things: Collection[str], known: Mapping[str, T]) -> Iterator[T]:
    return (each for curie, each in known.items() if curie in things)


def _verdicts(judge: Judge, part: Part) -> Iterator[tuple[Paragraph, Outcome]]:
    """What each control and review says of a part by its numbers, where it binds its designer."""
    for role, _, paragraphs in judge.groups:
        for paragraph in paragraphs if role != "exception" else ():
            bound = paragraph.addressee in {None, part.designer}
            if bound and judge.controls.versions[paragraph.rule].enforced == "yes":
                yield paragraph, judge.evaluator.outcome(part, paragraph)


def _part_triples(judge: Judge, part: Part) -> Iterator[Triple]:
    quantities = judge.controls.quantities
    facts: list[tuple[str, Value | None]] = [("kg:designedFor", text_literal(part.designed_for))]
    facts.append(("kg:subjectToEar", Literal("yes" if part.subject_to_ear else "open")))
    facts += loose("kg:releasedOn", part.released)
    for name in _SHOWN:
        found = measure(part, name, quantities)
        if found.interval.exact:
            facts.append((_property(name), amount_literal(found.interval.low)))
        elif name == "tpp" and found.known:
            facts.append(("kg:tppAtLeast", amount_literal(found.interval.low)))
    yield from about(part.chip, facts)
    for figure in (*part.figures.values(), *part.estimates.values()):
        yield from figure_triples(part, figure, quantities[figure.quantity].unit)


def _verdict_triples(part: Part, verdicts: Mapping[Paragraph, Outcome]) -> Iterator[Triple]:
    """The verdicts by the numbers, and a claim of the third kind a rule that covers the part."""
    covering: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph, outcome in verdicts.items():
        yield from _one_verdict(part, paragraph, outcome)
        restricts = outcome.truth is Truth.YES and paragraph.role == "control"
        if restricts and part.subject_to_ear:
            covering[paragraph.rule].append(paragraph)
    for rule, paragraphs in covering.items():
        yield from concluded_triples(
            Concluded(
                rule=COMPUTED_BY,
                subject=part.chip,
                predicate="kg:restrictedBy",
                object=rule,
                modality=Modality.ASSERTED,
                confidence=None,
                premises=tuple(sorted(_verdict_id(part, each) for each in paragraphs)),
                holds=_holds(paragraphs),
            )
        )


def _holds(paragraphs: list[Paragraph]) -> Dated:
    """From the first day of the first paragraph to the end of the last."""
    first = min(filter(None, (each.effective.since for each in paragraphs)), key=lambda at: at.day)
    ends = [each.effective.until for each in paragraphs]
    last = max(filter(None, ends), key=lambda at: at.day) if all(ends) else None
    return Dated(
        start=first.day,
        start_precision=first.precision,
        end=last.day if last else None,
        end_precision=last.precision if last else None,
    )


def _one_verdict(part: Part, paragraph: Paragraph, outcome: Outcome) -> Iterator[Triple]:
    figures = {
        figure_id(part, figure)
        for compared in outcome.decided_by
        for figure in (compared.measure.figures if compared.measure else ())
    }
    return about(
        _verdict_id(part, paragraph),
        [
            ("rdf:type", node("kg:Verdict")),
            ("kg:ofChip", node(part.chip)),
            ("kg:underRule", node(paragraph.rule)),
            ("kg:underParagraph", node(f"paragraph:{paragraph.name}")),
            ("kg:role", Literal(paragraph.role)),
            ("kg:verdict", Literal(VERDICTS[outcome.truth])),
            ("kg:because", Literal(outcome.because)),
            *(("kg:missing", Literal(name)) for name in outcome.missing),
            ("prov:wasDerivedFrom", node(f"paragraph:{paragraph.name}")),
            *(("prov:wasDerivedFrom", node(figure)) for figure in sorted(figures)),
        ],
    )


def _verdict_id(part: Part, paragraph: Paragraph) -> str:
    return f"verdict:{part.chip.partition(':')[2]}-{paragraph.name}"


def _reach_triples(judge: Judge, paragraph: Paragraph, place: str) -> Iterator[Triple]:
    """The days on which a paragraph reaches a destination, and buyers at home there."""
    for start, end in _stretches(judge, paragraph, place):
        yield from about(
            f"reach:{paragraph.name}-{place.partition(':')[2]}-{start}",
            [
                ("rdf:type", node("kg:Reach")),
                ("kg:ofParagraph", node(f"paragraph:{paragraph.name}")),
                ("kg:underRule", node(paragraph.rule)),
                ("kg:ofCountry", node(place)),
                ("kg:effectiveFrom", date_literal(start)),
                ("kg:effectiveUntil", date_literal(end)),
                (
                    "kg:whereverItBuys",
                    Literal(True) if _follows(judge, paragraph, place, start) else None,
                ),
            ],
        )


def _stretches(
    judge: Judge, paragraph: Paragraph, place: str
) -> Iterator[tuple[date, date | None]]:
    start: date | None = None
    for day in turning_days(judge.controls, (place,)):
        reached = judge.reach(paragraph, Asked(days=Days(day, day), to=place, hq=place)).truth
        if reached is Truth.YES:
            start = start or day
        elif start:
            yield start, day
            start = None
    if start:
        yield start, None


def _follows(judge: Judge, paragraph: Paragraph, place: str, day: date) -> bool:
    """Whether a buyer at home in a place is reached wherever it buys."""
    if paragraph.headquarters is None:
        return False
    scope = judge.controls.scopes[paragraph.headquarters]
    return judge.controls.atlas.reaches(scope, place, Days(day, day)).truth is Truth.YES


def _property(quantity: str) -> str:
    head, *rest = quantity.split("_")
    return "kg:" + head + "".join(word.capitalize() for word in rest)
