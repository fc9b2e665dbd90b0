"""Documents with the claims that careful people found in them.

One document is one JSON file with the keys `id, genre, title, date, text, entities, claims,
optional`. `tests/corpus/README.md` says what is labelled, and when.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.claims import Modality
from kg.errors import DocumentError
from kg.text import Document

TYPES = ("Company", "GovernmentBody", "Country", "Chip", "Rule", "AIModel")
NEGATIVE = "negative"  # the genre of documents that look like ours and say nothing of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing that a document names.

    Attributes:
        name: Its fullest name in the document.
        type: `Company`, `GovernmentBody`, `Country`, `Chip`, `Rule` or `AIModel`.
        mentions: All words that name or describe it, as they stand in the text.
    """

    name: str
    type: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One claim that a document makes, as a person read it.

    Attributes:
        subject: The entity it is about.
        predicate: Local name of one of the fifteen properties.
        object: The entity that is said of it.
        status: How the document stands to it.
        evidence: The sentence that says it.
    """

    subject: Entity
    predicate: str
    object: Entity
    status: Modality
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """A document and its labels.

    Attributes:
        document: The document; its identifier is the label file's `id`.
        genre: What kind of page it is, such as `news` or `10k`.
        entities: What it names; complete only for what the labels name.
        claims: What a careful reader must find.
        optional: What careful readers may differ on: neither right nor wrong.
    """

    document: Document
    genre: str
    entities: tuple[Entity, ...]
    claims: tuple[Label, ...]
    optional: tuple[Label, ...]


def read_annotated(folder: Path) -> tuple[Annotated, ...]:
    """All labelled documents of a folder and the folders in it, in order of path.

    Raises:
        DocumentError: There are none, or one is malformed; the message names file and place.
    """
    if not folder.is_dir():
        raise DocumentError(f"{folder}: {'is a file' if folder.exists() else 'no such folder'}")
    found = tuple(_read(path) for path in sorted(folder.rglob("*.json")) if path.is_file())
    if not found:
        raise DocumentError(f"{folder}: holds no labelled document (*.json)")
    seen: dict[str, Annotated] = {}
    for each in found:
        if seen.setdefault(each.document.identifier, each) is not each:
            raise DocumentError(f"{folder}: two documents have the id {each.document.identifier}")
    return found


def _read(path: Path) -> Annotated:
    try:
        return annotated(json.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise DocumentError(f"{path}: is not JSON in UTF-8: {error}") from error
    except KeyError as error:
        raise DocumentError(f"{path}: lacks {error}, or names it nowhere") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise DocumentError(f"{path}: is no labelled document: {error}") from error


def annotated(body: Mapping[str, Any]) -> Annotated:
    """The labelled document that the values of one file make.

    Raises:
        KeyError, TypeError, ValueError: They are malformed.
    """
    text = _text(body["text"])
    entities = {
        _text(each["name"]): Entity(
            name=each["name"],
            type=_one_of(TYPES, each["type"]),
            mentions=tuple(map(_text, _list(each["mentions"]))),
        )
        for each in _list(body["entities"])
    }
    return Annotated(
        document=Document(
            identifier=_text(body["id"]),
            text=text,
            title=_text(body["title"]),
            date=date.fromisoformat(body["date"]),
        ),
        genre=_text(body["genre"]),
        entities=tuple(entities.values()),
        claims=_labels(body["claims"], entities, text),
        optional=_labels(body["optional"], entities, text),
    )


def _labels(
    rows: Sequence[Mapping[str, Any]], entities: Mapping[str, Entity], text: str
) -> tuple[Label, ...]:
    labels = tuple(
        Label(
            subject=entities[row["subject"]],
            predicate=_text(row["predicate"]),
            object=entities[row["object"]],
            status=Modality(row["status"]),
            evidence=_text(row["evidence"]),
        )
        for row in _list(rows)
    )
    for label in labels:
        if label.subject == label.object:
            raise ValueError(f"a claim joins {label.subject.name!r} with itself")
        if label.evidence not in text:
            raise ValueError(f"the text lacks the evidence {label.evidence[:60]!r}")
    return labels


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} should be text")
    value.encode()  # half a character is none
    return value


def _one_of(words: Sequence[str], value: object) -> str:
    if value not in words:
        raise ValueError(f"{value!r} is none of {', '.join(words)}")
    return str(value)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{str(value)[:60]!r} should be a list")
    return value
