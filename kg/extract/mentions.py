"""Words that name a thing: names of the lexicon, and shapes of names such as ECCNs.

All names are found in one pass of an Aho-Corasick automaton over a folded copy of the text, which
has exactly as many code points as the text, so that places carry over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.ontology.cues import Cues
from kg.ontology.lexicon import Alias, Thing
from kg.ontology.load import Ontology
from kg.reading import Leftover
from kg.text import Document, Span

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name a thing, or one of several.

    Attributes:
        words: The words, with their place in the document.
        things: What they may name: one thing, or several where the name is shared.
        form: `name`, `adjective` or `generic`, as the alias has it.
    """

    words: Span
    things: tuple[Thing, ...]
    form: str = "name"


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Every name of an ontology, ready to be looked for in texts.

    Attributes:
        ontology: Where the names come from.
        automaton: Finds all names at once.
        aliases: The aliases of each pattern of the automaton, by its number.
    """

    ontology: Ontology
    automaton: AhoCorasick
    aliases: tuple[tuple[Alias, ...], ...]

    @classmethod
    def of(cls, ontology: Ontology) -> NameFinder:
        """Build the automaton: about 0.1 s for a few thousand names."""
        by_name: dict[str, list[Alias]] = {}
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


def find_mentions(
    document: Document, sentences: Sequence[Span], finder: NameFinder
) -> tuple[tuple[Mention, ...], tuple[Leftover, ...]]:
    """Find the names in each sentence, longest first, none inside another.

    Returns:
        The mentions in order of place, and the names whose needed context is missing.
    """
    mentions: list[Mention] = []
    leftovers: list[Leftover] = []
    for sentence in sentences:
        found, lacking = _in_sentence(document, sentence, finder)
        mentions += found
        leftovers += lacking
    return tuple(mentions), tuple(leftovers)


def _in_sentence(
    document: Document, sentence: Span, finder: NameFinder
) -> tuple[list[Mention], list[Leftover]]:
    folded = fold(sentence.text)
    hits = list(_hits(sentence.text, folded, finder))
    things = finder.ontology.lexicon.things
    # what is named without any need helps to place what has one: "L4" beside "H100"
    context = _Context(
        folded,
        document.date,
        frozenset(
            things[alias.thing].cls
            for _, _, aliases in hits
            for alias in aliases
            if not alias.needs
        ),
    )
    known: list[Mention] = []
    lacking: list[Leftover] = []
    for start, end, aliases in hits:
        words = document.span(sentence.start + start, sentence.start + end)
        fitting = [alias for alias in aliases if context.suits(alias)]
        if fitting:
            curies = dict.fromkeys(alias.thing for alias in _most_particular(fitting))
            named = tuple(things[curie] for curie in curies)
            known.append(Mention(words=words, things=named, form=fitting[0].form))
        else:
            lacking.append(Leftover(words, _why_not(aliases)))
    shaped = _shaped(document, sentence, finder.ontology.cues)
    chosen = [
        _with_head_noun(document, sentence, mention, finder)
        for mention in _longest([*known, *shaped])
    ]
    taken = [mention.words for mention in chosen]
    return chosen, [each for each in lacking if not any(each.words.meets(one) for one in taken)]


def _hits(text: str, folded: str, finder: NameFinder) -> Iterator[tuple[int, int, list[Alias]]]:
    """Where whole words are names, as far as case goes; start and end count from the sentence."""
    for number, start, name_end in finder.automaton.find_matches_as_indexes(
        folded, overlapping=True
    ):
        end = _word_end(folded, start, name_end)
        if end is None:
            continue
        aliases = [each for each in finder.aliases[number] if _case_fits(each, text[start:end])]
        if aliases:
            yield start, end, aliases


@dataclass(frozen=True, slots=True)
class _Context:
    """What decides whether a name means its thing here.

    Attributes:
        folded: The sentence, folded.
        day: The document's date.
        classes: Classes of what the sentence names beyond doubt.
    """

    folded: str
    day: date | None
    classes: frozenset[str]

    def suits(self, alias: Alias) -> bool:
        if not alias.counts_on(self.day):
            return False
        return not alias.needs or any(
            word in self.classes if word.startswith("kg:") else _stands_in(word, self.folded)
            for word in alias.needs
        )


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


def _why_not(aliases: Sequence[Alias]) -> str:
    things = ", ".join(alias.thing for alias in aliases)
    if any(alias.needs for alias in aliases):
        return f"may name {things}, but no word of its context stands in the sentence"
    return f"may name {things}, but not in a document of this date"


def _most_particular(aliases: Sequence[Alias]) -> Sequence[Alias]:
    """Those whose context stands there, if any has one; else all."""
    particular = [alias for alias in aliases if alias.needs or alias.since or alias.until]
    return particular or aliases


def _shaped(document: Document, sentence: Span, cues: Cues) -> Iterator[Mention]:
    placeholders = cues.words["placeholder-nouns"]
    for code in cues.codes:
        for found in code.pattern.finditer(sentence.text):
            start, end = found.span("name" if "name" in code.pattern.groupindex else 0)
            if start == end:
                continue
            words = document.span(sentence.start + start, sentence.start + end)
            yield Mention(
                words=words, things=(discover(words.text, code.cls, document, placeholders),)
            )


_PREFIX_OF = {"kg:Chip": "chip", "kg:ChipFamily": "chip", "kg:Rule": "rule", "kg:AIModel": "model"}


def discover(name: str, cls: str, document: Document, placeholders: frozenset[str]) -> Thing:
    """A thing that the lexicon lacks, made from its name.

    A proper name has one id over all documents; a placeholder ("Customer A") has one for each
    document, so that two filings' customers never merge.

    Args:
        name: The words that name it.
        cls: CURIE of its class.
        document: The document that names it.
        placeholders: Nouns that with a letter or number stand for a name withheld.
    """
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", name).casefold()).strip("-")
    noun, _, tag = slug.rpartition("-")
    if noun in placeholders and (len(tag) == 1 or tag.isdigit()):
        slug = f"{document.id}-{slug}"
    prefix = _PREFIX_OF.get(cls, "entity")
    return Thing(curie=f"{prefix}:x-{slug or 'unnamed'}", label=name, cls=cls, discovered=True)


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    """The longest of those that overlap; of equals, the one the lexicon knows."""
    chosen: list[Mention] = []
    for mention in sorted(
        mentions,
        key=lambda one: (
            one.words.start - one.words.end,
            one.words.start,
            one.things[0].discovered,
            one.things[0].curie,
        ),
    ):
        if not any(mention.words.meets(other.words) for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda mention: mention.words.start)


def _with_head_noun(
    document: Document, sentence: Span, mention: Mention, finder: NameFinder
) -> Mention:
    """Take a following head noun into the mention: "Blackwell" becomes "Blackwell chips"."""
    list_name = _HEADS.get(mention.things[0].cls)
    if list_name is None or mention.form != "name":
        return mention
    heads = finder.ontology.cues.words[list_name]
    after = document.text[mention.words.end : sentence.end]
    found = re.match(r"(?: AI| Tensor Core)? (\w+)", after)
    if found and found.group(1).casefold() in heads:
        words = document.span(mention.words.start, mention.words.end + found.end())
        return replace(mention, words=words)
    return mention


_HEADS = {"kg:Chip": "chip-nouns", "kg:ChipFamily": "chip-nouns", "kg:AIModel": "model-nouns"}
