"""Every cue reads its own example and not its counter-example, and no list goes unused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.extract.gate import Gate
from kg.extract.kinds import kind_of, votes_at
from kg.extract.mentions import find_mentions
from kg.extract.phrases import PhraseFinder
from kg.extract.prepare import Tools
from kg.extract.relations import RelationFinder
from kg.extract.segment import segment
from kg.extract.shapes import find_shapes
from kg.ontology.cues import LISTS, CodePattern, ModalityCue, RelationCue
from kg.ontology.files import ontology_folder
from kg.ontology.kinds import KindClue
from kg.ontology.load import load_ontology
from kg.ontology.phrases import PhraseCue
from kg.pipeline import read_claims
from kg.text import Document, Span

CUES = load_ontology().cues
Told = Callable[[str], set[tuple[str, str, str, str]]]


@pytest.mark.parametrize("cue", CUES.relations, ids=lambda cue: cue.name)
def test_a_relation_cue_reads_its_example(cue: RelationCue, told: Told) -> None:
    assert cue.claim in {" | ".join(claim[:3]) for claim in told(cue.example)}


def told_alone(cue: RelationCue | PhraseCue, text: str, tools: Tools) -> set[str]:
    """The claims of a text, as a cue writes them, with no other cue at work."""
    relations = (cue,) if isinstance(cue, RelationCue) else ()
    phrases = (cue,) if isinstance(cue, PhraseCue) else ()
    cues = replace(CUES, relations=relations, phrases=phrases)
    alone = replace(tools.ontology, cues=cues)
    finders = replace(tools, relations=RelationFinder.of(alone), phrases=PhraseFinder.of(alone))
    return {
        f"{claim.subject_text} | {claim.predicate} | {claim.object_text}"
        for claim in read_claims(Document(identifier="a", title="a", text=text), finders).claims
    }


@pytest.mark.parametrize("cue", CUES.phrases, ids=lambda cue: cue.name)
def test_a_phrase_cue_reads_its_example(cue: PhraseCue, told: Told) -> None:
    assert cue.claim in {" | ".join(claim[:3]) for claim in told(cue.example)}


@pytest.mark.parametrize("cue", (*CUES.relations, *CUES.phrases), ids=lambda cue: cue.name)
def test_a_cue_reads_its_example_alone(cue: RelationCue | PhraseCue, tools: Tools) -> None:
    """It is this cue that reads it: with no other cue at work the claim is still there."""
    assert cue.claim in told_alone(cue, cue.example, tools)


@pytest.mark.parametrize("cue", (*CUES.relations, *CUES.phrases), ids=lambda cue: cue.name)
def test_a_cue_is_silent_in_its_counter_example(cue: RelationCue | PhraseCue, tools: Tools) -> None:
    assert told_alone(cue, cue.counter, tools) == set()


@pytest.mark.parametrize(
    "cue", [cue for cue in CUES.relations if cue.triggers], ids=lambda cue: cue.name
)
def test_the_trap_of_a_counter_example_has_the_cue_s_own_words(
    cue: RelationCue, tools: Tools
) -> None:
    """A sentence without a trigger would be silent whatever the roles were."""
    tokens = tools.language(cue.counter)
    assert cue.triggers & {form for each in tokens for form in (each.lower_, each.lemma_)}


@pytest.mark.parametrize("cue", CUES.modalities, ids=lambda cue: cue.name)
def test_a_modality_cue_reads_its_example(cue: ModalityCue, told: Told) -> None:
    assert tuple(cue.claim.split(" | ")) in told(cue.example)
    assert cue.claim.endswith(cue.modality)


@pytest.mark.parametrize("cue", CUES.modalities, ids=lambda cue: cue.name)
def test_a_modality_cue_is_what_makes_the_difference(cue: ModalityCue, told: Told) -> None:
    """Without the cue's words the example is asserted: nothing else in it turns the claim."""
    plain = {
        "according-to": "DeepSeek used the H800.",
        "question-mark": "DeepSeek did use the H800.",
    }.get(cue.name, f"{cue.claim.split(' | ')[0]} used the {cue.claim.split(' | ')[2]}.")
    assert {modality for *_, modality in told(plain)} == {"asserted"}


def examples() -> list[str]:
    return [cue.example for cue in (*CUES.relations, *CUES.phrases, *CUES.modalities)]


@pytest.mark.parametrize("example", examples())
def test_the_gate_turns_away_no_example(example: str, tools: Tools) -> None:
    document = Document(identifier="a", title="a", text=example)
    sentences = segment(document, CUES.words)
    mentions, _ = find_mentions(document, sentences, tools.names)
    for sentence in sentences:
        inside = [each for each in mentions if sentence.holds(each.words)]
        assert tools.gate.lets_through(sentence, inside)


def test_the_gate_turns_away_what_tells_nothing(tools: Tools) -> None:
    document = Document(
        identifier="a", title="a", text="the rain fell for two days without a stop."
    )
    assert not tools.gate.lets_through(document.span(0, len(document.text)), [])
    assert isinstance(tools.gate, Gate)


@pytest.mark.parametrize("code", CUES.codes, ids=lambda code: code.name)
def test_a_code_finds_its_example_whole(code: CodePattern) -> None:
    found = code.pattern.search(f"It is under the {code.example} units, as amended.")
    assert found is not None
    name = found["name"] if "name" in code.pattern.groupindex else found[0]
    assert name in code.example


@pytest.mark.parametrize("clue", CUES.kinds, ids=lambda clue: clue.name)
def test_a_clue_tells_the_kind_in_its_example(clue: KindClue) -> None:
    start = clue.example.index(clue.reads)
    words, sentence = (
        Span(at, at + len(text), text) for at, text in ((start, clue.reads), (0, clue.example))
    )
    assert votes_at(words, sentence, [clue]) == {clue.cls: clue.weight}
    assert kind_of([votes_at(words, sentence, CUES.kinds)], "kg:Company") == clue.cls


@pytest.mark.parametrize("clue", CUES.kinds, ids=lambda clue: clue.name)
def test_a_clue_is_silent_in_its_counter_example(clue: KindClue) -> None:
    """Of the name that it reads in its example; or, as to a shape, of each name that is there."""
    text = clue.counter
    at = text.find(clue.reads)
    places = find_shapes(text, CUES.words) if clue.where == "name" else [(at, at + len(clue.reads))]
    names = [Span(start, end, text[start:end]) for start, end in places]
    assert names
    assert [votes_at(name, Span(0, len(text), text), [clue]) for name in names] == [{}] * len(names)


@pytest.mark.parametrize(
    "words",
    ["in 2023 and 2024", "H20", "the Act", "a company", "12A345678", "room 3B at 10.5", "§ 12"],
)
def test_no_code_is_seen_in_plain_words(words: str) -> None:
    assert [code.name for code in CUES.codes if code.pattern.search(words)] == []


def test_the_words_of_a_list_are_written_in_small_letters() -> None:
    """Tokens are looked up folded, so a capital would never be found."""
    assert {
        name: capitals
        for name, words in CUES.words.items()
        if name != "sentence-starters"
        and (capitals := [each for each in words if each != each.casefold() and ":" not in each])
    } == {}


def test_a_list_names_only_terms_that_there_are() -> None:
    terms = load_ontology().terms
    named = {word for words in CUES.words.values() for word in words if word.startswith("kg:")}
    assert sorted(named - set(terms.properties) - set(terms.superclasses)) == []


def test_every_list_is_looked_into_and_checked_for() -> None:
    """A new list goes into `LISTS`, so that its loss is told at once and not in mid-reading."""
    asked_for = {name for cue in CUES.relations for _, name in cue.requires}
    for table in ("kinds.csv", "phrases.csv"):
        text = (ontology_folder() / "cues" / table).read_text(encoding="utf-8")
        asked_for |= set(re.findall(r"\{([a-z][a-z-]+)\}", text))
    assert sorted(set(CUES.words) - asked_for - set(LISTS)) == []
    assert sorted(set(LISTS) - set(CUES.words)) == []


def test_triggers_and_words_of_cues_are_single_words_in_small_letters() -> None:
    words = {word for cue in CUES.relations for word in cue.triggers}
    words |= {word for cue in CUES.modalities for word in cue.words}
    assert sorted(word for word in words if not re.fullmatch(r"[a-z'’?-]+", word)) == []
