"""Claims in tables and records: two columns tell a property, the words of the cells the rest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kg.claims import Claim, Modality
from kg.extract.cells import Named, count_of, is_beside, name_in, segments
from kg.extract.claim import features_of, trust
from kg.extract.layout import Cell, Layout, TableRow
from kg.extract.mentions import Mention
from kg.extract.told import Told
from kg.ontology.columns import BESIDE, ColumnCue
from kg.ontology.load import Ontology
from kg.ontology.patterns import alternatives
from kg.text import Document, Span

_PERCENT = re.compile(r"(\d{1,3})(?:\.\d+)?\s?(?:%|per ?cent)")
_LISTED = re.compile(
    r"(?:\s*\([^()]*\))?s?\s*(?:,|/|&|\+|and|or|,\s*and)\s*(?:[\d,.]+\s*[x×]?\s*)?"
)
_IN_BRACKETS = re.compile(r"\(([^()]{1,60})\)")
_TELLING = frozenset({"kg:Chip", "kg:Company", "kg:AIModel"})  # classes of unknown names
_MOST = 12  # names of one cell


@dataclass(frozen=True, slots=True, kw_only=True)
class CellDraft(Told[ColumnCue, Named]):
    """What a row of a table tells.

    Attributes:
        row: The row.
    """

    row: TableRow


class TableReader:
    """Reads claims out of rows, by the headings and cues of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        """Prepare the words.

        Args:
            ontology: Where headings, cues and lists of words stand.
        """
        self._ontology = ontology
        self._words = ontology.cues.words
        self._layout = Layout(ontology.cues)
        self._statuses = {
            modality: _any_of(self._words[f"cell-{modality.value}"])
            for modality in (
                *(Modality.PLANNED, Modality.DENIED),
                *(Modality.HYPOTHETICAL, Modality.REPORTED),
            )
        }
        self._nothing = re.compile(
            rf"(?:{alternatives(self._words['cell-none'])})(?![\w-])", re.IGNORECASE
        )

    def rows(self, document: Document) -> tuple[TableRow, ...]:
        """The rows of a document's tables, and its records."""
        return self._layout.rows(document)

    def names(self, rows: Sequence[TableRow]) -> dict[Span, str]:
        """The words that have the shape of a name and begin a cell, with the class told for it."""
        found: dict[Span, str] = {}
        for row in rows:
            for cell in row.cells:
                if cell.cls is None or cell.cls not in _TELLING:
                    continue
                for segment in segments(cell):
                    name = name_in(segment)
                    if name and not self._nothing.match(name.text):
                        found[name] = cell.cls
        return found

    def drafts(self, rows: Sequence[TableRow], mentions: Sequence[Mention]) -> Iterator[CellDraft]:
        """What the rows tell.

        Args:
            rows: Rows of one document.
            mentions: The document's names, in order of place.
        """
        starts = [mention.words.start for mention in mentions]
        for row in rows:
            held: dict[int, list[Named]] = {}
            for cell in row.cells:
                first = bisect_left(starts, cell.words.start)
                end = bisect_left(starts, cell.words.end, first)
                held[cell.column] = list(
                    self._named(cell, mentions[first : min(end, first + _MOST)])
                )
            for cue in self._ontology.cues.columns:
                yield from self._by(cue, row, held)

    def _named(self, cell: Cell, mentions: Sequence[Mention]) -> Iterator[Named]:
        """The things of a cell, each with the stretch of the cell that speaks of it."""
        if not cell.roles:
            return
        for segment in segments(cell):
            if self._nothing.fullmatch(segment.text):
                continue
            for mention in mentions:
                if segment.holds(mention.words):
                    for thing in mention.things:
                        yield Named(thing, mention.words, segment, cell)

    def _by(
        self, cue: ColumnCue, row: TableRow, held: Mapping[int, Sequence[Named]]
    ) -> Iterator[CellDraft]:
        roles = frozenset().union(*(cell.roles for cell in row.cells))
        if not roles.isdisjoint(cue.unless) or (cue.requires and roles.isdisjoint(cue.requires)):
            return
        about = self._ontology.terms.properties[cue.property]
        for subject_cell, object_cell in self._pairs(cue, row):
            subjects = self._of_class(held[subject_cell.column], about.domain)
            objects = self._of_class(held[object_cell.column], about.range)
            for subject, object_ in product(subjects, objects):
                if subject.thing == object_.thing:
                    continue
                if object_cell is subject_cell and not is_beside(subject, object_):
                    continue
                if not self._is_most(cue, object_, row):
                    continue
                yield CellDraft(
                    cue=cue,
                    subject=subject,
                    object=object_,
                    involves=self._involved(cue, row, held),
                    row=row,
                )

    def _pairs(self, cue: ColumnCue, row: TableRow) -> Iterator[tuple[Cell, Cell]]:
        """The cells that a cue joins; a place is that of the nearest company before it."""
        subjects = [cell for cell in row.cells if not cell.roles.isdisjoint(cue.subject)]
        if BESIDE in cue.object:
            yield from ((cell, cell) for cell in subjects)
            return
        for object_cell in row.cells:
            if object_cell.roles.isdisjoint(cue.object):
                continue
            others = [cell for cell in subjects if cell.column != object_cell.column]
            if self._ontology.terms.properties[cue.property].range == "kg:Country":
                before = [cell for cell in others if cell.column < object_cell.column]
                others = before[-1:] or others[:1]
            yield from ((cell, object_cell) for cell in others)

    def _of_class(self, found: Sequence[Named], cls: str) -> list[Named]:
        """The things of a class; after the first of a stretch only what is listed with it."""
        kept: list[Named] = []
        for each in found:
            if not self._ontology.terms.is_a(each.thing.cls, cls):
                continue
            last = kept[-1] if kept else None
            if last is not None and last.segment == each.segment:
                start = last.words.end - each.segment.start
                between = each.segment.text[start : each.words.start - each.segment.start]
                if not _LISTED.fullmatch(between):
                    continue
            kept.append(each)
        return kept

    def _involved(
        self, cue: ColumnCue, row: TableRow, held: Mapping[int, Sequence[Named]]
    ) -> Named | None:
        """The chip of the row that changes hands, where there is one and no more."""
        chips = [
            each
            for cell in row.cells
            if not cell.roles.isdisjoint(cue.involves)
            for each in held[cell.column]
            if each.thing.cls == "kg:Chip"
        ]
        return chips[0] if len({each.thing.curie for each in chips}) == 1 else None

    def _is_most(self, cue: ColumnCue, owner: Named, row: TableRow) -> bool:
        """Whether an owner has the greater part, as far as a share is told."""
        if cue.property not in self._words["majority-properties"]:
            return True
        shares = [cell.words.text for cell in row.cells if "share" in cell.roles]
        for words in (owner.segment.text, *shares):
            if found := _PERCENT.search(words):
                return int(found[1]) >= 50
            if words in shares and re.search(r"[a-z]{4}", words):
                return False
        return True

    def claim(self, draft: CellDraft, document: Document) -> Claim:
        """Turn a draft into a claim."""
        modality = self._modality(draft)
        quantity = self._quantity(draft)
        hows = (draft.subject.how, draft.object.how)
        lines = {draft.subject.cell.line, draft.object.cell.line}
        return Claim(
            document=document.id,
            subject=draft.subject.thing.curie,
            predicate=draft.cue.property,
            object=draft.object.thing.curie,
            subject_text=draft.subject.words.text,
            object_text=draft.object.words.text,
            evidence=tuple(sorted(lines)),
            found_by=draft.cue.name,
            confidence=trust(features_of(draft.cue, hows, modality), self._ontology.cues.weights),
            modality=modality,
            involves=draft.involves.thing.curie if draft.involves else None,
            quantity=int(quantity.replace(",", "")) if quantity else None,
            quantity_text=quantity,
        )

    def _modality(self, draft: CellDraft) -> Modality:
        """What the cells, their headings and a column of states make of a claim."""
        places = [_without(end.segment, end.words) for end in (draft.subject, draft.object)]
        places += [end.cell.heading for end in (draft.subject, draft.object)]
        if draft.cue.property not in self._words["background-properties"]:
            for cell in draft.row.cells:
                if "status" in cell.roles:
                    places.append(cell.words.text)
                elif cell.roles and draft.row.in_columns:
                    places += _IN_BRACKETS.findall(cell.words.text)
        for modality, words in self._statuses.items():
            if any(words.search(place) for place in places):
                return modality
        return Modality.ASSERTED

    def _quantity(self, draft: CellDraft) -> str | None:
        if draft.cue.property not in self._words["counted-properties"]:
            return None
        counts = [cell.words.text for cell in draft.row.cells if "tally" in cell.roles]
        for end in draft.ends:
            if self._ontology.terms.is_a(end.thing.cls, "kg:Chip"):
                return count_of(end, counts)
        return None


def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(words)})(?![\w-])", re.IGNORECASE)


def _without(segment: Span, words: Span) -> str:
    start, end = words.start - segment.start, words.end - segment.start
    return f"{segment.text[:start]} {segment.text[end:]}"
