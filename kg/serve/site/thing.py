"""All that the page of one thing shows, from a handful of queries."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kg.graph.namespaces import PREFIXES, curie
from kg.serve.asker import Asker
from kg.serve.site.asking import Row, ask, text
from kg.serve.site.claims import Fact, Told, claims_of, facts, known_part
from kg.serve.site.names import Link, link_to

_MOST = {"subject": 200, "object": 200, "source": 500}  # claims shown by place; of others:
_MOST_ELSE = 100
_MOST_POINTERS = 300
_PRECISION = "Precision"  # how the property ends that says how far a day is known
_HEAD = ("rdfs:label", "skos:altLabel", "skos:hiddenLabel", "rdf:type", "dcterms:title")

Facts = tuple[tuple[str, tuple[Fact, ...]], ...]
Links = tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing and what is said of it.

    Attributes:
        me: Its page.
        names: Its other names.
        hidden: Words that lead to it without being its name.
        classes: What it is, in words.
        told: Itself, where it is a claim.
        properties: Further values by property in words.
        says: What is claimed of it, by property.
        said: What is claimed of others with it, by property.
        spoken: Claims on its word.
        concerned: Claims that involve it.
        derived: Claims that rest on it: a document's, or what follows from a claim.
        pointers: What else points to it, by property.
        left_out: How many claims are not shown, by place.
        more_pointers: Whether there is more that points to it.
        figures: A chip's figures, one row for each source of each.
        verdicts: A chip's status, rows likewise; where the numbers reach, first.
    """

    me: Link
    names: tuple[str, ...]
    hidden: tuple[str, ...]
    classes: tuple[Link, ...]
    told: Told | None
    properties: Links
    says: Facts
    said: Facts
    spoken: tuple[Told, ...]
    concerned: tuple[Told, ...]
    derived: tuple[Told, ...]
    pointers: Links
    left_out: dict[str, int] = field(default_factory=dict)
    more_pointers: bool = False
    figures: tuple[tuple[Row, ...], ...] = ()
    verdicts: tuple[tuple[Row, ...], ...] = ()

    @property
    def shown(self) -> int:
        """How many claims are shown with it at one end."""
        groups = (*self.says, *self.said)
        return sum(len(fact.claims) for _, facts in groups for fact in facts)

    @property
    def drawable(self) -> bool:
        """Whether it has a neighbourhood to draw."""
        return bool(self.says or self.said)


async def thing_of(asker: Asker, me: NamedNode) -> Thing | None:
    """What there is to say of a thing; None where the graph does not know it."""
    about, pointing, at = await asyncio.gather(
        ask(asker, "about", me=me), ask(asker, "incoming", me=me), ask(asker, "claims-at", me=me)
    )
    if not about and not pointing and not at:
        return None
    shown, left_out = await _within_limits(asker, me, at)
    told, (figures, verdicts) = await asyncio.gather(
        claims_of(asker, [claim for claims in shown.values() for claim in claims]),
        _of_a_chip(asker, me, about),
    )
    found = {
        end: tuple(told[each] for each in claims if each in told) for end, claims in shown.items()
    }
    mine = found.get("self", ())
    return Thing(
        me=link_to(me.value, _title(me, about, mine)),
        names=_values(about, "skos:altLabel"),
        hidden=_values(about, "skos:hiddenLabel"),
        classes=tuple(_links(row for row in about if _is(row, "rdf:type"))),
        told=mine[0] if mine else None,
        properties=() if mine else _properties(about),
        says=facts(found.get("subject", ()), incoming=False),
        said=facts(found.get("object", ()), incoming=True),
        spoken=found.get("speaker", ()),
        concerned=found.get("involved", ()),
        derived=_in_order((*found.get("source", ()), *found.get("evidence", ()))),
        pointers=_pointers(pointing),
        left_out=left_out,
        more_pointers=len(pointing) > _MOST_POINTERS,
        figures=_together(figures, "figure"),
        verdicts=_together(verdicts, "status"),
    )


async def _within_limits(
    asker: Asker, me: NamedNode, at: list[Row]
) -> tuple[dict[str, list[str]], dict[str, int]]:
    """The claims to show by place, and how many more there are."""
    found: dict[str, list[str]] = {}
    for row in at:
        found.setdefault(text(row, "end"), []).append(text(row, "claim"))
    shown = {end: claims[: _MOST.get(end, _MOST_ELSE)] for end, claims in found.items()}
    if all(len(shown[end]) == len(found[end]) for end in found):
        return shown, {}
    rows = await ask(asker, "counts-at", me=me)
    counts = {text(row, "end"): int(text(row, "count")) for row in rows}
    more = {end: counts.get(end, 0) - len(claims) for end, claims in shown.items()}
    return shown, {end: number for end, number in more.items() if number > 0}


async def _of_a_chip(asker: Asker, me: NamedNode, about: list[Row]) -> list[list[Row]]:
    chip = any(_is(row, "rdf:type") and curie(text(row, "value")) == "kg:Chip" for row in about)
    if not chip:
        return [[], []]
    return list(await asyncio.gather(ask(asker, "figures", me=me), ask(asker, "verdicts", me=me)))


def _together(rows: Iterable[Row], name: str) -> tuple[tuple[Row, ...], ...]:
    """Rows with the same value of a variable, in the order of their first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(text(row, name), []).append(row)
    return tuple(map(tuple, found.values()))


def _title(me: NamedNode, about: list[Row], mine: tuple[Told, ...]) -> str:
    for name in ("rdfs:label", "dcterms:title"):
        for value in _values(about, name):
            return value
    if mine:
        return f"{mine[0].subject.words} {mine[0].phrase} {mine[0].object.words}"
    kind, _, local = curie(me.value).partition(":")
    return f"{kind} {local}"


def _is(row: Row, name: str) -> bool:
    return curie(text(row, "property")) == name


def _values(about: Iterable[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({text(row, "value") for row in about if _is(row, name)}))


def _links(rows: Iterable[Row]) -> Iterable[Link]:
    found = {_link(row, "value") for row in rows}
    return sorted(found, key=lambda link: (link.words.casefold(), link.title))


def _link(row: Row, name: str) -> Link:
    """A node as a link, with its label or title; a literal as its words."""
    if row[name]["type"] != "uri":
        return Link(text(row, name))
    return link_to(text(row, name), text(row, f"{name}_label") or text(row, f"{name}_title"))


def _words(row: Row) -> str:
    """A property as a heading."""
    label = text(row, "property_label")
    return label or curie(text(row, "property")).rpartition(":")[2]


def _properties(about: list[Row]) -> Links:
    """The values that are no claims, by property in words."""
    rest: dict[str, list[Row]] = {}
    for row in _to_the_point(about):
        if "claimed" not in row and not any(_is(row, name) for name in _HEAD):
            rest.setdefault(_words(row), []).append(row)
    return tuple((words, tuple(_links(rows))) for words, rows in sorted(rest.items()))


def _to_the_point(about: list[Row]) -> Iterator[Row]:
    """The same rows, but each day only as far as it is known, and not how far that is."""
    known = {
        text(row, "property").removesuffix(_PRECISION): text(row, "value")
        for row in about
        if text(row, "property").endswith(_PRECISION)
    }
    for row in about:
        if text(row, "property") in known:
            day = known_part(text(row, "value"), known[text(row, "property")])
            yield {**row, "value": {**row["value"], "value": day}}
        elif not text(row, "property").endswith(_PRECISION):
            yield row


def _pointers(rows: list[Row]) -> Links:
    found: dict[str, list[Link]] = {}
    for row in rows[:_MOST_POINTERS]:
        if not text(row, "property").startswith(PREFIXES["owl"]):
            found.setdefault(_words(row), []).append(_link(row, "from"))
    return tuple(
        (words, tuple(sorted(set(links), key=lambda link: (link.words.casefold(), link.title))))
        for words, links in sorted(found.items())
    )


def _in_order(claims: Iterable[Told]) -> tuple[Told, ...]:
    """Claims as their quotes stand in the text."""
    return tuple(sorted(set(claims), key=_place))


def _place(claim: Told) -> tuple[int, str]:
    return (claim.quotes[0].start if claim.quotes else 0, claim.me.title)
