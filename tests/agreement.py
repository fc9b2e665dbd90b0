"""How far two people agree who labelled the corpus without seeing each other's labels.

    python -m tests.agreement

The first labels are taken for gold and the second for predictions, and scored as a reader is: F1
of triples, and of triples with their status. It is counted twice: with the triples that the first
person called optional left open, and with none left open (`strict`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.evaluate.annotated import Annotated, annotated, read_annotated
from kg.evaluate.names import NameFolder
from kg.evaluate.predictions import Prediction
from kg.evaluate.score import Outcome, Tally, score
from kg.ontology.load import load_ontology

CORPUS = Path(__file__).parent / "corpus"
SPLITS = ("train", "dev", "test")


def main() -> None:
    """Print one row a split and one for all, for both ways of counting."""
    folder = NameFolder.of(load_ontology().cues.words)
    sys.stdout.write(f"{'':16}{'documents':>10}{'triples':>9}{'with status':>13}\n")
    for strict in (False, True):
        every: dict[bool, list[Outcome]] = {False: [], True: []}
        total = 0
        for split in SPLITS:
            pairs = list(both(split, strict=strict))
            total += len(pairs)
            figures = []
            for with_status, outcomes in every.items():
                new = [
                    outcome
                    for first, second in pairs
                    for outcome in score(first, second, folder, with_status=with_status)
                ]
                outcomes += new
                figures.append(Tally.of(new).f1)
            _row(f"{split}{' strict' if strict else ''}", len(pairs), figures)
        _row(
            f"all{' strict' if strict else ''}",
            total,
            [Tally.of(each).f1 for each in every.values()],
        )


def both(split: str, *, strict: bool) -> Iterator[tuple[Annotated, list[Prediction]]]:
    """Each document with its first labels, and the second ones as predictions."""
    documents = {each.document.identifier: each for each in read_annotated(CORPUS / split)}
    first, second = (labels(name, split) for name in ("first", "second"))
    for identifier in sorted(first.keys() & second.keys()):
        labelled = with_labels(documents[identifier], first[identifier])
        yield (
            (replace(labelled, optional=()) if strict else labelled),
            [
                Prediction(
                    subject=(each.subject.name, *each.subject.mentions),
                    predicate=each.predicate,
                    object=(each.object.name, *each.object.mentions),
                    status=each.status.value,
                )
                for each in with_labels(documents[identifier], second[identifier]).claims
            ],
        )


def labels(name: str, split: str) -> dict[str, Mapping[str, Any]]:
    """One person's labels of a split, by the document's id."""
    lines = (CORPUS / "labellings" / f"{name}-{split}.jsonl").read_text(encoding="utf-8")
    return {body["id"]: body for body in map(json.loads, lines.splitlines())}


def with_labels(document: Annotated, body: Mapping[str, Any]) -> Annotated:
    """The document under other labels."""
    it = document.document
    about = {"title": it.title, "date": str(it.date), "text": it.text, "genre": document.genre}
    return annotated({**about, **body})


def _row(name: str, documents: int, figures: list[float]) -> None:
    sys.stdout.write(f"{name:16}{documents:>10}{figures[0]:>9.3f}{figures[1]:>13.3f}\n")


if __name__ == "__main__":
    main()
