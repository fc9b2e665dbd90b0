"""Fits the weights of `ontology/cues/confidence.csv` to the labels of `tests/corpus/train`.

    python -m tests.fit_confidence > ontology/cues/confidence.csv

A claim's confidence is the product of the weights of its features (`kg.extract.claim.features_of`).
The weights are those that make it most likely that just the right claims are right, subject and
status included; the rarer a feature, the nearer its weight is kept to 1. Claims on which careful
readers differ are left out. How well it went is what `kg evaluate tests/corpus/dev` prints.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from kg.claims import Claim
from kg.evaluate.annotated import Annotated, read_annotated
from kg.evaluate.names import NameFolder
from kg.evaluate.predictions import predictions_of
from kg.evaluate.score import Kind, score
from kg.extract.arguments import Reader
from kg.extract.claim import features_of
from kg.extract.modality import Stance, StanceFinder
from kg.extract.prepare import prepare
from kg.extract.relations import Draft
from kg.ontology.columns import ColumnCue
from kg.ontology.load import load_ontology
from kg.pipeline import read_claims

TRAIN = Path(__file__).parent / "corpus" / "train"
LEAST = 12  # claims that a feature must bear on to get a weight
PULL = 4.0  # how strongly weights are kept near 1
BASE = "any"
COMMENT = "Fitted to the labels of tests/corpus/train by tests/fit_confidence.py"


def main() -> None:
    """Write the table."""
    judged = list(judged_claims(read_annotated(TRAIN)))
    names = kept_features(judged)
    weights = fitted(judged, names)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("feature", "weight", "comment"))
    for name, weight in sorted(zip(names, weights, strict=True)):
        writer.writerow((name, f"{weight:.3f}", COMMENT))


def judged_claims(
    documents: Sequence[Annotated],
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The features of every claim read, and whether it was right."""
    ontology = load_ontology()
    tools, folder = prepare(ontology), NameFolder.of(ontology.cues.words)
    columns = {cue.name: cue for cue in ontology.cues.columns}
    for document in documents:
        watched = Watched(tools.stances, columns)
        reading = read_claims(document.document, replace(tools, stances=watched))
        found = predictions_of(reading, ontology.lexicon.things)
        pairs = zip(found, reading.claims, strict=True)
        of = {id(each): watched.features(claim) for each, claim in pairs}
        for outcome in score(document, found, folder, with_status=True):
            if outcome.found and outcome.kind in {Kind.HIT, Kind.MADE_UP}:
                yield of[id(outcome.found)], outcome.kind is Kind.HIT


class Watched:
    """A finder of stances that keeps the features of the drafts it is asked about."""

    def __init__(self, stances: StanceFinder, columns: Mapping[str, ColumnCue]) -> None:
        """Stand in for the finder; `columns` are the cues of tables by their names."""
        self.stances = stances
        self.columns = columns
        self.seen: dict[tuple[object, ...], tuple[str, ...]] = {}

    def find(self, draft: Draft, reader: Reader) -> Stance:
        """As the finder does."""
        stance = self.stances.find(draft, reader)
        key = (*draft.triple, stance.modality)
        hows = (draft.subject.how, draft.object.how)
        self.seen.setdefault(key, features_of(draft.cue, hows, stance.modality))
        return stance

    def features(self, claim: Claim) -> tuple[str, ...]:
        """The features of a claim; of one of a table, which has no stance, by what it says."""
        key = (claim.subject, claim.predicate, claim.object, claim.modality)
        if key in self.seen:
            return self.seen[key]
        ends = (claim.subject, claim.object)
        hows = ("discovered" if ":x-" in end else "named" for end in ends)
        return features_of(self.columns[claim.found_by], hows, claim.modality)


def kept_features(judged: Sequence[tuple[tuple[str, ...], bool]]) -> list[str]:
    """The features that are met often enough."""
    counts = Counter(feature for features, _ in judged for feature in set(features))
    return sorted(feature for feature, count in counts.items() if count >= LEAST)


def fitted(judged: Sequence[tuple[tuple[str, ...], bool]], names: Sequence[str]) -> list[float]:
    """The weight of each feature."""
    at = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(judged), len(names)))
    for row, (features, _) in enumerate(judged):
        for feature in features:
            if feature in at:
                table[row, at[feature]] += 1
    right = np.array([float(was_right) for _, was_right in judged])
    free = np.array([0.0 if name == BASE else 1.0 for name in names])

    def cost(logs: np.ndarray) -> float:
        trust = np.clip(np.exp(table @ logs), 0.02, 0.98)
        loss = -(right * np.log(trust) + (1 - right) * np.log(1 - trust)).sum()
        return float(loss + PULL * (free * logs**2).sum())

    start = np.array([np.log(right.mean()) if name == BASE else 0.0 for name in names])
    return [float(np.exp(log)) for log in minimize(cost, start, method="L-BFGS-B").x]


if __name__ == "__main__":
    main()
