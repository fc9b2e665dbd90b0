"""Answers for a terminal: tables, and a document with its claims marked in the text.

What documents say is shown as text, never read as rich's markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.claims import Claim
from kg.errors import QueryError
from kg.graph.rows import Rows
from kg.ontology.load import Ontology
from kg.ontology.questions import Question
from kg.reading import Reading
from kg.views.clean import clean
from kg.views.document import by_reason, cut_at_evidence

_STYLES = {
    "asserted": "green",
    "reported": "cyan",
    "denied": "red",
    "planned": "yellow",
    "hypothetical": "magenta",
}
_ALIKE = 0.75  # how much of two names is the same, for one to be a slip of the other
_GAP = 2  # characters between columns
_NUMBER = re.compile(r"-?\d+(\.\d+)?|")
_READABLE = 20  # characters: a sentence in a narrower column is hard to read
_LONGEST_WORD = 40  # characters: a longer one, such as a web address, may be broken


def answer(rows: Rows, width: int) -> RenderableType:
    """Rows as a table or, where its columns would be too narrow to read, one under the other.

    Args:
        rows: The rows; what is unbound is empty in a table and left out elsewhere.
        width: How many characters fit in a line.
    """
    cells = [["" if value is None else clean(str(value)) for value in row] for row in rows]
    columns = [
        _Column.of(name, [row[at] for row in cells]) for at, name in enumerate(rows.variables)
    ]
    if sum(column.least for column in columns) + _GAP * (len(columns) - 1) > width:
        return _one_under_the_other(rows.variables, cells)
    table = bare_table()
    for column in columns:
        table.add_column(
            column.name, min_width=column.least, justify=column.justify, overflow="fold"
        )
    for row in cells:
        table.add_row(*map(Text, row))
    return table


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of an answer: its name, and how narrow it can be and still be read."""

    name: str
    least: int
    justify: Literal["left", "right"]

    @classmethod
    def of(cls, name: str, cells: Sequence[str]) -> _Column:
        natural = max(map(cell_len, (name, *cells)))
        word = max((cell_len(word) for cell in (name, *cells) for word in cell.split()), default=0)
        numbers = bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells)
        least = max(min(natural, _READABLE), min(word, _LONGEST_WORD))
        return cls(name, least, "right" if numbers else "left")


def _one_under_the_other(names: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        if table.row_count:
            table.add_row()
        for name, cell in zip(names, row, strict=True):
            if cell:
                table.add_row(name, Text(cell))
    return table


def list_of_questions(questions: Iterable[Question]) -> Table:
    """The named questions, with their parameters and what each leaves out."""
    table = bare_table("question", "asks", "parameters", "coverage")
    for question in questions:
        parameters = " ".join(
            f"--{each.name}" if each.required else f"[--{each.name}]" for each in question.params
        )
        cells = (question.name, question.question, parameters, question.coverage)
        table.add_row(*map(Text, cells))
    table.columns[0].no_wrap = True
    return table


def list_of_documents(readings: Iterable[Reading]) -> Table:
    """The documents of a graph, with how much was read in each."""
    table = bare_table("document", "date", "title", "claims", "left over")
    for reading in readings:
        document = reading.document
        words = (document.identifier, str(document.date or ""), document.title)
        counts = (len(reading.claims), len(reading.leftovers))
        table.add_row(*(Text(clean(each)) for each in words), *map(str, counts))
    for at in (3, 4):
        table.columns[at].justify = "right"
    return table


def marked(reading: Reading) -> RenderableType:
    """A document with its evidence marked, its claims as a table, and what was left over."""
    document = reading.document
    head = Text(clean(document.title), style="bold")
    about = " · ".join(
        part
        for part in (document.identifier, str(document.date or ""), document.creator or "")
        if part
    )
    parts: list[RenderableType] = [head, Text(clean(about), style="dim"), Text()]
    parts += [_marked_text(reading), Text(), _claims_table(reading.claims)]
    if reading.leftovers:
        table = bare_table("left over", "", "words")
        for why, words in by_reason(reading.leftovers):
            table.add_row(Text(why), str(len(words)), Text(clean("; ".join(words))))
        table.columns[1].justify = "right"
        parts += [Text(), table]
    return Group(*parts)


def table_of_terms(ontology: Ontology) -> Table:
    """Every term of the ontology with what it means."""
    table = bare_table("term", "means")
    for term, comment in ontology.terms.comments.items():
        table.add_row(Text(term), Text(comment))
    return table


def ambiguous_names(ontology: Ontology) -> Table:
    """The names that several things share, and what tells them apart."""
    table = bare_table("name", "thing", "when")
    for name, aliases in ontology.lexicon.ambiguous().items():
        for alias in aliases:
            when = [f"near {'|'.join(alias.needs[:4])}"] if alias.needs else []
            when += [f"from {alias.since}"] if alias.since else []
            when += [f"until {alias.until}"] if alias.until else []
            table.add_row(Text(name), Text(alias.thing), Text(", ".join(when)))
    return table


def one_term(ontology: Ontology, term: str) -> Table:
    """What is known of one term: a class, a property, or a thing by its id, label or alias.

    Raises:
        QueryError: Nothing is called that; the message names what comes nearest.
    """
    curie = term if ":" in term else f"kg:{term}"
    table = bare_table("", "")
    if comment := ontology.terms.comments.get(curie):
        table.add_row("term", curie)
        table.add_row("means", Text(comment))
        if found := ontology.terms.properties.get(curie):
            table.add_row("reads as", f"{found.domain} {found.phrase} {found.range}")
        return table
    things = _things_called(ontology, term)
    if not things:
        raise QueryError(f"no term {term!r}{_nearest(ontology, term)}; `kg terms` lists them")
    for thing in (ontology.lexicon.things[each] for each in things):
        names = [each.text for each in ontology.lexicon.aliases if each.thing == thing.curie]
        table.add_row("thing", Text(f"{thing.curie}  {thing.label}"))
        table.add_row("class", thing.cls)
        table.add_row("names", Text(", ".join(names)))
        table.add_row("source", Text(thing.source or ""))
    return table


def _things_called(ontology: Ontology, name: str) -> list[str]:
    lexicon = ontology.lexicon
    ids = [each for each in lexicon.things if name in {each, each.partition(":")[2]}]
    return sorted({*ids, *(alias.thing for alias in lexicon.named(name))})


def _nearest(ontology: Ontology, name: str) -> str:
    from difflib import get_close_matches

    names = [*ontology.terms.comments, *ontology.lexicon.by_folded]
    near = get_close_matches(name.casefold(), names, n=3, cutoff=_ALIKE)
    near = near or get_close_matches(f"kg:{name}", names, cutoff=_ALIKE)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _claims_table(claims: Iterable[Claim]) -> Table:
    table = bare_table(
        "", "subject", "property", "object", "modality", "on whose word", "confidence"
    )
    for number, claim in enumerate(claims, start=1):
        table.add_row(
            str(number),
            Text(clean(claim.subject_text)),
            claim.predicate.removeprefix("kg:"),
            Text(clean(claim.object_text)),
            Text(claim.modality.value, style=_STYLES[claim.modality.value]),
            Text(clean(claim.attributed_to or "")),
            f"{claim.confidence:.2f}",
        )
    for column in (table.columns[at] for at in (0, 2, 4, 6)):
        column.no_wrap = True
    return table


def _marked_text(reading: Reading) -> Text:
    """The text, each sentence that says something coloured and followed by its claims' numbers."""
    text = Text()
    for piece in cut_at_evidence(reading):
        text.append(clean(piece.text, keep="\n\t"), style=_STYLES.get(piece.modality))
        if piece.claims:
            text.append(f" [{', '.join(map(str, piece.claims))}]", style="dim")
    return text


def bare_table(*columns: str) -> Table:
    """A table of text with a line under its head and no frame, as all our answers are."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, _GAP - 1, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
