"""The questions on controls: rows worked out by hand from `ontology/controls/`."""

from datetime import date

import pytest
from pyoxigraph import Store

from kg.graph.ask import ask
from kg.ontology.files import ontology_folder
from kg.ontology.questions import read_questions
from tests.graph.whole import whole_store

QUESTIONS = read_questions(ontology_folder() / "questions")


@pytest.fixture(scope="module")
def store() -> Store:
    return whole_store()


def rows(store: Store, question: str, **told: str) -> list[dict[str, object]]:
    return [row.asdict() for row in ask(store, QUESTIONS[question], told)]


def column(store: Store, question: str, name: str, **told: str) -> set[object]:
    return {row[name] for row in rows(store, question, **told)}


def test_the_chips_made_for_the_first_rule_escaped_it_and_were_caught_by_the_second(store):
    chips = column(store, "escaped-then-caught", "chip", first="ac-2022-10", second="acs-2023-10")
    assert {"chip:nvidia-a800", "chip:nvidia-h800-sxm", "chip:nvidia-l4"} <= chips
    assert not chips & {"chip:nvidia-h100-sxm", "chip:nvidia-a100-sxm", "chip:nvidia-h20"}


def test_the_h20_was_stopped_by_a_letter_alone(store):
    found = {row["chip"]: row for row in rows(store, "stopped-by-letter", on="2025-05-01")}
    assert found["chip:nvidia-h20"]["otherwise"] == "not covered"
    assert found["chip:nvidia-h20"]["effective_from"] == date(2025, 4, 9)
    assert "chip:nvidia-h100-sxm" not in found  # the rule of 2023 covers it
    assert "chip:nvidia-h20" not in column(store, "stopped-by-letter", "chip", on="2025-04-08")


def test_what_is_computed_never_contradicts_what_is_published(store):
    found = rows(store, "computed-against-published")
    pairs = {(row["published"], row["computed"]) for row in found}
    assert pairs == {("covered", "unknown"), ("not covered", "unknown")}


def test_a_chip_is_covered_on_the_days_of_its_paragraph_and_in_its_countries(store):
    def paragraphs(country: str, day: str) -> set[object]:
        return column(
            store, "covered-chips", "paragraph", country=country, on=day, chip="nvidia-a800"
        )

    assert paragraphs("China", "2023-11-17") == {"3A090.a.1", "3A090.a.2"}
    assert paragraphs("China", "2023-10-22") == set()
    assert paragraphs("Japan", "2023-11-17") == set()


def exposed(store: Store, **told: str) -> set[tuple[object, object, object]]:
    found = rows(store, "exposure", **told)
    return {(row["chip"], row["date"], row["rule"]) for row in found}


def test_use_is_exposure_only_on_the_days_of_a_control(store):
    tencent = exposed(store, org="tencent")
    assert ("chip:nvidia-a800", date(2024, 9, 19), "rule:acs-2023-10") in tencent
    h20 = {day for chip, day, _ in tencent if chip == "chip:nvidia-h20"}
    assert not h20  # bought in the spring of 2025 and before: both claims begin before the letter
    baidu = exposed(store, org="baidu")
    assert not [chip for chip, _, _ in baidu if chip == "chip:huawei-ascend-910b"]


def test_exposure_on_a_day_knows_nothing_of_later_claims(store):
    later = {day for _, day, _ in exposed(store, org="tencent", on="2024-12-31") if day}
    assert later == {day for day in later if day <= date(2024, 12, 31)}
    assert date(2024, 9, 19) in later


def test_a_claim_without_a_date_is_kept_and_marked(store):
    marks = {row["dated_by"]: row["date"] for row in rows(store, "exposure")}
    assert marks["no date"] is None
    assert marks["holds from"] is not None


def test_the_weakest_link_is_reported_where_the_claim_is(store):
    for row in rows(store, "exposure"):
        assert (row["modality"], row["weakest"]) != ("reported", "asserted")


def test_exposure_reaches_parents_and_subsidiaries(store):
    assert {"itself", "parent"} <= column(store, "exposure", "path")
    found = rows(store, "exposure", org="t-head")
    assert {row["member"] for row in found if row["path"] == "parent"} == {"entity:alibaba"}


def test_the_cloud_of_a_chinese_customer_stands_abroad(store):
    found = rows(store, "exposure-through-others", org="tencent")
    assert {(row["other"], row["path"]) for row in found} == {("entity:datasection", "cloud of")}
    assert {row["chip"] for row in found} <= {"chip:nvidia-b200", "chip:nvidia-b300"}


def test_a_wider_rule_restricts_through_what_is_computed_too(store):
    def restricting(day: str) -> set[object]:
        return column(store, "what-restricts", "rule", chip="nvidia-a30", on=day)

    assert restricting("2023-11-16") == set()
    assert {"rule:acs-2023-10", "rule:us-ai-chip-controls"} <= restricting("2023-11-17")


def test_a_claim_that_figures_do_not_bear_out_stands_beside_them(store):
    (row,) = rows(store, "claims-against-computation", chip="nvidia-l4")
    assert (row["rule"], row["modality"], row["computed"]) == (
        "rule:ac-2022-10",
        "asserted",
        "not covered",
    )
