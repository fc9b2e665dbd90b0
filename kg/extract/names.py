"""Where the names of the lexicon stand in a sentence, and whether they mean their thing there.

All names are found in one pass of an Aho-Corasick automaton over a folded copy of the text, which
has exactly as many code points as the text, so that places carry over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.ontology.lexicon import Alias
from kg.ontology.load import Ontology
from kg.text import Span

_LONG = 6  # code points from which a name is a word of its own and no code
_ALIKE = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2011": "-",
        "‐": "-",
        "\n": " ",
        "\r": " ",
    }
)


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Every name of an ontology, ready to be looked for in texts.

    Attributes:
        ontology: Where the names come from.
        automaton: Finds all names at once.
        aliases: The aliases of each pattern of the automaton, by its number; none for a decoy.
    """

    ontology: Ontology
    automaton: AhoCorasick
    aliases: tuple[tuple[Alias, ...], ...]

    @classmethod
    def of(cls, ontology: Ontology) -> NameFinder:
        """Build the automaton: about 0.1 s for a few thousand names."""
        by_name: dict[str, list[Alias]] = {}
        for decoy in sorted(ontology.lexicon.decoys):
            by_name[fold(decoy)] = []
        for alias in ontology.lexicon.aliases:
            by_name.setdefault(fold(alias.text), []).append(alias)
        automaton = AhoCorasick(list(by_name), matchkind=MatchKind.Standard)
        return cls(ontology, automaton, tuple(tuple(aliases) for aliases in by_name.values()))


def fold(text: str) -> str:
    """The text with case and look-alike characters set aside, one code point for each.

    >>> fold("NVIDIA’s İ")
    "nvidia's İ"
    """
    lowered = (char.lower() for char in text.translate(_ALIKE))
    return "".join(low if len(low) == 1 else char for low, char in zip(lowered, text, strict=True))


@dataclass(frozen=True, slots=True)
class Context:
    """What decides whether a name means its thing here.

    Attributes:
        folded: The sentence, folded.
        day: The document's date.
        hits: Where names stand in it, with what they may mean.
        classes: Classes of what the sentence names beyond doubt: "L4" is a chip beside "H100".
        elsewhere: CURIEs of what the document names beyond doubt in any sentence, and the classes
            of all that.
    """

    folded: str
    day: date | None
    hits: tuple[tuple[int, int, list[Alias]], ...]
    classes: frozenset[str]
    elsewhere: frozenset[str] = frozenset()

    @classmethod
    def of(cls, sentence: Span, day: date | None, finder: NameFinder) -> Context:
        """Look over a sentence."""
        folded = fold(sentence.text)
        hits = tuple(_hits(sentence.text, folded, finder))
        certain = {alias.thing for _, _, aliases in hits for alias in aliases if not alias.needs}
        things = finder.ontology.lexicon.things
        return cls(folded, day, hits, frozenset(things[curie].cls for curie in certain))

    def suits(self, alias: Alias) -> bool:
        """Whether a name may mean its thing here: the date fits, and what it needs stands by."""
        if not alias.counts_on(self.day):
            return False
        return self._stands_alone(alias) or any(
            self._names_a(word, alias) if word.startswith("kg:") else _stands_in(word, self.folded)
            for word in alias.needs
        )

    def _names_a(self, cls: str, alias: Alias) -> bool:
        """Whether something of a class stands beside a name; for a long name, in the document.

        A code such as "L4" is too short to mean a chip wherever one is spoken of.
        """
        return cls in self.classes or (len(alias.text) >= _LONG and cls in self.elsewhere)

    def settled(self) -> frozenset[str]:
        """CURIEs of what the sentence names, its own words being enough to tell."""
        named = [aliases for _, _, aliases in self.hits]
        sure = [[alias for alias in aliases if self.suits(alias)] for aliases in named]
        return frozenset(
            aliases[0].thing for aliases in sure if len({alias.thing for alias in aliases}) == 1
        )

    def with_settled(self, names: frozenset[str]) -> Context:
        """The same, knowing what the whole document names, and of which classes that is."""
        return replace(self, elsewhere=names)

    def _stands_alone(self, alias: Alias) -> bool:
        return not alias.needs or alias.thing in self.elsewhere


def _hits(text: str, folded: str, finder: NameFinder) -> Iterator[tuple[int, int, list[Alias]]]:
    """Where whole words are names, as far as case goes; start and end count from the sentence."""
    shouts = text.isupper() and text.count(" ") > 2  # "TENCENT IN TALKS TO BUY"
    for number, start, name_end in finder.automaton.find_matches_as_indexes(
        folded, overlapping=True
    ):
        end = _word_end(folded, start, name_end)
        if end is None:
            continue
        aliases = [
            each for each in finder.aliases[number] if shouts or _case_fits(each, text[start:end])
        ]
        if aliases or not finder.aliases[number]:
            yield start, end, aliases


def _word_end(folded: str, start: int, end: int) -> int | None:
    """Where the name's word ends, a plural s included; None where it is part of a longer word."""
    if _is_cjk(folded[start]) and _is_cjk(folded[end - 1]):
        return end
    if _goes_on(folded[max(0, start - 2) : start][::-1], folded[start]):
        return None
    if folded[end : end + 1] == "s" and folded[end - 1].isalnum():
        end += 1
    return None if _goes_on(folded[end : end + 2], folded[end - 1]) else end


def _goes_on(beyond: str, edge: str) -> bool:
    """Whether a word or number goes on beyond its edge: "H200" beyond H20, "2.5" beyond 2."""
    if not beyond or not edge.isalnum() or _is_cjk(beyond[0]):
        return False
    in_number = beyond[0] in ".," and beyond[1:].isdigit() and edge.isdigit()
    return beyond[0].isalnum() or in_number


def _is_cjk(char: str) -> bool:
    return unicodedata.category(char) == "Lo"


def _case_fits(alias: Alias, written: str) -> bool:
    return not alias.exact or written in {alias.text, f"{alias.text}s"}


def _stands_in(word: str, folded_sentence: str) -> bool:
    word = fold(word)
    if _is_cjk(word[0]):
        return word in folded_sentence  # Chinese sets no space between words
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folded_sentence) is not None
