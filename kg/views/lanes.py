"""The rule timeline: a lane a chip, with its computed status over time and the rules' days.

A status changes on the turning days of the data alone, so that it is asked for once between two of
them; days are drawn, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from kg.controls import open_judge
from kg.controls.asking import answer_of, asked_of, parts_of
from kg.controls.days import Days, written
from kg.controls.find import Found, find_place
from kg.controls.judge import Judge
from kg.controls.reach import Asked, turning_days
from kg.errors import QueryError
from kg.views.drawing import Drawing, draw, shortened, width_of
from kg.views.stays import Answered, Stay, TurningDay, stays, turning

_WIDE = 700  # pixels of a lane
_LINE = 16  # pixels from one label to the next
_HEAD = 84  # pixels above the labels
_LANE = 30  # pixels from one lane to the next
_LONGEST = 42  # characters of a rule's label
_MARGIN = timedelta(days=120)  # drawn before the first day and after the last


def draw_timeline(
    chips: Sequence[str], *, to: str, hq: str | None = None, until: str | None = None
) -> Drawing:
    """Draw when chips were covered, from words: `draw_timeline(["h20", "h100"], to="China")`.

    Args:
        chips: Ids, labels or aliases, a lane each.
        to: The destination: a name, adjective or ISO 3166 code.
        hq: Where the buyer or its ultimate parent has its headquarters; None for the destination.
        until: The day, month or year with which the lanes end; None for soon after the last change.

    Raises:
        QueryError: A name means nothing or several things, or no lane can be drawn.
    """
    judge = open_judge()
    found = [parts_of(judge, each, {}) for each in chips]
    place = find_place(judge.controls, to)
    home = find_place(judge.controls, hq) if hq else None
    last = asked_of(judge, until, to, None).days.last if until else None
    return rule_timeline(judge, found, place, home, last)


def rule_timeline(
    judge: Judge, chips: Sequence[Found], to: str, hq: str | None = None, until: date | None = None
) -> Drawing:
    """Draw when each chip was covered for a destination.

    Args:
        judge: Who gives the status.
        chips: The chips, a lane each.
        to: CURIE of the destination.
        hq: CURIE of the country of the buyer's headquarters; None for the destination.
        until: The day at which the lanes end; None for some months after the last change.

    Raises:
        QueryError: No chip is named, nothing is known of one, or the lanes would end too early.
    """
    for each in chips:
        if not each.parts:
            raise QueryError(f"no figures for {each.label} ({each.chip}): no lane can be drawn")
    if not chips:
        raise QueryError("name a chip at least")
    home = hq or to
    days = turning_days(judge.controls, (to, home))
    first, last = days[1] - _MARGIN, until or days[-1] + _MARGIN
    if last <= days[1]:
        raise QueryError(f"{last}: no control that is modelled was in force before {days[1]}")
    cuts = (first, *(day for day in days[1:] if day < last), last)
    asked = [
        (here, there, Asked(days=Days(here, here), to=to, hq=home))
        for here, there in pairwise(cuts)
    ]
    answers = [
        [(here, there, answer_of(judge, chip, each)) for here, there, each in asked]
        for chip in chips
    ]
    return _drawing(judge, chips, answers, (to, home))


def _drawing(
    judge: Judge, chips: Sequence[Found], answers: Sequence[Answered], places: tuple[str, str]
) -> Drawing:
    labels = judge.controls.lexicon.things
    to, home = (labels[each].label for each in places)
    lanes = [list(stays(judge, each)) for each in answers]
    title = f"Export controls on {_names(chips)} to {to}"
    seat = "" if to == home else f" for a buyer with headquarters in {home}"
    note = (
        f"Computed from figures and dated paragraphs{seat}; "
        "a research aid, no legal advice. Not covered is no clearance."
    )
    if any(_open(each) for each in chips):
        note += " * if it is subject to these rules at all."
    rows = tuple(
        (
            chip.label,
            stay.since.isoformat(),
            stay.until.isoformat(),
            stay.overall,
            stay.why,
            stay.relief,
        )
        for chip, lane in zip(chips, lanes, strict=True)
        for stay in lane
    )
    told = "; ".join(f"{row[0]} from {row[1]} {row[3]}" for row in rows)
    svg = draw(
        "lanes.svg",
        title=title,
        note=note,
        desc=f"{note} {told}.",
        **_places(judge, chips, lanes, turning(answers)),
    )
    columns = ("chip", "from", "until before", "status", "by", "exceptions and reviews")
    return Drawing(title, svg, columns, rows, note)


def _open(chip: Found) -> bool:
    """Whether nobody knows if a part is subject to the rules at all."""
    return not all(part.subject_to_ear for part in chip.parts)


def _name(chip: Found) -> str:
    return chip.label + ("*" if _open(chip) else "")


def _names(chips: Sequence[Found]) -> str:
    names = [each.label for each in chips]
    if len(names) > 3:
        return f"{len(names)} chips"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _places(
    judge: Judge,
    chips: Sequence[Found],
    lanes: Sequence[Sequence[Stay]],
    days: Sequence[TurningDay],
) -> dict[str, object]:
    """Where everything stands in the figure."""
    left = round(max(60.0, *(width_of(_name(each), 12) for each in chips))) + 30
    axis = _Axis(left, lanes[0][0].since, lanes[0][-1].until)
    labels = list(_labelled(judge, days, axis))
    top = _HEAD + _LINE * (1 + max((each.row for each in labels), default=0)) + 12
    base = top + _LANE * len(chips) + 2
    right = max([float(left + _WIDE), *(each.end for each in labels)])
    return {
        "width": max(round(right) + 16, 760),
        "height": base + 28,
        **{"left": left, "right": left + _WIDE, "top": top, "base": base},
        "years": [
            {"x": axis.x(date(year, 1, 1)), "text": year}
            for year in range(axis.first.year + 1, axis.last.year + 1)
        ],
        "lanes": [
            {
                "id": chip.chip,
                "text": _name(chip),
                "y": top + 6 + _LANE * at,
                "stretches": [_stretch(each, axis) for each in lane],
                "released": _released(chip, axis),
            }
            for at, (chip, lane) in enumerate(zip(chips, lanes, strict=True))
        ],
        "dates": [
            {
                **{"x": each.x, "y": top - 14 - _LINE * each.row},
                **{"day": each.day, "text": each.text, "title": each.title},
            }
            for each in labels
        ],
    }


@dataclass(frozen=True, slots=True)
class _Axis:
    """Days as pixels from the left."""

    left: int
    first: date
    last: date

    def x(self, day: date) -> float:
        return round(self.left + (day - self.first).days * _WIDE / (self.last - self.first).days, 1)


@dataclass(frozen=True, slots=True)
class _Label:
    """The words at a day, and how many lines they stand above the lanes."""

    x: float
    row: int
    day: str
    text: str
    title: str

    @property
    def end(self) -> float:
        return self.x + width_of(f"{self.day} {self.text}")


def _labelled(judge: Judge, days: Sequence[TurningDay], axis: _Axis) -> Iterator[_Label]:
    """The labels from the last to the first.

    Each stands above all that begin under it, so that neither a label nor the line that comes down
    from one runs through another.
    """
    labels = judge.controls.lexicon.things
    placed: list[_Label] = []
    for each in reversed(days):
        names = [labels[rule].label for rule in each.rules]
        more = f" +{len(names) - 1}" if len(names) > 1 else ""
        day, x = each.day.isoformat(), axis.x(each.day)
        words = shortened(names[0], _LONGEST) + more + ("" if each.begins else ", no longer")
        label = _Label(x, 0, day, words, f"{day}: {'; '.join(names)}")
        under = [other.row for other in placed if other.x < label.end + 8]
        placed.append(replace(label, row=max(under) + 1 if under else 0))
        yield placed[-1]


def _stretch(stay: Stay, axis: _Axis) -> dict[str, object]:
    at, end = axis.x(stay.since), axis.x(stay.until)
    told = (stay.why and f"by {stay.why}", stay.relief and f"exceptions and reviews: {stay.relief}")
    return {
        "x": at,
        "wide": round(end - at, 1),
        "look": stay.overall.replace(" ", "-"),
        "relief": bool(stay.relief),
        "title": "; ".join(filter(None, (f"{stay.since} to {stay.until}: {stay.overall}", *told))),
    }


def _released(chip: Found, axis: _Axis) -> dict[str, object] | None:
    """The earliest day on which a part of a chip came on sale, where the figure shows it."""
    known = [each.released for each in chip.parts if each.released]
    first = min(known, key=lambda when: when.day, default=None)
    if first is None or not axis.first <= first.day <= axis.last:
        return None
    return {"x": axis.x(first.day), "title": f"{chip.label}: on sale from {written(first)}"}
