"""Was this part controlled on that day for that destination, and on what ground?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.controls.days import Days
from kg.controls.destinations import Reached
from kg.controls.evaluate import Evaluator, Outcome
from kg.controls.load import Controls
from kg.controls.measures import Measure, measure
from kg.controls.parts import Part
from kg.controls.rules import Paragraph
from kg.controls.truth import Truth, all_of

COVERED, NOT_COVERED, UNKNOWN = "covered", "not covered", "unknown"
VERDICTS = {Truth.YES: COVERED, Truth.NO: NOT_COVERED, Truth.UNKNOWN: UNKNOWN}
ROLES = ("control", "exception", "review")  # in which verdicts are given


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When, and for whom.

    Attributes:
        days: The days.
        to: CURIE of the destination.
        hq: CURIE of the country where the buyer or its ultimate parent has its headquarters.
    """

    days: Days
    to: str
    hq: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What all rule versions say of one part on given days.

    Attributes:
        part: The part.
        asked: When, and for whom.
        tpp: Its total processing performance.
        performance_density: Its performance density.
        verdicts: One a rule version and role, controls first, in the order of their start.
    """

    part: Part
    asked: Asked
    tpp: Measure
    performance_density: Measure
    verdicts: tuple[Verdict, ...]

    @property
    def overall(self) -> str:
        """`covered` if one control covers it, `unknown` if one may, else `not covered`."""
        found = {each.verdict for each in self.verdicts if each.role == "control"}
        return next((each for each in (COVERED, UNKNOWN) if each in found), NOT_COVERED)


class Judge:
    """Gives the status of parts, remembering what does not depend on the part or on the day."""

    def __init__(self, controls: Controls) -> None:
        self.controls = controls
        self.evaluator = Evaluator(controls.paragraphs, controls.quantities)
        self._reached: dict[tuple[str, Asked], _Reach] = {}
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
        )

    def truths(self, part: Part, asked: Asked) -> tuple[Truth, ...]:
        """What the controls say, one truth a rule version, without the words: fast."""
        return tuple(
            _best(self.truth(part, asked, paragraph) for paragraph in paragraphs)
            for role, _, paragraphs in self.groups
            if role == "control"
        )

    def truth(self, part: Part, asked: Asked, paragraph: Paragraph) -> Truth:
        """Whether a paragraph covers a part."""
        reach = self.reach(paragraph, asked).truth
        if reach is Truth.NO:
            return Truth.NO
        return all_of((reach, self._meets(part, asked, paragraph).truth))

    def reach(self, paragraph: Paragraph, asked: Asked) -> _Reach:
        """Whether a paragraph is in force and reaches the destination or the buyer."""
        key = (paragraph.name, asked)
        if key not in self._reached:
            self._reached[key] = self._reach(paragraph, asked)
        return self._reached[key]

    def _reach(self, paragraph: Paragraph, asked: Asked) -> _Reach:
        version = self.controls.versions[paragraph.rule]
        if version.enforced != "yes":
            return _Reach(Truth.NO, f"{version.enforced} enforced: {version.note}")
        in_force = paragraph.effective.holds_on(asked.days)
        if version.suspended:
            in_force = all_of((in_force, version.suspended.holds_on(asked.days).opposite))
        since, until = paragraph.effective.since, paragraph.effective.until
        stretch = f"in force from {since.day if since else '?'}" + (
            f" until {until.day}" if until else ""
        )
        if in_force is Truth.NO:
            return _Reach(Truth.NO, stretch)
        where = self._for_the_buyer(paragraph, asked, self._where(paragraph, asked))
        missing = ("day",) if in_force is Truth.UNKNOWN else ()
        return _Reach(
            all_of((in_force, where.truth)),
            "; ".join(filter(None, (stretch, where.why))),
            (*missing, *where.missing),
        )

    def _where(self, paragraph: Paragraph, asked: Asked) -> Reached:
        scopes, atlas = self.controls.scopes, self.controls.atlas
        label = self.controls.lexicon.things[asked.to].label
        found = atlas.reaches(scopes[paragraph.scope], asked.to, asked.days)
        if found.truth is Truth.YES or paragraph.headquarters is None:
            return Reached(found.truth, f"{label} {found.why}" if found.why else "", found.missing)
        home = atlas.reaches(scopes[paragraph.headquarters], asked.hq, asked.days)
        if home.truth is Truth.YES:
            seat = self.controls.lexicon.things[asked.hq].label
            return Reached(Truth.YES, f"headquarters in {seat}, {home.why}")
        if Truth.UNKNOWN in (found.truth, home.truth):
            # a destination's own group says all about a buyer at home there
            missing = found.missing or tuple(f"{each} of the headquarters" for each in home.missing)
            return Reached(Truth.UNKNOWN, "", missing)
        return Reached(Truth.NO, f"{label} {found.why}")

    def _for_the_buyer(self, paragraph: Paragraph, asked: Asked, where: Reached) -> Reached:
        """Where a paragraph reaches, once the buyers whom it leaves out are taken out."""
        if paragraph.not_for is None or where.truth is Truth.NO:
            return where
        scope = self.controls.scopes[paragraph.not_for]
        home = self.controls.atlas.reaches(scope, asked.hq, asked.days)
        if home.truth is Truth.NO:
            return where
        seat = self.controls.lexicon.things[asked.hq].label
        if home.truth is Truth.YES:
            return Reached(Truth.NO, f"headquarters in {seat}, {home.why}")
        missing = (*where.missing, *(f"{each} of the headquarters" for each in home.missing))
        return Reached(Truth.UNKNOWN, where.why, missing)

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
        )

    def _found(
        self, part: Part, asked: Asked, paragraph: Paragraph
    ) -> tuple[Truth, _Reach, Outcome | None]:
        reach = self.reach(paragraph, asked)
        if reach.truth is Truth.NO:
            return Truth.NO, reach, None
        meets = self._meets(part, asked, paragraph)
        return all_of((reach.truth, meets.truth)), reach, meets

    def _policy(self, paragraph: Paragraph, asked: Asked) -> str | None:
        atlas, scopes = self.controls.atlas, self.controls.scopes
        for scope, text in self.controls.policies[paragraph.policy]:
            for place in (asked.hq, asked.to):
                if atlas.reaches(scopes[scope], place, asked.days).truth is Truth.YES:
                    return text
        return None


@dataclass(frozen=True, slots=True)
class _Reach:
    """Whether a paragraph is in force and reaches, and why."""

    truth: Truth
    why: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one paragraph says, in parts."""

    paragraph: Paragraph
    truth: Truth
    reach: _Reach
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
        if each.paragraph.note and each.truth is Truth.YES and each.paragraph.confidence == "B":
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
