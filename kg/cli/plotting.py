"""The verbs that draw figures: one from a graph, one from the rules and figures of chips."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GraphFolder, as_text
from kg.cli.output import write
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.views.drawing import Drawing


class Plot(StrEnum):
    """What `kg plot` draws."""

    CLAIMS_OVER_TIME = "claims-over-time"
    CHIPS_BY_ORGANISATION = "chips-by-organisation"


Figure = Annotated[
    Path,
    typer.Option("--output", "-o", help="The figure to write: .svg, or .html with its table."),
]


@app.command(epilog="Example: kg plot graph/ claims-over-time -o claims.svg")
def plot(
    graph: GraphFolder,
    what: Annotated[Plot, typer.Argument(metavar="WHAT", help=" or ".join(Plot))],
    output: Figure,
) -> None:
    """Draw a figure of what a graph says."""
    _check_ending(output)
    from kg.api import Graph

    _write(output, Graph.open(graph).plot(what.value))


@app.command(epilog="Example: kg timeline h20 h100 a800 --to cn -o rules.svg")
def timeline(
    chips: Annotated[list[str], typer.Argument(metavar="CHIP...", help="Ids, labels or aliases.")],
    to: Annotated[str, typer.Option(help="The destination: a name, adjective or ISO 3166 code.")],
    output: Figure,
    *,
    hq: Annotated[
        str | None,
        typer.Option(help="Where the buyer or its parent has its headquarters; else as --to."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="The day at which it ends; else soon after the last change.")
    ] = None,
) -> None:
    """Draw when rules covered which chips, a lane a chip.

    A research aid, no legal advice: docs/controls.md says what is modelled and what is not.
    """
    _check_ending(output)
    from kg.views.lanes import draw_timeline

    names = [as_text(each) for each in chips]
    place, home, last = as_text(to), hq and as_text(hq), until and as_text(until)
    _write(output, draw_timeline(names, to=place, hq=home, until=last))


def _write(output: Path, drawing: Drawing) -> None:
    write(output, drawing.svg if output.suffix.lower() == ".svg" else drawing.html)


def _check_ending(output: Path) -> None:
    if output.suffix.lower() not in {".svg", ".html"}:
        raise QueryError(f"{output}: a figure ends in .svg or .html")
