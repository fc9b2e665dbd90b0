"""Many small documents, for tests that build graphs of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from kg.graph.store import open_store
from kg.views.exports import exported

ROOT = Path(__file__).parent.parent
_CHIPS = ("H20", "H800", "A100", "MI308")


def text(number: int) -> str:
    """What one of the documents says; the firms are examples and no real ones."""
    chip, other = _CHIPS[number % 4], _CHIPS[(number + 1) % 4]
    return (
        f"Example Firm {number} and its chips\n\n"
        f"Example Firm {number} bought {number + 2} Nvidia {chip} chips. "
        f"Example Firm {number} does not use the {other}. "
        f"It plans to buy more of them in {2025 + number % 3}.\n"
    )


def write_corpus(folder: Path, numbers: range) -> Path:
    """Write the documents of these numbers into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"firm-{number:02}.txt").write_text(text(number), encoding="utf-8")
    return folder


def n_triples(graph: Path) -> str:
    """The graph as `kg export` writes it."""
    return "".join(exported(open_store(graph), "nt"))


def environment(**more: str) -> dict[str, str]:
    """An environment in which another Python finds this checkout, and no colours are forced."""
    kept = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def be_killed(_: object) -> None:
    """End this process as the system does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def python(*arguments: str | Path) -> list[str]:
    """A command that runs another Python like this one."""
    return [sys.executable, *map(str, arguments)]


def kg(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `kg` as a user does."""
    return subprocess.run(
        python("-m", "kg", *arguments),
        input=given,
        capture_output=True,
        timeout=60,
        env=environment(),
        check=False,
    )
