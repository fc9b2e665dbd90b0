"""Three values, by Kleene's strong logic, and numbers that are known in part."""

from __future__ import annotations

from itertools import product
from math import inf

import pytest

from kg.controls.truth import ANYWHERE, Interval, Truth, all_of, any_of

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
_AND = {  # Kleene's table, where order does not matter
    frozenset({YES}): YES,
    frozenset({NO}): NO,
    frozenset({UNKNOWN}): UNKNOWN,
    frozenset({YES, NO}): NO,
    frozenset({YES, UNKNOWN}): UNKNOWN,
    frozenset({NO, UNKNOWN}): NO,
}


@pytest.mark.parametrize(("left", "right"), [*product(Truth, repeat=2)])
def test_and_is_kleenes_and_or_its_mirror(left: Truth, right: Truth) -> None:
    assert all_of((left, right)) is _AND[frozenset({left, right})]
    assert any_of((left, right)) is all_of((left.opposite, right.opposite)).opposite


@pytest.mark.parametrize(
    ("left", "right", "either"),
    [(YES, UNKNOWN, YES), (NO, UNKNOWN, UNKNOWN), (NO, YES, YES), (NO, NO, NO)],
)
def test_or_is_settled_by_one_yes(left: Truth, right: Truth, either: Truth) -> None:
    assert any_of((left, right)) is any_of((right, left)) is either


def test_none_at_all_hold_and_not_one_does() -> None:
    assert (all_of(()), any_of(())) == (YES, NO)


def test_opposites() -> None:
    assert [each.opposite for each in (YES, NO, UNKNOWN)] == [NO, YES, UNKNOWN]


def test_a_truth_is_no_bool() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(NO)


@pytest.mark.parametrize(
    ("within", "at_least", "above"),
    [
        (Interval(10, 10), YES, NO),  # the limit itself
        (Interval(10.01, 10.01), YES, YES),
        (Interval(9.99, 9.99), NO, NO),
        (Interval(10, inf), YES, UNKNOWN),
        (Interval(11, inf), YES, YES),
        (Interval(9, inf), UNKNOWN, UNKNOWN),
        (Interval(0, 9), NO, NO),
        (Interval(0, 10), UNKNOWN, NO),
        (Interval(0, 11), UNKNOWN, UNKNOWN),
        (ANYWHERE, UNKNOWN, UNKNOWN),
    ],
)
def test_a_bound_settles_a_comparison_with_ten_or_leaves_it(
    within: Interval, at_least: Truth, above: Truth
) -> None:
    assert (within.at_least(10), within.above(10)) == (at_least, above)


@pytest.mark.parametrize(
    ("above", "below", "quotient"),
    [
        (Interval(12, 12), Interval(4, 4), Interval(3, 3)),
        (Interval(12, inf), Interval(4, 4), Interval(3, inf)),
        (Interval(12, 12), Interval(4, inf), Interval(0, 3)),
        (Interval(12, 24), Interval(2, 4), Interval(3, 12)),
        (Interval(12, 12), ANYWHERE, ANYWHERE),
        (ANYWHERE, Interval(4, 4), ANYWHERE),
        (ANYWHERE, ANYWHERE, ANYWHERE),
    ],
)
def test_a_quotient_is_as_loose_as_what_goes_into_it(
    above: Interval, below: Interval, quotient: Interval
) -> None:
    assert above.over(below) == quotient


def test_sums_add_both_ends() -> None:
    assert Interval(1, 2).plus(Interval(10, inf)) == Interval(11, inf)
    assert Interval(1, 2).plus(Interval(3, 3)) == Interval(4, 5)
