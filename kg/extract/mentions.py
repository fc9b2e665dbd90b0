"""Words that name a thing: names of the lexicon, and shapes of names such as ECCNs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.discover import discover
from kg.extract.names import Context, NameFinder
from kg.ontology.cues import Cues
from kg.ontology.lexicon import Alias, Thing
from kg.reading import Leftover
from kg.text import Document, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name a thing, or one of several.

    Attributes:
        words: The words, with their place in the document.
        things: What they may name: one thing, or several where the name is shared.
        form: `name`, `adjective` or `generic`, as the alias has it; `guess` for a name that only
            its capital tells.
        beside: The same thing's other name in brackets right after, as in "Ascend (昇腾)", with
            its brackets; None without one.
    """

    words: Span
    things: tuple[Thing, ...]
    form: str = "name"
    beside: Span | None = None

    @property
    def end(self) -> int:
        """Where the mention ends, the name in brackets included."""
        return self.words.end if self.beside is None else self.beside.end


def find_mentions(
    document: Document, sentences: Sequence[Span], finder: NameFinder
) -> tuple[tuple[Mention, ...], tuple[Leftover, ...]]:
    """Find the names in each sentence, longest first, none inside another.

    A name that needs a context has it everywhere once the document has given it in one sentence,
    or has named the same thing beyond doubt.

    Returns:
        The mentions in order of place, and the names whose needed context is missing.
    """
    contexts = [Context.of(sentence, document.date, finder) for sentence in sentences]
    named = {thing for context in contexts for thing in context.settled()}
    classes = {cls for context in contexts for cls in context.classes}
    settled = frozenset(named | classes)
    mentions: list[Mention] = []
    leftovers: list[Leftover] = []
    for sentence, context in zip(sentences, contexts, strict=True):
        found, lacking = _in_sentence(document, sentence, context.with_settled(settled), finder)
        mentions += found
        leftovers += lacking
    return tuple(mentions), tuple(leftovers)


def _in_sentence(
    document: Document, sentence: Span, context: Context, finder: NameFinder
) -> tuple[list[Mention], list[Leftover]]:
    known: list[Mention] = []
    lacking: list[Leftover] = []
    for start, end, aliases in context.hits:
        words = document.span(sentence.start + start, sentence.start + end)
        fitting = [alias for alias in aliases if context.suits(alias)]
        if aliases and not fitting:
            lacking.append(_lacking(words, aliases))
        else:
            known.append(_mention(words, fitting, finder))
    shaped = [
        each
        for each in _shaped(document, sentence, finder.ontology.cues)
        if not any(_swallows(each, name) for name in known)
    ]
    chosen = [
        _with_head_noun(document, sentence, mention, finder)
        for mention in _longest([*known, *shaped])
        if mention.things  # a decoy has done its work once no name inside it was chosen
    ]
    chosen = list(_with_names_beside(document, chosen))
    taken = [mention.words for mention in chosen]
    return chosen, [each for each in lacking if not any(each.words.meets(one) for one in taken)]


def _swallows(shaped: Mention, known: Mention) -> bool:
    """Whether a shape only adds words to a known name: "The H20", "Tencent H20"."""
    kinds = {thing.cls for thing in known.things}
    return shaped.words.holds(known.words) and shaped.things[0].cls in kinds


def _with_names_beside(document: Document, mentions: list[Mention]) -> Iterator[Mention]:
    """Take a name in brackets into the mention of the same thing before it."""
    rest = iter([*mentions, None])
    mention = next(rest)
    while mention is not None:
        after = next(rest)
        if after is not None and after.things == mention.things:
            between = document.text[mention.words.end : after.words.start]
            if between.strip() in {"(", "（"} and document.text[after.words.end :][:1] in {
                ")",
                "）",
            }:
                beside = document.span(after.words.start - 1, after.words.end + 1)
                mention = replace(mention, beside=beside)
                after = next(rest)
        yield mention
        mention = after


def _mention(words: Span, fitting: Sequence[Alias], finder: NameFinder) -> Mention:
    """The mention that some aliases make; one without things for a decoy, which has no alias."""
    curies = dict.fromkeys(alias.thing for alias in _most_particular(fitting))
    things = tuple(finder.ontology.lexicon.things[curie] for curie in curies)
    return Mention(words=words, things=things, form=fitting[0].form if fitting else "name")


def _lacking(words: Span, aliases: Sequence[Alias]) -> Leftover:
    things = ", ".join(alias.thing for alias in aliases)
    if any(alias.needs for alias in aliases):
        return Leftover(
            words, "may be a name, but no word of its context stands in the sentence", things
        )
    return Leftover(words, "may be a name, but not in a document of this date", things)


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


def _longest(mentions: Sequence[Mention]) -> list[Mention]:
    """The longest of those that overlap; of equals, the one the lexicon knows."""
    chosen: list[Mention] = []
    for mention in sorted(
        mentions,
        key=lambda one: (
            one.words.start - one.words.end,
            one.words.start,
            [(thing.discovered, thing.curie) for thing in one.things],
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
