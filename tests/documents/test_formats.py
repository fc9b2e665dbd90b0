"""Each format gives the words as they stand, and where they come from."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from kg.documents.files import read_file
from kg.documents.markdown import markdown_text
from kg.documents.plain import first_line
from kg.text import Document

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Chips | The Paper</title>
<meta property="og:title" content="Chips move"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2025-10-06T09:00:00Z">
<link rel="canonical" href="https://example.org/chips-move"></head><body>
<nav><a href="/">Home</a><a href="/subscribe">Subscribe now</a></nav>
<article><h1>Chips move</h1>
<p>Tencent bought the H20 in October 2023, a person who saw the order said on Monday, and put the
accelerators into a hall in Guizhou that it had built for them the year before.</p>
<p>Nvidia did not comment. The company has said before that it follows the rules of every country
in which it does business, and that it asks its partners to do the same.</p>
<table><tr><th>Chip</th><th>Buyer</th></tr><tr><td>H20</td><td>Tencent</td></tr></table>
</article><footer>Copyright The Paper. All rights reserved.</footer></body></html>"""


def only(path: Path, identifier: str = "") -> Document:
    (found,) = read_file(path, identifier or path.name)
    assert isinstance(found, Document), found
    return found


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "One line",
        "Two\r\nlines\rand\u2028more\n",
        "腾讯采购英伟达芯片。😀 e\u0301\u00ad\u200d\u00a0",
        "  space at both ends  ",
        "\u202eright to left",
    ],
)
def test_a_text_file_is_the_text_character_for_character(text: str, tmp_path: Path) -> None:
    assert only(write(tmp_path, "a.txt", text)).text == text


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert only(write(tmp_path, "a.txt", b"\xef\xbb\xbfwords")).text == "words"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chips move\nTencent bought them.", "Chips move"),
        ("\n\n  Chips move  \nmore", "Chips move"),
        ("Tencent bought the H20.", "a.txt"),  # a sentence is no title
        ("芯片禁令。\n", "a.txt"),
        ("word " * 40, "a.txt"),
    ],
)
def test_a_text_is_called_by_its_first_line_if_that_is_a_title(
    text: str, title: str, tmp_path: Path
) -> None:
    assert only(write(tmp_path, "a.txt", text)).title == title


def test_what_a_text_does_not_say_stays_unknown(tmp_path: Path) -> None:
    found = only(write(tmp_path, "a.txt", "words"))
    assert (found.creator, found.date, found.source) == (None, None, None)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Title\n\nA **bold** [word](https://x.y).\n", "Title\nA bold word."),
        ("- one\n- two\n", "one\ntwo"),
        ("A line\nand its rest.\n", "A line and its rest."),
        ("| a | b |\n|---|---|\n| H20 | Tencent |\n", "a\nb\nH20\nTencent"),
        ("> quoted\n", "quoted"),
        ("```\ncode\n```\n", "code"),
        ("a <b>c</b> &amp; d\n", "a c & d"),
        ("腾讯 *H20* 😀", "腾讯 H20 😀"),
        ("![a chip](x.png) here", "a chip here"),
    ],
)
def test_markdown_is_read_without_its_marks(source: str, text: str) -> None:
    assert markdown_text(source) == text


@pytest.mark.parametrize("name", ["a.md", "A.MD"])
def test_a_markdown_file_is_called_by_its_heading(name: str, tmp_path: Path) -> None:
    assert only(write(tmp_path, name, "# Chips move\n\nTencent bought them.")).title == "Chips move"


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.HTML"])
def test_a_page_is_its_main_text_and_its_metadata(name: str, tmp_path: Path) -> None:
    found = only(write(tmp_path, name, PAGE))
    assert "Tencent bought the H20 in October 2023" in found.text
    assert "Nvidia did not comment." in found.text
    assert "Subscribe" not in found.text
    assert "rights reserved" not in found.text
    assert (found.title, found.creator) == ("Chips move", "The Paper")
    assert found.date == date(2025, 10, 6)
    assert found.source == "https://example.org/chips-move"


def test_a_day_that_only_stands_in_the_text_is_no_day_of_publication(tmp_path: Path) -> None:
    page = PAGE.replace("in October 2023", "on 2023-10-17")
    assert only(write(tmp_path, "a.html", page)).date == date(2025, 10, 6)
    silent = re.sub(r"<meta property=.article.*?>", "", page)
    assert only(write(tmp_path, "b.html", silent)).date is None


@pytest.mark.parametrize(
    "said",
    [
        '<meta name="date" content="2025-10-06">',
        '<meta property="article:published_time" content="Mon, 06 Oct 2025 09:00:00 GMT">',
        '<script type="application/ld+json">{"datePublished": "2025-10-06T09:00"}</script>',
        '<time datetime="2025-10-06">6 October</time>',
    ],
)
def test_a_page_can_say_its_day_in_several_ways(said: str, tmp_path: Path) -> None:
    page = re.sub(r"<meta property=.article.*?>", "", PAGE)
    page = (
        page.replace("<h1>", f"{said}<h1>")
        if "time" in said[:6]
        else page.replace("</head>", f"{said}</head>")
    )
    assert only(write(tmp_path, "a.html", page)).date == date(2025, 10, 6)


def test_a_page_is_read_the_same_after_any_other(tmp_path: Path) -> None:
    first = only(write(tmp_path, "a.html", PAGE))
    only(write(tmp_path, "b.html", PAGE.replace("Tencent", "Alibaba")))
    assert only(tmp_path / "a.html") == first


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_json_lines_are_one_document_a_line(tmp_path: Path) -> None:
    full = line(
        id="n-1",
        title="Chips move",
        date="2025-10-06T09:00:00Z",
        source="https://x.y/1",
        creator="The Paper",
        text="腾讯 bought.\r\nIt said.",
    )
    path = write(tmp_path, "a.jsonl", f"{full}\n\n  \n{line(text='words')}")
    assert list(read_file(path, "a.jsonl")) == [
        Document(
            identifier="n-1",
            title="Chips move",
            date=date(2025, 10, 6),
            source="https://x.y/1",
            creator="The Paper",
            text="腾讯 bought.\r\nIt said.",
        ),
        Document(identifier="a.jsonl#4", title="a.jsonl#4", text="words"),
    ]


@pytest.mark.parametrize("number", [7, 20251006])
def test_a_number_may_be_an_id(number: int, tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", line(id=number, text="words"))
    assert only(path).identifier == str(number)


def test_fields_that_are_null_or_unknown_are_as_if_absent(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", line(id=None, date="", tags=["a"], text="words"))
    assert only(path) == Document(identifier="a.jsonl#1", title="a.jsonl#1", text="words")


ABOUT = """title = "Chips move"
creator = "The Paper"
date = 2025-10-06
source = "https://x.y/1"
"""


@pytest.mark.parametrize(
    ("name", "data"), [("document.txt", "words"), ("document.md", "words"), ("document.html", PAGE)]
)
def test_about_toml_says_where_a_document_comes_from(name: str, data: str, tmp_path: Path) -> None:
    write(tmp_path, "about.toml", ABOUT)
    found = only(write(tmp_path, name, data), "the-seed")
    assert found.identifier == "the-seed"
    assert (found.title, found.creator) == ("Chips move", "The Paper")
    assert (found.date, found.source) == (date(2025, 10, 6), "https://x.y/1")


def test_what_about_toml_leaves_open_the_page_may_say(tmp_path: Path) -> None:
    write(tmp_path, "about.toml", 'title = "Another title"\n')
    found = only(write(tmp_path, "document.html", PAGE), "the-seed")
    assert (found.title, found.creator) == ("Another title", "The Paper")


@pytest.mark.parametrize("text", ["a.", "a" * 151, "一。"])
def test_a_first_line_that_is_a_sentence_or_too_long_is_no_title(text: str) -> None:
    assert first_line(text) is None
