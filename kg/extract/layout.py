"""Tables and records in a text: rows whose cells stand under headings that mean something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.ontology.columns import ColumnCue, Heading
from kg.ontology.cues import Cues
from kg.text import Document, Span

_SEPARATORS = tuple(map(re.compile, (r"\|", r"\t", r" / ", r";", r" {2,}", r" [–—] ")))
_RULE = frozenset(" \t|:+=-")  # what the line under a heading row is made of
_LINE = re.compile(r"[^\r\n]+|\r\n|\r|\n")
_KEY = re.compile(r"\s*(?:[-*•] )?(?P<key>[^\W\d_][^:|\t]{0,39}?)\s*[:：][ \t]+(?=\S)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[*†‡]")
_PREPOSITION = re.compile(r"\s(?:of|on|at|in|for|by|from|per|with|to)\s")
_LONGEST_HEADING = 60  # code points
_LONGEST_CELL = 400
_MOST_CELLS = 40
_TITLE = 8  # words of a line that may head a record


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands under one heading in one row.

    Attributes:
        words: The words, without space at either end.
        line: The line that they stand in.
        column: Number of the column, from 0; of a record, of the line.
        heading: The heading as the document writes it.
        roles: What the heading may mean; empty where that is not known.
        cls: CURIE of the class of what the roles call for; None where they call for none.
    """

    words: Span
    line: Span
    column: int
    heading: str
    roles: frozenset[str]
    cls: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, or one record.

    Attributes:
        cells: Those that hold something, in order.
        in_columns: Whether it is one line of a table, so that its line is no sentence.
    """

    cells: tuple[Cell, ...]
    in_columns: bool


class Layout:
    """Finds rows by the headings and cues of an ontology."""

    def __init__(self, cues: Cues) -> None:
        """Prepare the headings by their words.

        Args:
            cues: Where the headings and the pairs of columns stand.
        """
        self._pairs = cues.columns
        self._of: Mapping[str, list[Heading]] = defaultdict(list)
        for heading in cues.headings:
            for words in heading.words:
                self._of[words].append(heading)
        self._classes = {heading.role: heading.cls for heading in cues.headings}

    def rows(self, document: Document) -> tuple[TableRow, ...]:
        """All rows of tables with a heading row, and all records; in order of place."""
        return tuple(row for block in _blocks(document) for row in self._in_block(document, block))

    def _in_block(self, document: Document, block: Sequence[Span]) -> Iterator[TableRow]:
        at = 0
        while at < len(block):
            table = self._table(document, block[at : at + 3])
            if table is None:
                at += 1
                continue
            separator, headings, roles = table
            at += 1
            while at < len(block):
                if not _is_rule(block[at].text):
                    pieces = _split(document, block[at], separator)
                    if not 2 <= len(pieces) <= len(headings):
                        break
                    yield TableRow(self._cells(block[at], pieces, headings, roles), True)
                at += 1
        yield from self._record(document, block)

    def _table(
        self, document: Document, lines: Sequence[Span]
    ) -> tuple[re.Pattern[str], list[str], list[frozenset[str]]] | None:
        """How the columns are kept apart, their headings and roles, if a table begins here."""
        after = next((line for line in lines[1:] if not _is_rule(line.text)), None)
        if after is None or len(lines[0].text) > _LONGEST_HEADING * 12:
            return None
        for separator in _SEPARATORS:
            headings = [piece.text for piece in _split(document, lines[0], separator)]
            if not 2 <= len(headings) <= _MOST_CELLS:
                continue
            if max(map(len, headings)) > _LONGEST_HEADING:
                continue
            if not 2 <= len(_split(document, after, separator)) <= len(headings):
                continue
            roles = self._settled([self.roles(heading) for heading in headings])
            if sum(map(bool, roles)) >= 2:
                return separator, headings, roles
        return None

    def _record(self, document: Document, block: Sequence[Span]) -> Iterator[TableRow]:
        """A record of lines `key: value`, if most lines of a block are such and two are known."""
        if not 2 <= len(block) <= _MOST_CELLS:
            return
        keyed = [(line, _KEY.match(line.text)) for line in block]
        values = [(line, found) for line, found in keyed if found]
        if len(values) < 2 or len(values) < 0.6 * len(block):
            return
        headings = [found["key"] for _, found in values]
        pieces = [
            (line, _trim(document, line.start + found.end(), line.end)) for line, found in values
        ]
        first, found = keyed[0]
        if found is None and len(first.text.split()) <= _TITLE and first.text[-1] not in ".!?:":
            headings.insert(0, "name")
            pieces.insert(0, (first, first))
        roles = self._settled([self.roles(heading) for heading in headings])
        if sum(map(bool, roles)) >= 2:
            cells = [
                self._cells(line, [words], [heading], [own])[0]
                for (line, words), heading, own in zip(pieces, headings, roles, strict=True)
                if words.text
            ]
            numbered = (replace(cell, column=column) for column, cell in enumerate(cells))
            yield TableRow(tuple(numbered), False)

    def _cells(
        self,
        line: Span,
        pieces: Sequence[Span],
        headings: Sequence[str],
        roles: Sequence[frozenset[str]],
    ) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                words=words,
                line=line,
                column=column,
                heading=headings[column],
                roles=roles[column] if len(words.text) <= _LONGEST_CELL else frozenset(),
                cls=next(
                    filter(None, (self._classes[role] for role in sorted(roles[column]))), None
                ),
            )
            for column, words in enumerate(pieces)
            if words.text
        )

    def roles(self, heading: str) -> frozenset[str]:
        """What a heading may mean: the roles of its words, brackets and asterisks aside.

        Several headings may share a column: "Process / foundry". Of a longer heading that is no
        row's word the last words before a preposition count: "Accelerators on site".
        """
        plain = " ".join(_BRACKETS.sub(" ", heading).casefold().split()).strip(" .:'\"“”")
        return frozenset(
            kind.role
            for part in re.split(r"\s*[/&,]\s*", plain)
            for kind in self._of.get(plain) or self._headings(part)
        )

    def _headings(self, words: str) -> Sequence[Heading]:
        if words in self._of:
            return self._of[words]
        last = _PREPOSITION.split(words)[0].split()
        for start in range(len(last)):
            if found := self._of.get(" ".join(last[start:])):
                return found
        return ()

    def _settled(self, roles: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        """The roles of each column that are of the class for which most pairs of columns speak."""
        settled = list(roles)
        for column, own in enumerate(roles):
            if len({self._classes[role] for role in own}) < 2:
                continue
            others = frozenset().union(*settled[:column], *roles[column + 1 :])
            loudness: dict[str | None, int] = defaultdict(int)
            for role in own:
                loudness[self._classes[role]] += sum(
                    _joins(pair, role, others) for pair in self._pairs
                )
            cls = max(loudness, key=lambda each: (loudness[each], each or ""))
            settled[column] = frozenset(role for role in own if self._classes[role] == cls)
        return settled


def _is_rule(line: str) -> bool:
    """Whether a line only parts a heading row from what stands under it."""
    return ("--" in line or "==" in line) and _RULE.issuperset(line)


def _joins(pair: ColumnCue, role: str, others: frozenset[str]) -> bool:
    """Whether a pair of columns is one of a role and one of some others."""
    if pair.requires and others.isdisjoint(pair.requires):
        return False
    return (role in pair.subject and not others.isdisjoint(pair.object)) or (
        role in pair.object and not others.isdisjoint(pair.subject)
    )


def _blocks(document: Document) -> Iterator[list[Span]]:
    """The lines between two blank lines, without space at their ends."""
    block: list[Span] = []
    ended = True
    for found in _LINE.finditer(document.text):
        if found[0][0] in "\r\n":
            if ended and block:
                yield block
                block = []
            ended = True
            continue
        line = _trim(document, *found.span(), " ")  # a tab at its start bounds an empty cell
        ended = not line.text.strip()
        if not ended:
            block.append(line)
    if block:
        yield block


def _split(document: Document, line: Span, separator: re.Pattern[str]) -> list[Span]:
    """The cells of a line, empty ones among them; a bar at either end of it bounds none."""
    places = [(line.start, line.start)]
    places += [
        (line.start + found.start(), line.start + found.end())
        for found in separator.finditer(line.text)
    ]
    places.append((line.end, line.end))
    cells = [_trim(document, before[1], after[0]) for before, after in pairwise(places)]
    if line.text.startswith("|") and len(cells) > 1:
        cells = cells[1:]
    if line.text.endswith("|") and len(cells) > 1:
        cells = cells[:-1]
    return cells


def _trim(document: Document, start: int, end: int, space: str | None = None) -> Span:
    text = document.text[start:end]
    start += len(text) - len(text.lstrip(space))
    stripped = text.strip(space)
    return Span(start, start + len(stripped), stripped)
