"""The answer for a chip as people name it: one status a part, and what they have in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.controls.judge import COVERED, NOT_COVERED, UNKNOWN, Status, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the rules say of a chip, a model or a family on given days.

    Attributes:
        chip: CURIE of what was asked about.
        label: Its name.
        to: Name of the destination.
        statuses: One a part.
    """

    chip: str
    label: str
    to: str
    statuses: tuple[Status, ...]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One a rule version; where the parts differ it is `unknown`, for want of the part."""
        rows = zip(*(status.verdicts for status in self.statuses), strict=True)
        return tuple(row[0] if _agree(row) else self._mixed(row) for row in rows)

    @property
    def overall(self) -> str:
        """What all parts have in common: `covered`, `not covered` or `unknown`."""
        found = {status.overall for status in self.statuses}
        return found.pop() if len(found) == 1 else UNKNOWN

    @property
    def summary(self) -> str:
        """The answer in a sentence or two."""
        when = self.statuses[0].asked.days
        head = f"{self.label} is {self.overall} for {self.to} on {when}"
        if self.overall == UNKNOWN and len({each.overall for each in self.statuses}) > 1:
            return f"{head}: it depends on the part ({_by_part(self.statuses)})."
        controls = [each for each in self.verdicts if each.role == "control"]
        if self.overall == NOT_COVERED:
            return f"{head}: no control that is modelled covers it. Silence is not clearance."
        named = [each for each in controls if each.verdict == self.overall]
        if not named:  # rules that follow upon each other cover the days between them
            return f"{head}: by {_rules(each for each in controls if each.missing)}, in turn."
        rules = _rules(named)
        if self.overall == UNKNOWN:
            lacking = ", ".join(dict.fromkeys(name for each in named for name in each.missing))
            return f"{head}: {rules}; missing: {lacking}.{self._whether_subject}"
        return f"{head}: {rules}; {self._policies(named)}.{self._whether_subject}"

    @property
    def _whether_subject(self) -> str:
        if all(each.part.subject_to_ear for each in self.statuses):
            return ""
        return " That is so if the part is subject to these rules at all, which is not modelled."

    def _policies(self, named: list[Verdict]) -> str:
        """The licence policies, then what exceptions and reviews leave open."""
        texts = [each.policy for each in named if each.policy]
        for each in self.verdicts:
            if each.role != "control" and each.verdict == COVERED and each.policy:
                only_if = f", if {each.conditions}" if each.conditions else ""
                texts.append(f"but {each.policy} ({each.paragraph}){only_if}")
        return "; ".join(dict.fromkeys(texts))

    def _mixed(self, row: tuple[Verdict, ...]) -> Verdict:
        by_part = "; ".join(
            f"{status.part.label}: {verdict.verdict} ({verdict.paragraph}: {verdict.because})"
            for status, verdict in zip(self.statuses, row, strict=True)
        )
        missing = dict.fromkeys(("which part", *(name for each in row for name in each.missing)))
        return Verdict(
            rule=row[0].rule,
            role=row[0].role,
            paragraph=", ".join(
                dict.fromkeys(label for each in row for label in each.paragraph.split(", "))
            ),
            verdict=UNKNOWN,
            because=by_part,
            missing=tuple(missing),
            sources=tuple(dict.fromkeys(source for each in row for source in each.sources)),
            in_force=any(each.in_force for each in row),
        )


def _rules(verdicts: Iterable[Verdict]) -> str:
    return ", ".join(f"{each.paragraph} ({each.rule.partition(':')[2]})" for each in verdicts)


def _agree(row: tuple[Verdict, ...]) -> bool:
    return len({(each.verdict) for each in row}) == 1


def _by_part(statuses: tuple[Status, ...]) -> str:
    return ", ".join(f"{each.part.label}: {each.overall}" for each in statuses)
