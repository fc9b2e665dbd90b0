"""What the gate saves: sentences parsed, and seconds, with it, without it, and by spaCy alone.

"spaCy" is the stages of the English model that we use, over the same texts whole: the price of
parsing everything, which finds no claim. "lost" counts claims that the gate turned away.
`reading.py` compares with the model's whole pipeline.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.documents.files import find_files, read_file
from kg.extract.mentions import Mention
from kg.extract.prepare import Tools, prepare
from kg.ontology.load import load_ontology
from kg.pipeline import read_claims
from kg.text import Document, Span

HERE = Path(__file__).parent
ROUNDS = 5  # of each, the quickest counts: the others were disturbed


class Watched:
    """A gate that counts what it is asked; held open, it lets everything through."""

    def __init__(self, tools: Tools, *, held_open: bool = False) -> None:
        """Stand in for the gate of these tools."""
        self.gate = tools.gate
        self.held_open = held_open
        self.asked = self.passed = 0

    def lets_through(self, sentence: Span, mentions: Sequence[Mention]) -> bool:
        """As `Gate` does, unless it is held open."""
        passes = self.held_open or self.gate.lets_through(sentence, mentions)
        self.asked += 1
        self.passed += passes
        return passes


def main() -> None:
    """Print one row for each collection of texts."""
    tools = prepare(load_ontology())
    columns = ("", "sentences", "parsed", "share", "gate", "no gate", "spaCy", "saved", "claims")
    print(_line(*columns, "lost"))
    for name, documents in (("seeds", seeds()), ("ordinary news", ordinary_news())):
        print(_line(name, *figures(documents, tools)))
    print(
        f"gate, no gate, spaCy: seconds, the quickest of {ROUNDS} rounds; saved: 1 - gate / no gate"
    )


def figures(documents: Sequence[Document], tools: Tools) -> tuple[str, ...]:
    """Measure one collection; the three ways take turns, so that a busy moment hits them all."""
    watched, open_ = Watched(tools), Watched(tools, held_open=True)
    found, all_there_are = (
        claims(documents, replace(tools, gate=gate)) for gate in (watched, open_)
    )
    ways = (
        lambda: claims(documents, tools),
        lambda: claims(documents, replace(tools, gate=open_)),
        lambda: list(tools.language.pipe(document.text for document in documents)),
    )
    times = [[seconds(way) for way in ways] for _ in range(ROUNDS)]
    gate, no_gate, spacy = map(min, zip(*times, strict=True))
    return (
        f"{watched.asked}",
        f"{watched.passed}",
        f"{watched.passed / watched.asked:.0%}",
        f"{gate:.2f}",
        f"{no_gate:.2f}",
        f"{spacy:.2f}",
        f"{1 - gate / no_gate:.0%}",
        f"{len(found)}",
        f"{len(all_there_are - found)}",
    )


def claims(documents: Sequence[Document], tools: Tools) -> set[str]:
    """The ids of the claims read in the documents."""
    return {claim.id for each in documents for claim in read_claims(each, tools).claims}


def seconds(way: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


def seeds() -> list[Document]:
    """The documents of `seeds/`."""
    files = find_files([HERE.parent / "seeds"])
    found = [each for path, name in files for each in read_file(path, name)]
    return [each for each in found if isinstance(each, Document)]


def ordinary_news() -> list[Document]:
    """Paragraphs on a town where nothing is said of chips; people and places are made up."""
    paragraphs = (HERE / "ordinary_news.txt").read_text(encoding="utf-8").strip().split("\n\n")
    return [
        Document(identifier=f"news-{number}", text=text, title=f"News {number}")
        for number, text in enumerate(paragraphs)
    ]


def _line(name: str, *cells: str) -> str:
    return f"{name:14}" + "".join(f"{cell:>10}" for cell in cells)


if __name__ == "__main__":
    main()
