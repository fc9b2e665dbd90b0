"""People name chips and countries in many ways; what means nothing or several things is said."""

from __future__ import annotations

import pytest

import kg.controls
from kg.controls.find import find_chip, find_place
from kg.controls.judge import Judge
from kg.errors import QueryError


@pytest.mark.parametrize(
    "words", ["h20", "H20", " h20 ", "nvidia-h20", "chip:nvidia-h20", "Nvidia H20"]
)
def test_a_chip_is_found_by_id_label_or_alias(judge: Judge, words: str) -> None:
    found = find_chip(judge.controls, words)
    assert (found.chip, found.label, len(found.parts)) == ("chip:nvidia-h20", "Nvidia H20", 1)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("h100", ["nvidia-h100-nvl", "nvidia-h100-pcie", "nvidia-h100-sxm"]),
        ("a100", ["nvidia-a100-pcie", "nvidia-a100-sxm"]),
        ("h800", ["nvidia-h800-pcie", "nvidia-h800-sxm"]),
        ("mi300", ["amd-mi300a", "amd-mi300x"]),
        ("a800", ["nvidia-a800"]),
        ("mi250", ["amd-mi250"]),  # it has figures of its own: a variant does not answer for it
        ("4090", ["nvidia-rtx-4090"]),
    ],
)
def test_a_model_is_answered_by_its_parts(judge: Judge, words: str, parts: list[str]) -> None:
    assert [part.chip for part in find_chip(judge.controls, words).parts] == [
        f"chip:{part}" for part in parts
    ]


def test_a_family_is_answered_by_all_chips_below_it(judge: Judge) -> None:
    hopper = {part.chip for part in find_chip(judge.controls, "hopper").parts}
    assert {"chip:nvidia-h20", "chip:nvidia-h100-sxm", "chip:nvidia-h200-nvl"} <= hopper
    assert "chip:nvidia-a100-sxm" not in hopper


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("cn", "cn"),
        ("CN", "cn"),
        ("China", "cn"),
        ("Chinese", "cn"),
        ("PRC", "cn"),
        ("place:cn", "cn"),
        ("Macao", "mo"),
        ("Hong Kong", "hk"),
        ("Emirati", "ae"),
        ("UAE", "ae"),
        ("Russian", "ru"),
        ("Cambodia", "kh"),
    ],
)
def test_a_country_is_found_by_code_name_or_adjective(judge: Judge, words: str, place: str) -> None:
    assert find_place(judge.controls, words) == f"place:{place}"


REFUSED = [  # chip, on, to, what the message says
    ("zzz", "2024", "cn", r"no chip 'zzz' is known"),
    ("h21", "2024", "cn", r"no chip 'h21' is known; did you mean .*h20"),
    ("", "2024", "cn", r"no chip '' is known"),
    ("China", "2024", "cn", r"no chip 'China' is known"),
    (
        "TPU v5",
        "2024",
        "cn",
        r"may mean google-tpu-v5e .*, google-tpu-v5p .*: say which, by its id",
    ),
    ("RTX 6000", "2024", "cn", r"may mean nvidia-rtx-6000-ada .*, nvidia-rtx-pro-6000"),
    ("R200", "2024", "cn", r"may mean kunlun-2 .*, nvidia-rubin"),
    ("cambricon-590", "2024", "cn", r"no figures for .*590.*figures.csv, or give them as --tpp"),
    ("h20", "2024", "Atlantis", r"no country 'Atlantis' is known"),
    ("h20", "2024", "Chnia", r"no country 'Chnia' is known; did you mean .*china"),
    ("h20", "2024", "", r"no country '' is known"),
    ("h20", "2024", "h20", r"no country 'h20' is known"),
    ("h20", "soon", "cn", r"'soon' is no date like 2025-04-09, 2025-04, 2025-H2 or 2025"),
    ("h20", "", "cn", r"'' is no date like 2025-04-09"),
    (None, "2024", "cn", r"name a chip, or suppose one: --tpp 4000 --die-area 600"),
]


@pytest.mark.parametrize(("chip", "on", "to", "message"), REFUSED)
def test_what_cannot_be_answered_gets_one_line(
    chip: str | None, on: str, to: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        kg.controls.status(chip, on=on, to=to)
    assert "\n" not in str(caught.value)


def test_an_unknown_home_of_the_buyer_is_refused_too() -> None:
    with pytest.raises(QueryError, match=r"no country 'Atlantis' is known"):
        kg.controls.status("h20", on="2024", to="cn", hq="Atlantis")
