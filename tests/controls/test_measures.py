"""What a rule measures: the highest dense rate times its bits, never more than is known."""

from __future__ import annotations

from math import inf

import pytest

from kg.controls.judge import Judge
from kg.controls.measures import measure
from kg.controls.parts import Figure, Part
from kg.controls.suppose import SUPPOSED, suppose
from kg.controls.truth import ANYWHERE, Interval


def part(*, all_rates: bool = True, at_least: tuple[str, ...] = (), **numbers: float) -> Part:
    figures = {
        name: Figure(quantity=name, value=value, low=value, high=value, at_least=name in at_least)
        for name, value in numbers.items()
    }
    return Part(chip="chip:x", label="X", all_rates=all_rates, figures=figures)


TPP = [  # chip, the rate that sets its TPP, TPP
    ("nvidia-h100-sxm", "fp8_rate", 15832),
    ("nvidia-h100-pcie", "fp8_rate", 12104),
    ("nvidia-l4", "int4_rate", 1940),
    ("nvidia-a30", "int4_rate", 2644),
    ("nvidia-rtx-4090", "fp16_rate", 5284.8),
    ("nvidia-b300", "fp4_rate", 54000),
    ("amd-mi350x", "fp6_rate", 55368),  # common tables say 36,912, by 8 bits
    ("amd-mi355x", "fp6_rate", 60396),
    ("microsoft-maia-100", "fp6_rate", 18000),
    ("intel-gaudi3", "fp16_rate", 26848),
    ("amd-mi250x", "fp16_rate", 6128),
    ("google-tpu-v6e", "fp16_rate", 14688),
]


@pytest.mark.parametrize(("chip", "rate", "tpp"), TPP)
def test_the_highest_product_of_rate_and_bits_sets_tpp(
    judge: Judge, chip: str, rate: str, tpp: float
) -> None:
    found = measure(judge.controls.parts[f"chip:{chip}"], "tpp", judge.controls.quantities)
    assert found.interval.exact
    assert found.interval.low == pytest.approx(tpp)
    bits = judge.controls.quantities[rate].bits or 0
    (figure,) = found.figures  # of two with the same product either may be told
    best = judge.controls.parts[f"chip:{chip}"].figures[rate].value * bits
    assert figure.value * (judge.controls.quantities[figure.quantity].bits or 0) == best


def test_of_the_rates_the_one_at_six_bits_is_told(judge: Judge) -> None:
    found = measure(judge.controls.parts["chip:amd-mi350x"], "tpp", judge.controls.quantities)
    assert found.how == "9,228 TFLOPS (fp6_rate) x 6 bits"
    assert found.missing == ()


@pytest.mark.parametrize(
    ("chip", "least"), [("google-tpu-8t", 50400), ("huawei-ascend-910b", 6016), ("tesla-d1", 5792)]
)
def test_some_rates_give_a_lower_bound(judge: Judge, chip: str, least: float) -> None:
    found = measure(judge.controls.parts[f"chip:{chip}"], "tpp", judge.controls.quantities)
    assert found.interval == Interval(least, inf)
    assert found.missing == ("dense rates at other precisions",)


def test_a_rate_that_is_a_lower_bound_makes_tpp_one(judge: Judge) -> None:
    quantities = judge.controls.quantities
    known = part(fp16_rate=100, fp8_rate=200, at_least=("fp8_rate",))
    assert measure(known, "tpp", quantities).interval == Interval(1600, inf)


def test_without_rates_nothing_is_known_of_tpp(judge: Judge) -> None:
    found = measure(part(die_area=600), "tpp", judge.controls.quantities)
    assert (found.interval, found.known, found.missing) == (ANYWHERE, False, ("dense rates",))


def test_the_density_is_tpp_over_area(judge: Judge) -> None:
    quantities = judge.controls.quantities
    found = measure(part(fp8_rate=500, die_area=800), "performance_density", quantities)
    assert found.interval == Interval(5, 5)
    assert found.how == "(500 TFLOPS (fp8_rate) x 8 bits) / (800 mm2)"


def test_an_unknown_area_leaves_the_density_open(judge: Judge) -> None:
    found = measure(part(fp8_rate=500), "performance_density", judge.controls.quantities)
    assert found.interval == ANYWHERE
    assert found.missing == ("applicable die area",)
    assert found.how == ""


def test_an_area_of_at_least_so_much_bounds_the_density_from_above(judge: Judge) -> None:
    known = part(fp8_rate=500, die_area=800, at_least=("die_area",))
    found = measure(known, "performance_density", judge.controls.quantities)
    assert found.interval == Interval(0, 5)
    assert found.missing == ("more than a lower bound of applicable die area",)


def test_over_an_area_of_nothing_there_is_no_density(judge: Judge) -> None:
    found = measure(
        part(fp8_rate=500, die_area=0), "performance_density", judge.controls.quantities
    )
    assert found.interval == ANYWHERE
    assert found.missing == ("applicable die area above zero",)


def test_a_lower_bound_over_an_area_bounds_the_density_from_below(judge: Judge) -> None:
    known = part(fp8_rate=500, die_area=800, all_rates=False)
    found = measure(known, "performance_density", judge.controls.quantities)
    assert found.interval == Interval(5, inf)


def test_the_sums_add_all_links_and_all_bandwidth(judge: Judge) -> None:
    quantities = judge.controls.quantities
    known = part(interconnect_bandwidth=400, host_bandwidth=64, memory_bandwidth=2000)
    assert measure(known, "io_bandwidth", quantities).interval == Interval(464, 464)
    assert measure(known, "dram_and_io_bandwidth", quantities).interval == Interval(2464, 2464)


def test_a_link_that_is_not_known_makes_a_sum_a_lower_bound(judge: Judge) -> None:
    quantities = judge.controls.quantities
    found = measure(part(interconnect_bandwidth=525), "io_bandwidth", quantities)
    assert found.interval == Interval(525, inf)
    assert found.missing == ("host link bandwidth",)


def test_a_number_supposed_takes_the_place_of_a_computed_one(judge: Judge) -> None:
    quantities = judge.controls.quantities
    h100 = judge.controls.parts["chip:nvidia-h100-sxm"]
    supposed = suppose(h100, {"tpp": "4000", "io_bandwidth": "100"}, quantities)
    assert measure(supposed, "tpp", quantities).interval == Interval(4000, 4000)
    assert measure(supposed, "performance_density", quantities).interval.low == pytest.approx(
        4000 / 814
    )
    assert measure(supposed, "dram_and_io_bandwidth", quantities).interval == Interval(3450, 3450)
    assert measure(h100, "tpp", quantities).interval.low == 15832


def test_a_chip_of_nothing_but_a_density_has_that_density(judge: Judge) -> None:
    quantities = judge.controls.quantities
    supposed = suppose(SUPPOSED, {"performance_density": "3.2"}, quantities)
    assert measure(supposed, "performance_density", quantities).interval == Interval(3.2, 3.2)
