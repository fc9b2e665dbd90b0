"""Which files there are, in which order, and what they are called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.documents.files import find_files, read_file
from kg.documents.skipped import Skipped
from kg.errors import DocumentError
from kg.text import Document


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"words of {path.stem}", encoding="utf-8")


def identifiers(*sources: Path) -> list[str]:
    return [identifier for _, identifier in find_files(sources)]


def test_a_file_is_called_by_its_path_below_what_was_named(tmp_path: Path) -> None:
    fill(tmp_path, "news/b.txt", "news/a.txt", "news/2025/c.md", "filings/10k.html")
    assert identifiers(tmp_path) == [
        "filings/10k.html",
        "news/2025/c.md",
        "news/a.txt",
        "news/b.txt",
    ]
    assert identifiers(tmp_path / "news") == ["2025/c.md", "a.txt", "b.txt"]
    assert identifiers(tmp_path / "news/a.txt") == ["a.txt"]


def test_the_order_is_that_of_the_call_then_of_the_names(tmp_path: Path) -> None:
    fill(tmp_path, "x/b.txt", "x/a.txt", "w/c.txt")
    assert identifiers(tmp_path / "x", tmp_path / "w") == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_with_about_toml_is_one_document_called_by_the_folder(tmp_path: Path) -> None:
    fill(tmp_path, "one/document.txt", "one/claims.json", "one/about.toml", "two/note.txt")
    assert identifiers(tmp_path) == ["one", "two/note.txt"]
    assert identifiers(tmp_path / "one") == ["one"]


@pytest.mark.parametrize("here", [".", "../one", "../one/."])
def test_a_folder_named_by_dots_is_called_by_its_own_name(
    here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "one/document.txt", "one/about.toml")
    monkeypatch.chdir(tmp_path / "one")
    assert identifiers(Path(here)) == ["one"]


def test_hidden_files_and_readmes_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".git/config.txt", ".a.txt", "README.md", "readme.txt", "Readme", "a.txt")
    assert identifiers(tmp_path) == ["a.txt"]


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nowhere: no such file or folder"):
        find_files([tmp_path / "nowhere"])


def test_an_about_toml_without_a_document_is_skipped_with_a_reason(tmp_path: Path) -> None:
    fill(tmp_path, "one/text.txt")
    (tmp_path / "one/about.toml").write_text('title = "One"', encoding="utf-8")
    ((path, identifier),) = find_files([tmp_path])
    assert list(read_file(path, identifier)) == [
        Skipped("one", "cannot be opened: No such file or directory")
    ]


NAMES = ["a\nb.txt", "😀 中文.txt", "a..txt", "a b'\"c.txt", "…txt", "a\u2028b.md", "-o.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_name_is_read_and_stays_one_line(name: str, tmp_path: Path) -> None:
    fill(tmp_path, name)
    ((path, identifier),) = find_files([tmp_path])
    assert len(identifier.splitlines()) == 1
    assert identifier.isprintable()
    (found,) = read_file(path, identifier)
    assert found.identifier == identifier


def test_a_name_that_is_not_utf8_is_read(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "w") as file:  # noqa: PTH123 a Path cannot hold these bytes plainly
        file.write("words")
    ((path, identifier),) = find_files([tmp_path])
    assert identifier == r"caf\udce9.txt"
    (found,) = read_file(path, identifier)
    assert isinstance(found, Document)
    assert len(found.id) == 16


def test_links_that_lead_round_or_nowhere_are_skipped_with_a_reason(tmp_path: Path) -> None:
    fill(tmp_path, "real/a.txt")
    (tmp_path / "real/up").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real/a.txt")
    found = {
        identifier: next(read_file(path, identifier)) for path, identifier in find_files([tmp_path])
    }
    assert sorted(found) == ["gone.txt", "link.txt", "loop.txt", "real/a.txt", "real/up"]
    reasons = {name: each.why for name, each in found.items() if isinstance(each, Skipped)}
    assert reasons == {
        "gone.txt": "cannot be opened: No such file or directory",
        "loop.txt": "cannot be opened: Too many levels of symbolic links",
        "real/up": "is a folder that cannot be opened, or a link to a folder",
    }


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    ((path, identifier),) = find_files([tmp_path])
    assert list(read_file(path, identifier)) == [Skipped("a.txt", "is no regular file")]


def test_a_folder_that_cannot_be_opened_is_skipped_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "open/a.txt", "shut/b.txt")
    listing = Path.iterdir

    def guarded(folder: Path) -> object:
        if folder.name == "shut":
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", guarded)
    found = [each for path, name in find_files([tmp_path]) for each in read_file(path, name)]
    assert [each.identifier for each in found] == ["open/a.txt", "shut"]
    assert isinstance(found[1], Skipped)
