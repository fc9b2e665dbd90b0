"""Claims found against claims labelled: what was hit, what was missed, what was made up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from kg.evaluate.annotated import Annotated, Label
from kg.evaluate.names import NameFolder
from kg.evaluate.predictions import Prediction

_Claim = TypeVar("_Claim")


class Kind(Enum):
    """What became of a claim that was found or labelled."""

    HIT = "tp"  # found and labelled
    MISSED = "fn"  # labelled and not found
    MADE_UP = "fp"  # found and not labelled
    AGAIN = "repeats"  # found once more, under other names
    OPTIONAL = "optional"  # careful readers differ on it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claim.

    Attributes:
        kind: What became of it.
        document: Where.
        label: What people found; None where they found no such claim.
        found: What the reader found; None for `MISSED`.
    """

    kind: Kind
    document: Annotated
    label: Label | None
    found: Prediction | None

    @property
    def predicate(self) -> str:
        """Local name of the property."""
        claim = self.label or self.found
        return claim.predicate if claim else ""

    @property
    def status(self) -> str:
        """The label's or, where there is none, the prediction's status."""
        if self.label:
            return self.label.status.value
        return self.found.status if self.found else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims met which end."""

    counts: Counter[Kind]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Tally:
        """Count outcomes."""
        return cls(Counter(outcome.kind for outcome in outcomes))

    @property
    def precision(self) -> float:
        """Of what was found, how much is labelled; 1 if nothing was found nor missed."""
        return self._share(Kind.MADE_UP, Kind.MISSED)

    @property
    def recall(self) -> float:
        """Of what is labelled, how much was found; 1 if nothing is labelled."""
        return self._share(Kind.MISSED, None)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def _share(self, fault: Kind, other: Kind | None) -> float:
        all_ = self.counts[Kind.HIT] + self.counts[fault]
        if all_:
            return self.counts[Kind.HIT] / all_
        return 0.0 if other and self.counts[other] else 1.0


@dataclass(frozen=True, slots=True)
class _Row:
    """A claim with every folded form of its two names."""

    subject: frozenset[str]
    predicate: str
    object: frozenset[str]
    status: str

    def is_like(self, other: _Row, *, with_status: bool) -> bool:
        return (
            self.predicate == other.predicate
            and (self.status == other.status or not with_status)
            and bool(self.subject & other.subject)
            and bool(self.object & other.object)
        )


def score(
    document: Annotated,
    found: Sequence[Prediction],
    folder: NameFolder,
    *,
    with_status: bool,
) -> Iterator[Outcome]:
    """What became of each claim of one document, one to one, labels first.

    Claims are matched so that as many as possible are hits. What is found once more is neither
    right nor wrong; nor is what only an optional label holds. A triple that is labelled under
    another status is optional only in the status that an optional label gives it.

    Args:
        document: The document and its labels.
        found: What a reader found in it.
        folder: Folds names before they are compared.
        with_status: Whether the status must agree too.
    """
    bare = [_labelled(each, folder) for each in document.claims]
    optional = [_labelled(each, folder) for each in document.optional]
    labels = _distinct(zip(bare, document.claims, strict=True), with_status)
    rows = _distinct(((_found(x, folder), x) for x in found), with_status)
    pairs = [
        (at, to)
        for at, (row, _) in enumerate(rows)
        for to, (label, _) in enumerate(labels)
        if row.is_like(label, with_status=with_status)
    ]
    taken = _matched(pairs, len(rows), len(labels))
    by_label = {to: at for at, to in taken.items()}
    for to, (_, label) in enumerate(labels):
        hit = rows[by_label[to]][1] if to in by_label else None
        yield Outcome(Kind.HIT if hit else Kind.MISSED, document, label, hit)
    fitting = {at for at, _ in pairs}
    for at, (row, claim) in enumerate(rows):
        if at not in fitting:
            yield Outcome(_beside(row, bare, optional), document, None, claim)
        elif at not in taken:
            yield Outcome(Kind.AGAIN, document, None, claim)


def _beside(row: _Row, labels: Sequence[_Row], optional: Sequence[_Row]) -> Kind:
    """What a claim is that fits no label: open, where careful readers differ, or made up."""
    like = [each for each in optional if row.is_like(each, with_status=False)]
    if any(row.is_like(label, with_status=False) for label in labels):
        like = [each for each in like if each.status == row.status]
    return Kind.OPTIONAL if like else Kind.MADE_UP


def _matched(pairs: Sequence[tuple[int, int]], rows: int, labels: int) -> dict[int, int]:
    if not pairs:
        return {}
    at, to = zip(*pairs, strict=True)
    table = csr_array((np.ones(len(pairs), dtype=bool), (at, to)), shape=(rows, labels))
    match = maximum_bipartite_matching(table, perm_type="column")
    return {row: int(label) for row, label in enumerate(match) if label >= 0}


def _labelled(label: Label, folder: NameFolder) -> _Row:
    return _Row(
        folder.names((label.subject.name, *label.subject.mentions)),
        label.predicate,
        folder.names((label.object.name, *label.object.mentions)),
        label.status.value,
    )


def _found(found: Prediction, folder: NameFolder) -> _Row:
    return _Row(
        folder.names(found.subject), found.predicate, folder.names(found.object), found.status
    )


def _distinct(rows: Iterable[tuple[_Row, _Claim]], with_status: bool) -> list[tuple[_Row, _Claim]]:
    """The first of each that are one claim under the comparison at hand."""
    kept: dict[_Row, tuple[_Row, _Claim]] = {}
    for row, claim in rows:
        kept.setdefault(row if with_status else replace(row, status=""), (row, claim))
    return list(kept.values())


def tallies(outcomes: Iterable[Outcome], by: str) -> dict[str, Tally]:
    """Tallies by `predicate`, `status` or `genre`, in order of name."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        key = outcome.document.genre if by == "genre" else str(getattr(outcome, by))
        groups[key].append(outcome)
    return {key: Tally.of(groups[key]) for key in sorted(groups)}
