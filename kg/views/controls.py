"""The status of a chip for a terminal: derivations, verdicts, timeline, sensitivity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isinf

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.controls.answer import Answer
from kg.controls.judge import COVERED, UNKNOWN, Judge, Verdict
from kg.controls.measures import Measure, number
from kg.controls.nearness import Flip, Margin
from kg.controls.parts import Part
from kg.controls.timeline import Change
from kg.views.clean import clean
from kg.views.terminal import bare_table

_STYLES = {COVERED: "red", UNKNOWN: "yellow"}


def status(answer: Answer, judge: Judge) -> RenderableType:
    """What the rules say of a chip on given days: figures, verdicts, the answer, the sources."""
    labels = judge.controls.lexicon.things
    asked = answer.statuses[0].asked
    where = f"to {answer.to} on {asked.days}, headquarters in {labels[asked.hq].label}"
    blocks: list[RenderableType] = [
        *(
            _figures(each.part, (each.tpp, each.performance_density), judge)
            for each in answer.statuses
        ),
        Text(where),
        Text(),
    ]
    told = [each for each in answer.verdicts if each.in_force and _worth_showing(each)]
    silent = [
        labels[each.rule].label
        for each in answer.verdicts
        if each.role == "control" and not each.in_force
    ]
    blocks.append(_verdicts(told, judge))
    if silent:
        names = ", ".join(dict.fromkeys(silent))
        blocks.append(Text(f"not in force then: {names}", style="dim"))
    blocks += [Text(), Text(clean(answer.summary), style="bold")]
    sources = dict.fromkeys(s for each in told if each.verdict == COVERED for s in each.sources)
    if sources:
        blocks += [Text(), *(Text(f"source: {source}", style="dim") for source in sources)]
    return Group(*blocks)


def timeline(part: Part, to: str, changes: Sequence[Change], judge: Judge) -> RenderableType:
    """When a part's status changed for a destination, and which rule changed it."""
    labels = judge.controls.lexicon.things
    head = Text(f"{part.label} to {to}", style="bold")
    if not changes:
        return Group(
            head, Text("no control that is modelled ever covered it; that is no clearance")
        )
    table = bare_table("day", "rule", "paragraph", "", "verdict", "all controls", "because")
    for change in changes:
        table.add_row(
            str(change.day),
            Text(labels[change.now.rule].label),
            Text(change.now.paragraph),
            change.now.role if change.now.role != "control" else "",
            Text(change.now.verdict, style=_STYLES.get(change.now.verdict, "")),
            Text(change.overall, style=_STYLES.get(change.overall, "")),
            Text(change.now.policy or change.now.because),
        )
    table.columns[0].no_wrap = True
    return Group(head, table)


def sensitivity(
    part: Part, margins: Iterable[Margin], flips: Iterable[Flip], judge: Judge
) -> RenderableType:
    """How near each limit lies, and which disputed or missing number would flip a verdict."""
    labels = judge.controls.lexicon.things
    quantities = judge.controls.quantities
    near = bare_table("rule", "paragraph", "limit", "value", "distance")
    for margin in margins:
        limit = margin.limit
        at_least = "" if margin.measure.interval.exact else "at least "
        near.add_row(
            Text(labels[margin.rule].label),
            Text(margin.paragraph),
            f"{quantities[limit.quantity].label} {limit.comparison} {limit.number:,g}",
            at_least + number(margin.measure.interval.low),
            f"{margin.share:+.1%}",
        )
    near.columns[4].justify = "right"
    flipped = bare_table("number", "why", "if it were", "rule", "now", "then", "")
    for flip in flips:
        flipped.add_row(
            quantities[flip.quantity].label,
            flip.why,
            f"{_between(flip)} {quantities[flip.quantity].unit}",
            Text(labels[flip.rule].label),
            flip.now,
            Text(flip.then, style=_STYLES.get(flip.then, "")),
            Text(clean(flip.note)),
        )
    blocks: list[RenderableType] = [Text(part.label, style="bold"), near, Text()]
    if flipped.row_count:
        blocks.append(flipped)
    else:
        blocks.append(Text("no disputed or missing number would flip a verdict by itself"))
    return Group(*blocks)


def _figures(part: Part, measures: Iterable[Measure], judge: Judge) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    use = f"designed for {part.designed_for}" if part.designed_for else "designed for: not known"
    table.add_row(Text(part.label, style="bold"), "", Text(f"{part.chip}, {use}", style="dim"))
    for each in measures:
        label = judge.controls.quantities[each.quantity].label
        if each.interval.exact:
            table.add_row(label, number(each.interval.low), Text(each.how))
        elif each.known and each.interval.low:
            table.add_row(label, f"at least {number(each.interval.low)}", Text(each.how))
        else:
            table.add_row(label, "unknown", Text(f"missing: {', '.join(each.missing)}"))
    return table


def _verdicts(verdicts: Iterable[Verdict], judge: Judge) -> Table:
    table = bare_table("rule", "", "paragraph", "verdict", "because")
    for verdict in verdicts:
        because = verdict.because
        if verdict.missing:
            because = f"missing: {', '.join(verdict.missing)}; {because}"
        if verdict.policy:
            because = f"{verdict.policy}; {because}"
        if verdict.conditions:
            because = f"{because}; also: {verdict.conditions}"
        table.add_row(
            Text(judge.controls.lexicon.things[verdict.rule].label),
            verdict.role if verdict.role != "control" else "",
            Text(verdict.paragraph),
            Text(verdict.verdict, style=_STYLES.get(verdict.verdict, "")),
            Text(clean(because)),
        )
    table.columns[3].no_wrap = True
    return table


def _worth_showing(verdict: Verdict) -> bool:
    """An exception or review that does not apply says nothing."""
    return verdict.role == "control" or verdict.verdict != "not covered"


def _between(flip: Flip) -> str:
    if flip.least == flip.most:
        return number(flip.least)
    if isinf(flip.most):
        return f"more than {number(flip.least)}"
    return (
        f"up to {number(flip.most)}"
        if not flip.least
        else (f"{number(flip.least)} to {number(flip.most)}")
    )
