"""What the verbs say: data on stdout, remarks and progress on stderr."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

import typer

from kg.errors import GraphError
from kg.views.clean import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.builder import Report
    from kg.graph.rows import Rows, Triples

_UNFOLDED = 100_000  # characters in a line of a pipe or a file, which nobody folds


def print_view(what: RenderableType) -> None:
    """Print for people: coloured and folded in a terminal, else plain and each line whole."""
    from rich.console import Console

    if sys.stdout.isatty():
        Console(highlight=False).print(what)
        return
    plain = Console(file=io.StringIO(), color_system=None, width=_UNFOLDED, highlight=False)
    with plain.capture() as captured:
        plain.print(what)
    for line in captured.get().rstrip("\n").split("\n"):
        print(line.rstrip())


def print_answer(answer: Rows | Triples | bool) -> None:
    """Print what a query found: a table, Turtle, or yes or no; its warnings are remarks."""
    from kg.graph.rows import Rows, Triples

    if isinstance(answer, Rows):
        _print_rows(answer)
    elif isinstance(answer, Triples):
        sys.stdout.write(answer.to_turtle())
    else:
        print("yes" if answer else "no")
    for warning in getattr(answer, "warnings", ()):
        remark(f"warning: {warning}")


def _print_rows(rows: Rows) -> None:
    from shutil import get_terminal_size

    from kg.views.terminal import answer

    if rows:
        print_view(answer(rows, get_terminal_size().columns if sys.stdout.isatty() else _UNFOLDED))
    remark(count_of(len(rows), "row") if rows else no_rows(rows))


def no_rows(rows: Rows) -> str:
    """That there is no row, and what was looked at where that is known."""
    return f"no rows; {rows.silence}" if rows.silence else "no rows"


def tell(report: Report) -> None:
    """What a build did: what it passed over, what it read, what it could not place."""
    for skip in report.skipped:
        remark(f"skipped {skip.identifier}: {skip.why}")
    said = ", ".join(f"{count:,} {modality}" for modality, count in report.claims.most_common())
    remark(
        f"{count_of(report.documents, 'document')} ({report.read:,} read now), "
        f"{count_of(report.claims.total(), 'claim')}{f': {said}' if said else ''}"
    )
    if report.leftovers:
        remark(f"{count_of(report.leftovers.total(), 'leftover')}, which `kg show` lists:")
    for why, count in report.leftovers.most_common():
        remark(f"{count:7,}  {why}")


def write(path: Path, text: str) -> None:
    """Write a file, the same on every system, and say so.

    Raises:
        GraphError: It cannot be written.
    """
    write_quietly(path, text)
    remark(f"wrote {path}")


def write_quietly(path: Path, text: str) -> None:
    """Write a file, the same on every system.

    Raises:
        GraphError: It cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}") from error


def make_folder(path: Path) -> None:
    """Make a folder where there is none.

    Raises:
        GraphError: It cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphError(f"{path}: cannot be made: {error.strerror}") from error


@contextmanager
def resumable() -> Iterator[None]:
    """A build: Ctrl-C ends it with a word on what is kept, a closed pipe does not end it."""
    when_nobody_reads(signal.SIG_IGN)
    try:
        yield
    except KeyboardInterrupt:
        remark("kg: stopped; what was read so far is kept, and the next build goes on from there")
        raise typer.Exit(130) from None


def when_nobody_reads(action: signal.Handlers) -> None:
    """What happens when the reader of our output has gone: SIG_DFL ends us, SIG_IGN does not."""
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, action)


def end_at_ctrl_c() -> None:
    """Let Ctrl-C end the process at once, where the engine at work would not hear Python's own."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def end_after(seconds: float | None) -> None:
    """End the process after so many seconds with a word; the engine itself cannot be stopped."""
    if seconds is None:
        return

    def end() -> None:
        remark(f"kg: no answer after {seconds:g} seconds: ask for less, or give it more --timeout")
        os._exit(2)  # not `sys.exit`, which would end this thread only

    watch = Timer(seconds, end)
    watch.daemon = True  # an answer that is there need not wait for it
    watch.start()


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, if that is a terminal; nothing at all if it is not."""
    if not sys.stderr.isatty():
        yield lambda done, all_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def remark(text: str) -> None:
    """Say something beside the data, with nothing in it that drives the terminal."""
    print(clean(text), file=sys.stderr)


def count_of(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
