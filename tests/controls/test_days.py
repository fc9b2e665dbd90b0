"""Stretches are half-open, and what is known to the month stays open inside that month."""

from __future__ import annotations

from datetime import date

import pytest

from kg.controls.days import ALWAYS, Days, Stretch
from kg.controls.truth import Truth
from kg.ontology.files import parse_loose_date

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def stretch(since: str = "", until: str = "") -> Stretch:
    return Stretch(parse_loose_date(since), parse_loose_date(until))


HOLDS = [  # since, until, asked for, whether it holds on all of it
    ("2023-11-17", "", "2023-11-16", NO),
    ("2023-11-17", "", "2023-11-17", YES),
    ("2023-11-17", "", "2099-01-01", YES),
    ("2022-10-21", "2023-11-17", "2023-11-16", YES),  # half-open
    ("2022-10-21", "2023-11-17", "2023-11-17", NO),
    ("2022-10-21", "2022-10-22", "2022-10-21", YES),
    ("2022-10-21", "2022-10-21", "2022-10-21", NO),  # begun and over on one day: never
    ("", "2026-02-03", "1990-01-01", YES),
    ("", "2026-02-03", "2026-02-03", NO),
    ("", "", "2000-01-01", YES),
    ("2022-08", "", "2022-07-31", NO),  # known to the month
    ("2022-08", "", "2022-08-01", UNKNOWN),
    ("2022-08", "", "2022-08-30", UNKNOWN),
    ("2022-08", "", "2022-08-31", YES),  # at the latest on its last day
    ("2022", "", "2021-12-31", NO),
    ("2022", "", "2022-12-30", UNKNOWN),
    ("2022", "", "2022-12-31", YES),
    ("2024-H1", "", "2024-06-29", UNKNOWN),
    ("2024-H1", "", "2024-06-30", YES),
    ("2020-01-01", "2024-02", "2024-02-15", UNKNOWN),
    ("2020-01-01", "2024-02", "2024-02-29", NO),
    ("2023-11-17", "", "2023", UNKNOWN),  # a loose question
    ("2023-11-17", "", "2023-11", UNKNOWN),
    ("2023-11-17", "", "2023-12", YES),
    ("2023-11-17", "", "2023-10", NO),
    ("2022-10-21", "2023-11-17", "2023", UNKNOWN),
    ("2022-10-21", "2023-11-17", "2023-H1", YES),
    ("2022-10-21", "2023-11-17", "2023-H2", UNKNOWN),
    ("2022-10-21", "2023-11-17", "2024", NO),
]


@pytest.mark.parametrize(("since", "until", "asked", "holds"), HOLDS)
def test_a_stretch_holds_if_it_has_all_of_the_days(
    since: str, until: str, asked: str, holds: Truth
) -> None:
    assert stretch(since, until).holds_on(Days.of(asked)) is holds


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        (" 2025 ", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-04-09", date(2025, 4, 9), date(2025, 4, 9)),
        (date(2025, 4, 9), date(2025, 4, 9), date(2025, 4, 9)),
    ],
)
def test_a_question_means_all_days_of_what_it_names(
    asked: date | str, first: date, last: date
) -> None:
    assert Days.of(asked) == Days(first, last)


@pytest.mark.parametrize("asked", ["", "  ", "soon", "2025-13", "2025-02-30", "2025-H3", "25"])
def test_what_is_no_date_is_refused(asked: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day"):
        Days.of(asked)


def test_days_are_written_as_one_or_as_a_span() -> None:
    assert str(Days.of("2025-04-09")) == "2025-04-09"
    assert str(Days.of("2025-04")) == "2025-04-01 to 2025-04-30"


def test_the_ends_of_a_loose_date_are_its_first_and_last_day() -> None:
    assert stretch("2022-08", "2022-10-21").ends == (
        date(2022, 8, 1),
        date(2022, 8, 31),
        date(2022, 10, 21),
    )
    assert ALWAYS.ends == ()
