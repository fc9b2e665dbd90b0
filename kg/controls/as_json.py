"""Answers as plain values for JSON."""

from __future__ import annotations

from math import isinf

from kg.controls.answer import Answer
from kg.controls.judge import Verdict
from kg.controls.measures import Measure
from kg.controls.nearness import Flip, Margin
from kg.controls.timeline import Change


def answer_as_json(answer: Answer) -> dict[str, object]:
    """An answer: of several parts, each stands under `parts` too.

    `tpp` and `performance_density` are null where unknown, where the parts differ, or where only a
    bound is known, which stands in `tpp_at_least`.
    """
    asked = answer.statuses[0].asked
    alone = len(answer.statuses) == 1
    first = answer.statuses[0]
    found: dict[str, object] = {
        "chip": answer.chip.partition(":")[2],
        "label": answer.label,
        "on": str(asked.days),
        "to": asked.to.partition(":")[2],
        "hq": asked.hq.partition(":")[2],
        "tpp": _number(first.tpp) if alone else None,
        "tpp_at_least": _least(first.tpp) if alone else None,
        "tpp_from": first.tpp.how or None if alone else None,
        "performance_density": _number(first.performance_density) if alone else None,
        "verdicts": [verdict_as_json(each) for each in answer.verdicts],
        "status": answer.overall,
        "summary": answer.summary,
    }
    if not alone:
        found["parts"] = [
            answer_as_json(
                Answer(chip=each.part.chip, label=each.part.label, to=answer.to, statuses=(each,))
            )
            for each in answer.statuses
        ]
    return found


def verdict_as_json(verdict: Verdict) -> dict[str, object]:
    """One verdict."""
    return {
        "rule": verdict.rule.partition(":")[2],
        "role": verdict.role,
        "paragraph": verdict.paragraph,
        "verdict": verdict.verdict,
        "because": verdict.because,
        "missing": list(verdict.missing),
        "policy": verdict.policy,
        "conditions": verdict.conditions or None,
        "sources": list(verdict.sources),
    }


def change_as_json(change: Change) -> dict[str, object]:
    """One change of a timeline."""
    return {
        "day": change.day.isoformat(),
        "before": change.before,
        "status": change.overall,
        **verdict_as_json(change.now),
    }


def margin_as_json(margin: Margin) -> dict[str, object]:
    """How near one limit lies; `share` is that of the limit."""
    return {
        "rule": margin.rule.partition(":")[2],
        "paragraph": margin.paragraph,
        "limit": str(margin.limit),
        "value": round(margin.measure.interval.low, 4),
        "exact": margin.measure.interval.exact,
        "share": round(margin.share, 4),
    }


def flip_as_json(flip: Flip) -> dict[str, object]:
    """One verdict that another number would flip; `most` is null where there is no end."""
    return {
        "rule": flip.rule.partition(":")[2],
        "role": flip.role,
        "quantity": flip.quantity,
        "why": flip.why,
        "least": round(flip.least, 4),
        "most": None if isinf(flip.most) else round(flip.most, 4),
        "now": flip.now,
        "then": flip.then,
        "note": flip.note or None,
    }


def _number(measure: Measure) -> float | None:
    """The number; a float that is whole stays one, so that the type never varies."""
    return round(measure.interval.low, 4) if measure.interval.exact else None


def _least(measure: Measure) -> float | None:
    exact, low = measure.interval.exact, measure.interval.low
    return round(low, 4) if low and not exact else None
