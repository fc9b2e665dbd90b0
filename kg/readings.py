"""The durable record: every reading ever made, in one SQLite file, so that nothing is read twice.

The graph is derived from it and can be thrown away; this file cannot. Nothing here deletes a
reading. SQLite's rollback journal is used, not its write-ahead log: one file that can be copied,
that opens on a read-only disk, and that a killed build leaves as its last whole batch left it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.errors import DocumentError, GraphError
from kg.reading import Reading
from kg.reading_json import decode_reading, encode_reading
from kg.text import Document

FORMAT = 1
_FILE = "readings.sqlite"
_MARK = 0x6B67_7264  # "kgrd", in the file's header, so that another program's database is refused
_BUSY_SECONDS = 30
_TABLES = """
create table texts (sha256 text primary key, text text not null) without rowid;
create table readings (
    key text primary key,
    fingerprint text not null,
    text_sha256 text not null references texts,
    body text not null
);
create table members (
    build text not null,
    place integer not null,
    key text not null references readings,
    primary key (build, place)
) without rowid;
"""


def reading_key(document: Document, fingerprint: str) -> str:
    """Hash of all that a reader was given and of the reader itself, 32 hex digits.

    Args:
        document: What is read, with everything that is known of it.
        fingerprint: Hash of the reader: its code, names and cues.

    Raises:
        DocumentError: A field holds half a character (a lone surrogate), which no file can hold.
    """
    day = document.date.isoformat() if document.date else None
    fields = (
        *(document.identifier, document.text, document.title),
        *(document.creator, day, document.source, fingerprint),
    )
    given = "\x1f".join("\x00" if each is None else each for each in fields)
    try:
        return hashlib.sha256(given.encode()).hexdigest()[:32]
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"{document.identifier!r} holds half a character, {given[error.start]!r}: "
            "save the file as UTF-8 again"
        ) from error


class Readings:
    """The record of one graph folder; use it in a `with`.

    Every method raises GraphError where the file is damaged, of another version, or locked by a
    program that does not let go.
    """

    def __init__(self, folder: Path) -> None:
        """Open the record of a graph folder, or begin one there."""
        self._path = folder / _FILE
        try:
            self._db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise GraphError(f"cannot open {self._path}: {error}") from error
        try:
            with self._mapped():
                self._prepare()
        except GraphError:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def find(self, document: Document, fingerprint: str) -> Reading | None:
        """The reading of this document by this reader; None if it was never made."""
        return self._find(reading_key(document, fingerprint))

    def reading(self, key: str) -> Reading:
        """The reading with this key."""
        found = self._find(key)
        if found is None:
            raise GraphError(f"{self._path} has no reading {key}: run `kg build` again")
        return found

    def text(self, sha256: str) -> str | None:
        """The text with this hash; None if no reading is of it."""
        with self._mapped():
            found = self._one("select text from texts where sha256 = ?", sha256)
        return found[0] if found else None

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys whose readings are here."""
        with self._mapped():
            return {key for key in keys if self._one("select 1 from readings where key = ?", key)}

    def keep(self, readings: Iterable[Reading], fingerprint: str) -> None:
        """Write a batch of readings: all of them or, if anything goes wrong, none.

        One that is already here stays as it is.
        """
        rows = [_row(reading, fingerprint) for reading in readings]
        with self._transaction():
            for key, sha256, text, body in rows:
                self._db.execute("insert or ignore into texts values (?, ?)", (sha256, text))
                self._db.execute(
                    "insert or ignore into readings values (?, ?, ?, ?)",
                    (key, fingerprint, sha256, body),
                )

    def members(self, build: str) -> tuple[str, ...]:
        """Keys of the readings that a build is made of, in its order; empty if it is unknown."""
        with self._mapped():
            rows = self._db.execute(
                "select key from members where build = ? order by place", (build,)
            )
            return tuple(key for (key,) in rows)

    def set_members(self, build: str, keys: Iterable[str]) -> None:
        """Note which readings a build is made of."""
        rows = [(build, place, key) for place, key in enumerate(keys)]
        with self._transaction():
            self._db.execute("delete from members where build = ?", (build,))
            self._db.executemany("insert into members values (?, ?, ?)", rows)

    def _find(self, key: str) -> Reading | None:
        with self._mapped():
            row = self._one(
                "select text, body from readings join texts on sha256 = text_sha256 where key = ?",
                key,
            )
        if row is None:
            return None
        text, body = row
        try:
            return decode_reading(json.loads(body), text)
        except (ValueError, KeyError, TypeError) as error:
            raise GraphError(
                f"{self._path}: the reading {key} is damaged ({error}): "
                "move the file away and build again"
            ) from error

    def _one(self, sql: str, *values: str) -> tuple[str, ...] | None:
        with closing(self._db.execute(sql, values)) as cursor:
            found: tuple[str, ...] | None = cursor.fetchone()
            return found

    def _prepare(self) -> None:
        (mark,) = self._db.execute("pragma application_id").fetchone()
        (version,) = self._db.execute("pragma user_version").fetchone()
        (tables,) = self._db.execute("select count(*) from sqlite_master").fetchone()
        if (mark, version, tables) == (0, 0, 0):
            with self._transaction():
                for statement in _TABLES.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"pragma application_id = {_MARK}")
                self._db.execute(f"pragma user_version = {FORMAT}")
        elif mark != _MARK:
            raise GraphError(f"{self._path} is another program's database: move it away")
        elif version != FORMAT:
            raise GraphError(
                f"{self._path} has format {version}, this version of chiptrace reads {FORMAT}: "
                "build into a new folder, or use the version that made it"
            )
        self._db.execute("pragma synchronous = full")
        self._db.execute("pragma foreign_keys = on")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._mapped():
            self._db.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            self._db.execute("commit")

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        """Turn SQLite's complaints into one line of ours."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise GraphError(f"cannot use {self._path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise GraphError(
                f"{self._path} is damaged ({error}): move it away and build again, "
                "or put back a copy"
            ) from error


def _row(reading: Reading, fingerprint: str) -> tuple[str, str, str, str]:
    document = reading.document
    body = json.dumps(encode_reading(reading), ensure_ascii=False, separators=(",", ":"))
    return reading_key(document, fingerprint), document.sha256, document.text, body
