"""The things that the lexicon knows, and the names that documents use for them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.ontology.files import LooseDate, Row, parse_day, parse_loose_date, read_table, unique

FORMS = ("name", "adjective", "generic")
CASES = ("any", "exact")

_COMMON = ("source", "confidence", "checked")
_TABLES: dict[str, tuple[str, str | None, tuple[str, ...]]] = {
    # file: prefix of its ids, class of its rows (None: a column says it), columns
    "entities": ("entity", None, ("id", "label", "class", *_COMMON)),
    "chips": ("chip", None, ("id", "label", "class", "level", *_COMMON)),
    "rules": (
        "rule",
        "kg:Rule",
        (
            *("id", "label", "kind", "citation", "part_of", "published"),
            *("effective_from", "effective_until", "status", *_COMMON),
        ),
    ),
    "places": ("place", "kg:Country", ("id", "label", *_COMMON)),
    "models": ("model", "kg:AIModel", ("id", "label", "kind", *_COMMON)),
}
_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
_ALIASES = ("alias", "id", "form", "case", "needs", "from", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that a document can name.

    Attributes:
        curie: Its id, such as `chip:nvidia-h20`.
        label: The one name by which it is shown.
        cls: CURIE of its class, such as `kg:Chip`.
        discovered: True where a document named it and the lexicon lacks it.
        level: `family`, `model` or `part` of a chip; None for anything else.
        published: When a rule was published; None where unknown or no rule.
        effective_from: First day on which a rule is in force; None where unknown or no rule.
        effective_until: First day on which it no longer is (half-open); None likewise.
        part_of: CURIEs of the wider rules that a rule belongs to.
        citation: Where a rule is published; None where unknown or no rule.
        source: Where the row comes from, `|` between several; None for a discovered thing.
    """

    curie: str
    label: str
    cls: str
    discovered: bool = False
    level: str | None = None
    published: LooseDate | None = None
    effective_from: LooseDate | None = None
    effective_until: LooseDate | None = None
    part_of: tuple[str, ...] = ()
    citation: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One name of one thing, and when it counts as that thing's name.

    Attributes:
        text: The name as documents write it.
        thing: CURIE of what it names.
        form: `name`, `adjective` ("Chinese") or `generic` ("export curbs").
        exact: Whether the case must be as written here.
        needs: Words of which one must stand in the same sentence; empty for none.
        since: First document date from which it means this thing; None for always.
        until: First document date from which it no longer does (half-open); None for never.
    """

    text: str
    thing: str
    form: str = "name"
    exact: bool = False
    needs: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def counts_on(self, day: date | None) -> bool:
        """Whether the name may mean this thing in a document of that day.

        Of a document without a date (None) nobody can tell, so that every meaning stays possible.
        """
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All things and all names.

    Attributes:
        things: Thing by CURIE.
        aliases: Every name, labels among them, sorted.
        decoys: Names of other things that have one of ours in them, such as "Inner Mongolia".
    """

    things: dict[str, Thing]
    aliases: tuple[Alias, ...]
    decoys: frozenset[str]
    by_folded: dict[str, tuple[Alias, ...]] = field(repr=False)

    def named(self, name: str) -> tuple[Alias, ...]:
        """The aliases that are this name, case aside."""
        return self.by_folded.get(name.casefold(), ())

    def ambiguous(self) -> dict[str, tuple[Alias, ...]]:
        """The names that several things share, each with its aliases."""
        return {
            aliases[0].text: aliases
            for _, aliases in sorted(self.by_folded.items())
            if len({alias.thing for alias in aliases}) > 1
        }


def read_lexicon(folder: Path, classes: frozenset[str]) -> Lexicon:
    """Read `lexicon/*.csv` and check every row against the others.

    Args:
        folder: The folder that holds the tables.
        classes: CURIEs of the classes that there are.

    Raises:
        OntologyError: A row is wrong; the message names file and row.
    """
    things: dict[str, Thing] = {}
    for file, (prefix, cls, columns) in _TABLES.items():
        for row in unique(read_table(folder / f"{file}.csv", columns), "id"):
            thing = _thing(row, prefix, cls or row["class"])
            if thing.cls not in classes:
                raise row.error(f"no class {thing.cls}; there are {', '.join(sorted(classes))}")
            things[thing.curie] = thing
    _check_wholes(folder, things)
    aliases = _read_aliases(folder, things)
    by_folded: dict[str, list[Alias]] = defaultdict(list)
    for alias in aliases:
        by_folded[alias.text.casefold()].append(alias)
    decoys = frozenset(
        row["name"] for row in read_table(folder / "decoys.csv", ("name", "what_it_is"))
    )
    return Lexicon(things, aliases, decoys, {name: tuple(them) for name, them in by_folded.items()})


def _thing(row: Row, prefix: str, cls: str) -> Thing:
    cells = row.cells
    if not row["id"] or not row["label"]:
        raise row.error("needs an id and a label")
    if not _ID.fullmatch(row["id"]):
        raise row.error(f"{row['id']!r} is no id: small letters, digits, hyphens and full stops")
    if row["confidence"] not in {"A", "B"}:
        raise row.error(f"confidence is {row['confidence']!r}, but only A and B are carried")
    if not row["source"]:
        raise row.error("needs a source (the word 'uncited' where there is none yet)")
    parse_day(row, "checked")
    return Thing(
        curie=f"{prefix}:{row['id']}",
        label=row["label"],
        cls=cls,
        level=cells.get("level"),
        published=_date(row, "published"),
        effective_from=_date(row, "effective_from"),
        effective_until=_date(row, "effective_until"),
        part_of=tuple(f"rule:{part}" for part in cells.get("part_of", "").split("|") if part),
        citation=cells.get("citation") or None,
        source=row["source"],
    )


def _date(row: Row, column: str) -> LooseDate | None:
    try:
        return parse_loose_date(row.cells.get(column, ""))
    except ValueError as error:
        raise row.error(f"{column}: {error}") from error


def _check_wholes(folder: Path, things: dict[str, Thing]) -> None:
    for row in read_table(folder / "rules.csv", _TABLES["rules"][2]):
        thing = things[f"rule:{row['id']}"]
        for whole in thing.part_of:
            if whole not in things:
                raise row.error(f"{thing.curie} is part of {whole}, which is not there")


def _read_aliases(folder: Path, things: dict[str, Thing]) -> tuple[Alias, ...]:
    contexts = {
        row["name"]: row.words("words")
        for row in read_table(folder / "contexts.csv", ("name", "words"))
    }
    labels = {
        # a label of one word may be an English word too, so its case counts
        (thing.label, thing.curie): Alias(
            text=thing.label, thing=thing.curie, exact=" " not in thing.label
        )
        for thing in things.values()
    }
    seen = dict(labels)
    for row in read_table(folder / "aliases.csv", _ALIASES):
        key = (row["alias"], row["id"])
        if key in labels:
            # the row says how the label itself matches, so it replaces the implied one
            del labels[key]
        elif key in seen:
            raise row.error(f"{row['alias']!r} stands there twice for {row['id']}")
        if row["id"] not in things:
            raise row.error(f"no thing {row['id']}")
        seen[key] = _alias(row, contexts)
    return tuple(sorted(seen.values(), key=lambda alias: (alias.text, alias.thing)))


def _alias(row: Row, contexts: dict[str, tuple[str, ...]]) -> Alias:
    if not row["alias"].strip():
        raise row.error("needs an alias")
    if row["alias"] != row["alias"].strip():
        raise row.error(f"there is space at an end of {row['alias']!r}")
    for column, choices in (("form", FORMS), ("case", CASES)):
        if row[column] not in choices:
            raise row.error(f"{column} is {row[column]!r}, not one of {', '.join(choices)}")
    needs: list[str] = []
    for word in row.words("needs"):
        if word.startswith("@") and word[1:] not in contexts:
            raise row.error(f"no context {word}; there are {', '.join(sorted(contexts))}")
        needs += contexts[word[1:]] if word.startswith("@") else [word]
    since, until = _date(row, "from"), _date(row, "until")
    return Alias(
        text=row["alias"],
        thing=row["id"],
        form=row["form"],
        exact=row["case"] == "exact",
        needs=tuple(needs),
        since=since.day if since else None,
        until=until.day if until else None,
    )
