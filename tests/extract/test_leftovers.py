"""What is named and not understood is left over with a reason, never dropped in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.reading import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("The H20 is green.", "H20", "chip:nvidia-h20 is named, but no claim was read on it"),
        ("The Entity List grew.", "Entity List", "is named, but no claim was read on it"),
        ("DeepSeek-V3 is large.", "DeepSeek-V3", "is named, but no claim was read on it"),
        ("The Kunlun range is high.", "Kunlun", "no word of its context stands in the sentence"),
        ("The TPU v5 is fast.", "TPU v5", "several things share this name: chip:google-tpu-v5e"),
    ],
)
def test_each_gets_its_place_and_its_reason(text: str, words: str, why: str, read: Read) -> None:
    (left,) = read(text).leftovers
    assert left.words.text == words
    assert text[left.words.start : left.words.end] == words
    assert why in left.why


@pytest.mark.parametrize("text", ["Tencent bought the H20.", "Tencent grew.", "China is large."])
def test_nothing_is_left_over_where_all_is_read_or_nothing_is_owed(text: str, read: Read) -> None:
    assert read(text).leftovers == ()


def test_a_thing_is_left_over_once(read: Read) -> None:
    assert len(read("The H20 is green. The H20 is small. H20s are many.").leftovers) == 1
