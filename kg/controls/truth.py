"""Three-valued truth, and numbers that are known only in part.

A missing number never counts as zero and a missing fact never as "no": what cannot be told stays
`UNKNOWN`, by Kleene's strong logic, until a bound on the number settles it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from math import inf


class Truth(Enum):
    """Whether something holds, as far as the data can tell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: compare it with YES, NO or UNKNOWN")

    @property
    def opposite(self) -> Truth:
        """Whether it does not hold."""
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(self, Truth.UNKNOWN)

    @classmethod
    def of(cls, fact: bool) -> Truth:
        """YES or NO."""
        return cls.YES if fact else cls.NO


def all_of(truths: Iterable[Truth]) -> Truth:
    """Whether all hold; YES of none."""
    found = set(truths)
    if Truth.NO in found:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.YES


def any_of(truths: Iterable[Truth]) -> Truth:
    """Whether one holds; NO of none."""
    return all_of(truth.opposite for truth in truths).opposite


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a number lies, both ends included.

    >>> Interval(4000, inf).at_least(4800), Interval(5000, inf).at_least(4800)
    (<Truth.UNKNOWN: 'unknown'>, <Truth.YES: 'yes'>)

    Attributes:
        low: It is no less.
        high: It is no more; infinite where nobody says.
    """

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    def at_least(self, limit: float) -> Truth:
        """Whether it is the limit or more."""
        if self.low >= limit:
            return Truth.YES
        return Truth.NO if self.high < limit else Truth.UNKNOWN

    def above(self, limit: float) -> Truth:
        """Whether it is more than the limit."""
        if self.low > limit:
            return Truth.YES
        return Truth.NO if self.high <= limit else Truth.UNKNOWN

    def plus(self, other: Interval) -> Interval:
        """Where the sum lies."""
        return Interval(self.low + other.low, self.high + other.high)

    def over(self, other: Interval) -> Interval:
        """Where the quotient of two positive numbers lies."""
        low = 0.0 if other.high == inf else self.low / other.high
        return Interval(low, inf if other.low == 0 or self.high == inf else self.high / other.low)


ANYWHERE = Interval(0, inf)
