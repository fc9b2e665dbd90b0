"""Was this part controlled on that day for that destination, and on what ground?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.controls.days import Days
from kg.controls.evaluate import Evaluator, Outcome
from kg.controls.load import Controls
from kg.controls.measures import Measure, measure
from kg.controls.parts import Part
from kg.controls.reach import Asked, Reach, reach_of, turning_days
from kg.controls.rules import Paragraph
from kg.controls.truth import Truth, all_of

COVERED, NOT_COVERED, UNKNOWN = "covered", "not covered", "unknown"
VERDICTS = {Truth.YES: COVERED, Truth.NO: NOT_COVERED, Truth.UNKNOWN: UNKNOWN}
_DEPENDS = "licence; its policy depends on the day"
ROLES = ("control", "exception", "review")  # in which verdicts are given


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one rule version says of one part.

    Attributes:
        rule: CURIE of the rule version.
        role: `control`, `exception` or `review`.
        paragraph: The paragraphs that decide, as lawyers cite them.
        verdict: `covered`, `not covered` or `unknown`.
        because: Why, with each number, limit, date and destination that decided.
        missing: What would have to be known; empty unless the verdict is `unknown`.
        policy: The licence policy; None unless covered.
        conditions: What is asked for besides numbers; empty for nothing.
        sources: Citations of the paragraphs and of the figures that decided.
        in_force: Whether one of its paragraphs was in force on one of the days.
    """

    rule: str
    role: str
    paragraph: str
    verdict: str
    because: str
    missing: tuple[str, ...] = ()
    policy: str | None = None
    conditions: str = ""
    sources: tuple[str, ...] = ()
    in_force: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What all rule versions say of one part on given days.

    Attributes:
        part: The part.
        asked: When, and for whom.
        tpp: Its total processing performance.
        performance_density: Its performance density.
        verdicts: One a rule version and role, controls first, in the order of their start.
        overall: `covered` if on each of the days some control covers it, `not covered` if on each
            of them none does, else `unknown`.
    """

    part: Part
    asked: Asked
    tpp: Measure
    performance_density: Measure
    verdicts: tuple[Verdict, ...]
    overall: str


class Judge:
    """Gives the status of parts, remembering what does not depend on the part or on the day."""

    def __init__(self, controls: Controls) -> None:
        self.controls = controls
        self.evaluator = Evaluator(controls.paragraphs, controls.quantities)
        self._reached: dict[tuple[str, Asked], Reach] = {}
        self._controls: dict[Asked, tuple[tuple[tuple[Paragraph, Truth], ...], ...]] = {}
        groups: dict[tuple[str, str], list[Paragraph]] = {}
        for paragraph in controls.paragraphs.values():
            if paragraph.role in ROLES:
                groups.setdefault((paragraph.role, paragraph.rule), []).append(paragraph)
        order = sorted(groups, key=lambda key: ROLES.index(key[0]))
        self.groups = tuple((role, rule, tuple(groups[role, rule])) for role, rule in order)

    def status(self, part: Part, asked: Asked) -> Status:
        """What all rule versions say of a part."""
        quantities = self.controls.quantities
        return Status(
            part=part,
            asked=asked,
            tpp=measure(part, "tpp", quantities),
            performance_density=measure(part, "performance_density", quantities),
            verdicts=tuple(
                self._verdict(part, asked, role, rule, paragraphs)
                for role, rule, paragraphs in self.groups
            ),
            overall=VERDICTS[self._overall(part, asked)],
        )

    def _overall(self, part: Part, asked: Asked) -> Truth:
        """What all controls say together: rules that follow upon each other may join up."""
        days = [
            day
            for day in turning_days(self.controls, (asked.to, asked.hq))
            if asked.days.first < day <= asked.days.last
        ]
        found = {
            _best(self.truths(part, replace(asked, days=Days(day, day))))
            for day in (asked.days.first, *days)
        }
        return found.pop() if len(found) == 1 else Truth.UNKNOWN

    def truths(self, part: Part, asked: Asked) -> tuple[Truth, ...]:
        """What the controls say, one truth a rule version, without the words: fast."""
        return tuple(
            _best(all_of((reach, self.evaluator.outcome(part, each).truth)) for each, reach in them)
            for them in self._reaching(asked)
        )

    def _reaching(self, asked: Asked) -> tuple[tuple[tuple[Paragraph, Truth], ...], ...]:
        """Of each rule version the controls that reach, or may, remembered for the days asked."""
        if asked not in self._controls:
            self._controls[asked] = tuple(
                tuple(
                    (each, self.reach(each, asked).truth)
                    for each in paragraphs
                    if self.reach(each, asked).truth is not Truth.NO
                )
                for role, _, paragraphs in self.groups
                if role == "control"
            )
        return self._controls[asked]

    def truth(self, part: Part, asked: Asked, paragraph: Paragraph) -> Truth:
        """Whether a paragraph covers a part."""
        reach = self.reach(paragraph, asked).truth
        if reach is Truth.NO:
            return Truth.NO
        return all_of((reach, self._meets(part, asked, paragraph).truth))

    def reach(self, paragraph: Paragraph, asked: Asked) -> Reach:
        """Whether a paragraph is in force and reaches the destination or the buyer."""
        key = (paragraph.name, asked)
        if key not in self._reached:
            self._reached[key] = reach_of(self.controls, paragraph, asked)
        return self._reached[key]

    def _meets(self, part: Part, asked: Asked, paragraph: Paragraph) -> Outcome:
        """Whether the numbers are met; of an exception or review, that of what is covered too."""
        own = self.evaluator.outcome(part, paragraph)
        if paragraph.role == "control" or own.truth is Truth.NO:
            return own
        others = [self.controls.paragraphs[name] for name in paragraph.refers_to]
        covered = _best(self.truth(part, asked, other) for other in others)
        if covered is Truth.NO:
            return Outcome(Truth.NO, (), "nothing that it is about covers the part")
        missing = own.missing or (("whether it is controlled",) if covered is not own.truth else ())
        return Outcome(all_of((own.truth, covered)), own.decided_by, own.because, missing)

    def _verdict(
        self, part: Part, asked: Asked, role: str, rule: str, paragraphs: tuple[Paragraph, ...]
    ) -> Verdict:
        findings = [_Finding(each, *self._found(part, asked, each)) for each in paragraphs]
        truth = _best(each.truth for each in findings)
        telling = [each for each in findings if each.truth is truth]
        if truth is Truth.YES:
            telling = telling[:1]
        chosen = telling[0].paragraph
        unknown = truth is Truth.UNKNOWN
        return Verdict(
            rule=rule,
            role=role,
            paragraph=", ".join(each.paragraph.label for each in telling),
            verdict=VERDICTS[truth],
            because=_because(telling),
            missing=_unique(name for each in telling for name in each.missing) if unknown else (),
            policy=self._policy(chosen, asked) if truth is Truth.YES else None,
            conditions=chosen.conditions if truth is Truth.YES else "",
            sources=_sources(telling),
            in_force=any(each.reach.in_force for each in findings),
        )

    def _found(
        self, part: Part, asked: Asked, paragraph: Paragraph
    ) -> tuple[Truth, Reach, Outcome | None]:
        reach = self.reach(paragraph, asked)
        if reach.truth is Truth.NO:
            return Truth.NO, reach, None
        meets = self._meets(part, asked, paragraph)
        return all_of((reach.truth, meets.truth)), reach, meets

    def _policy(self, paragraph: Paragraph, asked: Asked) -> str | None:
        atlas, scopes = self.controls.atlas, self.controls.scopes
        for scope, text in self.controls.policies[paragraph.policy]:
            found = _best(
                atlas.reaches(scopes[scope], place, asked.days).truth
                for place in (asked.hq, asked.to)
            )
            if found is not Truth.NO:
                return text if found is Truth.YES else _DEPENDS
        return None


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one paragraph says, in parts."""

    paragraph: Paragraph
    truth: Truth
    reach: Reach
    meets: Outcome | None

    @property
    def missing(self) -> tuple[str, ...]:
        return self.reach.missing + (self.meets.missing if self.meets else ())


def _best(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    return next((each for each in (Truth.YES, Truth.UNKNOWN) if each in found), Truth.NO)


def _because(findings: list[_Finding]) -> str:
    """Each paragraph with its comparison; date and place, which they share, once at the end."""
    several = len(findings) > 1
    parts: dict[str, None] = {}
    for each in findings:
        if each.meets and each.meets.because:
            label = f"{each.paragraph.label}: " if several else ""
            parts[f"{label}{each.meets.because}"] = None
    for each in findings:
        if each.reach.why:
            parts[each.reach.why] = None
    for each in findings:
        by_numbers = each.meets and any(one.measure for one in each.meets.decided_by)
        if each.paragraph.note and by_numbers and each.paragraph.confidence == "B":
            parts[each.paragraph.note] = None
    return "; ".join(parts)


def _sources(findings: list[_Finding]) -> tuple[str, ...]:
    cells = [each.paragraph.source for each in findings]
    for each in findings:
        for compared in each.meets.decided_by if each.meets else ():
            cells += (
                [figure.source for figure in compared.measure.figures] if compared.measure else []
            )
    return _unique(source for cell in cells for source in cell.split("|") if source)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
