"""A document's leftovers under their reasons, so that the claims stay readable."""

from __future__ import annotations

from kg.reading import Leftover, Reading
from kg.text import Document
from kg.views.document import by_reason, page

NOTE = Document(identifier="note", title="note", text="Acme, <Brelka> and the H20.")
LEFT = (
    Leftover(NOTE.span(0, 4), "looks like a name"),
    Leftover(NOTE.span(6, 14), "looks like a name"),
    Leftover(NOTE.span(23, 26), "is named", "chip:nvidia-h20"),
)


def test_words_stand_under_their_reason_the_commonest_first() -> None:
    assert by_reason(LEFT[::-1]) == (
        ("looks like a name", ("<Brelka>", "Acme")),
        ("is named", ("H20 (chip:nvidia-h20)",)),
    )


def test_the_page_lists_all_of_them() -> None:
    html = page(Reading(document=NOTE, claims=(), names=(), discovered=(), leftovers=LEFT))
    assert "<summary>looks like a name: 2</summary>" in html
    assert "<li>Acme</li><li>&lt;Brelka&gt;</li>" in html
    assert "<li>H20 (chip:nvidia-h20)</li>" in html
