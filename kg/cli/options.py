"""What the verbs are told: their options, and how words become values."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import DocumentError, QueryError

GraphFolder = Annotated[Path, typer.Argument(metavar="GRAPH", help="A folder that kg build made.")]


class QueryFormat(StrEnum):
    """How `kg query` and `kg ask` write an answer."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"


AnswerFormat = Annotated[
    QueryFormat,
    typer.Option("--format", "-f", help="ttl, nt, jsonld are for CONSTRUCT, DESCRIBE."),
]


class ExportFormat(StrEnum):
    """What `kg export` can write."""

    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    EDGES = "edges"
    FTM = "ftm"


def query_text(sparql: str | None, file: Path | None) -> str:
    """The query, from wherever it was given.

    Raises:
        QueryError: It was given nowhere or twice, or cannot be read.
    """
    if (sparql is None) == (file is None):
        raise QueryError("give one query: as an argument, as - for stdin, or with --file")
    if file is None and sparql != "-":
        return as_text(str(sparql))
    try:
        return file.read_text("utf-8") if file else sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise QueryError(f"{file or 'stdin'}: is not UTF-8: save it as UTF-8") from error
    except OSError as error:
        raise QueryError(f"{file}: cannot be read: {error.strerror}") from error


def named_arguments(words: list[str]) -> dict[str, str]:
    """`--chip h20 --on=2024-01-01` as names and values.

    Raises:
        QueryError: A word is no name, or a name has no value.
    """
    arguments: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if not name.startswith("--"):
            raise QueryError(f"{word!r} is no parameter; write --NAME VALUE")
        try:
            value = as_text(value if equals else next(rest))
        except StopIteration:
            raise QueryError(f"{name} needs a value") from None
        arguments[name.removeprefix("--").replace("-", "_")] = value
    return arguments


def settings_of(named: dict[str, str | None], pairs: list[str]) -> dict[str, str]:
    """What is supposed of a chip: the options given, and `KEY=VALUE` pairs.

    Raises:
        QueryError: A pair is none, or a key is given twice.
    """
    settings = {key: as_text(value) for key, value in named.items() if value is not None}
    for pair in pairs:
        key, equals, value = as_text(pair).partition("=")
        key = key.strip().replace("-", "_")
        if not equals or not key:
            raise QueryError(f"--set {pair!r} is not like memory_bandwidth=4000")
        if key in settings:
            raise QueryError(f"{key} is given twice")
        settings[key] = value.strip()
    return settings


def as_text(words: str) -> str:
    """The words, if they are text: the system passes on any bytes.

    Raises:
        QueryError: They are not.
    """
    try:
        words.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"{words!r} is not UTF-8: type it as UTF-8") from error
    return words


def format_of(output: Path | None) -> ExportFormat:
    """The format that a file's ending asks for; N-Triples for stdout.

    Raises:
        DocumentError: No format ends like that.
    """
    if output is None:
        return ExportFormat.NT
    try:
        return ExportFormat(output.suffix.removeprefix(".").lower())
    except ValueError:
        choices = ", ".join(each.value for each in ExportFormat)
        raise DocumentError(f"{output}: no format ends like that; there are {choices}") from None
