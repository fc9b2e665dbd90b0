"""A text is cut into sentences: in order, disjoint, and never across a paragraph."""

from __future__ import annotations

import pytest

from kg.extract.segment import segment
from kg.ontology.load import load_ontology
from kg.text import Document

WORDS = load_ontology().cues.words


def sentences(text: str) -> list[str]:
    document = Document(identifier="a", title="a", text=text)
    return [sentence.text for sentence in segment(document, WORDS)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("One! Two? Three", ["One!", "Two?", "Three"]),
        ("It said so... Then it left.", ["It said so...", "Then it left."]),
        ("He said “never.” Then he left.", ["He said “never.”", "Then he left."]),
        ("(It said so.) Then it left.", ["(It said so.)", "Then it left."]),
        ("禁令生效。芯片停售！", ["禁令生效。", "芯片停售！"]),
        ("A Headline\nThe text.", ["A Headline", "The text."]),
        ("One\r\nTwo\rThree", ["One", "Two", "Three"]),
        ("  One.  \n\n\n\t Two.  ", ["One.", "Two."]),
    ],
)
def test_a_sentence_ends_with_its_stop_or_its_line(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Commerce Department acted.",
        "Nvidia Corp. complied with the rule.",
        "It cites 15 C.F.R. 744.23 and Fig. 3.",
        "Brian C. Raymond was charged.",
        "The chip has 4.5 TB of memory.",
        "Sales (e.g. of the H20) fell.",
        "Yahoo! said it had none.",
        "It was listed as No. 12 on the list.",
        "He met Dr. Su on Oct. 17 in Washington.",
    ],
)
def test_a_full_stop_inside_a_sentence_ends_nothing(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "It was sold in the U.S. The rule came later.",
        "It is made by Nvidia Corp. It is not sold.",
        "So did I. Nobody knew.",
    ],
)
def test_an_abbreviation_can_end_a_sentence(text: str) -> None:
    assert len(sentences(text)) == 2


def test_lines_of_a_table_stay_apart() -> None:
    assert sentences("H20\nHopper\n96 GB\n2023\nH800\nHopper\n80 GB\n2023") == [
        *("H20", "Hopper", "96 GB", "2023"),
        *("H800", "Hopper", "80 GB", "2023"),
    ]


@pytest.mark.parametrize("text", ["...", "。", "a", "\u200d", "。！？\n\n。", "\ufeff", "．"])
def test_odd_scraps_are_cut_without_complaint(text: str) -> None:
    assert "".join(sentences(text)) in {text, text.replace("\n", "")}
