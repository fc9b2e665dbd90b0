"""How many chips: the number as written in digits, and the words that say it; never a guess."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.reading import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ("Tencent bought 500 H20s.", 500, "500"),
        ("Tencent bought 50,000 H20 chips.", 50_000, "50,000"),
        ("Tencent bought some 50,000 H20s.", 50_000, "some 50,000"),
        ("Tencent bought more than 1,000,000 H20s.", 1_000_000, "more than 1,000,000"),
        ("Tencent bought a batch of 300 H20 chips.", 300, "300"),
        ("Tencent bought two H20s.", None, "two"),
        ("Tencent bought thousands of H20s.", None, None),
        ("Tencent bought the H20.", None, None),
        ("Tencent bought the H20 in 2023.", None, None),
        ("Tencent bought the H20 for $500.", None, None),
    ],
)
def test_a_number_counts_when_it_counts_the_chips(
    text: str, number: int | None, words: str | None, read: Read
) -> None:
    (claim,) = [each for each in read(text).claims if each.predicate == "kg:purchases"]
    assert (claim.quantity, claim.quantity_text) == (number, words)
