"""Line breaks that only the width of a text made are spaces; every place stays where it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.flow import flowing
from kg.extract.prepare import Tools
from kg.extract.segment import segment
from kg.ontology.load import load_ontology
from kg.pipeline import read_claims
from kg.text import Document

ONTOLOGY = load_ontology()


def made(text: str) -> Document:
    return Document(identifier="a", title="a", text=text)


def sentences(text: str) -> list[str]:
    return [each.text for each in segment(flowing(made(text)), ONTOLOGY.cues.words)]


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
    assert "withheld until" in found[0]


def test_long_lines_of_a_short_text_may_be_wrapped_too() -> None:
    wrapped = (
        "Singapore's Tarvel Compute bought 1,200 H100 chips from the distributor Ostrel in March"
        " 2024, according\n"
        "to a court filing. Ostrel denied that it had sold any chips to Tarvel. A Chinese start-up"
        " Minghe\n"
        "Lattice trained its model on A800 chips that Tarvel provides in its cloud, two former"
        " employees said to\n"
        "the court.\n"
    )
    assert [found.split()[0] for found in sentences(wrapped)] == ["Singapore's", "Ostrel", "A"]


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


@given(st.lists(st.sampled_from(["word ", "a" * 60, ". ", "\n", "\r\n", "\r", "\n\n", "|", "Ab"])))
def test_only_breaks_change_and_nothing_moves(pieces: list[str]) -> None:
    text = "".join(pieces) or "a"
    flows = flowing(made(text))
    assert len(flows.text) == len(text)
    assert flows.id == made(text).id
    for now, was in zip(flows.text, text, strict=True):
        assert now == was or (now == " " and was in "\r\n")


def test_a_name_goes_over_a_break_and_its_words_stand_as_they_are(tools: Tools) -> None:
    text = (
        "According to documents that were seen by two reporters in the spring, Minghe\n"
        "Lattice uses Nvidia H20 chips in a hall in the north of the country. Other\n"
        "firms do not.\n"
    )
    reading = read_claims(made(text), tools)
    users = {each.subject for each in reading.claims if each.predicate == "kg:usesHardware"}
    assert "entity:x-minghe-lattice" in users
    assert reading.document == made(text)
    spans = [
        *(words for each in reading.claims for words in each.evidence),
        *(each.words for each in reading.names),
        *(each.words for each in reading.leftovers),
    ]
    assert any("\n" in words.text for words in spans)
    assert all(words.text == text[words.start : words.end] for words in spans)
