"""Each known name is one word to the parser, and each token knows its place in the document."""

from __future__ import annotations

import pytest

from kg.extract.mentions import find_mentions
from kg.extract.parse import Parse, parse
from kg.extract.prepare import Tools
from kg.extract.segment import segment
from kg.text import Document


def parsed(text: str, tools: Tools) -> list[Parse]:
    document = Document(identifier="a", title="a", text=text)
    cues = tools.ontology.cues
    sentences = segment(document, cues.words)
    mentions, _ = find_mentions(document, sentences, tools.names)
    held = [
        (each, [mention for mention in mentions if each.holds(mention.words)]) for each in sentences
    ]
    return list(parse(held, tools.language, cues.masks))


TEXTS = [
    "Nvidia’s H20s, like AMD's MI308, need a licence.",
    "Shares of Nvidia  (NVDA)\u00a0fell — 5% — on Oct. 17.",
    "腾讯 bought the H20，它 is fast😀.",
    "The Taiwan Semiconductor Manufacturing Company made it.",
    "H20",
    "Nvidia",
    "H20H20 H20-H20 H20/H800.",
    "The Commerce Department's Entity List grew.",
    "Nvidia\u00adH20 e\u0301tude\u200d",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_token_stands_where_it_says(text: str, tools: Tools) -> None:
    for each in parsed(text, tools):
        for token, place in zip(each.doc, each.places, strict=True):
            assert text[place.start : place.end] == place.text != "", token


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_in_order_and_disjoint(text: str, tools: Tools) -> None:
    for each in parsed(text, tools):
        ends = [0, *(place.end for place in each.places)]
        assert all(place.start >= end for place, end in zip(each.places, ends, strict=False))


@pytest.mark.parametrize("text", TEXTS)
def test_every_mention_has_its_token(text: str, tools: Tools) -> None:
    document = Document(identifier="a", title="a", text=text)
    mentions, _ = find_mentions(document, segment(document, tools.ontology.cues.words), tools.names)
    held = {mention.words for each in parsed(text, tools) for mention in each.mentions.values()}
    assert {mention.words for mention in mentions} == held


def test_names_nobody_knows_and_names_all_know_parse_alike(tools: Tools) -> None:
    (known,) = parsed("Nvidia sold the H20 to Tencent.", tools)
    (other,) = parsed("Hygon sold the Ascend 910C to iFlytek.", tools)
    assert [token.dep_ for token in known.doc] == [token.dep_ for token in other.doc]


def test_a_name_of_several_words_is_one_token(tools: Tools) -> None:
    (each,) = parsed("The Commerce Department acted.", tools)
    (number,) = each.mentions
    assert each.places[number].text == "Commerce Department"


def test_a_parse_is_the_same_alone_and_in_company(tools: Tools) -> None:
    text = "Nvidia sold the H20 to Tencent."
    crowd = "\n".join([*TEXTS, text])
    (alone,) = parsed(text, tools)
    together = [each for each in parsed(crowd, tools) if each.sentence.text == text]
    assert [token.dep_ for token in together[0].doc] == [token.dep_ for token in alone.doc]
