"""Names that the lexicon lacks, guessed from how a document writes them.

A guess is only a place in the text where a name stands: it becomes a thing of the graph when a
claim is read about it, and is forgotten otherwise. What counts as a name is decided over the whole
document: a capital inside a sentence, a second capitalised word, an apposition that says what it
is ("Acme, a reseller"), and never a word that the document also writes small.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from kg.extract.identity import Identities
from kg.extract.kinds import Votes, votes_at
from kg.extract.mentions import Mention
from kg.extract.shapes import (
    BEFORE_A_START,
    dateline_end,
    find_shapes,
    is_headline,
    is_somewhere,
)
from kg.ontology.cues import Cues
from kg.ontology.load import Ontology
from kg.reading import Leftover
from kg.text import Document, Span

_LISTED = r"(?:, (?:and |or )?| and | or |/)(?:the |\d[\d,]* )?"
_LISTED_BEFORE, _LISTED_AFTER = re.compile(f"{_LISTED}$"), re.compile(_LISTED)
_NEIGHBOUR = 2  # how loudly a neighbour in a list speaks
_HEADING = 6  # how loudly the heading of a table speaks
_SMALL = re.compile(r"(?<![\w-])[a-z][\w-]*")


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: Span
    inside: bool  # whether a sentence was already under way
    in_headline: bool  # whether capitals say nothing here, because nearly every word has one
    is_place: bool  # whether the word before says that it is somewhere to be in
    explained: bool  # whether an apposition after it says what it is
    votes: Votes  # what speaks here for its kind


@dataclass(frozen=True, slots=True)
class Known:
    """What is known in a document already, as far as a guess must mind it.

    Attributes:
        mentions: The names of the lexicon. A country in a longer name is no bar to it.
        cells: The class of what stands in a cell of a table, by its words.
        taken: Where no guess can stand.
        countries: Countries, which may be a part of a longer name: "Singapore Tiger Metals".
        products: Class of the chip or model that begins or ends at a place.
    """

    mentions: tuple[Mention, ...]
    cells: Mapping[Span, str]
    taken: tuple[Span, ...]
    countries: tuple[Span, ...]
    products: Mapping[int, str]

    @classmethod
    def of(
        cls,
        mentions: Sequence[Mention],
        lacking: Sequence[Leftover],
        cells: Mapping[Span, str] = MappingProxyType({}),
    ) -> Known:
        """Gather what is known.

        Args:
            mentions: What the lexicon knows.
            lacking: Names of the lexicon that lack their context, which are no new names either.
            cells: The class of what stands in a cell of a table, by its words.
        """
        names = [(each, Span(each.words.start, each.end, "")) for each in mentions]
        taken = [words for each, words in names if not _may_begin(each)]
        taken += [each.words for each in lacking]
        products = {
            place: each.things[0].cls
            for each in mentions
            if each.things[0].cls in {"kg:Chip", "kg:AIModel"}
            for place in (each.words.start, each.words.end)
        }
        countries = tuple(each.words for each in mentions if _may_begin(each))
        return cls(tuple(mentions), cells, tuple(sorted(taken)), countries, products)


def guess_names(
    document: Document,
    sentences: Sequence[Span],
    known: Known,
    ontology: Ontology,
) -> tuple[Mention, ...]:
    """Guess the names that stand between the mentions; in order, each of the form `guess`.

    A guess that begins a longer name of the document is short for it: "Janford" for "Janford
    Realtor".

    Args:
        document: The document.
        sentences: All its sentences.
        known: What is known in it already.
        ontology: Where the lists of words and the decoys stand.
    """
    words = ontology.cues.words
    candidates = [
        candidate
        for sentence in sentences
        for candidate in _candidates(document, sentence, known, ontology.cues)
    ]
    candidates = sorted(_in_cells(candidates, known), key=lambda each: each.words)
    kept = _names_among(candidates, document.text)
    identities = Identities(document, known.mentions, words["placeholder-nouns"])
    things = identities.of([(each.words, each.votes) for each in kept])
    return tuple(
        Mention(words=each.words, things=(things[each.words.text],), form="guess")
        for each in kept
        if each.words.text not in ontology.lexicon.decoys
    )


def _votes_of_neighbours(words: Span, sentence: Span, known: Known) -> Votes:
    """What stands in a list with a chip or a model is one too: "H100s, H200s and Kestrels"."""
    votes: Votes = Counter()
    text = sentence.text
    before = _LISTED_BEFORE.search(text[: words.start - sentence.start])
    after = _LISTED_AFTER.match(text[words.end - sentence.start :])
    places = [
        before and sentence.start + before.start(),
        after and words.end + after.end(),
    ]
    for place in places:
        if place and (cls := known.products.get(place)):
            votes[cls] += _NEIGHBOUR
    return votes


def _within(sentence: Span, spans: Sequence[Span]) -> Sequence[Span]:
    first = bisect_left(spans, sentence.start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, sentence.end, key=lambda span: span.start)]


def _may_begin(mention: Mention) -> bool:
    """Whether a known name may be a part of a longer one: "Singapore Tiger Metals"."""
    return mention.form == "name" and mention.things[0].cls == "kg:Country"


def _names_among(candidates: Sequence[_Candidate], text: str) -> list[_Candidate]:
    """The candidates that the whole document bears out."""
    small = {found.group().casefold() for found in _SMALL.finditer(text)}
    places = {each.words.text for each in candidates if each.is_place}
    sure = {
        each.words.text
        for each in candidates
        if (each.inside or each.explained) and not each.in_headline
    } - places
    return [
        each
        for each in candidates
        if _is_name(each, sure)
        and each.words.text not in places
        and not _is_common(each.words.text, small)
    ]


def _candidates(
    document: Document, sentence: Span, known: Known, cues: Cues
) -> Iterator[_Candidate]:
    words = cues.words
    # no name crosses the end of a sentence
    near, countries = _within(sentence, known.taken), _within(sentence, known.countries)
    in_headline = is_headline(sentence, near)
    dateline = dateline_end(sentence.text)
    for start, end in find_shapes(sentence.text, words):
        span = document.span(sentence.start + start, sentence.start + end)
        if any(country.holds(span) for country in countries):
            continue
        if any(span.meets(other) for other in near):
            continue
        before = sentence.text[:start].rstrip()
        after = sentence.text[end : end + 80]
        explained = re.match(r", (?:a|an|the|one of)\b", after) is not None and any(
            word in words["company-nouns"] for word in after.casefold().split()[1:9]
        )
        inside = bool(before) and before[-1] not in BEFORE_A_START
        is_place = not explained and (
            before.rpartition(" ")[2] in words["place-prepositions"]
            or is_somewhere(sentence.text[end : end + 30], words)
            or end <= dateline
            or span.text.casefold() in words["cities"]
        )
        votes = votes_at(span, sentence, cues.kinds) + _votes_of_neighbours(span, sentence, known)
        yield _Candidate(span, inside, in_headline, is_place, explained, votes)


def _in_cells(candidates: Sequence[_Candidate], known: Known) -> Iterator[_Candidate]:
    """The candidates, and the names that fill a cell; under a heading each is of its kind."""
    classes = {words.start: cls for words, cls in known.cells.items()}
    for each in candidates:
        if cls := classes.pop(each.words.start, None):
            votes = each.votes + Counter({cls: _HEADING})
            each = replace(each, votes=votes, inside=True, in_headline=False, is_place=False)
        yield each
    for words, cls in known.cells.items():
        if words.start in classes and not any(
            words.meets(other) for other in _within(words, known.taken)
        ):
            yield _Candidate(words, True, False, False, True, Counter({cls: _HEADING}))


def _is_name(candidate: _Candidate, sure: set[str]) -> bool:
    words = candidate.words.text
    if candidate.in_headline:
        return words in sure
    return (
        candidate.inside
        or candidate.explained
        or " " in words
        or words in sure
        or any(name.startswith(f"{words} ") for name in sure)
        or re.search(r"[a-z][A-Z]|\d", words) is not None
    )


def _is_common(words: str, small: set[str]) -> bool:
    return " " not in words and words.casefold() in small
