"""What a user supposes is checked as the data are, and counts as they do."""

from __future__ import annotations

import pytest

import kg.controls
from kg.controls.judge import Judge
from kg.controls.suppose import SUPPOSED, suppose
from kg.errors import QueryError

REFUSED = [  # settings, what the message says
    ({"fp8_rate_sparse": "2000"}, r"sparse rates do not count for TPP; give the dense rate"),
    ({"sparsity": "2"}, r"sparse rates do not count"),
    ({"speed": "1"}, r"no figure is called 'speed'; there are die_area, .*designer"),
    ({"chip": "nvidia-h20"}, r"no figure is called 'chip'"),
    ({"tpp": "-1"}, r"tpp: '-1' is no amount like 4000 or 1.6"),
    ({"tpp": "nan"}, r"tpp: 'nan' is no amount"),
    ({"tpp": "inf"}, r"tpp: 'inf' is no amount"),
    ({"tpp": "1e400"}, r"tpp: '1e400' is no amount"),
    ({"tpp": ""}, r"tpp: '' is no amount"),
    ({"tpp": "many"}, r"tpp: 'many' is no amount"),
    ({"designed_for": "games"}, r"designed_for is one of datacentre, .*, not 'games'"),
    ({"kind": "gpu"}, r"kind is one of integrated-circuit, memory, computer, not 'gpu'"),
    ({"designer": "nvidea"}, r"no designer 'nvidea' is known; chips here are by amd, .*nvidia"),
]


@pytest.mark.parametrize(("settings", "message"), REFUSED)
@pytest.mark.parametrize("chip", [None, "h20"])
def test_what_cannot_be_supposed_gets_one_line(
    chip: str | None, settings: dict[str, str], message: str
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        kg.controls.status(chip, on="2024-01-15", to="cn", settings=settings)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "verdict", "paragraph"),
    [
        ({"tpp": "4800"}, "covered", "3A090.a.1"),
        ({"tpp": "4,799.9", "die-area": "800", "designed-for": "consumer"}, "not covered", ""),
        ({"tpp": "4799.9", "die-area": "800"}, "unknown", "3A090.a.2"),  # for want of the use
        ({"fp8-rate": "600"}, "covered", "3A090.a.1"),
        ({"tpp": "1600", "die_area": "270", "designed_for": "datacentre"}, "covered", "3A090.a.2"),
        ({"tpp": "1600", "die_area": "500", "designed_for": "datacentre"}, "covered", "3A090.b.2"),
        ({"tpp": "1600", "die_area": "501", "designed_for": "datacentre"}, "not covered", ""),
        ({"tpp": "1599.9", "die_area": "1"}, "not covered", ""),
        ({"tpp": "2400", "die_area": "1500", "designed_for": "datacentre"}, "covered", ".b.1"),
        ({"tpp": "4000"}, "unknown", "3A090.b.1"),
        ({"tpp": "4000", "die_area": "0"}, "unknown", "3A090.b.1"),  # no density, no crash
        ({"memory_bandwidth": "4000"}, "unknown", "3A090.a.1"),
    ],
)
def test_the_lines_of_2023_for_a_chip_that_is_all_supposed(
    settings: dict[str, str], verdict: str, paragraph: str
) -> None:
    answer = kg.controls.status(None, on="2024-01-15", to="cn", settings=settings)
    (found,) = (
        each
        for each in answer.verdicts
        if (each.rule, each.role) == ("rule:acs-2023-10", "control")
    )
    assert found.verdict == verdict
    assert paragraph in found.paragraph


def test_a_letter_binds_a_supposed_chip_of_its_addressee_only() -> None:
    for designer, verdict in (("nvidia", "covered"), ("entity:nvidia", "covered"), ("amd", "no")):
        settings = {"designer": designer, "designed_for": "datacentre", "memory_bandwidth": "1400"}
        answer = kg.controls.status(None, on="2025-05-01", to="cn", settings=settings)
        found = {each.rule: each.verdict for each in answer.verdicts}[
            "rule:nvda-h20-letter-2025-04"
        ]
        assert found.startswith(verdict)


def test_to_suppose_leaves_the_data_alone(judge: Judge) -> None:
    part = judge.controls.parts["chip:nvidia-h20"]
    other = suppose(part, {"fp8_rate": "600"}, judge.controls.quantities)
    assert (part.figures["fp8_rate"].value, other.figures["fp8_rate"].value) == (296, 600)
    assert SUPPOSED.figures == {}
