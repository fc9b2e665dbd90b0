"""What kind of thing an unknown name names, by all the places where a document uses it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.ontology.kinds import KindClue
from kg.text import Span

Votes = Counter[str]
_NEAR = 90  # code points beside a name in which a clue may stand


def votes_at(words: Span, sentence: Span, clues: Sequence[KindClue]) -> Votes:
    """How loudly the clues at one place speak for each class.

    Args:
        words: The name.
        sentence: The sentence that it stands in.
        clues: All clues.
    """
    start, end = words.start - sentence.start, words.end - sentence.start
    around = {
        "name": words.text,
        "before": sentence.text[max(0, start - _NEAR) : start],
        "after": sentence.text[end : end + _NEAR],
    }
    votes: Votes = Counter()
    for clue in clues:
        held = around[clue.where]
        if clue.pattern.match(held) if clue.where != "before" else clue.pattern.search(held):
            votes[clue.cls] += clue.weight
    return votes


def kind_of(votes: Iterable[Votes], otherwise: str) -> str:
    """The class that most speaks for; of equals, a chip before a model before anything else.

    A shape of a name counts at each place again: a name that is met often is met in its shape.

    Args:
        votes: One count a place.
        otherwise: CURIE of the class of a name of which nothing is known.
    """
    total = sum(votes, Counter[str]())
    return max(sorted(total), key=lambda cls: (total[cls], _RANK.get(cls, 0)), default=otherwise)


def stem_of(name: str) -> str:
    """A product's name without what tells it from its siblings: "Kestrel" for "Kestrel-4 Lite".

    >>> stem_of("Kestrel-4 Lite"), stem_of("Kestrel"), stem_of("KV440")
    ('Kestrel', 'Kestrel', 'KV')
    """
    while found := _SUFFIX.search(name):
        name = name[: found.start()]
    return name


def products_among(votes: Votes) -> Votes:
    """What speaks for a chip or a model."""
    return Counter({cls: count for cls, count in votes.items() if cls in _RANK})


_RANK = {"kg:AIModel": 1, "kg:Chip": 2}
_SUFFIX = re.compile(
    r"(?<=\w)(?:[- ]?\d[\w.]*s?|[- ](?:[A-Z]|XL|[A-Z][a-z]{2,4}))$"  # "-4s", " 2R", "-X", " Lite"
)
