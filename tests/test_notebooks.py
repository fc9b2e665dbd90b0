"""Notebooks are short, and show what comes out of them today."""

import re

import nbformat
import pytest

from tests.notebooks import NOTEBOOKS, executed, outputs


def test_there_are_three_investigations():
    assert len(NOTEBOOKS) == 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_short_and_shows_what_comes_out_of_it(path):
    kept = nbformat.read(path, as_version=4)
    assert len(kept.cells) < 15
    assert all(cell.source for cell in kept.cells)
    assert outputs(kept) == outputs(executed(path)), "run `make notebooks`, and look at them"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_nothing_of_the_machine(path):
    text = path.read_text(encoding="utf-8")
    assert len(text) < 200_000
    assert not re.search(r"/home/|/root/|/tmp/|/work/|Traceback|stderr", text)
