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
from dataclasses import dataclass
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from kg.extract.identity import Identities
from kg.extract.kinds import Votes, votes_at
from kg.extract.mentions import Mention
from kg.ontology.cues import Cues
from kg.ontology.kinds import alternatives
from kg.ontology.load import Ontology
from kg.reading import Leftover
from kg.text import Document, Span

# Latin, Greek and Cyrillic capitals; `re` has no class for them
_BLOCKS = (range(0x41, 0x250), range(0x370, 0x530), range(0x1E00, 0x1F00))
_UPPER = "".join(chr(code) for block in _BLOCKS for code in block if chr(code).isupper())
_FIRST = rf"(?:[{_UPPER}]|[a-z]+(?=[A-Z])|(?<!\w)\d+(?=[A-Z]))"
_WORD = rf"{_FIRST}(?:[\w&’']|-(?=\w))*"
_JOIN = rf" (?:& |of (?=[{_UPPER}])|bin |binti |van |von |de |du |al-|\([{_UPPER}][\w ]+\) )?"
_DATELINE = re.compile(
    rf"[{_UPPER}][{_UPPER} ./-]+(?:,[^–—:;]{{1,40}}?)? ?(?:\([^)]+\) ?)?(?:--|–|—| - )"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL = re.compile(r"(?<![\w-])[a-z][\w-]*")
_LISTED_BEFORE = re.compile(r"(?:, (?:and |or )?| and | or |/)(?:the |\d[\d,]* )?$")
_LISTED_AFTER = re.compile(r"(?:, (?:and |or )?| and | or |/)(?:the |\d[\d,]* )?")
_NEIGHBOUR = 2  # how loudly a neighbour in a list speaks
_HEADING = 4  # words of a line without a full stop that is a heading
_BEFORE_A_START = frozenset("\"'“‘([:;–—•*|.")


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: Span
    inside: bool  # whether a sentence was already under way
    in_headline: bool  # whether capitals say nothing here, because nearly every word has one
    is_place: bool  # whether the word before says that it is somewhere to be in
    explained: bool  # whether an apposition after it says what it is
    votes: Votes  # what speaks here for its kind


def guess_names(
    document: Document,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    lacking: Sequence[Leftover],
    ontology: Ontology,
) -> tuple[Mention, ...]:
    """Guess the names that stand between the mentions; in order, each of the form `guess`.

    A guess that begins a longer name of the document is short for it: "Janford" for "Janford
    Realtor".

    Args:
        document: The document.
        sentences: All its sentences.
        mentions: What the lexicon knows in it. A country in a longer name is no bar to it.
        lacking: Names of the lexicon that lack their context there, which are no new names either.
        ontology: Where the lists of words and the decoys stand.
    """
    words = ontology.cues.words
    taken = [(each.words.start, each.end) for each in mentions if not _may_begin(each)]
    taken += [(each.words.start, each.words.end) for each in lacking]
    taken.sort()
    beside = {
        place: each.things[0].cls
        for each in mentions
        if each.things[0].cls in {"kg:Chip", "kg:AIModel"}
        for place in (each.words.start, each.words.end)
    }
    countries = [each.words for each in mentions if _may_begin(each)]
    candidates = [
        candidate
        for sentence in sentences
        for candidate in _candidates(
            document, sentence, taken, _inside(sentence, countries), ontology.cues, beside
        )
    ]
    kept = _names_among(candidates, document.text)
    identities = Identities(document, mentions, words["placeholder-nouns"])
    things = identities.of([(each.words, each.votes) for each in kept])
    return tuple(
        Mention(words=each.words, things=(things[each.words.text],), form="guess")
        for each in kept
        if each.words.text not in ontology.lexicon.decoys
    )


@cache
def _name_pattern(forms: frozenset[str]) -> re.Pattern[str]:
    """Capitalised words in a row, with a number and a legal form: "Brelka 2 Co., Ltd"."""
    form = rf"(?:,? (?=[A-Z])(?i:{alternatives(forms)})\b)*"
    return re.compile(
        rf"(?<!\w){_WORD}(?:\.[A-Za-z]{{2,4}}\b)?(?:{_JOIN}{_WORD}| \d[\w.]*\b)*{form}"
    )


def _votes_of_neighbours(words: Span, sentence: Span, beside: Mapping[int, str]) -> Votes:
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
        if place and (cls := beside.get(place)):
            votes[cls] += _NEIGHBOUR
    return votes


def _inside(sentence: Span, spans: Sequence[Span]) -> Sequence[Span]:
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
    document: Document,
    sentence: Span,
    taken: Sequence[tuple[int, int]],
    countries: Sequence[Span],
    cues: Cues,
    beside: Mapping[int, str],
) -> Iterator[_Candidate]:
    words = cues.words
    # no name crosses the end of a sentence
    near = taken[bisect_left(taken, (sentence.start,)) : bisect_left(taken, (sentence.end,))]
    in_headline = _is_headline(sentence, near)
    dateline = _dateline_end(sentence.text)
    for found in _name_pattern(words["company-forms"]).finditer(sentence.text):
        start, end = _trimmed(sentence.text, *_cut_at_of(sentence.text, found, words), words)
        span = document.span(sentence.start + start, sentence.start + end)
        if end - start < 2 or any(country.holds(span) for country in countries):
            continue
        if any(span.start < stop and begin < span.end for begin, stop in near):
            continue
        before = sentence.text[:start].rstrip()
        after = sentence.text[end : end + 80]
        explained = re.match(r", (?:a|an|the|one of)\b", after) is not None and any(
            word in words["company-nouns"] for word in after.casefold().split()[1:9]
        )
        inside = bool(before) and before[-1] not in _BEFORE_A_START
        is_place = not explained and (
            before.rpartition(" ")[2] in words["place-prepositions"]
            or _is_somewhere(sentence.text[start : end + 30], span.text, words)
            or end <= dateline
            or span.text.casefold() in words["cities"]
        )
        votes = votes_at(span, sentence, cues.kinds) + _votes_of_neighbours(span, sentence, beside)
        yield _Candidate(span, inside, in_headline, is_place, explained, votes)


def _trimmed(
    text: str, start: int, end: int, words: Mapping[str, frozenset[str]]
) -> tuple[int, int]:
    """Without a possessive at the end, and without ordinary words at either end."""
    if found := _POSSESSIVE.search(text[start:end]):
        end = start + found.start()
    head, hyphen, tail = text[start:end].rpartition("-")
    if hyphen and tail in words["compound-endings"]:
        end = start + len(head)
    while start < end:
        first, _, rest = text[start:end].partition(" ")
        last = text[start:end].rpartition(" ")[2]
        opens = not text[:start].rstrip() or text[:start].rstrip()[-1] in _BEFORE_A_START
        begins = rest and first.casefold() in words["never-alone"]
        if (not begins and _is_ordinary(first, words, opens=opens or not rest)) or first.isdigit():
            start = end - len(rest)
        elif rest and _is_ordinary(last, words, opens=True) and not _ends_a_name(last, words):
            end -= len(last) + 1
        else:
            break
    return start, end


def _ends_a_name(word: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word that names nothing by itself may end a name: "Trade Ministry"."""
    lists = ("body-name-heads", "rule-name-heads", "company-forms", "company-endings")
    return any(word.casefold() in words[name] for name in lists)


def _is_somewhere(text: str, name: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a compound says that a name is a place: "Hangzhou-based"."""
    after = re.match(r"-(\w+)", text[len(name) :])
    return after is not None and after[1] in words["place-compounds"]


def _dateline_end(text: str) -> int:
    """Where a dateline ends: "SANTA CRUZ, Calif., Sept. 17 -- "."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def _cut_at_of(
    text: str, found: re.Match[str], words: Mapping[str, frozenset[str]]
) -> tuple[int, int]:
    """Where a name ends: "Institute of Optics" is one, "Brelka of Oslo" is not."""
    start, end = found.span()
    for of in re.finditer(r"(\w+) of ", found[0]):
        if of[1].casefold() not in words["of-name-heads"]:
            return start, start + of.end(1)
    return start, end


def _is_ordinary(word: str, words: Mapping[str, frozenset[str]], *, opens: bool) -> bool:
    """Whether a word names nothing; a capital inside a sentence says that "Nine Terraces" does."""
    if word[0].isdigit():
        return word[:2] in {"19", "20"} and len(word) == 4  # "October 2023", but "3M", "Lab 617"
    return word.casefold() in words["never-names"] or (opens and word.casefold() in STOP_WORDS)


def _is_headline(sentence: Span, near: Sequence[tuple[int, int]]) -> bool:
    """Whether capitals say nothing here, because nearly every word has one; known names aside."""
    words = [
        found.group()
        for found in re.finditer(r"[^\W\d_]\S*", sentence.text)
        if not any(start <= sentence.start + found.start() < end for start, end in near)
    ]
    most = sum(word[0].isupper() for word in words) > 0.6 * len(words)
    is_heading = len(words) <= _HEADING and sentence.text[-1:] not in '.!?:;,|)”"'
    return most and (len(words) > 4 or (is_heading and "|" not in sentence.text))


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
