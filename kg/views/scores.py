"""How well documents were read: tables for a terminal, JSON, and the picture of calibration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.evaluate.calibration import Calibration
from kg.evaluate.evaluation import Evaluation
from kg.evaluate.mentions import MentionScore
from kg.evaluate.score import Kind, Outcome, Tally, tallies
from kg.views.clean import clean
from kg.views.terminal import bare_table

_BAR = 30  # characters of a full bar
_WHAT = {Kind.MADE_UP: "made up", Kind.MISSED: "missed"}
_TEMPLATE = Path(__file__).with_name("calibration.svg")


def score_tables(evaluation: Evaluation, most_errors: int = 0) -> RenderableType:
    """All figures as tables, and the worst errors with their sentences.

    Args:
        evaluation: What was measured.
        most_errors: How many errors of each kind are listed, at most.
    """
    parts: list[RenderableType] = [_claims(evaluation)]
    if evaluation.mentions:
        parts.append(_mentions(evaluation.mentions))
    if evaluation.calibration:
        parts.append(_reliability(evaluation.calibration))
    if worst := evaluation.worst(most_errors):
        parts.append(_errors(worst))
    return Group(*parts)


def score_values(evaluation: Evaluation, most_errors: int = 0) -> dict[str, Any]:
    """The same as plain JSON values, figures rounded to four digits."""
    calibration = evaluation.calibration
    return {
        "documents": len(evaluation.documents),
        "words": evaluation.words,
        "triples": _level(evaluation.triples),
        "with_status": _level(evaluation.with_status),
        "negatives": dict(evaluation.negatives),
        "mentions": {name: asdict(own) for name, own in evaluation.mentions.items()},
        "calibration": _calibration_values(calibration) if calibration else None,
        "errors": [_error_values(each) for each in evaluation.worst(most_errors)],
    }


def calibration_svg(calibration: Calibration) -> str:
    """The reliability diagram as one SVG: the share of right claims over confidence."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(calibration=calibration)


def _claims(evaluation: Evaluation) -> Table:
    table = bare_table("claims", "labelled")
    for level in ("triples", "with status"):
        for figure in (f"{level}: P", "R", "F1"):
            table.add_column(figure, justify="right")
    table.columns[1].justify = "right"
    for group in ("", "predicate", "status", "genre"):
        triples, full = _grouped(evaluation.triples, group), _grouped(evaluation.with_status, group)
        for name in sorted(triples.keys() | full.keys()):
            one, other = triples.get(name, Tally.of(())), full.get(name, Tally.of(()))
            labelled = other.counts[Kind.HIT] + other.counts[Kind.MISSED]
            table.add_row(clean(name), f"{labelled:,}", *_figures(one), *_figures(other))
        table.add_row()
    claims, documents = sum(evaluation.negatives.values()), len(evaluation.negatives)
    table.add_row(f"made up in {documents} negative documents: {claims}")
    return table


def _grouped(outcomes: tuple[Outcome, ...], group: str) -> dict[str, Tally]:
    return tallies(outcomes, group) if group else {"all": Tally.of(outcomes)}


def _figures(tally: Tally) -> Iterator[str]:
    for figure in (tally.precision, tally.recall, tally.f1):
        yield f"{figure:.3f}"


def _mentions(scores: Mapping[str, MentionScore]) -> Table:
    table = bare_table("names of", "labelled", "found", "exactly", "linked, of the found")
    for column in table.columns[1:]:
        column.justify = "right"
    everything = sum(scores.values(), MentionScore())
    for name, own in ({**scores, "all": everything}).items():
        found = (own.found, own.exact) if own.labelled else ()
        table.add_row(
            name,
            f"{own.labelled:,}",
            *(f"{each / own.labelled:.3f}" for each in found),
            f"{own.linked / own.found:.3f}" if own.found else "",
        )
    return table


def _reliability(calibration: Calibration) -> Table:
    table = bare_table("confidence", "claims", "said", "right", "")
    for each in calibration.bins:
        bar = "█" * round(each.right * _BAR)
        at = round(each.confidence * _BAR)
        bar = bar.ljust(_BAR)
        table.add_row(
            f"{each.low:.1f} to {each.low + 0.1:.1f}",
            f"{each.count:,}",
            f"{each.confidence:.2f}",
            f"{each.right:.2f}",
            Text(f"{bar[:at]}|{bar[at + 1 :]}"),
        )
    table.add_row(f"expected calibration error: {calibration.error:.3f}")
    return table


def _errors(outcomes: tuple[Outcome, ...]) -> Table:
    table = bare_table("", "document", "claim", "sentence")
    for each in outcomes:
        row = _error_values(each)
        claim = f"{row['subject']} {row['predicate']} {row['object']} ({row['status']})"
        table.add_row(
            _WHAT[each.kind],
            *(Text(clean(words)) for words in (row["document"], claim)),
            Text(clean(row["sentence"] or "")),
        )
    return table


def _error_values(outcome: Outcome) -> dict[str, Any]:
    label, found = outcome.label, outcome.found
    return {
        "kind": outcome.kind.value,
        "document": outcome.document.document.identifier,
        "subject": label.subject.name if label else found and found.subject[-1],
        "predicate": outcome.predicate,
        "object": label.object.name if label else found and found.object[-1],
        "status": outcome.status,
        "confidence": found.confidence if found else None,
        "sentence": label.evidence if label else found and found.evidence,
    }


def _level(outcomes: tuple[Outcome, ...]) -> dict[str, Any]:
    return {
        "all": _tally_values(Tally.of(outcomes)),
        **{
            by: {name: _tally_values(each) for name, each in tallies(outcomes, by).items()}
            for by in ("predicate", "status", "genre")
        },
    }


def _tally_values(tally: Tally) -> dict[str, float]:
    return {
        "precision": round(tally.precision, 4),
        "recall": round(tally.recall, 4),
        "f1": round(tally.f1, 4),
        **{kind.value: tally.counts[kind] for kind in Kind},
    }


def _calibration_values(calibration: Calibration) -> dict[str, Any]:
    return {
        "expected_calibration_error": round(calibration.error, 4),
        "bins": [
            {
                "low": each.low,
                "count": each.count,
                "confidence": round(each.confidence, 4),
                "right": round(each.right, 4),
            }
            for each in calibration.bins
        ],
    }
