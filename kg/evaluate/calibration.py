"""Whether a confidence of 0.8 is right eight times in ten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims whose confidence lies in one tenth of the scale.

    Attributes:
        low: Where it begins; it ends a tenth higher. The last one holds 1 too.
        count: How many claims it holds; bins without any are left out.
        confidence: Their mean confidence.
        right: Which share of them is right.
    """

    low: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How confidence and being right go together.

    Attributes:
        bins: Bins that hold a claim, in order.
        error: Expected calibration error: the mean distance of a bin's confidence from its share
            of right claims, weighted by claims (Naeini, Cooper and Hauskrecht, AAAI 2015).
    """

    bins: tuple[Bin, ...]
    error: float


def calibrate(judged: Iterable[tuple[float, bool]]) -> Calibration | None:
    """Put claims into bins of equal width.

    Args:
        judged: For each claim its confidence, and whether it was right.

    Returns:
        None if there are no claims.

    >>> made = calibrate([(0.9, True), (0.9, True), (0.9, False), (0.3, False)])
    >>> round(made.error, 3), len(made.bins)
    (0.25, 2)
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        # a hair of slack: 0.3 * 10 is a little less than 3 in floating point
        at = min(int(confidence * BINS + 1e-9), BINS - 1)
        bins.setdefault(at, []).append((confidence, right))
    if not bins:
        return None
    made = tuple(_bin(at, bins[at]) for at in sorted(bins))
    total = sum(each.count for each in made)
    error = sum(abs(each.confidence - each.right) * each.count for each in made) / total
    return Calibration(made, error)


def _bin(at: int, judged: list[tuple[float, bool]]) -> Bin:
    count = len(judged)
    return Bin(
        low=at / BINS,
        count=count,
        confidence=sum(confidence for confidence, _ in judged) / count,
        right=sum(right for _, right in judged) / count,
    )
