"""Stretches of days, half-open, some of whose ends are known to the month or year only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kg.controls.truth import Truth, all_of
from kg.ontology.files import LooseDate, parse_loose_date

_MONTHS = {"day": 0, "month": 1, "half": 6, "year": 12}


def last_day(when: LooseDate) -> date:
    """The last day that a loose date may mean.

    >>> last_day(LooseDate(date(2022, 8, 1), "month"))
    datetime.date(2022, 8, 31)
    """
    months = _MONTHS[when.precision]
    if not months:
        return when.day
    years, month = divmod(when.day.month - 1 + months, 12)
    return date(when.day.year + years, month + 1, 1) - timedelta(days=1)


def written(when: LooseDate) -> str:
    """A loose date as people write it, no more exact than it is known.

    >>> written(LooseDate(date(2022, 8, 1), "month")), written(LooseDate(date(2025, 7, 1), "half"))
    ('2022-08', '2025-H2')
    """
    year, month, _ = when.day.isoformat().split("-")
    forms = {"day": when.day.isoformat(), "month": f"{year}-{month}", "year": year}
    return forms.get(when.precision, f"{year}-H{1 if month < '07' else 2}")


@dataclass(frozen=True, slots=True)
class Days:
    """The days that somebody asks about: one, or all of a month or year.

    Attributes:
        first: The first of them.
        last: The last of them.
    """

    first: date
    last: date

    @classmethod
    def of(cls, when: date | str) -> Days:
        """The days that `2024-01-15`, `2024-01`, `2024-H1` or `2024` mean.

        Raises:
            ValueError: The text is none of these.
        """
        if isinstance(when, date):
            return cls(when, when)
        loose = parse_loose_date(when.strip())
        if loose is None:
            raise ValueError("'' is no date like 2025-04-09, 2025-04, 2025-H2 or 2025")
        try:
            return cls(loose.day, last_day(loose))
        except ValueError as error:
            raise ValueError(f"there is no day after {when!r}: {error}") from error

    def __str__(self) -> str:
        return f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a first day to the first day after it (half-open).

    Attributes:
        since: Its first day; None where it began before all dates of the data.
        until: The first day after it; None where it goes on.
    """

    since: LooseDate | None = None
    until: LooseDate | None = None

    def holds_on(self, days: Days) -> Truth:
        """Whether all of these days lie in it: NO if none does, UNKNOWN if some do or may."""
        begun = _begun(self.since, days) if self.since else Truth.YES
        over = _begun(self.until, days) if self.until else Truth.NO
        return all_of((begun, over.opposite))

    def __str__(self) -> str:
        since = f"from {written(self.since)}" if self.since else ""
        until = f"until {written(self.until)}" if self.until else ""
        return " ".join(filter(None, (since, until))) or "always"

    @property
    def ends(self) -> tuple[date, ...]:
        """The days on which something may change: of a loose date the first and the last."""
        dates = [when for when in (self.since, self.until) if when]
        return tuple(sorted({day for when in dates for day in (when.day, last_day(when))}))


ALWAYS = Stretch()


def _begun(when: LooseDate, days: Days) -> Truth:
    if days.first >= last_day(when):
        return Truth.YES
    return Truth.NO if days.last < when.day else Truth.UNKNOWN
