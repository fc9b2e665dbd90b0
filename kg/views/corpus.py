"""All documents of a graph as pages: one that lists them, and one a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.claims import Modality
from kg.reading import Reading
from kg.text import Document
from kg.views.answers import counted
from kg.views.document import Neighbours, page
from kg.views.paper import render

INDEX = "index.html"
_MODALITIES = [each.value for each in Modality]


@dataclass(frozen=True, slots=True)
class _Line:
    """A document in the list."""

    document: Document
    names: int
    leftovers: int
    said: Counter[str]

    @property
    def file(self) -> str:
        return file_of(self.document)

    @property
    def claims(self) -> int:
        return self.said.total()

    @property
    def bars(self) -> Iterator[tuple[str, int, int]]:
        here = 0
        for modality in _MODALITIES:
            if wide := self.said[modality]:
                yield modality, here, wide
            here += wide


def file_of(document: Document) -> str:
    """The file that a document's page is; its name holds nothing that a document says."""
    return f"{document.id}.html"


def pages(readings: Sequence[Reading]) -> Iterator[tuple[str, str]]:
    """File and text of each page, the list first."""
    yield INDEX, _index(readings)
    files = ["", *(file_of(each.document) for each in readings), ""]
    for place, reading in enumerate(readings, start=1):
        yield files[place], page(reading, Neighbours(INDEX, files[place - 1], files[place + 1]))


def _index(readings: Sequence[Reading]) -> str:
    lines = [
        _Line(
            reading.document,
            len(reading.names),
            len(reading.leftovers),
            Counter(claim.modality.value for claim in reading.claims),
        )
        for reading in readings
    ]
    return render(
        "corpus.html",
        "table.js",
        title="Documents",
        lines=lines,
        modalities=_MODALITIES,
        said=sum((line.said for line in lines), Counter()),
        widest=max((line.claims for line in lines), default=0) or 1,
        count=counted(len(lines), "document"),
    )
