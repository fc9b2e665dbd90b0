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


def test_a_text_wrapped_by_hand_is_read_over_its_lines() -> None:
    wrapped = (
        "The department said on Tuesday that the chips made by the company had been sent\n"
        "through a broker in a third country and then on to a buyer whose name it withheld\n"
        "until the court unsealed the papers. A second shipment, of a smaller size, was then\n"
        "stopped at the port.\n"
        "\n"
        "The broker denied it.\n"
    )
    found = sentences(wrapped)
    assert len(found) == 3
    assert "withheld\nuntil" in found[0]


def test_long_lines_of_a_short_text_may_be_wrapped_too() -> None:
    wrapped = (
        "Singapore's Tarvel Compute bought 1,200 H100 chips from the distributor Ostrel in March"
        " 2024, according\n"
        "to a court filing. Ostrel denied that it had sold any chips to Tarvel. The Chinese firm"
        " Minghe\n"
        "Lattice trained its model on A800 chips that Tarvel provides in its cloud, two former"
        " employees said to\n"
        "the court.\n"
    )
    assert [found.split()[0] for found in sentences(wrapped)] == ["Singapore's", "Ostrel", "The"]


def test_a_long_line_goes_on_where_the_next_begins_small() -> None:
    line = "Tarvel Compute bought 1,200 H100 chips from a distributor, according"
    assert len(sentences(f"{line}\nto a filing.")) == 1
    for below in ("key: value", "r/chips", "Ostrel denied it.", "two_words here"):
        assert len(sentences(f"{line}\n{below}")) == 2
    assert len(sentences("buyers\nsellers")) == 2


def test_bulletins_of_like_length_stay_apart() -> None:
    bulletin = (
        "* BIDDER SAYS IT HAS ORDERED 1,600 CARDS OF THE NEW SERIES\n"
        "* REGULATOR TO REVIEW THE ORDERS BEFORE THE END OF APRIL; RIVALS OBJECT\n"
        "* SHARES LITTLE CHANGED AHEAD OF THE QUARTERLY RESULTS\n"
        "* MINISTRY DECLINES TO COMMENT ON THE REPORT\n"
    )
    assert len(sentences(bulletin)) == 4


def test_lines_of_a_table_stay_apart() -> None:
    assert sentences("H20\nHopper\n96 GB\n2023\nH800\nHopper\n80 GB\n2023") == [
        *("H20", "Hopper", "96 GB", "2023"),
        *("H800", "Hopper", "80 GB", "2023"),
    ]


@pytest.mark.parametrize("text", ["...", "。", "a", "\u200d", "。！？\n\n。", "\ufeff", "．"])
def test_odd_scraps_are_cut_without_complaint(text: str) -> None:
    assert "".join(sentences(text)) in {text, text.replace("\n", "")}
