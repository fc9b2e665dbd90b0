"""When a claim holds: only what its own clause says, as far as it says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.claims import UNDATED, Dated
from kg.extract.when import read_date
from kg.reading import Reading

Read = Callable[..., Reading]
YEAR, MONTH, DAY = "year", "month", "day"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Tencent used the H20.", UNDATED),
        ("Tencent used the H20 in 2023.", Dated(start=date(2023, 1, 1), start_precision=YEAR)),
        ("In 2023 Tencent used the H20.", Dated(start=date(2023, 1, 1), start_precision=YEAR)),
        (
            "Tencent used the H20 in October 2023.",
            Dated(start=date(2023, 10, 1), start_precision=MONTH),
        ),
        (
            "Tencent has used the H20 since March 5, 2024.",
            Dated(start=date(2024, 3, 5), start_precision=DAY),
        ),
        ("Tencent used the H20 until 2024.", Dated(end=date(2024, 1, 1), end_precision=YEAR)),
        (
            "Tencent used the H20 from 2023 until March 2024.",
            Dated(
                start=date(2023, 1, 1),
                start_precision=YEAR,
                end=date(2024, 3, 1),
                end_precision=MONTH,
            ),
        ),
        ("Tencent used the H20 last year.", UNDATED),
        ("Tencent used the H20 in early 2023.", UNDATED),
        ("Reuters said in 2024 that Tencent used the H20.", UNDATED),
        ("Tencent, which was founded in 1998, used the H20.", UNDATED),
        ("Tencent used the H20 in 40 centres.", UNDATED),
    ],
)
def test_a_claim_is_dated_by_its_own_clause(text: str, holds: Dated, read: Read) -> None:
    (claim,) = [each for each in read(text).claims if each.predicate == "kg:usesHardware"]
    assert claim.holds == holds


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("October 17, 2023", date(2023, 10, 17), DAY),
        ("Oct. 17, 2023", date(2023, 10, 17), DAY),
        ("17 October 2023", date(2023, 10, 17), DAY),
        ("17th October, 2023", date(2023, 10, 17), DAY),
        ("Sept. 2024", date(2024, 9, 1), MONTH),
        ("may 2025", date(2025, 5, 1), MONTH),
        ("2025", date(2025, 1, 1), YEAR),
    ],
)
def test_a_whole_date_is_read(words: str, day: date, precision: str) -> None:
    found = read_date(words)
    assert found is not None
    assert (found.day, found.precision) == (day, precision)


@pytest.mark.parametrize(
    "words", ["", "early 2025", "February 30, 2024", "1998", "Oct", "2025-26", "20255", "the 2025"]
)
def test_half_a_date_is_none(words: str) -> None:
    assert read_date(words) is None
