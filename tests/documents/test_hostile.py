"""A file that cannot be read is skipped with one line of reason: no exception, no silence."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.documents.files import read_file
from kg.documents.skipped import Skipped
from kg.text import Document

MANY = 100_000
HOSTILE: list[tuple[str, bytes | Callable[[], bytes], str]] = [
    ("a.txt", b"", "is empty"),
    ("a.txt", b"  \n\t \r\n", "is empty"),
    ("a.txt", "\u00a0\u3000\n".encode(), "is empty"),
    ("a.txt", b"\xef\xbb\xbf", "is empty"),
    ("a.txt", b"\x7fELF\0\0\1", "is binary, not text"),
    ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is not UTF-8 (byte 10): convert it"),
    ("a.txt", "caf\xe9".encode("latin-1"), "is not UTF-8 (byte 3): convert it"),
    ("a.txt", b"ok \xed\xa0\x80 half", "is not UTF-8 (byte 3): convert it"),
    ("a.txt", "words".encode("utf-16"), "is UTF-16, not UTF-8: convert it"),
    ("a.txt", "芯片".encode("utf-16-be"), "is not UTF-8"),
    ("a.txt", "芯片禁令".encode("gb18030"), "is not UTF-8"),
    ("a.txt", lambda: b"word " * 10_000_000, "larger than 40,000,000 bytes: split it"),
    ("a.txt", lambda: b"word " * 2_100_000, "longer than 10,000,000 characters: split it"),
    ("a.md", b"", "is empty"),
    ("a.md", b"<!-- -->\n", "is empty"),
    ("a.md", b"---\n***\n", "is empty"),
    ("a.html", b"", "is empty"),
    ("a.html", b"<html></html>", "has no main text"),
    ("a.html", b"<html><body><nav></nav><footer></footer></body></html>", "has no main text"),
    ("a.html", b"<script>alert(1)</script>", "has no main text"),
    ("a.html", lambda: b"<div>" * MANY + b"text", "is nested or long beyond reason for a page"),
    (
        "a.html",
        lambda: b"<div>" * MANY + b"text" + b"</div>" * MANY,
        "is nested or long beyond reason for a page",
    ),
    (
        "a.html",
        lambda: b"<html><body>" + b"<p>text</p>" * (2 * MANY) + b"</body></html>",
        "is nested or long beyond reason for a page",
    ),
    ("a.html", b"\0\0\0", "is binary, not text"),
    ("a.pdf", b"%PDF-1.7", "is none of .txt, .md, .html, .htm, .jsonl"),
    ("a", b"words", "is none of .txt, .md, .html, .htm, .jsonl"),
    ("a.txt.gz", b"words", "is none of .txt, .md, .html, .htm, .jsonl"),
]


def whatever(path: Path) -> list[Document | Skipped]:
    start = time.monotonic()
    found = list(read_file(path, path.name))
    assert time.monotonic() - start < 20
    for each in found:
        if isinstance(each, Skipped):
            assert len(each.why.splitlines()) == 1
            assert len(each.why) < 300
    return found


@pytest.mark.parametrize(
    ("name", "data", "why"), HOSTILE, ids=[f"{name}-{why}" for name, _, why in HOSTILE]
)
def test_a_hostile_file_is_skipped(
    name: str, data: bytes | Callable[[], bytes], why: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data() if callable(data) else data)
    (found,) = whatever(path)
    assert isinstance(found, Skipped)
    assert found.identifier == name
    assert found.why.startswith(why)


HARMLESS = {
    "brackets.md": b"[" * 20_000 + b" words",
    "quotes.md": b">" * 20_000 + b" words",
    "stars.md": b"*a **b " * 5_000 + b" words",
    "lists.md": b"".join(b"  " * n + b"- x\n" for n in range(300)),
    "table.md": b"|a" * 3_000 + b"\n" + b"|-" * 3_000 + b"\n" + b"|b" * 3_000,
    "unclosed.html": b"<html><body><article><p>" + b"Tencent bought the H20. " * 40 + b"<b><i>",
    "entities.html": b"<html><body><article><p>" + b"&amp;&lt;&#128512; words " * 200,
    "attributes.html": b"<html><body><p " + b"a='b' " * 5_000 + b">" + b"words here " * 100,
    "comments.html": b"<html><body><!--" + b"- -" * 9_000 + b"--><p>" + b"words here. " * 90,
    "doctype.html": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]>"
    b"<html><body><p>" + b"&b; words here. " * 90 + b"</p></body></html>",
    "external.html": b"<html><head><link rel='stylesheet' href='http://127.0.0.1:9/x.css'>"
    b"<script src='http://127.0.0.1:9/x.js'></script></head><body><img src='http://127.0.0.1:9/'>"
    b"<iframe src='http://127.0.0.1:9/'></iframe><p>"
    + b"words here. " * 90
    + b"</p></body></html>",
    "longline.txt": b"word " * 1_900_000,
    "controls.txt": bytes(range(1, 32)) + b" words \x7f",
}


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_an_odd_file_is_read_or_skipped_in_good_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HARMLESS[name])
    (found,) = whatever(path)
    assert isinstance(found, Document | Skipped)


LINES = [
    ("not json", "is no JSON: Expecting value at column 1"),
    ('{"text": "words"', "is no JSON: Expecting ',' delimiter at column 17"),
    ("[1, 2]", "is no JSON object"),
    ('"words"', "is no JSON object"),
    ("null", "is no JSON object"),
    ("{}", 'has no text in "text"; fields are id, title, date, source, creator, text'),
    ('{"text": null}', 'has no text in "text"'),
    ('{"text": 5}', 'has no text in "text"'),
    ('{"text": ""}', "is empty"),
    ('{"text": "  "}', "is empty"),
    (r'{"text": "half \ud83d"}', "holds half a character (at 5)"),
    (r'{"text": "words", "title": "half \ud83d"}', "holds half a character"),
    ('{"text": "words", "date": "soon"}', "has the date 'soon', not one like 2025-04-09"),
    ('{"text": "words", "date": "2025-02-30"}', "has the date '2025-02-30', not one like"),
    ('{"text": "words", "date": "10/06/2025"}', "has the date '10/06/2025', not one like"),
    ('{"text": "words", "id": ' + "9" * 5_000 + "}", "Exceeds the limit"),
    ("[" * MANY, "is nested beyond reason"),
    ('{"text": ' * MANY, "is nested beyond reason"),
]


@pytest.mark.parametrize(("line", "why"), LINES, ids=[why for _, why in LINES])
def test_a_bad_line_is_skipped_and_the_next_is_read(line: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"{line}\n{json.dumps({'text': 'words'})}\n", encoding="utf-8")
    bad, good = whatever(path)
    assert isinstance(bad, Skipped)
    assert bad.identifier == "a.jsonl#1"
    assert bad.why.startswith(why)
    assert good == Document(identifier="a.jsonl#2", title="a.jsonl#2", text="words")


def test_a_line_that_is_not_utf8_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}\n{"text": "words"}\n')
    bad, good = whatever(path)
    assert bad == Skipped("a.jsonl#1", "is not UTF-8 (byte 13 of the line)")
    assert isinstance(good, Document)


def test_a_line_of_fifty_megabytes_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"text": "words"}\n')
    bad, good = whatever(path)
    assert bad == Skipped("a.jsonl#1", "line 1 is longer than 40,000,000 bytes")
    assert good == Document(identifier="a.jsonl#2", title="a.jsonl#2", text="words")


@pytest.mark.parametrize("name", ["a\nb", "a\u2028b", "\x1b[31mred", "a\x00b"])
def test_an_id_of_several_lines_is_written_out_on_one(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": name, "text": "words"}), encoding="utf-8")
    (found,) = whatever(path)
    assert found.identifier.isprintable()


def test_an_empty_file_of_lines_holds_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n\n")
    assert whatever(tmp_path / "a.jsonl") == []


ABOUTS = [
    (b"title = ", "its about.toml cannot be read: Invalid value"),
    (b"\xff", "its about.toml cannot be read: 'utf-8' codec"),
    (b"title = 5", "its about.toml has a title that is no str"),
    (b"creator = ['a']", "its about.toml has a creator that is no str"),
    (b'date = "2025-10-06"', "its about.toml has a date that is no date"),
    (b"date = 2025-10-06T09:00:00Z", "its about.toml has a date that is no date"),
    (b"date = 2025-13-06", "its about.toml cannot be read"),
    (b"source = 1.5", "its about.toml has a source that is no str"),
    (b"a = " + b"[" * 5_000, "its about.toml cannot be read"),
]


@pytest.mark.parametrize(("data", "why"), ABOUTS, ids=[why for _, why in ABOUTS])
def test_a_document_with_a_wrong_about_toml_is_skipped(
    data: bytes, why: str, tmp_path: Path
) -> None:
    (tmp_path / "about.toml").write_bytes(data)
    (tmp_path / "document.txt").write_bytes(b"words")
    (found,) = whatever(tmp_path / "document.txt")
    assert isinstance(found, Skipped)
    assert found.why.startswith(why)
