"""Names that the lexicon lacks, guessed from capitals, and never from what only looks like one."""

from __future__ import annotations

import pytest

from kg.extract.guess import Known, guess_names
from kg.extract.mentions import Mention, find_mentions
from kg.extract.prepare import Tools
from kg.extract.segment import segment
from kg.extract.shapes import find_shapes
from kg.text import Document


def guesses(text: str, tools: Tools) -> tuple[Mention, ...]:
    document = Document(identifier="a", title="a", text=text)
    sentences = segment(document, tools.ontology.cues.words)
    mentions, lacking = find_mentions(document, sentences, tools.names)
    return guess_names(document, sentences, Known.of(mentions, lacking), tools.ontology)


def names(text: str, tools: Tools) -> list[str]:
    return [each.words.text for each in guesses(text, tools)]


def kinds(text: str, tools: Tools) -> dict[str, str]:
    return {each.words.text: each.things[0].cls for each in guesses(text, tools)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met Brelka in May.", ["Brelka"]),
        ("They met Brelka Pte. Ltd. in May.", ["Brelka Pte. Ltd"]),
        ("They met Brelka Trading Co., Ltd in May.", ["Brelka Trading Co., Ltd"]),
        ("They met the Ostrane Institute of Optics.", ["Ostrane Institute of Optics"]),
        ("They met Brelka of Oslo.", ["Brelka"]),
        ("They met Brelka's lawyer.", ["Brelka"]),
        ("They tested a Brelka-made lid.", ["Brelka"]),
        ("They met iBrelka in May.", ["iBrelka"]),
    ],
)
def test_a_shape_is_found_whole(text: str, found: list[str], tools: Tools) -> None:
    shapes = [text[start:end] for start, end in find_shapes(text, tools.ontology.cues.words)]
    assert [shape for shape in shapes if shape != "They"] == found


@pytest.mark.parametrize(
    "text",
    [
        "Nobody came.",
        "Brelka Wins a Big Prize for New Kind of Lid in Court",  # a headline
        "OSTRANE, Calif., Sept. 17 -- the rain fell for two days.",  # a dateline
        "They live in Aarhus, and they walk to Aarhus.",  # a city
        "The Ostrane-based judge slept.",
        "They met Kestrel, a small kestrel.",  # the document writes it small too
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str, tools: Tools) -> None:
    assert names(text, tools) == []


def test_a_headline_names_what_the_text_below_it_names(tools: Tools) -> None:
    text = "Brelka Wins a Big Prize for a New Kind of Lid\n\nThe judges gave Brelka a prize."
    assert set(names(text, tools)) == {"Brelka"}


@pytest.mark.parametrize(
    ("whole", "brackets", "short"),
    [
        ("Ostrane Lens Works", "(OLW)", "OLW"),
        ("Ettlinger Rechenwerk", "(“Rewe”)", "Rewe"),  # no initials, but in quotation marks
        ("Ettlinger Rechenwerk", "(ERW)", "ERW"),
    ],
)
def test_a_name_in_brackets_is_the_name_before_it(
    whole: str, brackets: str, short: str, tools: Tools
) -> None:
    text = f"They met the people of {whole} {brackets} at last. In the end {short} left."
    found = guesses(text, tools)
    assert {each.words.text for each in found} == {whole, short}
    assert len({each.things[0].curie for each in found}) == 1


def test_a_short_form_is_the_longer_name(tools: Tools) -> None:
    found = guesses(
        "They met the people of Brelka Logistics at last. Then they left Brelka.", tools
    )
    assert len({each.things[0].curie for each in found}) == 1


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("They met Brelka, a reseller of lids.", "Brelka", "kg:Company"),
        ("They tested the Korvani GPU.", "Korvani", "kg:Chip"),
        ("They praised a chatbot called Ostrane.", "Ostrane", "kg:AIModel"),
        ("They met Ilka Ostrane, an analyst.", "Ilka Ostrane", "kg:Person"),
        ("They wrote to the Ostrane Secretariat.", "Ostrane Secretariat", "kg:GovernmentBody"),
        ("They read the Ostrane Provisions.", "Ostrane Provisions", "kg:Rule"),
        ("They hold H100s, H200s and Korvani.", "Korvani", "kg:Chip"),
    ],
)
def test_the_words_around_it_tell_the_kind(text: str, name: str, cls: str, tools: Tools) -> None:
    assert kinds(text, tools)[name] == cls


def test_siblings_are_of_one_kind(tools: Tools) -> None:
    found = kinds("They tested the Korvani 2 processor. Then they saw Korvani 3 at last.", tools)
    assert {found["Korvani 2"], found["Korvani 3"]} == {"kg:Chip"}


@pytest.mark.parametrize(
    "piece", ["A", "A ", "Ab ", "A-", "A.B.", "Brelka of ", "Co., Ltd ", "Aa'", "Ab (", "9A "]
)
def test_a_hundred_thousand_capitals_are_looked_through(piece: str, tools: Tools) -> None:
    """It ends: a pattern that went back over the same words again and again would not."""
    size = 100_000
    assert all(each.words.end <= size for each in guesses((piece * size)[:size], tools))


@pytest.mark.parametrize("brackets", ['("Brelka Semiconductor Holdings")', "(“Brelka Lens Works”)"])
def test_a_longer_name_in_brackets_breaks_nothing(brackets: str, tools: Tools) -> None:
    found = guesses(f"In May the firm Brelka {brackets} bought many a lid from them.", tools)
    assert found
