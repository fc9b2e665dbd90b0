"""Names are found whole, longest first, and at their exact places."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.discover import discover
from kg.extract.mentions import Mention, find_mentions
from kg.extract.names import fold
from kg.extract.prepare import Tools
from kg.extract.segment import segment
from kg.reading import Leftover
from kg.text import Document


def look(
    text: str, tools: Tools, day: date | None = None
) -> tuple[tuple[Mention, ...], tuple[Leftover, ...]]:
    document = Document(identifier="a", title="a", text=text, date=day)
    return find_mentions(document, segment(document, tools.ontology.cues.words), tools.names)


def names(text: str, tools: Tools, day: date | None = None) -> list[tuple[str, str]]:
    return [(each.words.text, each.things[0].curie) for each in look(text, tools, day)[0]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nvidia ships.", [("Nvidia", "entity:nvidia")]),
        ("NVIDIA ships.", [("NVIDIA", "entity:nvidia")]),
        ("Nvidia’s H20.", [("Nvidia", "entity:nvidia"), ("H20", "chip:nvidia-h20")]),
        ("Two H20s.", [("H20s", "chip:nvidia-h20")]),
        ("The H20 chips.", [("H20 chips", "chip:nvidia-h20")]),
        ("The H20 AI accelerators.", [("H20 AI accelerators", "chip:nvidia-h20")]),
        ("The H200.", [("H200", "chip:nvidia-h200")]),
        ("The Ascend 910C.", [("Ascend 910C", "chip:huawei-ascend-910c")]),
        ("腾讯采购英伟达芯片。", [("腾讯", "entity:tencent"), ("英伟达", "entity:nvidia")]),
        ("It is under ECCN 3A991.p.", [("3A991.p", "rule:x-3a991-p")]),
        ("See 15 CFR 748.5(c).", [("15 CFR 748.5(c)", "rule:x-15-cfr-748-5-c")]),
        ("H20/H800", [("H20", "chip:nvidia-h20"), ("H800", "chip:nvidia-h800")]),
        ("(H20)", [("H20", "chip:nvidia-h20")]),
    ],
)
def test_a_name_is_found_whole(text: str, found: list[tuple[str, str]], tools: Tools) -> None:
    assert names(text, tools) == found


@pytest.mark.parametrize(
    "text",
    [
        "The H2000 series.",
        "A GH20X part.",
        "h20 is heavy water's cousin.",  # the case of a short name counts
        "Nvidiasoft and metadata.",
        "The meta analysis.",
        "They grew potatoes in Idaho.",
    ],
)
def test_a_part_of_a_longer_word_is_no_name(text: str, tools: Tools) -> None:
    assert names(text, tools) == []


@pytest.mark.parametrize("text", ["Inner Mongolia", "the South China Sea", "Bank of China"])
def test_a_name_inside_the_name_of_something_else_is_none(text: str, tools: Tools) -> None:
    assert [thing for _, thing in names(text, tools) if thing.startswith("place:")] == []


def test_a_name_that_needs_company_is_left_over_without_it(tools: Tools) -> None:
    mentions, leftovers = look("The Kunlun range is in the west.", tools)
    assert mentions == ()
    (left,) = leftovers
    assert left.words.text == "Kunlun"
    assert left.why.endswith("but no word of its context stands in the sentence")


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2023, 1, 1), "rule:ac-2022-10"),
        (date(2024, 6, 1), "rule:acs-2023-10"),
    ],
)
def test_a_name_means_the_rule_of_its_day(day: date, rule: str, tools: Tools) -> None:
    assert names("It is covered by ECCN 3A090.", tools, day) == [("ECCN 3A090", rule)]


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


AROUND = st.text(
    alphabet=st.sampled_from(
        " \u00a0\u202f\u3000\t.,;:!?()[]\"'’“”-–—/。，、！（）芯片禁令"
        "😀👩\U0001f4bb🇨🇳é\u0301\u00ad\u200b\u200d\ufeffİßﬁ"
    ),
    max_size=12,
)


@given(before=AROUND, after=AROUND)
def test_a_name_keeps_its_place_whatever_stands_around(
    before: str, after: str, tools: Tools
) -> None:
    text = f"{before} Nvidia {after}"
    start = len(before) + 1
    assert (start, start + 6) in {
        (each.words.start, each.words.end) for each in look(text, tools)[0]
    }


@given(before=AROUND, after=AROUND)
def test_a_chinese_name_needs_no_space(before: str, after: str, tools: Tools) -> None:
    text = f"{before}英伟达{after}"
    assert (len(before), len(before) + 3) in {
        (each.words.start, each.words.end) for each in look(text, tools)[0]
    }


def found_as(name: str, identifier: str) -> str:
    document = Document(identifier=identifier, title="a", text="Some text.")
    placeholders = frozenset({"company", "customer"})
    return discover(name, "kg:Company", document, placeholders).curie


def test_a_proper_name_is_one_thing_over_all_documents() -> None:
    assert found_as("Zorblax Systems", "a.txt") == "entity:x-zorblax-systems"
    assert found_as("ZORBLAX Systems", "b.txt") == "entity:x-zorblax-systems"


@pytest.mark.parametrize("name", ["Customer A", "Company-1", "customer a", "Company 12"])
def test_a_placeholder_is_another_thing_in_each_document(name: str) -> None:
    assert found_as(name, "a.txt") != found_as(name, "b.txt")


@pytest.mark.parametrize("name", ["中芯", "!!!", "Ünïcode & Co.", "ＡＢＣ", "a" * 300, "x_y"])
def test_a_discovered_thing_has_an_id_that_a_claim_accepts(name: str) -> None:
    import re

    from kg.claims import _CURIE

    assert re.fullmatch(_CURIE, found_as(name, "a.txt"))
