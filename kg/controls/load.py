"""All of `ontology/controls/`, opened and checked once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.controls.destinations import (
    MEMBERSHIPS,
    SCOPES,
    Atlas,
    Scope,
    membership_of,
    scope_of,
)
from kg.controls.measures import COMPUTED, Quantities, Quantity
from kg.controls.parts import CHIPS, FIGURES, Figure, Part, figure_of, part_of
from kg.controls.published import PUBLISHED, Published, published_of
from kg.controls.rules import (
    LIMITS,
    PARAGRAPHS,
    VERSIONS,
    Limit,
    Paragraph,
    Version,
    limit_of,
    paragraph_of,
    version_of,
)
from kg.ontology.curated import CuratedClaim, read_curated
from kg.ontology.files import Row, ontology_folder, read_table, unique
from kg.ontology.lexicon import Lexicon, read_lexicon
from kg.ontology.terms import read_terms

_QUANTITIES = ("quantity", "label", "unit", "ucum", "bits", "kind", "definition", "source")
_POLICIES = ("policy", "order", "scope", "text", "source")
_QUANTITY_KINDS = ("rate", "measured", "computed", "text")
_TIES = "kg:variantOf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """What is needed to say whether a chip is controlled.

    Attributes:
        lexicon: Things and their names.
        parents: CURIEs of the chips that a chip is directly a variant or part of.
        quantities: What can be measured, by name.
        parts: Chips with figures, by CURIE.
        versions: What is known of rule versions beside the lexicon, by CURIE of the rule.
        paragraphs: All paragraphs by name, in the order of their start.
        scopes: Sets of destinations, by name.
        policies: Licence policies by name: the first whose scope has the place counts.
        atlas: Which place was in which country group when.
        published: What vendors and agencies say of a chip's status.
    """

    lexicon: Lexicon
    parents: Mapping[str, tuple[str, ...]]
    quantities: Quantities
    parts: Mapping[str, Part]
    versions: Mapping[str, Version]
    paragraphs: Mapping[str, Paragraph]
    scopes: Mapping[str, Scope]
    policies: Mapping[str, tuple[tuple[str, str], ...]]
    atlas: Atlas
    published: tuple[Published, ...] = field(repr=False)


def load_controls(folder: Path | None = None) -> Controls:
    """Open `ontology/controls/` with the names and claims that it leans on, and check it all.

    Args:
        folder: The `ontology/` folder; None for the one that the package has.

    Raises:
        OntologyError: A row is wrong; the message names file and row.
    """
    folder = folder or ontology_folder()
    terms = read_terms(folder / "core.ttl")
    lexicon = read_lexicon(folder / "lexicon", frozenset(terms.superclasses))
    return read_controls(folder, lexicon, read_curated(folder / "claims.csv", terms, lexicon))


def read_controls(folder: Path, lexicon: Lexicon, curated: tuple[CuratedClaim, ...]) -> Controls:
    """As `load_controls`, where names and claims are open already."""
    tables = folder / "controls"
    quantities = _read_quantities(tables / "quantities.csv")
    memberships = [
        membership_of(_of_a_thing(row, lexicon, "place", "place"))
        for row in read_table(tables / "memberships.csv", MEMBERSHIPS)
    ]
    groups = frozenset(each.group for each in memberships)
    scopes = {
        row["scope"]: scope_of(row, groups, lexicon.things)
        for row in unique(read_table(tables / "scopes.csv", SCOPES), "scope")
    }
    policies = _read_policies(tables / "policies.csv", scopes)
    parents = _parents(curated)
    parts = _read_parts(tables, quantities, lexicon, parents)
    paragraphs = _read_paragraphs(tables, quantities, lexicon)
    versions = {
        f"rule:{row['rule']}": version_of(_of_a_thing(row, lexicon, "rule", "rule"))
        for row in unique(read_table(tables / "versions.csv", VERSIONS), "rule")
    }
    _check(tables / "paragraphs.csv", paragraphs, (scopes, policies, versions))
    return Controls(
        lexicon=lexicon,
        parents=parents,
        quantities=quantities,
        parts=parts,
        versions=versions,
        paragraphs=paragraphs,
        scopes=scopes,
        policies=policies,
        atlas=Atlas(memberships),
        published=tuple(
            published_of(_of_a_thing(row, lexicon, "chip", "chip"))
            for row in read_table(tables / "published.csv", PUBLISHED)
        ),
    )


def _read_quantities(path: Path) -> dict[str, Quantity]:
    found = {}
    for row in unique(read_table(path, _QUANTITIES), "quantity"):
        if row["kind"] not in _QUANTITY_KINDS:
            raise row.error(f"kind is {row['kind']!r}, not one of {', '.join(_QUANTITY_KINDS)}")
        if (row["kind"] == "rate") != row["bits"].isdecimal():
            raise row.error("a rate, and nothing else, has a bit length")
        if (row["kind"] == "computed") != (row["quantity"] in COMPUTED):
            raise row.error(f"computed are {', '.join(sorted(COMPUTED))}, and nothing else")
        if row["kind"] != "text" and not row["unit"]:
            raise row.error("a number needs its unit")
        found[row["quantity"]] = Quantity(
            name=row["quantity"],
            label=row["label"],
            unit=row["unit"],
            ucum=row["ucum"],
            bits=int(row["bits"]) if row["bits"] else None,
            kind=row["kind"],
            definition=row["definition"],
            source=row["source"],
        )
    return found


def _read_policies(
    path: Path, scopes: Mapping[str, Scope]
) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for row in read_table(path, _POLICIES):
        if row["scope"] not in scopes or not row["order"].isdecimal():
            raise row.error(f"needs an order and one of the scopes {', '.join(sorted(scopes))}")
        found[row["policy"]].append((int(row["order"]), row["scope"], row["text"]))
    return {
        name: tuple((scope, text) for _, scope, text in sorted(them))
        for name, them in found.items()
    }


def _read_parts(
    tables: Path, quantities: Quantities, lexicon: Lexicon, parents: Mapping[str, tuple[str, ...]]
) -> dict[str, Part]:
    figures: dict[str, dict[str, Figure]] = defaultdict(dict)
    kinds = {name: quantity.kind for name, quantity in quantities.items()}
    for row in read_table(tables / "figures.csv", FIGURES):
        figure = figure_of(_of_a_thing(row, lexicon, "chip", "chip"), kinds)
        if figure.quantity in figures[row["chip"]]:
            raise row.error(f"{figure.quantity} of {row['chip']} stands there twice")
        figures[row["chip"]][figure.quantity] = figure
    parts = {}
    for row in unique(read_table(tables / "chips.csv", CHIPS), "chip"):
        chip = f"chip:{_of_a_thing(row, lexicon, 'chip', 'chip')['chip']}"
        if row["designer"] not in lexicon.things:
            raise row.error(f"no thing {row['designer']}")
        thing = lexicon.things[chip]
        named = frozenset({chip, *(parents.get(chip, ()) if thing.level == "part" else ())})
        parts[chip] = part_of(row, thing.label, named, [*figures.pop(row["chip"], {}).values()])
    if figures:
        raise row.error(f"figures.csv has figures for {', '.join(figures)}, which have no row here")
    return parts


def _read_paragraphs(
    tables: Path, quantities: Quantities, lexicon: Lexicon
) -> dict[str, Paragraph]:
    limits: dict[str, dict[str, list[Limit]]] = defaultdict(lambda: defaultdict(list))
    for row in read_table(tables / "limits.csv", LIMITS):
        limit = limit_of(row, quantities)
        for chip in limit.words if limit.quantity == "chip" else ():
            if chip not in lexicon.things:
                raise row.error(f"no thing {chip}")
        limits[row["paragraph"]][row["alternative"]].append(limit)
    found = []
    for row in unique(read_table(tables / "paragraphs.csv", PARAGRAPHS), "id"):
        if row["addressee"] and row["addressee"] not in lexicon.things:
            raise row.error(f"no thing {row['addressee']}")
        row = _of_a_thing(row, lexicon, "rule", "rule")
        if row["id"] not in limits:
            raise row.error("limits.csv has no comparison for it")
        found.append(paragraph_of(row, limits.pop(row["id"])))
    if limits:
        raise row.error(f"limits.csv compares for {', '.join(limits)}, which have no row here")
    found.sort(key=lambda each: (each.effective.ends, each.rule, each.name))
    return {each.name: each for each in found}


def _check(
    path: Path, paragraphs: Mapping[str, Paragraph], known: tuple[Mapping[str, object], ...]
) -> None:
    """Refuse a paragraph that names something that is not there."""
    scopes, policies, versions = known
    for row in read_table(path, PARAGRAPHS):
        for column, choices in (
            ("scope", scopes),
            ("headquarters", {**scopes, "": None}),
            ("not_for", {**scopes, "": None}),
            ("policy", policies),
        ):
            if row[column] not in choices:
                raise row.error(f"no {column} {row[column]!r}; there are {', '.join(choices)}")
        if f"rule:{row['rule']}" not in versions:
            raise row.error(f"versions.csv has no row for {row['rule']}")
        for other in row.words("refers_to"):
            if other not in paragraphs:
                raise row.error(f"refers to {other}, which is not there")


def _of_a_thing(row: Row, lexicon: Lexicon, column: str, prefix: str) -> Row:
    """The row, if the id in a column is a thing's."""
    if f"{prefix}:{row[column]}" not in lexicon.things:
        raise row.error(f"no thing {prefix}:{row[column]}")
    return row


def _parents(curated: tuple[CuratedClaim, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for claim in curated:
        if claim.predicate == _TIES and claim.modality in {"asserted", "reported"}:
            found[claim.subject].append(claim.object)
    return {chip: tuple(sorted(set(them))) for chip, them in found.items()}
