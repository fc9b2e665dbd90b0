"""Cheap before costly: which sentences could hold a claim at all, and so are worth parsing.

A sentence could hold a claim of a property if it has a word that tells the property, something of
the class of its subjects, and something of the class of its objects. Pronouns, descriptions and
capitalised words count as whatever is asked for; nothing that a cue could match is turned away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.head_nouns import HEAD_NOUNS, head_nouns
from kg.extract.mentions import Mention
from kg.ontology.load import Ontology
from kg.text import Span

_ENDINGS = re.compile(r"(?:e|y)$")


@dataclass(frozen=True, slots=True)
class Gate:
    """What a sentence needs, made ready for quick looks.

    Attributes:
        ontology: Where cues and classes come from.
        needs: For each cue: its trigger's pattern (None: any) and the classes of both ends.
        described: For each class that a head noun can stand for, the pattern of its nouns.
    """

    ontology: Ontology
    needs: tuple[tuple[re.Pattern[str] | None, str, str], ...]
    described: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, ontology: Ontology) -> Gate:
        """Gather the cues: those with the same ends share one pattern."""
        stems: dict[tuple[str, str], set[str]] = {}
        free: set[tuple[str, str]] = set()
        words = ontology.cues.words
        for cue in ontology.cues.relations:
            found = ontology.terms.properties[cue.property]
            ends = (found.domain, found.range)
            stems.setdefault(ends, set()).update(_ENDINGS.sub("", word) for word in cue.triggers)
            if cue.part == "name":
                free.add(ends)
        return cls(
            ontology,
            tuple(
                (None if ends in free else _begins_with(stem), *ends)
                for ends, stem in sorted(stems.items())
            ),
            {
                cls: re.compile(rf"{_begins_with(head_nouns(cls, words)).pattern}\b", re.IGNORECASE)
                for cls in HEAD_NOUNS
            },
        )

    def lets_through(self, sentence: Span, mentions: Sequence[Mention]) -> bool:
        """Whether some property could be claimed in the sentence.

        Args:
            sentence: The sentence.
            mentions: The mentions in it.
        """
        classes = {thing.cls for mention in mentions for thing in mention.things}
        if not classes and not _CAPITAL_INSIDE.search(sentence.text):
            return False
        return any(
            self._has(domain, classes, sentence.text)
            and self._has(range_, classes, sentence.text)
            and (pattern is None or pattern.search(sentence.text) is not None)
            for pattern, domain, range_ in self.needs
        )

    def _has(self, wanted: str, classes: set[str], text: str) -> bool:
        if any(self.ontology.terms.is_a(cls, wanted) for cls in classes):
            return True
        if self.ontology.terms.is_a(wanted, "kg:Entity"):
            # an unknown firm, a pronoun or "the company" can stand for any of them
            return True
        nouns = self.described.get(wanted)
        return nouns is not None and nouns.search(text) is not None


_CAPITAL_INSIDE = re.compile(r"\S\s+[^\w\s]*[A-Z\u4e00-\u9fff]")


def _begins_with(stems: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, stems)))})", re.IGNORECASE)
