"""Where a rule reaches: places, dated country groups, and where a buyer has its headquarters.

Country Groups are those of Supplement No. 1 to 15 CFR part 740.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.controls.days import Days, Stretch
from kg.controls.rules import stretch_of
from kg.controls.truth import Truth, all_of, any_of
from kg.ontology.files import Row, parse_day

SCOPES = ("scope", "including", "excluding", "label")
MEMBERSHIPS = ("place", "group", "from", "until", "source", "confidence", "checked", "note")
EVERYWHERE = "*"
NO_GROUP = "country group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One stay of one place in one country group.

    Attributes:
        place: CURIE of the place.
        group: Name of the group, such as `D:5`.
        stay: While it is in it.
        source: Citations.
        note: What a reader must know of it.
        checked: The day on which the source was checked.
    """

    place: str
    group: str
    stay: Stretch
    source: str
    note: str
    checked: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A set of destinations.

    Attributes:
        name: Its name.
        including: Places (CURIEs), groups, or `*` for all the world.
        excluding: Places and groups that are out, even where they are in one above.
        label: What it is, in words.
    """

    name: str
    including: tuple[str, ...]
    excluding: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether a place lies in a scope.

    Attributes:
        truth: Whether it does, on all of the days.
        why: The membership that decides, in words.
        missing: What is not known; empty where all is.
    """

    truth: Truth
    why: str
    missing: tuple[str, ...] = ()


class Atlas:
    """Which place was in which group when."""

    def __init__(self, memberships: Iterable[Membership]) -> None:
        self.memberships = tuple(memberships)
        self._stays: dict[str, dict[str, list[Stretch]]] = {}
        for each in self.memberships:
            self._stays.setdefault(each.place, {}).setdefault(each.group, []).append(each.stay)

    def knows(self, place: str) -> bool:
        """Whether the groups of a place are in the data."""
        return place in self._stays

    def groups_of(self, place: str, days: Days) -> tuple[str, ...]:
        """The groups that a place is in on all of the days, sorted."""
        groups = self._stays.get(place, {})
        return tuple(g for g in sorted(groups) if self._in_group(place, g, days) is Truth.YES)

    def reaches(self, scope: Scope, place: str, days: Days) -> Reached:
        """Whether a place lies in a scope on all of the days.

        A place whose groups are not in the data is in no group for certain and out of none.
        """
        inside = any_of(self._is_in(place, name, days) for name in scope.including)
        outside = any_of(self._is_in(place, name, days) for name in scope.excluding)
        truth = all_of((inside, outside.opposite))
        if truth is Truth.UNKNOWN:
            return Reached(truth, "", (NO_GROUP if not self.knows(place) else "day",))
        return Reached(truth, self._why(scope, place, days, truth))

    def _why(self, scope: Scope, place: str, days: Days, truth: Truth) -> str:
        groups = self.groups_of(place, days)
        if scope.including == (EVERYWHERE,):
            return "all destinations"
        if truth is Truth.YES:
            decisive = [g for g in (place, *groups) if g in scope.including]
            return "named" if decisive[:1] == [place] else f"in {', '.join(decisive)}"
        out = [g for g in groups if g in scope.excluding]
        listed = f"in {', '.join(out or groups)}" if out or groups else "in no group of the rule"
        return f"{listed}, outside {scope.label}"

    def _is_in(self, place: str, name: str, days: Days) -> Truth:
        if name in (EVERYWHERE, place):
            return Truth.YES
        if name.startswith("place:"):
            return Truth.NO
        return self._in_group(place, name, days)

    def _in_group(self, place: str, group: str, days: Days) -> Truth:
        if not self.knows(place):
            return Truth.UNKNOWN
        return any_of(stay.holds_on(days) for stay in self._stays[place].get(group, ()))


def membership_of(row: Row) -> Membership:
    """Read a row of `memberships.csv`.

    Raises:
        OntologyError: A date or the confidence is wrong.
    """
    if row["confidence"] not in {"A", "B"}:
        raise row.error(f"confidence is {row['confidence']!r}, but only A and B are carried")
    return Membership(
        place=f"place:{row['place']}",
        group=row["group"],
        stay=stretch_of(row, "from", "until"),
        source=row["source"],
        note=row["note"],
        checked=parse_day(row, "checked"),
    )


def scope_of(row: Row, groups: frozenset[str], things: Mapping[str, object]) -> Scope:
    """Read a row of `scopes.csv`.

    Args:
        row: The row.
        groups: The country groups that some place was ever in.
        things: All things by CURIE.

    Raises:
        OntologyError: It names a group that no place was ever in, or a place that is not there.
    """
    for name in (*row.words("including"), *row.words("excluding")):
        if name.startswith("place:"):
            if name not in things:
                raise row.error(f"no thing {name}")
        elif name != EVERYWHERE and name not in groups:
            raise row.error(f"no country group {name!r}; there are {', '.join(sorted(groups))}")
    return Scope(
        name=row["scope"],
        including=row.words("including"),
        excluding=row.words("excluding"),
        label=row["label"],
    )
