"""The data are sound, and a wrong cell under `ontology/controls/` gets one clear line."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.controls.judge import Judge
from kg.controls.load import load_controls
from kg.errors import OntologyError
from kg.ontology.files import ontology_folder

Change = tuple[str, dict[str, str], dict[str, str], str]
H20_TPP = {"chip": "nvidia-h20", "quantity": "fp8_rate"}
B300 = {"chip": "nvidia-b300", "quantity": "fp4_rate"}
A1 = {"id": "3a090a1-2023"}
OLD = {"id": "3a090-2022"}
KH = {"place": "kh", "group": "D:5"}
LINE = {"paragraph": "3a090a1-2023", "quantity": "tpp"}
USE = {"paragraph": "note2-2023", "quantity": "designed_for"}

CHANGES: list[Change] = [  # table, which row, the cells changed, what the message says
    ("figures", H20_TPP, {"quantity": "fp8_rate_sparse"}, "no number is called 'fp8_rate_sparse'"),
    ("figures", H20_TPP, {"quantity": "designed_for"}, "no number is called 'designed_for'"),
    ("figures", H20_TPP, {"value": "-296"}, "value: '-296' is no amount"),
    ("figures", H20_TPP, {"value": "nan"}, "value: 'nan' is no amount"),
    ("figures", H20_TPP, {"value": "inf"}, "value: 'inf' is no amount"),
    ("figures", H20_TPP, {"value": "296 TF"}, "value: '296 TF' is no number"),
    ("figures", H20_TPP, {"value": ""}, "value: '' is no number"),
    ("figures", H20_TPP, {"bound": "about"}, "bound is 'about', not one of exact, at-least"),
    ("figures", H20_TPP, {"confidence": "D"}, "confidence is 'D', not one of A, B, C"),
    ("figures", H20_TPP, {"source": ""}, "a figure needs its source"),
    ("figures", H20_TPP, {"checked": "lately"}, "checked"),
    ("figures", H20_TPP, {"chip": "nvidia-h21"}, "no thing chip:nvidia-h21"),
    ("figures", H20_TPP, {"quantity": "fp16_rate"}, "fp16_rate of nvidia-h20 stands there twice"),
    ("figures", B300, {"low": "13600"}, "13500 does not lie between 13600 and 15000"),
    ("figures", B300, {"high": "13400"}, "13500 does not lie between 13500 and 13400"),
    ("figures", B300, {"high": "nan"}, "high: 'nan' is no amount"),
    ("chips", {"chip": "nvidia-l2"}, {"chip": "nvidia-l3"}, "no thing chip:nvidia-l3"),
    ("chips", {"chip": "nvidia-l2"}, {"chip": "nvidia-l4"}, "nvidia-l4"),
    ("chips", {"chip": "nvidia-l2"}, {"kind": "gpu"}, "kind is 'gpu'"),
    ("chips", {"chip": "nvidia-l2"}, {"designed_for": "games"}, "designed_for is 'games'"),
    ("chips", {"chip": "nvidia-l2"}, {"rates": "most"}, "rates is 'most'"),
    ("chips", {"chip": "nvidia-l2"}, {"confidence": "C"}, "confidence is 'C'"),
    ("chips", {"chip": "nvidia-l2"}, {"designer": "entity:nvidea"}, "no thing entity:nvidea"),
    ("paragraphs", A1, {"scope": "everywhere"}, "no scope 'everywhere'; there are"),
    ("paragraphs", A1, {"headquarters": "moon"}, "no headquarters 'moon'; there are"),
    ("paragraphs", A1, {"not_for": "moon"}, "no not_for 'moon'; there are"),
    ("paragraphs", A1, {"policy": "denial"}, "no policy 'denial'; there are"),
    ("paragraphs", A1, {"role": "rule"}, "role is 'rule', not one of control"),
    ("paragraphs", A1, {"rule": "acs-2033-10"}, "no thing rule:acs-2033-10"),
    ("paragraphs", A1, {"rule": "ecra-2018"}, "versions.csv has no row for ecra-2018"),
    ("paragraphs", A1, {"refers_to": "3a090z"}, "refers to 3a090z, which is not there"),
    ("paragraphs", A1, {"addressee": "entity:nvidea"}, "no thing entity:nvidea"),
    ("paragraphs", A1, {"confidence": "C"}, "confidence is 'C', but only A and B are carried"),
    ("paragraphs", A1, {"source": ""}, "a paragraph needs its source"),
    ("paragraphs", A1, {"effective_from": ""}, "the day from which it is in force"),
    ("paragraphs", A1, {"effective_from": "17 Nov 2023"}, "effective_from"),
    ("paragraphs", A1, {"id": "3a090a9-2023"}, "limits.csv has no comparison for it"),
    ("paragraphs", OLD, {"effective_until": "2022-10-20"}, "effective_until 2022-10-20 is not"),
    ("paragraphs", OLD, {"effective_until": "2022-10-21"}, "effective_until 2022-10-21 is not"),
    ("limits", LINE, {"quantity": "speed"}, "no quantity 'speed'; there are chip, de"),
    ("limits", LINE, {"comparison": "=>"}, "tpp is compared by >=, >, <, not '=>'"),
    ("limits", LINE, {"comparison": "is"}, "tpp is compared by >=, >, <, not 'is'"),
    ("limits", LINE, {"limit": "4.800,0"}, "limit: '4.800,0' is no number"),
    ("limits", LINE, {"limit": "nan"}, "limit: 'nan' is no"),
    ("limits", LINE, {"limit": "-4800"}, "limit: '-4800' is no"),
    ("limits", LINE, {"paragraph": "3a090a0"}, "3a090a0, which ha"),
    ("limits", USE, {"limit": ""}, "a comparison of words needs a word"),
    ("limits", USE, {"limit": "datacenter"}, "never 'datacenter'"),
    ("limits", {"paragraph": "amd-letter-2025", "quantity": "chip"}, {"limit": "x"}, "no thing c"),
    ("memberships", KH, {"until": "2021-12-08"}, "until 2021-12-08 is not after from 2021-12-09"),
    ("memberships", KH, {"until": "2026-02-30"}, "until"),
    ("memberships", KH, {"place": "xx"}, "no thing place:xx"),
    ("memberships", KH, {"confidence": "C"}, "confidence is 'C', but only A and B are carried"),
    ("scopes", {"scope": "macau"}, {"including": "D:9"}, "no country group 'D:9'; there are A:5"),
    ("scopes", {"scope": "macau"}, {"excluding": "D:9"}, "no country group 'D:9'; there are A:5"),
    ("scopes", {"scope": "macau"}, {"including": "place:macau"}, "place:macau"),
    ("policies", {"policy": "letter"}, {"scope": "china2"}, "one of the scopes arms-embargo-m"),
    ("policies", {"policy": "letter"}, {"order": "first"}, "needs an order"),
    ("versions", {"rule": "acs-2023-10"}, {"enforced": "perhaps"}, "enforced is 'perhaps'"),
    ("versions", {"rule": "acs-2023-10"}, {"announced": "October"}, "announced"),
    ("quantities", {"quantity": "fp8_rate"}, {"bits": ""}, "a rate, and nothing else, has a bit"),
    ("quantities", {"quantity": "die_area"}, {"bits": "8"}, "a rate, and nothing else, has a bit"),
    ("quantities", {"quantity": "die_area"}, {"unit": ""}, "a number needs its unit"),
    ("quantities", {"quantity": "tpp"}, {"kind": "measured"}, "computed are dram_and_io_bandw"),
    ("published", {"chip": "nvidia-l2"}, {"says": "unknown"}, "says is 'unknown', not one of cov"),
    ("published", {"chip": "nvidia-l2"}, {"role": "exclusion"}, "role is 'exclusion'"),
    ("published", {"chip": "nvidia-l2"}, {"speaker": ""}, "needs its source and who says so"),
    ("published", {"chip": "nvidia-l2"}, {"chip": "nvidia-l3"}, "no thing chip:nvidia-l3"),
]


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real ontology, of which one table at a time is spoilt."""
    return Path(shutil.copytree(ontology_folder(), tmp_path_factory.mktemp("x") / "ontology"))


@pytest.fixture
def spoilt(copy: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, str]]:
    """The copy with some cells of one row changed, and what is wrong then."""
    table, which, cells, message = request.param
    path = copy / "controls" / f"{table}.csv"
    kept = path.read_text(encoding="utf-8")
    found = rows(path)
    (row, *_) = (row for row in found if which.items() <= row.items())
    row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*found[0]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
    yield copy, message
    path.write_text(kept, encoding="utf-8")


@pytest.mark.parametrize("spoilt", CHANGES, indirect=True)
def test_a_wrong_cell_is_refused_with_file_and_row(spoilt: tuple[Path, str]) -> None:
    folder, message = spoilt
    with pytest.raises(OntologyError, match=re.escape(message)) as caught:
        load_controls(folder)
    assert re.search(r"controls/\w+\.csv row \d+: ", str(caught.value).replace("\\", "/"))
    assert "\n" not in str(caught.value)


def test_the_copy_itself_is_sound(copy: Path) -> None:
    assert load_controls(copy).quantities.keys() == load_controls().quantities.keys()


TABLES = ontology_folder() / "controls"


def test_each_chip_with_a_figure_has_a_row_and_each_row_a_figure_or_a_published_status() -> None:
    chips = {row["chip"] for row in rows(TABLES / "chips.csv")}
    figures = {row["chip"] for row in rows(TABLES / "figures.csv")}
    published = {row["chip"] for row in rows(TABLES / "published.csv")}
    assert figures <= chips
    assert published <= chips
    assert chips - figures <= published


def test_each_paragraph_has_a_limit_and_each_limit_its_paragraph(judge: Judge) -> None:
    assert {row["paragraph"] for row in rows(TABLES / "limits.csv")} == {
        row["id"] for row in rows(TABLES / "paragraphs.csv")
    }
    assert all(each.alternatives for each in judge.controls.paragraphs.values())


def test_what_takes_out_excepts_or_reviews_says_of_what(judge: Judge) -> None:
    for paragraph in judge.controls.paragraphs.values():
        assert paragraph.role == "control" or paragraph.refers_to


def test_no_figure_is_a_sparse_one_and_all_have_a_unit(judge: Judge) -> None:
    for row in rows(TABLES / "figures.csv"):
        quantity = judge.controls.quantities[row["quantity"]]
        assert quantity.unit
        assert quantity.kind in {"rate", "measured", "computed"}
        assert "sparse" not in row["note"].casefold()


def test_rates_of_one_part_are_dense(judge: Judge) -> None:
    """Half the bits give about twice the rate; four times would be a sparse one, or slow at 16."""
    pairs = (("fp16_rate", "fp8_rate"), ("fp16_rate", "int8_rate"), ("int8_rate", "int4_rate"))
    found = {
        chip.partition(":")[2]
        for chip, part in judge.controls.parts.items()
        for wide, narrow in (*pairs, ("fp8_rate", "fp4_rate"))
        if {wide, narrow} <= part.figures.keys()
        and part.figures[narrow].value > 2.04 * part.figures[wide].value
    }
    slow_at_16_bits = {"aws-trainium3", "cambricon-mlu370-x8", "groq-lpu1", "kunlun-1"}
    assert found == {*slow_at_16_bits, "iluvatar-mr-v100", "nvidia-b300", "nvidia-gb300"}


def test_an_estimate_never_decides(judge: Judge) -> None:
    grades = {
        (r["chip"], r["quantity"]) for r in rows(TABLES / "figures.csv") if "C" in r["confidence"]
    }
    assert grades
    for chip, quantity in grades:
        part = judge.controls.parts[f"chip:{chip}"]
        assert quantity not in part.figures
        assert quantity in part.estimates


def test_limits_are_the_laws_numbers(judge: Judge) -> None:
    found = {
        name: {str(limit) for group in each.alternatives for limit in group if limit.number}
        for name, each in judge.controls.paragraphs.items()
    }
    letter = {
        "memory_bandwidth >= 1400",
        "io_bandwidth >= 1100",
        "dram_and_io_bandwidth >= 1700",
    }
    wanted = {
        "3a090-2022": {"io_bandwidth >= 600", "tpp >= 4800"},
        "3a090a1-2023": {"tpp >= 4800"},
        "3a090a2-2023": {"tpp >= 1600", "performance_density >= 5.92"},
        "3a090b1-2023": {
            *("tpp >= 2400", "tpp < 4800"),
            *("performance_density >= 1.6", "performance_density < 5.92"),
        },
        "3a090b2-2023": {
            *("tpp >= 1600", "performance_density >= 3.2", "performance_density < 5.92"),
        },
        "note2-2023": {"tpp < 4800"},
        "3a090c-2024": {"memory_bandwidth_density > 2"},
        "740-25-2024": {"memory_bandwidth_density < 3.3"},
        "review-2026": {"tpp < 21000", "memory_bandwidth < 6500"},
        "intel-letter-2025": letter,
        "nvda-letter-2025": letter,
        "amd-letter-2025": letter,
    }
    assert {name: found[name] for name in wanted} == wanted
