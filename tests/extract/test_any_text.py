"""Whatever the text: reading never raises, and all that it gives stands where it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extract.prepare import Tools
from kg.extract.segment import segment
from kg.pipeline import read_claims
from kg.reading import Reading
from kg.text import Document, Span
from kg.workers import Workers

PIECES = (
    *("Nvidia", "Tencent", "腾讯", "英伟达", "H20s", "the H800", "Ascend 910C", "DeepSeek-V3"),
    *("Entity List", "China", "Chinese", "Customer A", "Zorblax Systems", "3A090.a", "Kunlun"),
    *("bought", "sold", "trained", "uses", "is subject to", "denied", "said that", "If", "plans"),
    *("to", "by", "on", "and", "its", "which", "the", "not", "it", "restrict", "500", "in 2023"),
    *(".", "!", "?", "。", "！", ",", "，", ";", ":", "'s", "’s", "(", ")", "“", "”", "-", "—"),
    *(" ", "  ", "\n", "\r\n", "\r", "\t", "\n\n", "\u00a0", "\u3000", "\u202f", "\u2028", "\x0b"),
    *("😀", "👩\u200d💻", "🇨🇳", "é", "e\u0301", "ﬁ", "İ", "ß", "ǆ", "\u00ad", "\u200b", "\u200d"),
    *("\ufeff", "\u202e", "芯片", "禁令。", "한국", "ไทย", "العربية", "\U0001d400", "\x07", "\x85"),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join),
    st.text(min_size=1, max_size=120),
)
often = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


# a failure shows the prepared tools too, which takes hypothesis many words
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def document(text: str) -> Document:
    return Document(identifier="any.txt", title="any", text=text)


def spans(reading: Reading) -> Iterator[Span]:
    for claim in reading.claims:
        yield from claim.evidence
    yield from (named.words for named in reading.names)
    yield from (left.words for left in reading.leftovers)


@often
@given(text=TEXTS)
def test_all_that_is_read_stands_where_it_says(text: str, tools: Tools) -> None:
    reading = read_claims(document(text), tools)
    for span in spans(reading):
        assert text[span.start : span.end] == span.text != ""
    for claim in reading.claims:
        assert claim.subject_text in text
        assert claim.object_text in text
        assert list(claim.evidence) == sorted(set(claim.evidence))


@often
@given(text=TEXTS)
def test_sentences_are_in_order_disjoint_and_lose_no_word(text: str, tools: Tools) -> None:
    found = segment(document(text), tools.ontology.cues.words)
    end = 0
    between = []
    for sentence in found:
        assert sentence.start >= end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        between.append(text[end : sentence.start])
        end = sentence.end
    assert "".join([*between, text[end:]]).strip() == ""


@often
@given(text=TEXTS)
def test_the_gate_saves_time_and_loses_nothing(text: str, tools: Tools) -> None:
    """What it turns away would have given no claim, had it been parsed."""

    class Open:
        @staticmethod
        def lets_through(sentence: Span, mentions: object) -> bool:
            return True

    gated = read_claims(document(text), tools).claims
    ungated = read_claims(document(text), replace(tools, gate=Open())).claims  # type: ignore[arg-type]
    assert gated == ungated


@often
@given(text=TEXTS)
def test_every_reading_can_be_kept_and_read_back(text: str, tools: Tools) -> None:
    from kg.reading_json import decode_reading, encode_reading

    reading = read_claims(document(text), tools)
    assert decode_reading(encode_reading(reading), text) == reading


def test_a_reading_does_not_depend_on_what_was_read_before(
    read: Callable[..., Reading],
) -> None:
    text = "Zorblax Systems said that Tencent bought 500 H20s. It denied buying the H800."
    first = read(text)
    read("Huawei designs the Kunlun chip. Customer A uses the FDP rule.")
    assert read(text) == first


def test_two_workers_read_what_one_reads() -> None:
    texts = [
        f"Note {number}. Nvidia said that Customer A bought {number} H20s. It denied it."
        for number in range(1, 20)
    ]
    documents = [
        replace(document(text), identifier=f"{number}.txt") for number, text in enumerate(texts)
    ]
    alone, together = Workers(1), Workers(2)
    try:
        assert list(together.read(documents)) == list(alone.read(documents))
    finally:
        together.stop()
