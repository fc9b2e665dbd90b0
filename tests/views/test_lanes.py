"""The rule timeline: its lanes say what `kg.controls.status` says, and its labels stay apart."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

import kg.controls
from kg.controls import open_judge
from kg.controls.asking import parts_of
from kg.errors import QueryError
from kg.views.drawing import Drawing, width_of
from kg.views.lanes import draw_timeline, rule_timeline

SVG = "{http://www.w3.org/2000/svg}"
CHIPS = ("h20", "h100", "h800", "a800", "rtx-4090", "l40s", "mi308", "910b")


def drawn(*chips: str, to: str = "place:cn", **changes: object) -> Drawing:
    judge = open_judge()
    found = [parts_of(judge, chip, {}) for chip in chips]
    return rule_timeline(judge, found, to, **changes)  # type: ignore[arg-type]


def rows_of(drawing: Drawing) -> list[dict[str, str]]:
    return [dict(zip(drawing.columns, map(str, row), strict=True)) for row in drawing.rows]


@pytest.mark.parametrize("chip", CHIPS)
def test_each_stretch_says_what_the_rules_say_on_its_first_and_last_day(chip: str) -> None:
    for row in rows_of(drawn(chip)):
        last = date.fromisoformat(row["until before"]) - timedelta(days=1)
        for day in (row["from"], last):
            answer = kg.controls.status(chip, on=day, to="cn")
            assert answer.overall == row["status"]
            relief = [
                each.paragraph
                for each in answer.verdicts
                if each.role != "control" and each.verdict != "not covered"
            ]
            told = row["exceptions and reviews"]
            assert bool(relief) == bool(told)
            assert all(paragraph in told for paragraph in relief)


def test_the_stretches_of_a_lane_follow_upon_each_other() -> None:
    lane = rows_of(drawn("rtx-4090"))
    assert all(one["until before"] == other["from"] for one, other in pairwise(lane))
    told = [(row["status"], row["by"], row["exceptions and reviews"]) for row in lane]
    assert all(one != other for one, other in pairwise(told))


def test_exceptions_and_reviews_are_hatched() -> None:
    drawing = drawn("rtx-4090")
    hatched = re.findall(r'<rect fill="url\(#kg-relief\)" x="[\d.]+" y="[\d.]+"', drawing.svg)
    told = [row for row in rows_of(drawing) if row["exceptions and reviews"]]
    assert len(hatched) == len(told) > 0


def test_a_chip_that_may_not_be_subject_to_the_rules_has_a_star() -> None:
    assert "* if it is subject to these rules at all" in drawn("910b").svg
    assert "* if it is subject" not in drawn("h20").svg


def test_headquarters_count_and_are_told() -> None:
    there = drawn("h100", to="place:de", hq="place:cn")
    assert "covered" in {row["status"] for row in rows_of(there)}
    assert {row["status"] for row in rows_of(drawn("h100", to="place:de"))} == {"not covered"}
    assert "for a buyer with headquarters in China" in there.svg


def test_a_last_day_ends_the_lanes() -> None:
    drawing = drawn("h20", until=date(2024, 1, 1))
    assert [row["until before"] for row in rows_of(drawing)] == ["2024-01-01"]


@pytest.mark.parametrize(
    ("chips", "until", "message"),
    [
        ((), None, "name a chip at least"),
        (("h20",), date(2020, 1, 1), "no control that is modelled was in force before 2022-08-01"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    chips: tuple[str, ...], until: date | None, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        drawn(*chips, until=until)


def test_a_chip_without_figures_is_named() -> None:
    judge = open_judge()
    bare = next(
        thing.curie
        for thing in judge.controls.lexicon.things.values()
        if thing.cls == "kg:Chip"
        and thing.curie not in judge.controls.parts
        and not any(thing.curie in part.named for part in judge.controls.parts.values())
    )
    with pytest.raises(QueryError, match="no figures for"):
        drawn(bare)


def test_no_label_meets_another_or_the_line_of_another() -> None:
    labels = []
    for group in ElementTree.fromstring(drawn(*CHIPS).svg).findall(f"{SVG}g"):
        line, text = group.find(f"{SVG}path"), group.find(f"{SVG}text")
        if line is None or text is None or "stroke-dasharray" not in line.attrib:
            continue
        x, y = float(text.get("x", "0")), float(text.get("y", "0"))
        labels.append((x, x + width_of("".join(text.itertext())), y))
    assert len(labels) > 5
    for one in labels:
        for other in labels:
            crosses = one[0] < other[0] <= one[1]  # the other begins over or under this one
            assert one is other or not crosses or one[2] < other[2]


def test_nothing_stands_beyond_the_edge() -> None:
    root = ElementTree.fromstring(drawn(*CHIPS).svg)
    wide = float(root.get("width", "0"))
    for text in root.iter(f"{SVG}text"):
        if text.get("text-anchor") is None and text.get("x"):
            assert float(text.get("x", "0")) + width_of("".join(text.itertext())) <= wide + 2


def test_words_draw_the_same_as_ids() -> None:
    said = draw_timeline(["Nvidia H20"], to="Chinese", until="2025-H1")
    assert said == drawn("h20", until=date(2025, 6, 30))


def test_a_day_on_which_a_rule_only_ends_says_so_and_a_rule_that_begins_is_named_first() -> None:
    there = drawn("h100", to="place:ae").svg
    (ended,) = re.findall(r"2026-07-10</tspan> ([^<]+)<", there)
    assert ended.endswith(", no longer")
    (begun,) = re.findall(r"2023-11-17</tspan> ([^<]+)<", there)
    label = open_judge().controls.lexicon.things["rule:acs-2023-10"].label
    assert begun.startswith(label)
    assert not begun.endswith("no longer")
