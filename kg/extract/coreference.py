"""What a pronoun or a description such as "the company" refers back to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.mentions import Mention
from kg.ontology.terms import Terms
from kg.text import Span

_JOINED = re.compile(r"[\s,]*(?:(?:and|or|&|as well as) )?(?:(?:the|its|their|an?) )?\s*")
# How much more salient a name is, in sentences of distance, that is the first of its class in its
# sentence, that opens it, and for each time it is named, up to so many.
_FIRST, _OPENS, _EACH, _OFTEN = 1.0, 0.75, 0.1, 5
_WINDOW = 4  # sentences looked back
_SENTENCE = 5  # words; what is shorter is a heading
_OPENING = 8  # sentences in which a document names its own voice
_BEFORE = re.compile(r"(?:[^–—]{0,80} ?(?:--|–|—| - ) ?)?(?:The |At |In this \w+, |We, )?")


@dataclass(frozen=True, slots=True)
class Antecedents:
    """The names of a document, in order, ready to be referred to.

    Attributes:
        mentions: All mentions that name one thing.
        sentences: All sentences.
        terms: Which class is which.
        counts: How often each thing is named, by CURIE.
        voice: The name of whoever says "we" in the document; None where nobody is known to.
    """

    mentions: tuple[Mention, ...]
    sentences: tuple[Span, ...]
    terms: Terms
    counts: Counter[str]
    voice: Mention | None = None

    @classmethod
    def of(
        cls, mentions: tuple[Mention, ...], sentences: tuple[Span, ...], terms: Terms
    ) -> Antecedents:
        """Make the names ready.

        Who says "we" is taken to be the first organisation that opens a sentence near the top: a
        filing, a press release and a company's statement begin with the name of the company. What
        opens otherwise, such as a thread of a forum, seldom says "we" of anything claimed.
        """
        opening = sentences[:_OPENING]
        named = (
            mention
            for mention in mentions
            if terms.is_a(mention.things[0].cls, "kg:Company")
            and any(_opens(mention.words, sentence) for sentence in opening)
        )
        counts = Counter(mention.things[0].curie for mention in mentions)
        return cls(mentions, sentences, terms, counts, next(named, None))

    def before(self, words: Span, wanted: str, barred: Collection[Span] = ()) -> Mention | None:
        """The name that the words refer back to, the most salient; None where none stands near.

        A near name is more salient than a far one; so is the first of its sentence, which in
        English is mostly its subject, the one that opens it, and one that is named often.

        Args:
            words: The pronoun or description.
            wanted: CURIE of the class that it must be of.
            barred: Words that it cannot refer to.
        """
        ranked = [
            (self._salience(name, sentence, names[0] is name) - distance, -name.words.start, name)
            for distance, (sentence, names) in self._nearest(words, wanted, barred)
            for name in names
        ]
        return max(ranked, key=lambda rank: rank[:2])[2] if ranked else None

    def _salience(self, name: Mention, sentence: Span, is_first: bool) -> float:
        opens = _BEFORE.fullmatch(sentence.text[: name.words.start - sentence.start]) is not None
        often = min(self.counts[name.things[0].curie], _OFTEN)
        return _FIRST * is_first + _OPENS * opens + _EACH * often

    def all_before(self, words: Span, wanted: str, barred: Collection[Span] = ()) -> list[Mention]:
        """The names that a plural refers back to: the nearest that stand together in a list.

        Where no two stand together, "they" may be one firm: then as `before`.

        Args:
            words: The pronoun or description, such as "both" or "the two chips".
            wanted: CURIE of the class that they must be of.
            barred: Words that they cannot refer to.
        """
        nearest = [each for _, each in self._nearest(words, wanted, barred)]
        for sentence, names in nearest:
            lists = (_list_from(sentence, names[number:]) for number in range(len(names)))
            if together := next((each for each in lists if len(each) > 1), None):
                return together
        return nearest[0][1][:1] if nearest else []

    def _nearest(
        self, words: Span, wanted: str, barred: Collection[Span]
    ) -> Iterator[tuple[int, tuple[Span, list[Mention]]]]:
        """Sentences near the words with their names of the class before the words, nearest first.

        Each with how many sentences it lies back.
        """
        number = bisect_right(self.sentences, words.start, key=lambda each: each.start) - 1
        near = reversed(self.sentences[max(0, number - _WINDOW) : number + 1])
        for distance, sentence in enumerate(near):
            names = [
                mention
                for mention in self._in(sentence)
                if mention.words.end <= words.start
                and mention.words not in barred
                and self._is_a(mention, wanted)
            ]
            if names:
                yield distance, (sentence, names)

    def _in(self, sentence: Span) -> Sequence[Mention]:
        first = bisect_left(self.mentions, sentence.start, key=_start)
        return self.mentions[first : bisect_left(self.mentions, sentence.end, key=_start)]

    def _is_a(self, mention: Mention, wanted: str) -> bool:
        return mention.form != "adjective" and self.terms.is_a(mention.things[0].cls, wanted)


def _opens(words: Span, sentence: Span) -> bool:
    """Whether a name opens a sentence of some length, a dateline aside."""
    if not sentence.holds(words) or len(sentence.text.split()) < _SENTENCE:
        return False
    return _BEFORE.fullmatch(sentence.text[: words.start - sentence.start]) is not None


def _list_from(sentence: Span, names: Sequence[Mention]) -> list[Mention]:
    """The first name and those that nothing but commas and "and" part from it."""
    together = list(names[:1])
    for before, after in pairwise(names):
        between = sentence.text[before.end - sentence.start : after.words.start - sentence.start]
        if not _JOINED.fullmatch(between):
            break
        together.append(after)
    return together


def _start(mention: Mention) -> int:
    return mention.words.start
