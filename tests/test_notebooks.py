"""Notebooks are short, carry no output, and stand where `make test` runs them."""

import json
import tomllib

import pytest

from tests.small_documents import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_short_and_stripped(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert len(cells) < 15
    for cell in cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert cell["source"]


def test_make_test_runs_them():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert NOTEBOOKS
    assert "notebooks" in project["tool"]["pytest"]["ini_options"]["testpaths"]
    assert "/pytest --nbmake\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
