"""The main path: documents in, claims in the middle, a graph out."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.arguments import Reader
from kg.extract.cells import Grid
from kg.extract.claim import join_repeats, make_claim, said_in_passing
from kg.extract.coreference import Antecedents
from kg.extract.flow import as_it_stands, flowing
from kg.extract.guess import Known, guess_names
from kg.extract.layout import TableRow
from kg.extract.leftovers import Sifted, find_unused, find_unused_guesses
from kg.extract.link import link
from kg.extract.mentions import Mention, find_mentions
from kg.extract.parse import parse
from kg.extract.prepare import Tools
from kg.extract.relations import Draft, Half
from kg.extract.segment import segment
from kg.extract.tables import CellDraft
from kg.extract.topic import is_on_topic
from kg.ontology.lexicon import Thing
from kg.ontology.terms import Terms
from kg.reading import Leftover, Named, Reading
from kg.text import Document, Span


def read_claims(document: Document, tools: Tools) -> Reading:
    """Read one document: find its names, parse what could hold a claim, read the claims."""
    flows = flowing(document)
    reading = _read(flows, tools)
    return reading if flows is document else as_it_stands(reading, document)


def _read(document: Document, tools: Tools) -> Reading:
    sentences = segment(document, tools.ontology.cues.words)
    rows = tools.tables.rows(document)
    names = _find_names(document, sentences, rows, tools)
    named = names.all()
    held = _by_sentence(sentences, named)
    hopeful = [
        (each, held[each]) for each in sentences if tools.gate.lets_through(each, held[each])
    ]
    antecedents = Antecedents.of(named, sentences, tools.ontology.terms)
    on_topic = is_on_topic(names.linked, tools.ontology.terms)
    told = [
        each
        for each in tools.tables.drafts(rows, named)
        if tools.plausibility.why_not(each, on_topic=on_topic) is None
    ]
    claims = [tools.tables.claim(each, document) for each in told]
    drafts: list[Draft | CellDraft] = [*told]
    unused: list[Leftover] = []
    grid = Grid(rows)
    background = tools.ontology.cues.words["background-properties"]
    for parsed in parse(hopeful, tools.language, tools.ontology.cues.masks):
        reader = Reader(parsed, document, tools.ontology, antecedents)
        drawn = _drafts(reader, held[parsed.sentence], tools)
        found = [each for each in drawn if not _is_parted(each, grid)]
        sifted = Sifted.of(found, tools.plausibility, on_topic=on_topic)
        made = [make_claim(draft, reader, tools.stances) for draft in sifted.kept]
        claims += said_in_passing(made, background)
        drafts += sifted.kept
        unused += sifted.leftovers(reader)
    unused += names.unused(drafts, tools.ontology.terms)
    return Reading(
        document=document,
        claims=join_repeats(claims),
        names=_names(names.linked, drafts),
        discovered=_discovered(names.linked, drafts),
        leftovers=tuple(sorted(unused, key=lambda left: left.words)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The names of a document.

    Attributes:
        linked: Those that the lexicon knows, or whose shape tells what they are.
        guessed: Those that only look like one.
        lost: Those that cannot be used, with the reason.
    """

    linked: tuple[Mention, ...]
    guessed: tuple[Mention, ...]
    lost: tuple[Leftover, ...]

    def all(self) -> tuple[Mention, ...]:
        """All that can be used, in order."""
        linked = _outside(self.linked, self.guessed)
        return tuple(sorted((*linked, *self.guessed), key=lambda each: each.words))

    def unused(self, drafts: Sequence[Draft | CellDraft], terms: Terms) -> Iterator[Leftover]:
        """The names of which nothing was read."""
        yield from self.lost
        yield from find_unused(self.linked, drafts, terms)
        yield from find_unused_guesses(self.guessed, drafts, self.lost, terms)


def _find_names(
    document: Document, sentences: Sequence[Span], rows: Sequence[TableRow], tools: Tools
) -> _Names:
    mentions, lacking = find_mentions(document, sentences, tools.names)
    linked, ambiguous = link(mentions)
    known = Known.of(linked, lacking, tools.tables.names(rows))
    return _Names(
        linked=linked,
        guessed=guess_names(document, sentences, known, tools.ontology),
        lost=(*lacking, *ambiguous),
    )


def _outside(linked: Iterable[Mention], guessed: Sequence[Mention]) -> Iterator[Mention]:
    """The known names that are no part of a longer guess: not the country in a firm's name."""
    starts = [each.words.start for each in guessed]
    for mention in linked:
        before = bisect_right(starts, mention.words.start) - 1
        if before < 0 or not guessed[before].words.meets(mention.words):
            yield mention


def _drafts(reader: Reader, mentions: Sequence[Mention], tools: Tools) -> list[Draft | Half]:
    """What the grammar tells, then what a wording tells and the grammar did not."""
    found = list(tools.relations.find(reader))
    told = {draft.triple for draft in found if isinstance(draft, Draft)}
    for draft in tools.phrases.find(reader, mentions):
        if draft.triple not in told:
            told.add(draft.triple)
            found.append(draft)
    return found


def _is_parted(draft: Draft | Half, grid: Grid) -> bool:
    """Whether the two things stand in two cells, which only headings can join."""
    return isinstance(draft, Draft) and grid.parts(draft.subject.words, draft.object.words)


def _by_sentence(
    sentences: Sequence[Span], mentions: Iterable[Mention]
) -> dict[Span, list[Mention]]:
    held: dict[Span, list[Mention]] = defaultdict(list)
    starts = [sentence.start for sentence in sentences]
    for mention in mentions:
        at = bisect_right(starts, mention.words.start) - 1
        if at >= 0 and sentences[at].holds(mention.words):  # no name crosses a sentence's end
            held[sentences[at]].append(mention)
    return held


def _names(mentions: Iterable[Mention], drafts: Iterable[Draft | CellDraft]) -> tuple[Named, ...]:
    """Which words name which thing: the mentions, and the names that only a claim brought up."""
    named = {(each.words, each.things[0].curie) for each in mentions if len(each.things) == 1}
    named |= {(end.words, end.thing.curie) for draft in drafts for end in draft.ends}
    return tuple(Named(words, curie) for words, curie in sorted(named))


def _discovered(
    mentions: Iterable[Mention], drafts: Iterable[Draft | CellDraft]
) -> tuple[Thing, ...]:
    """The things that the lexicon lacks, each under the first name that the document uses."""
    things = [(each.words, thing) for each in mentions for thing in each.things]
    things += [(end.words, end.thing) for draft in drafts for end in draft.ends]
    first: dict[str, Thing] = {}
    for _, thing in sorted(things, key=lambda found: found[0]):
        if thing.discovered:
            first.setdefault(thing.curie, thing)
    return tuple(first[curie] for curie in sorted(first))
