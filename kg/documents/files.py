"""Which files there are, in a fixed order, and which format reads each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.documents.about import About, read_about
from kg.documents.html import html_page
from kg.documents.jsonlines import read_lines
from kg.documents.markdown import markdown_text
from kg.documents.plain import first_line, one_line, read_text
from kg.documents.skipped import Skipped
from kg.errors import DocumentError
from kg.text import Document

FORMATS = (".txt", ".md", ".html", ".htm", ".jsonl")


def find_files(sources: Sequence[Path]) -> list[tuple[Path, str]]:
    """Each file under the sources with its identifier: its path relative to what was named.

    Folders are walked in order of name. A folder with an `about.toml` is one document, its
    `document.*`, and is called by the folder's path. Hidden files and READMEs are passed over.
    What cannot be opened is among the files too, so that `read_file` says why.

    Raises:
        DocumentError: A source does not exist.
    """
    found: list[tuple[Path, str]] = []
    for source in sources:
        if not source.exists():
            raise DocumentError(f"{source}: no such file or folder")
        if source.is_dir():
            found += _walk(source, source)
        else:
            found.append((source, one_line(source.name)))
    return found


def read_file(path: Path, identifier: str) -> Iterator[Document | Skipped]:
    """Read the documents of one file: one, or for `.jsonl` one a line."""
    suffix = path.suffix.lower()
    if path.is_dir():
        yield Skipped(identifier, "is a folder that cannot be opened, or a link to a folder")
        return
    if path.exists() and not path.is_file():
        yield Skipped(identifier, "is no regular file")
        return
    if suffix == ".jsonl":
        yield from read_lines(path, identifier)
        return
    if suffix not in FORMATS:
        yield Skipped(identifier, f"is none of {', '.join(FORMATS)}")
        return
    try:
        about_file = path.parent / "about.toml"
        about = read_about(about_file) if about_file.is_file() else About()
        yield _document(path, identifier, about)
    except DocumentError as error:
        yield Skipped(identifier, str(error))


def _document(path: Path, identifier: str, about: About) -> Document:
    source = read_text(path)
    if path.suffix.lower() in {".html", ".htm"}:
        page = html_page(source)
        return Document(
            identifier=identifier,
            text=page.text,
            title=about.title or page.title or identifier,
            creator=about.creator or page.creator,
            date=about.date or page.date,
            source=about.source or page.source,
        )
    text = markdown_text(source) if path.suffix.lower() == ".md" else source
    return Document(
        identifier=identifier,
        text=text,
        title=about.title or first_line(text) or identifier,
        creator=about.creator,
        date=about.date,
        source=about.source,
    )


def _walk(folder: Path, root: Path) -> Iterator[tuple[Path, str]]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        yield folder, _identifier(folder, root)
        return
    if any(entry.name == "about.toml" for entry in entries):
        documents = [entry for entry in entries if entry.stem == "document"]
        yield from (
            (entry, _identifier(folder, root)) for entry in documents or [folder / "document.txt"]
        )
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.stem.upper() == "README":
            continue
        # a link to a folder is not followed: it may lead round in a circle
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, root)
        else:
            yield entry, _identifier(entry, root)


def _identifier(path: Path, root: Path) -> str:
    """The path relative to the folder that was named; of that folder itself, its name."""
    return one_line(path.relative_to(root).as_posix() if path != root else path.resolve().name)
