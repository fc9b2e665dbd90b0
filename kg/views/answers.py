"""An answer as a page: a table to sort and search, with what was asked and what is left out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.graph.rows import Rows
from kg.ontology.questions import Question
from kg.views.paper import Words, linked, render

_LONG = 40  # characters: a cell with more gets a wide column
_LABEL = "_label"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: Its head.
        figures: Whether it holds nothing but numbers.
    """

    title: str
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        text: What it says.
        id: The id of what it names, where the words are a label.
        figures: Whether it stands in a column of numbers.
    """

    text: str
    id: str = ""
    figures: bool = False

    @property
    def words(self) -> Iterator[Words]:
        """What it says, with links."""
        return linked(self.text)

    @property
    def look(self) -> str:
        """The class that a style knows; empty for a plain cell."""
        if self.figures:
            return "figure"
        if _DAY.fullmatch(self.text):
            return "day"
        return "long" if len(self.text) > _LONG else ""


def answer_page(question: Question, arguments: Mapping[str, str], rows: Rows) -> str:
    """The page as one HTML text; it asks for nothing.

    Args:
        question: What was asked.
        arguments: What it was told, in the words of whoever asked.
        rows: The answer.
    """
    columns, lines = table(*with_labels(rows))
    help_of = {param.name: param.help for param in question.params}
    return render(
        "answer.html",
        "table.js",
        title=question.question,
        question=question,
        command=_command(question, arguments),
        told=[(name, value, help_of.get(name, "")) for name, value in arguments.items()],
        rows=rows,
        columns=columns,
        lines=lines,
        count=counted(len(rows), "row"),
    )


def with_labels(rows: Rows) -> tuple[list[str], list[list[tuple[object, str]]]]:
    """Heads and cells, in which a label and the id that it belongs to share a cell."""
    names = rows.variables
    labels = {
        name: after
        for name, after in pairwise(names)
        if after.endswith(_LABEL) and f"{name}_".startswith(f"{after.removesuffix(_LABEL)}_")
    }
    kept = [name for name in names if name not in labels.values()]
    cells = [
        [
            (row[labels[name]], str(row[name] or "")) if name in labels else (row[name], "")
            for name in kept
        ]
        for row in rows
    ]
    return [name.replace("_", " ") for name in kept], cells


def table(
    heads: Sequence[str], rows: Iterable[Sequence[tuple[object, str]]]
) -> tuple[list[Column], list[list[Cell]]]:
    """Columns and cells of a table, from heads and from values with their ids."""
    lines = list(rows)
    numbers = [
        any(line[at][0] is not None for line in lines)
        and all(_is_number(line[at][0]) for line in lines)
        for at in range(len(heads))
    ]
    columns = [Column(head, figures) for head, figures in zip(heads, numbers, strict=True)]
    cells = [
        [
            Cell("" if value is None else str(value), name, figures)
            for (value, name), figures in zip(line, numbers, strict=True)
        ]
        for line in lines
    ]
    return columns, cells


def counted(number: int, noun: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _command(question: Question, arguments: Mapping[str, str]) -> str:
    options = [
        f"--{name.replace('_', '-')} {shlex.quote(value)}" for name, value in arguments.items()
    ]
    return " ".join(["kg ask GRAPH", question.name, *options])
