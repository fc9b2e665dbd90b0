"""What must hold for any number and any day: more is never less controlled, doubt never decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.controls import open_judge
from kg.controls.days import Days, last_day
from kg.controls.judge import Judge
from kg.controls.parts import USES, Figure, Part
from kg.controls.reach import Asked
from kg.controls.rules import Paragraph
from kg.controls.truth import Truth, any_of

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_FAMILY = ("3a090a1-2023", "3a090a2-2023", "3a090b1-2023", "3a090b2-2023")
_ORDER = {NO: 0, UNKNOWN: 1, YES: 2}

_some = settings(max_examples=60)
_tpps = st.floats(1, 60_000) | st.sampled_from([1599.9, 1600, 2399.9, 2400, 4799.9, 4800])
_areas = st.floats(20, 3_000)
_uses = st.sampled_from(USES)
_days = st.dates(date(2022, 1, 1), date(2027, 1, 1))
_parts = st.sampled_from(sorted(open_judge().controls.parts))
_places = st.sampled_from(["cn", "hk", "mo", "ru", "vn", "ae", "kh", "de", "sg", "br", "il"])


def exact(quantity: str, value: float, *, at_least: bool = False) -> Figure:
    return Figure(quantity=quantity, value=value, low=value, high=value, at_least=at_least)


def made(use: str | None, *figures: Figure) -> Part:
    return Part(
        chip="chip:made",
        label="made",
        designed_for=use,
        figures={each.quantity: each for each in figures},
    )


def of_2023(part: Part) -> Truth:
    """Whether any paragraph of the rule of October 2023 is met, by the numbers alone."""
    judge = fresh()
    paragraphs = judge.controls.paragraphs
    return any_of(judge.evaluator.outcome(part, paragraphs[name]).truth for name in _FAMILY)


def fresh() -> Judge:
    return Judge(open_judge().controls)


def asked(day: date, place: str) -> Asked:
    return Asked(days=Days(day, day), to=f"place:{place}", hq=f"place:{place}")


@_some
@given(_tpps, _tpps, _areas, _uses)
def test_more_tpp_is_never_less_controlled(one: float, two: float, area: float, use: str) -> None:
    low, high = sorted((one, two))
    before, after = (
        of_2023(made(use, exact("tpp", tpp), exact("die_area", area))) for tpp in (low, high)
    )
    assert _ORDER[after] >= _ORDER[before]


@_some
@given(_tpps, _areas, _areas, _uses)
def test_a_smaller_die_is_never_less_controlled(
    tpp: float, one: float, two: float, use: str
) -> None:
    low, high = sorted((one, two))
    before, after = (
        of_2023(made(use, exact("tpp", tpp), exact("die_area", area))) for area in (high, low)
    )
    assert _ORDER[after] >= _ORDER[before]


@_some
@given(_tpps, st.floats(1, 3), _areas, st.sampled_from((*USES, None)))
def test_a_bound_never_contradicts_a_number_that_it_allows(
    least: float, times: float, area: float, use: str | None
) -> None:
    bounded = of_2023(made(use, exact("tpp", least, at_least=True), exact("die_area", area)))
    known = of_2023(made(use, exact("tpp", least * times), exact("die_area", area)))
    assert bounded in (UNKNOWN, known)


@_some
@given(_tpps, st.floats(1, 3), _areas, _uses)
def test_a_bound_on_the_area_never_contradicts_an_area_that_it_allows(
    tpp: float, times: float, area: float, use: str
) -> None:
    bounded = of_2023(made(use, exact("tpp", tpp), exact("die_area", area, at_least=True)))
    known = of_2023(made(use, exact("tpp", tpp), exact("die_area", area * times)))
    assert bounded in (UNKNOWN, known)


@_some
@given(_tpps, _areas, st.sampled_from(USES))
def test_not_to_know_the_use_never_settles_what_the_use_decides(
    tpp: float, area: float, use: str
) -> None:
    figures = (exact("tpp", tpp), exact("die_area", area))
    assert of_2023(made(None, *figures)) in (UNKNOWN, of_2023(made(use, *figures)))


@_some
@given(_parts, st.data(), _days, _places)
def test_to_forget_a_figure_changes_a_verdict_to_unknown_or_not_at_all(
    chip: str, data: st.DataObject, day: date, place: str
) -> None:
    judge = fresh()
    part = judge.controls.parts[chip]
    forgotten = data.draw(st.sampled_from([*sorted(part.figures), "designed_for"]))
    figures = {name: each for name, each in part.figures.items() if name != forgotten}
    # where a rate is forgotten, it is known that there is one more
    rates = part.all_rates and not forgotten.endswith("_rate")
    use = None if forgotten == "designed_for" else part.designed_for
    less = replace(part, figures=figures, all_rates=rates, designed_for=use)
    for before, after in zip(
        judge.status(part, asked(day, place)).verdicts,
        judge.status(less, asked(day, place)).verdicts,
        strict=True,
    ):
        assert after.verdict in ("unknown", before.verdict)
        assert bool(after.missing) == (after.verdict == "unknown")


def outside(paragraph: Paragraph, gap: int) -> list[date]:
    """A day before a paragraph is in force, and one on which it is no longer, where it ends."""
    since, until = paragraph.effective.since, paragraph.effective.until
    assert since
    before = since.day - timedelta(days=1 + gap)
    return [before, *([last_day(until) + timedelta(days=gap)] if until else [])]


@_some
@given(st.integers(0, 400), _places, st.sampled_from(["cn", "ru", "de"]))
def test_no_paragraph_covers_before_its_start_or_from_its_end_on(
    gap: int, place: str, home: str
) -> None:
    judge = fresh()
    for paragraph in judge.controls.paragraphs.values():
        for day in outside(paragraph, gap):
            when = Asked(days=Days(day, day), to=f"place:{place}", hq=f"place:{home}")
            for part in judge.controls.parts.values():
                assert judge.truth(part, when, paragraph) is NO


def test_on_its_first_and_last_day_each_control_covers_something_it_can() -> None:
    judge = fresh()
    for name in ("3a090-2022", "nvda-letter-2022", "nvda-letter-2023", "3a090a1-2023"):
        paragraph = judge.controls.paragraphs[name]
        part = judge.controls.parts["chip:nvidia-h100-sxm"]
        since, until = paragraph.effective.since, paragraph.effective.until
        assert since
        days = [since.day, *([until.day - timedelta(days=1)] if until else [])]
        for day in days:
            assert judge.truth(part, asked(day, "cn"), paragraph) is YES


@_some
@given(_parts, _days, _places)
def test_the_fast_way_says_the_same_as_the_one_with_words(chip: str, day: date, place: str) -> None:
    judge = open_judge()
    part = judge.controls.parts[chip]
    verdicts = {YES: "covered", NO: "not covered", UNKNOWN: "unknown"}
    said = [
        each.verdict
        for each in judge.status(part, asked(day, place)).verdicts
        if each.role == "control"
    ]
    assert [verdicts[each] for each in judge.truths(part, asked(day, place))] == said


@_some
@given(_parts, st.sampled_from(["2022-08", "2023", "2023-11", "2024-H1", "2026-07"]), _places)
def test_a_month_or_year_is_settled_only_where_each_of_its_days_is_alike(
    chip: str, when: str, place: str
) -> None:
    judge = open_judge()
    part, days = judge.controls.parts[chip], Days.of(when)
    all_of_it = judge.status(part, replace(asked(days.first, place), days=days))
    for day in (days.first, days.first + (days.last - days.first) / 2, days.last):
        one = judge.status(part, asked(day, place))
        for whole, each in zip(all_of_it.verdicts, one.verdicts, strict=True):
            assert whole.verdict in ("unknown", each.verdict)
