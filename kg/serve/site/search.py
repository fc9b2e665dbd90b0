"""Finds things by their names, and the nearest names where there is no such thing."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from kg.graph.namespaces import PREFIXES, THINGS
from kg.serve.asker import Asker
from kg.serve.site.asking import Row, ask, text
from kg.serve.site.names import Link, link_to, path_of, term_of

LONGEST = 200  # characters of a search
_ROWS = 200
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that a search found.

    Attributes:
        thing: Its page.
        by: The name that was found, where it is not the label.
        classes: What it is, in words.
    """

    thing: Link
    by: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: The nearest first.
        more: Whether there are more.
        near: Things with a name like it, where there is no hit.
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    near: tuple[Link, ...] = ()


async def search(asker: Asker, words: str) -> Found:
    """Things with a name, of any script, that holds these words."""
    folded = unicodedata.normalize("NFKC", words).strip()[:LONGEST].lower()
    if not folded:
        return Found()
    rows = await ask(asker, "search", words=Literal(folded))
    rows = [row for row in rows if path_of(text(row, "thing"))]
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(text(row, "thing"), row)
    first |= await _by_id(asker, words.strip(), first)
    if not first:
        return Found(near=await near_names(asker, folded))
    shown = list(first.values())[:_SHOWN]
    classes = await _classes(asker, [text(row, "thing") for row in shown])
    hits = tuple(_hit(row, classes) for row in shown)
    return Found(hits, more=len(first) > len(shown) or len(rows) > _ROWS)


async def _by_id(asker: Asker, words: str, found: dict[str, Row]) -> dict[str, Row]:
    """The things whose id was typed, with or without its prefix."""
    nodes = [node for node in ids(words) if node.value not in found]
    if not nodes:
        return {}
    return {text(row, "thing"): row for row in await ask(asker, "by-id", thing=nodes)}


def ids(words: str) -> list[NamedNode]:
    """What could be meant by an id: full, short, or without its prefix.

    >>> [node.value.rpartition("/")[2] for node in ids("chip:some-one")]
    ['some-one']
    """
    path = path_of(words)
    if path and "#" not in path:
        return [NamedNode(words)]
    prefix, colon, local = words.partition(":")
    pairs = [(prefix, local)] if colon else [(kind, words) for kind in THINGS]
    return [node for node in (term_of(*pair) for pair in pairs) if node]


async def near_names(asker: Asker, words: str) -> tuple[Link, ...]:
    """Things with a name that begins like these words and is much like them."""
    rows = await ask(asker, "near-names", start=Literal(words[:2].lower()))
    return await _nearest(words, [row for row in rows if path_of(text(row, "thing"))])


async def near_ids(asker: Asker, me: NamedNode) -> tuple[Link, ...]:
    """Things with an id that begins like another and is much like it."""
    kind = next(name for name in PREFIXES.values() if me.value.startswith(name))
    start = me.value[: len(kind) + 2]
    rows = await ask(asker, "near-ids", start=Literal(start))
    by_id = [{**row, "name": row["thing"]} for row in rows]
    return await _nearest(me.value, by_id)


async def _nearest(words: str, rows: list[Row]) -> tuple[Link, ...]:
    named = {text(row, "name").casefold(): text(row, "thing") for row in rows}
    like = await asyncio.to_thread(get_close_matches, words.casefold(), list(named), 8, 0.6)
    return tuple(dict.fromkeys(link_to(named[each]) for each in like))


async def _classes(asker: Asker, things: Iterable[str]) -> dict[str, tuple[str, ...]]:
    rows = await ask(asker, "classes", thing=[NamedNode(each) for each in things])
    by_thing = groupby(rows, key=lambda row: text(row, "thing"))
    return {thing: tuple(text(row, "class_label") for row in same) for thing, same in by_thing}


def _hit(row: Row, classes: dict[str, tuple[str, ...]]) -> Hit:
    name, label = text(row, "name"), text(row, "label")
    return Hit(
        thing=link_to(text(row, "thing"), label or name),
        by=name if label and name != label else "",
        classes=classes.get(text(row, "thing"), ()),
    )
