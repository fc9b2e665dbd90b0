"""Runs the notebooks of the project; as a program, keeps what comes out of them.

`make notebooks` calls it. A page to click through is not kept: it is half a megabyte, and what
shows a notebook on the web shows no frames.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = tuple(sorted((ROOT / "notebooks").glob("*.ipynb")))
_LONGEST = 100_000  # characters of one output that are kept


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook with what comes out of it now.

    Raises:
        CellExecutionError: A cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": path.parent}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # the times of the run
        if cell.cell_type == "code":
            cell.outputs = [_kept(each) for each in cell.outputs]
    notebook.metadata.pop("language_info", None)  # the version of Python
    return notebook


def outputs(notebook: nbformat.NotebookNode) -> list[list[dict[str, Any]]]:
    """What came out of each code cell."""
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def _kept(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    if "data" in output:
        output.data = {kind: words for kind, words in output.data.items() if len(words) <= _LONGEST}
    return output


if __name__ == "__main__":
    for each in NOTEBOOKS:
        nbformat.write(executed(each), each)
        print(f"ran {each.relative_to(ROOT)}")
