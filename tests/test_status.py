"""`kg status`: the answer for people and for programs, and a clear line for everything else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def status(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "status", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_the_answer_is_derived_line_by_line():
    done = status("h20", "--on", "2025-05-01", "--to", "China")
    assert done.returncode == 0
    for line in (
        "148 TFLOPS (fp16_rate) x 16 bits",
        "3A090.a.1: TPP 2,368 < 4,800",
        "3A090.b.2: performance density 2.9091 < 3.2",
        "China in D:1, D:4, D:5",
        "Nvidia H20 is covered for China on 2025-05-01: letter of April 2025",
        "source: https://",
    ):
        assert line in done.stdout
    assert "no legal advice" in done.stderr
    assert "\x1b[" not in done.stdout


def test_json_has_what_programs_ask_for():
    done = status("nvidia-a100-sxm", "--on", "2024-01-15", "--to", "cn", "--format", "json")
    answer = json.loads(done.stdout)
    assert answer["chip"] == "nvidia-a100-sxm"
    assert (answer["on"], answer["to"], answer["hq"]) == ("2024-01-15", "cn", "cn")
    assert answer["tpp"] == 4992
    assert answer["performance_density"] == pytest.approx(4992 / 826, abs=1e-4)
    (chip_rule,) = [
        each
        for each in answer["verdicts"]
        if each["rule"] == "acs-2023-10" and each["role"] == "control"
    ]
    assert chip_rule["paragraph"] == "3A090.a.1"
    assert chip_rule["verdict"] == "covered"
    assert chip_rule["because"].startswith("TPP 4,992 >= 4,800")
    assert chip_rule["missing"] == []
    assert "2024-01-15" in answer["summary"]


def test_a_model_is_answered_per_part():
    answer = json.loads(status("H100", "--on", "2024", "--to", "Chinese", "-f", "json").stdout)
    assert answer["tpp"] is None
    assert {each["chip"]: each["tpp"] for each in answer["parts"]} == {
        "nvidia-h100-nvl": 13368,
        "nvidia-h100-pcie": 12104,
        "nvidia-h100-sxm": 15832,
    }
    assert answer["status"] == "covered"


def test_without_a_day_it_tells_when_the_verdict_changed_and_by_which_rule():
    done = status("a800", "--to", "China", "--format", "json")
    (part,) = json.loads(done.stdout)["parts"]
    assert [(each["day"], each["rule"], each["verdict"]) for each in part["changes"]] == [
        ("2023-10-23", "nvda-letter-2023-10", "covered"),
        ("2023-11-17", "nvda-letter-2023-10", "not covered"),
        ("2023-11-17", "acs-2023-10", "covered"),
        ("2025-04-09", "nvda-h20-letter-2025-04", "covered"),
        ("2026-01-15", "h200-case-by-case-2026-01", "covered"),
    ]
    assert "2023-11-17  October 17 rule" in status("a800", "--to", "China").stdout


def test_a_chip_that_does_not_exist_can_be_asked_about():
    words = ("--tpp", "4000", "--die-area", "600", "--on", "2024-06-01", "--to", "cn")
    unsure = json.loads(status(*words, "-f", "json").stdout)
    assert unsure["status"] == "unknown"
    assert "designed for" in unsure["summary"]
    sure = json.loads(status(*words, "--set", "designed-for=datacentre", "-f", "json").stdout)
    assert sure["status"] == "covered"
    assert "3A090.a.2" in sure["summary"]


def test_sensitivity_names_the_number_that_would_flip_a_verdict():
    done = status("google-tpu-v5e", "--sensitivity")
    assert "applicable die area" in done.stdout
    assert "up to 1,970 mm2" in done.stdout
    (part,) = json.loads(status("google-tpu-v5e", "--sensitivity", "-f", "json").stdout)["parts"]
    assert {each["why"] for each in part["flips"]} == {"estimate", "missing"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("h20",), "give the destination"),
        (("h21", "--to", "cn", "--on", "2024"), "no chip 'h21' is known; did you mean"),
        (("h20", "--to", "Atlantis", "--on", "2024"), "no country 'Atlantis' is known"),
        (("h20", "--to", "cn", "--on", "soon"), "'soon' is no date like"),
        (("h20", "--to", "cn", "--on", "2024-02-31"), "2024-02-31"),
        (("--to", "cn", "--on", "2024"), "name a chip, or suppose one"),
        (("h20", "--to", "cn", "--set", "tpp"), "--set 'tpp' is not like"),
        (("h20", "--to", "cn", "--set", "tpp=many"), "'many' is no amount"),
        (("h20", "--to", "cn", "--set", "tpp=nan"), "'nan' is no amount"),
        (("h20", "--to", "cn", "--set", "fp8_rate_sparse=4000"), "sparse rates do not count"),
        (("h20", "--to", "cn", "--tpp", "1", "--set", "tpp=2"), "tpp is given twice"),
        (("h20", "--to", "cn", "--set", "wings=2"), "no figure is called 'wings'"),
        (("h20", "--to", "cn", "--set", "designed_for=fun"), "designed_for is one of"),
    ],
)
def test_what_is_asked_wrongly_gets_one_line(words, message):
    done = status(*words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
