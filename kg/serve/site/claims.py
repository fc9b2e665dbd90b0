"""Claims as a reader meets them: who says what, in which words, where and when."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from kg.graph.namespaces import curie
from kg.serve.asker import Asker
from kg.serve.site.asking import Row, ask, text
from kg.serve.site.context import Texts
from kg.serve.site.names import Link, link_to

_LENGTHS = {"year": 4, "month": 7}  # how much of a day is known, in characters
AFFIRMING = ("asserted", "reported")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document that say a claim.

    Attributes:
        words: The words.
        document: The document's page.
        start: Where they begin in its text.
        end: Where they end.
        published: Who published the document and when, in words.
        original: Where the document came from.
        before: The words before them, within their paragraph; empty where the text is not at hand.
        after: The words after them, likewise.
    """

    words: str
    document: Link
    start: int
    end: int
    published: str
    original: Link | None
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim.

    Attributes:
        me: Its page.
        kind: `read`, `curated` or `concluded`.
        subject: What it is about.
        phrase: The property in words.
        object: What is said of it.
        modality: Such as `denied`.
        speaker: On whose word, where that is known.
        details: Further facts, a name and words each.
        quotes: The words that say it.
        citations: Where a curated one comes from.
        premises: What a concluded one follows from.
    """

    me: Link
    kind: str
    subject: Link
    phrase: str
    object: Link
    modality: str
    speaker: Link | None
    details: tuple[tuple[str, Link], ...]
    quotes: tuple[Quote, ...]
    citations: tuple[Link, ...]
    premises: tuple[Link, ...]

    @property
    def affirms(self) -> bool:
        """Whether it says that something is so."""
        return self.modality in AFFIRMING


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of two things: all claims with one property between them.

    Attributes:
        other: The other end.
        affirmed: The claims that say so.
        denied: Those that say it is not so.
        unreal: Those that only plan or suppose it.
    """

    other: Link
    affirmed: tuple[Told, ...]
    denied: tuple[Told, ...]
    unreal: tuple[Told, ...]

    @property
    def disputed(self) -> bool:
        """Whether some affirm it and some deny it."""
        return bool(self.affirmed and self.denied)

    @property
    def claims(self) -> tuple[Told, ...]:
        """All of them."""
        return (*self.affirmed, *self.denied, *self.unreal)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many claims there are of each modality."""
        names = [claim.modality for claim in self.claims]
        return tuple((name, names.count(name)) for name in dict.fromkeys(names))


async def claims_of(asker: Asker, iris: Sequence[str]) -> dict[str, Told]:
    """Some claims, by IRI."""
    if not iris:
        return {}
    claims = [NamedNode(each) for each in dict.fromkeys(iris)]
    rows, quotes = await asyncio.gather(
        ask(asker, "claims", claim=claims), ask(asker, "quotes", claim=claims)
    )
    said = _by_claim(quotes)
    texts = Texts(asker)
    return {
        claim: _told(same, [_quote(row, texts) for row in said.get(claim, [])])
        for claim, same in _by_claim(rows).items()
    }


def _by_claim(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows that are sorted by claim, by it."""
    return {claim: list(same) for claim, same in groupby(rows, lambda row: text(row, "claim"))}


def facts(claims: Iterable[Told], *, incoming: bool) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """Claims by property in words, and by the thing at the other end; disputed ones first."""
    found: dict[str, dict[Link, list[Told]]] = {}
    for claim in claims:
        other = claim.subject if incoming else claim.object
        found.setdefault(claim.phrase, {}).setdefault(other, []).append(claim)
    return tuple(
        (phrase, tuple(sorted((_fact(other, same) for other, same in ends.items()), key=_order)))
        for phrase, ends in sorted(found.items())
    )


def _fact(other: Link, claims: list[Told]) -> Fact:
    return Fact(
        other,
        affirmed=tuple(each for each in claims if each.affirms),
        denied=tuple(each for each in claims if each.modality == "denied"),
        unreal=tuple(each for each in claims if not each.affirms and each.modality != "denied"),
    )


def _order(fact: Fact) -> tuple[bool, bool, str, str]:
    return (not fact.disputed, not fact.affirmed, fact.other.words.casefold(), fact.other.title)


def _told(rows: list[Row], quotes: list[Quote]) -> Told:
    row = rows[0]
    follows = rows if "rule" in row else []  # any other is derived from its document alone
    return Told(
        me=link_to(text(row, "claim")),
        kind=_short(row, "kind").removesuffix("claim"),
        subject=_end(row, "subject"),
        phrase=text(row, "phrase") or curie(text(row, "predicate")),
        object=_end(row, "object"),
        modality=_short(row, "modality"),
        speaker=_speaker(row),
        details=tuple(_details(row)),
        quotes=tuple(dict.fromkeys(quotes)),
        citations=_links(rows, "citation"),
        premises=_links(follows, "premise"),
    )


def _end(row: Row, name: str) -> Link:
    return link_to(text(row, name), text(row, f"{name}_label"))


def _short(row: Row, name: str) -> str:
    return curie(text(row, name)).rpartition(":")[2].lower()


def _links(rows: Iterable[Row], name: str) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(link_to(text(row, name)) for row in rows if name in row))


def _speaker(row: Row) -> Link | None:
    entity = text(row, "speaker_entity")
    words = text(row, "speaker")
    return link_to(entity, words) if entity else Link(words) if words else None


def _details(row: Row) -> Iterable[tuple[str, Link]]:
    amount = text(row, "quantity_text") or text(row, "quantity")
    since, until = _day(row, "holds_from"), _day(row, "holds_until")
    for name, words in (
        ("how many", amount),
        ("said on", text(row, "said_on")),
        ("holds from", since),
        ("holds until", until),
        ("confidence", text(row, "confidence")),
        ("checked on", text(row, "checked")),
        ("by the rule", text(row, "rule")),
    ):
        if words:
            yield name, Link(words)
    if "involves" in row:
        yield "involves", _end(row, "involves")


def _day(row: Row, name: str) -> str:
    return known_part(text(row, name), text(row, f"{name}_precision"))


def known_part(day: str, precision: str) -> str:
    """A day as far as it is known.

    >>> known_part("2024-02-01", "month")
    '2024-02'
    """
    return day[: _LENGTHS.get(precision, len(day))]


def _quote(row: Row, texts: Texts) -> Quote:
    words, start = text(row, "quote"), _number(text(row, "start"))
    before, after = texts.around(text(row, "sha256"), words, start)
    published = [words for words in (text(row, "author"), text(row, "date")) if words]
    return Quote(
        words=words,
        document=link_to(text(row, "document"), text(row, "title")),
        start=start,
        end=_number(text(row, "end")),
        published=", ".join(published),
        original=link_to(text(row, "address")) if "address" in row else None,
        before=before,
        after=after,
    )


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdecimal() else 0
