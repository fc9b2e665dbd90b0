"""The verb that loads a graph into another store."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GraphFolder, as_text
from kg.cli.output import count_of, progress_bar, remark


@app.command(epilog="Example: kg publish graph/ http://localhost:7878/store --replace")
def publish(
    folder: GraphFolder,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The store's Graph Store Protocol address.")
    ],
    *,
    graph: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="A named graph, not the default one."),
    ] = None,
    batch: Annotated[int, typer.Option(min=1, help="Triples in a request.")] = 50_000,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put away what the store's graph holds already.")
    ] = False,
) -> None:
    """Load a graph into another store over HTTP.

    A run that was ended goes on where it stopped.
    """
    from kg.graph.publish import Target
    from kg.graph.publish import publish as send_all

    target = Target.read(as_text(url), graph and as_text(graph))
    try:
        with progress_bar("publishing") as progress:
            done = send_all(folder, target, progress, batch=batch, replace=replace)
    except KeyboardInterrupt:
        remark("kg: stopped; what arrived is counted, and the same command goes on from there")
        raise typer.Exit(130) from None
    if not done.sent:
        remark(f"{target.url} has it already; --replace sends it again")
    remark(f"{count_of(done.triples, 'triple')} at {target.url}, {done.sent:,} of them sent now")
    if done.beside:
        remark("warning: triples of an earlier build stay beside them; --replace puts those away")
