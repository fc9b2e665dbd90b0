"""The page of a document: leftovers under their reasons, links, dates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.api import Graph
from kg.claims import Dated
from kg.reading import Leftover, Reading
from kg.text import Document
from kg.views.document import Neighbours, by_reason, page, when

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


def test_the_page_alone_has_no_way_to_others_and_one_of_a_folder_has() -> None:
    reading = Reading(document=NOTE, claims=(), names=(), discovered=(), leftovers=())
    assert "<nav" not in page(reading)
    beside = page(reading, Neighbours("index.html", "", "0.html"))
    assert re.findall(r'<a href="([^"]+)"', beside) == ["index.html", "0.html"]


def test_only_a_web_address_is_a_link() -> None:
    for source, links in (
        ("https://example.org/a?b=1&c", ["https://example.org/a?b=1&amp;c"]),
        ("javascript:alert(1)", []),
        ("data:text/html,x", []),
        ("//example.org", []),
    ):
        document = replace(NOTE, source=source)
        reading = Reading(document=document, claims=(), names=(), discovered=(), leftovers=())
        assert re.findall(r'<a href="([^"]+)"', page(reading)) == links


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        (Dated(), ""),
        (Dated(start=date(2025, 3, 1), start_precision="month"), "from 2025-03"),
        (Dated(start=date(2025, 7, 1), start_precision="half"), "from 2025-H2"),
        (
            Dated(
                start=date(2025, 1, 1),
                start_precision="year",
                end=date(2025, 4, 9),
                end_precision="day",
            ),
            "from 2025 until before 2025-04-09",
        ),
    ],
)
def test_a_date_is_no_more_exact_than_its_words(holds: Dated, words: str) -> None:
    assert when(holds) == words


def test_a_graph_shows_a_document_in_a_notebook(small_graph: Path) -> None:
    picture = Graph.open(small_graph).show("note")
    assert "DeepSeek" in picture.html
    assert picture._repr_html_().startswith('<iframe sandbox="allow-scripts" srcdoc="')
