"""Builds that are killed: `python -m tests.killed_build DOCS [GRAPH MOMENT]...`.

The parser is loaded once; each build is then a child of its own, which kills itself at an exact
moment (a name of `MOMENTS`), is killed from outside after so many hundredths of the time that a
build takes (a number), or is left alone (`never`, which comes first and is timed).
One line comes back for each graph: `killed` or `ended`.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import kg.builder
import kg.workers
from kg.builder import Options, build_graph
from kg.readings import Readings

BATCH = 5  # documents in a transaction: small, so that a build of few documents has several


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(holder: object, name: str, when: Callable[..., bool] = lambda *_: True) -> None:
    """Die right before the holder's function is called, when its arguments say so."""
    real = getattr(holder, name)

    def instead(*arguments: Any, **named: Any) -> Any:
        if when(*arguments):
            die()
        return real(*arguments, **named)

    setattr(holder, name, instead)


def after(holder: object, name: str, when: Callable[..., bool] = lambda *_: True) -> None:
    """Die right after the holder's function was called, when its arguments say so."""
    real = getattr(holder, name)

    def instead(*arguments: Any, **named: Any) -> Any:
        real(*arguments, **named)
        if when(*arguments):
            die()

    setattr(holder, name, instead)


def nth(number: int) -> Callable[..., bool]:
    calls = iter(range(1, 1000))
    return lambda *_: next(calls) == number


def onto(name: str) -> Callable[..., bool]:
    return lambda _, target, *__: Path(target).name == name


def renames_a_store(old: object, new: object, *_: object) -> bool:
    return Path(str(new)).parent.name == "stores"


class DiesAtCommit:
    """A database connection that lets everything through but the end of a transaction."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def execute(self, sql: str, *values: Any) -> Any:
        if sql == "commit":
            die()
        return self.connection.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


def inside_a_transaction() -> None:
    real, is_second = Readings.keep, nth(2)

    def keep(self: Any, readings: Iterable[Any], fingerprint: str) -> None:
        if is_second():
            self._db = DiesAtCommit(self._db)
        real(self, readings, fingerprint)

    Readings.keep = keep  # type: ignore[method-assign]


def inside_a_store() -> None:
    real = kg.builder.triples

    def some(*arguments: Any, **named: Any) -> Iterator[Any]:
        yield from islice(real(*arguments, **named), 100)
        die()

    kg.builder.triples = some


def inside_the_clearing_away() -> None:
    def remove_some(path: Path, **_: object) -> None:
        next(each for each in path.iterdir() if each.is_file()).unlink()
        die()

    shutil.rmtree = remove_some  # type: ignore[assignment]


MOMENTS: dict[str, Callable[[], None]] = {
    "before-the-first-reading-is-kept": lambda: before(Readings, "keep"),
    "inside-the-second-transaction": inside_a_transaction,
    "after-the-second-batch-is-kept": lambda: after(Readings, "keep", nth(2)),
    "after-the-last-batch-is-kept": lambda: before(Readings, "set_members"),
    "after-the-members-are-noted": lambda: after(Readings, "set_members"),
    "inside-the-writing-of-the-store": inside_a_store,
    "before-the-store-is-renamed": lambda: before(os, "rename", renames_a_store),
    "after-the-store-is-renamed": lambda: after(os, "rename", renames_a_store),
    "before-the-swap": lambda: before(os, "replace", onto("CURRENT")),
    "after-the-swap": lambda: after(os, "replace", onto("CURRENT")),
    "inside-the-clearing-away": inside_the_clearing_away,
}


def in_a_child(docs: Path, graph: Path, moment: str, usual: float) -> str:
    """Build in a child that is killed at a moment; how it ended."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        MOMENTS.get(moment, lambda: None)()
        build_graph([docs], graph, Options(workers=1))
        os._exit(0)
    if moment.isdigit():
        time.sleep(int(moment) / 100 * usual)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return "killed" if os.WIFSIGNALED(status) else "ended"


def main() -> None:
    kg.builder._BATCH = BATCH
    kg.workers._tools()
    docs, *jobs = sys.argv[1:]
    usual = 0.0
    for graph, moment in zip(jobs[::2], jobs[1::2], strict=True):
        began = time.monotonic()
        sys.stdout.write(in_a_child(Path(docs), Path(graph), moment, usual) + "\n")
        usual = usual or time.monotonic() - began


if __name__ == "__main__":
    main()
