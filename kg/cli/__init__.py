"""The command line: one short function a verb, and the only room that prints.

Data goes to stdout, remarks to stderr. Exit status 0 is fine, 1 means findings, 2 misuse.
"""

from __future__ import annotations

import io
import signal
import sys

from kg.cli.app import app
from kg.cli.making import build, check, export
from kg.cli.output import remark, when_nobody_reads
from kg.cli.plotting import plot, timeline
from kg.cli.publish import publish
from kg.cli.serve import serve
from kg.cli.showing import ask, draw, query, show, terms
from kg.cli.status import status
from kg.errors import KGError

__all__ = [
    "app",
    "ask",
    "build",
    "check",
    "draw",
    "export",
    "plot",
    "publish",
    "query",
    "run",
    "serve",
    "show",
    "status",
    "terms",
    "timeline",
]


def run() -> None:
    """Run the command line; an error of ours is one line and exit status 2."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    when_nobody_reads(signal.SIG_DFL)  # as in `kg query ... | head`: end at once, in silence
    try:
        app(prog_name="kg")
    except KGError as error:
        remark(f"kg: {error}")
        sys.exit(2)
