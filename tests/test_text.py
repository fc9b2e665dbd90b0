"""A span is a stretch of words at its place; a document is a frozen text with an id."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError, replace

import pytest

from kg.text import Document, Span

NOTE = Document(identifier="note.txt", text="DeepSeek 用 H800😀 e\u0301.", title="Note")


def test_a_span_of_a_document_is_its_text_in_code_points() -> None:
    assert NOTE.span(11, 16) == Span(11, 16, "H800😀")
    assert len(NOTE.span(11, 16).text) == 5


@pytest.mark.parametrize(
    ("one", "other", "holds", "meets"),
    [
        ((0, 5), (1, 3), True, True),
        ((0, 5), (0, 5), True, True),
        ((0, 5), (4, 6), False, True),
        ((0, 5), (5, 6), False, False),  # half-open: touching is no meeting
        ((5, 6), (0, 5), False, False),
        ((1, 3), (0, 5), False, True),
    ],
)
def test_spans_hold_and_meet_half_open(
    one: tuple[int, int], other: tuple[int, int], holds: bool, meets: bool
) -> None:
    first, second = Span(*one, "x" * (one[1] - one[0])), Span(*other, "x" * (other[1] - other[0]))
    assert first.holds(second) is holds
    assert first.meets(second) is second.meets(first) is meets


def test_spans_sort_by_place() -> None:
    assert sorted([Span(5, 6, "b"), Span(0, 9, "a"), Span(0, 2, "c")]) == [
        Span(0, 2, "c"),
        Span(0, 9, "a"),
        Span(5, 6, "b"),
    ]


def test_the_id_never_moves() -> None:
    """Ids stand in published graphs: a change of the joined words or the hash breaks them."""
    joined = "note.txt\x1fDeepSeek 用 H800😀 e\u0301."
    assert hashlib.sha256(joined.encode()).hexdigest()[:16] == NOTE.id == "45c7d5813d748ad5"


def test_the_id_is_of_identifier_and_text_alone() -> None:
    dressed = replace(NOTE, title="Another", creator="Somebody", source="https://example.org")
    assert dressed.id == NOTE.id
    assert replace(NOTE, text=NOTE.text + " ").id != NOTE.id
    assert replace(NOTE, identifier="other.txt").id != NOTE.id


def test_the_hash_of_the_text_is_what_sha256sum_prints() -> None:
    assert Document(identifier="a", text="abc", title="a").sha256 == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_nothing_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        NOTE.text = "another"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        NOTE.span(0, 1).start = 5  # type: ignore[misc]
