"""Whether a part meets the numbers of a paragraph: comparisons, AND, OR, and nothing else.

No date and no destination matters here, so that one outcome serves them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.controls.measures import Measure, Quantities, measure, number
from kg.controls.parts import Part
from kg.controls.rules import Limit, Paragraph
from kg.controls.truth import Truth, all_of, any_of


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison made.

    Attributes:
        limit: The comparison.
        truth: Whether it holds.
        measure: The number that was compared; None for a comparison of words.
        words: The comparison in words, with the number: `TPP 15,832 >= 4,800`.
        missing: What would have to be known; empty unless `truth` is UNKNOWN.
    """

    limit: Limit
    truth: Truth
    measure: Measure | None
    words: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a part meets a paragraph, by its numbers alone.

    Attributes:
        truth: Whether it does, after what takes it out again.
        decided_by: The comparisons that decided: those of the group that holds, or of each group
            the first that fails or, where nothing fails, those that cannot be made.
        because: The same in words, with the exclusion or the contents where these decided.
        missing: What would have to be known; empty unless `truth` is UNKNOWN.
    """

    truth: Truth
    decided_by: tuple[Compared, ...]
    because: str
    missing: tuple[str, ...] = ()


class Evaluator:
    """Meets parts with paragraphs, and remembers the outcomes."""

    def __init__(self, paragraphs: Mapping[str, Paragraph], quantities: Quantities) -> None:
        self._paragraphs = paragraphs
        self._quantities = quantities
        self._exclusions = {
            name: tuple(
                each
                for each in paragraphs.values()
                if each.role == "exclusion" and name in each.refers_to
            )
            for name in paragraphs
        }
        self._known: dict[tuple[int, str], tuple[Part, Outcome]] = {}

    def outcome(self, part: Part, paragraph: Paragraph) -> Outcome:
        """Whether a part meets a paragraph by its numbers."""
        key = (id(part), paragraph.name)
        if key not in self._known:
            # the part is kept beside the outcome, so that no other can get its id meanwhile
            self._known[key] = (part, self._evaluate(part, paragraph))
        return self._known[key][1]

    def _evaluate(self, part: Part, paragraph: Paragraph) -> Outcome:
        if paragraph.addressee and part.designer != paragraph.addressee:
            who = paragraph.addressee.partition(":")[2]
            return Outcome(Truth.NO, (), f"binds {who} only")
        own = self.compare(part, paragraph)
        if own.truth is Truth.NO:
            return own
        if paragraph.role == "control" and paragraph.refers_to:
            return self._with_contents(part, paragraph, own)
        for exclusion in self._exclusions[paragraph.name]:
            out = self.compare(part, exclusion)
            if out.truth is Truth.YES:
                return Outcome(Truth.NO, out.decided_by, f"{exclusion.label}: {out.because}")
            if out.truth is Truth.UNKNOWN:
                return Outcome(
                    Truth.UNKNOWN,
                    own.decided_by + out.decided_by,
                    f"{own.because}; {exclusion.label} may take it out: {out.because}",
                    _without_twins(own.missing + out.missing),
                )
        return own

    def compare(self, part: Part, paragraph: Paragraph) -> Outcome:
        """Whether a part meets the comparisons of a paragraph, whatever else stands around it."""
        groups = [
            tuple(self._compare(part, limit) for limit in group) for group in paragraph.alternatives
        ]
        truths = [all_of(each.truth for each in group) for group in groups]
        truth = any_of(truths)
        decided: list[Compared] = []
        for group, held in zip(groups, truths, strict=True):
            if held is truth:
                decided += _decisive(group, truth)
                if truth is Truth.YES:
                    break
        return Outcome(
            truth,
            tuple(decided),
            _join(decided, truth),
            _without_twins(name for each in decided for name in each.missing),
        )

    def _with_contents(self, part: Part, paragraph: Paragraph, own: Outcome) -> Outcome:
        """A computer meets the paragraph where the circuit in it meets one of those named."""
        inside = [
            (self._paragraphs[name], self.outcome(part.contents, self._paragraphs[name]))
            for name in paragraph.refers_to
        ]
        truth = all_of((own.truth, any_of(each.truth for _, each in inside)))
        decisive = [(which, each) for which, each in inside if each.truth is truth]
        if truth is Truth.YES:
            decisive = decisive[:1]
        return Outcome(
            truth,
            tuple(one for _, each in decisive for one in each.decided_by),
            "; ".join(f"contains: {which.label}: {each.because}" for which, each in decisive),
            _without_twins(name for _, each in decisive for name in each.missing),
        )

    def _compare(self, part: Part, limit: Limit) -> Compared:
        if limit.number is None:
            return self._compare_words(part, limit)
        found = measure(part, limit.quantity, self._quantities)
        within = found.interval
        truth = {
            ">=": within.at_least(limit.number),
            ">": within.above(limit.number),
            "<": within.at_least(limit.number).opposite,
        }[limit.comparison]
        missing = found.missing if truth is Truth.UNKNOWN else ()
        return Compared(limit, truth, found, self._say(found, limit, truth), missing)

    def _compare_words(self, part: Part, limit: Limit) -> Compared:
        label = self._quantities[limit.quantity].label
        values: dict[str, frozenset[str]] = {
            "chip": part.named,
            "kind": frozenset({part.kind}),
            "designed_for": frozenset({part.designed_for} if part.designed_for else ()),
        }
        having = values[limit.quantity]
        if not having and limit.quantity != "chip":
            return Compared(limit, Truth.UNKNOWN, None, f"{label}: not known", (label,))
        meets = bool(having & limit.words) == (limit.comparison == "is")
        if limit.quantity == "chip":
            words = "named" if meets else "not named"
        else:
            words = f"{label}: {' or '.join(sorted(having))}"
            if not meets and limit.comparison == "is":
                words += f", not {' or '.join(sorted(limit.words))}"
        return Compared(limit, Truth.of(meets), None, words)

    def _say(self, found: Measure, limit: Limit, truth: Truth) -> str:
        quantity = self._quantities[found.quantity]
        if truth is Truth.UNKNOWN and not found.known:
            return f"{quantity.label} not known"
        signs = {
            (">=", Truth.NO): "<",
            (">", Truth.NO): "<=",
            ("<", Truth.NO): ">=",
        }
        sign = signs.get((limit.comparison, truth), limit.comparison)
        asked = " may or may not be" if truth is Truth.UNKNOWN else ""
        value = number(found.interval.low)
        if not found.interval.exact:
            value = f"at least {value}" if found.interval.low else f"at most {_high(found)}"
        return f"{quantity.label} {value}{asked} {sign} {limit.number:,g}"


def _high(found: Measure) -> str:
    return number(found.interval.high)


def _decisive(group: tuple[Compared, ...], truth: Truth) -> list[Compared]:
    having = [each for each in group if each.truth is truth]
    return having[:1] if truth is Truth.NO else having


def _join(decided: list[Compared], truth: Truth) -> str:
    """The comparisons in words, without those that say nothing new."""
    telling = [each for each in decided if each.measure or truth is not Truth.YES]
    words = list(dict.fromkeys(each.words for each in telling or decided))
    return ", ".join(words)


def _without_twins(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
