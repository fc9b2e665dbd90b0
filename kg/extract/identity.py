"""Which unknown names of a document are one thing: short forms, acronyms, and what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.extract.discover import discover
from kg.extract.kinds import Votes, kind_of, products_among, stem_of
from kg.extract.mentions import Mention
from kg.ontology.lexicon import Thing
from kg.text import Document, Span

UNKNOWN = "kg:Company"  # what a name is taken for of which nothing is known
_SHORTENED = {"kg:Company", "kg:Person", "kg:GovernmentBody", "kg:Rule"}  # "Brelka" for the firm
_IN_BRACKETS = re.compile(r"\s?[(（](?:[\w.]+ ){0,2}([\"“”'‘]?)")


class Identities:
    """The thing of each name of one document, found longest name first.

    A name is the thing that it names elsewhere in the document, or that it is short for: it begins
    or ends a longer name of an organisation, a person or a rule, or it stands in brackets after it,
    as its initials or in quotation marks.
    """

    def __init__(
        self, document: Document, mentions: Sequence[Mention], placeholders: frozenset[str]
    ) -> None:
        """Start from what the lexicon knows.

        Args:
            document: The document.
            mentions: What the lexicon knows in it.
            placeholders: Nouns that with a letter or number stand for a name withheld.
        """
        self._document = document
        self._placeholders = placeholders
        self._same, self._known = _known_names(mentions)
        self._mentions = mentions

    def of(self, names: Sequence[tuple[Span, Votes]]) -> dict[str, Thing]:
        """The thing of each name.

        Args:
            names: Each place of a name, with what speaks there for its kind.
        """
        votes: dict[str, list[Votes]] = defaultdict(list)
        for words, own in names:
            votes[_singular(words.text)].append(own)
        _share_among_siblings(votes)
        explained = self._explained([words for words, _ in names])
        things: dict[str, Thing] = {}
        for name in sorted(votes, key=lambda name: (-len(name), name)):
            kind = kind_of(votes[name], UNKNOWN)
            whole = explained.get(name) or self._whole(name, kind, things)
            if name in self._same:
                things[name] = self._same[name]
            elif whole is not None and (thing := self._known.get(whole) or things.get(whole)):
                things[name] = thing
            else:
                things[name] = discover(name, kind, self._document, self._placeholders)
        return {words.text: things[_singular(words.text)] for words, _ in names}

    def _whole(self, name: str, kind: str, things: Mapping[str, Thing]) -> str | None:
        """The longer name that a name is short for, if there is one of its kind."""
        if kind not in _SHORTENED:
            return None
        for other in (*self._known, *things):
            thing = self._known.get(other) or things[other]
            if thing.cls in _SHORTENED and (
                other.startswith(f"{name} ") or (" " not in name and other.endswith(f" {name}"))
            ):
                return other
        return None

    def _explained(self, names: Iterable[Span]) -> dict[str, str]:
        """Of "Ettlinger Rechenwerk (ERW)": the short name in brackets, and the whole before it."""
        whole_at = {words.end: words.text for words in names}
        whole_at |= {each.words.end: each.words.text for each in self._mentions if self._is(each)}
        return dict(self._pairs(whole_at, {words.start: words for words in names}))

    def _is(self, mention: Mention) -> bool:
        return mention.words.text in self._known

    def _pairs(
        self, whole_at: Mapping[int, str], short_at: Mapping[int, Span]
    ) -> Iterator[tuple[str, str]]:
        text = self._document.text
        for end, whole in whole_at.items():
            opening = _IN_BRACKETS.match(text, end)
            short = short_at.get(opening.end()) if opening else None
            if opening and short and short.text != whole and text[short.end : short.end + 2]:
                closed = re.match(r"[\"”'’]?[)）]", text[short.end : short.end + 2])
                if closed and (opening[1] or _initials(short.text, whole)):
                    yield _singular(short.text), _singular(whole)


def _share_among_siblings(votes: dict[str, list[Votes]]) -> None:
    """Let what speaks for a product speak for its siblings: "Kestrel-4" for "Kestrel-4 Lite"."""
    siblings: dict[str, list[str]] = defaultdict(list)
    for name in votes:
        if (stem := stem_of(name)) != name:
            siblings[stem].append(name)
    for names in siblings.values():
        shared = sum((products_among(each) for name in names for each in votes[name]), Votes())
        for name in names:
            votes[name].append(shared)


def _singular(name: str) -> str:
    """A name that ends with a number, without the small s of several of them: "Kestrel-4s"."""
    return re.sub(r"(?<=\d)s$", "", name)


def _initials(short: str, whole: str) -> bool:
    """Whether a name is made of letters of another in their order, or is one of its words.

    >>> _initials("ERW", "Ettlinger Rechenwerk"), _initials("DVD", "Ettlinger Rechenwerk")
    (True, False)
    """
    if short in whole.split():
        return True
    rest = iter(whole.casefold())
    return (
        short.isupper()
        and short[0] == whole[0]
        and all(letter in rest for letter in short.casefold())
    )


def _known_names(mentions: Sequence[Mention]) -> tuple[dict[str, Thing], dict[str, Thing]]:
    """Names that mean a thing as they stand, and names whose beginning is short for one."""
    same: dict[str, Thing] = {}
    known: dict[str, Thing] = {}
    for mention in mentions:
        for thing in mention.things:
            same[thing.label] = thing
            if thing.cls == "kg:Person":
                # a person's last name alone is short for the whole
                same[thing.label.rpartition(" ")[2]] = thing
        if mention.form == "name" and mention.things[0].curie.startswith("entity:"):
            known |= dict.fromkeys((mention.words.text, mention.things[0].label), mention.things[0])
    return same, known
