"""The verb that serves a graph."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GraphFolder
from kg.cli.output import remark, when_nobody_reads


@app.command(epilog="Example: kg serve graph/ --port 7878   then: open http://127.0.0.1:7878/")
def serve(
    graph: GraphFolder,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 7878,
    host: Annotated[str, typer.Option(help="0.0.0.0 lets other machines ask.")] = "127.0.0.1",
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that a query may run.")] = 30,
    memory: Annotated[int, typer.Option(min=32, help="MB that a query may use.")] = 1024,
    workers: Annotated[int, typer.Option(min=1, help="Queries that run at once.")] = 2,
    max_rows: Annotated[int, typer.Option(min=1, help="Rows of an answer.")] = 1_000_000,
    cors: Annotated[
        str | None,
        typer.Option(metavar="ORIGIN", help="Let pages of this origin, or *, read answers."),
    ] = None,
) -> None:
    """Serve a graph over HTTP: web pages, and SPARQL at /sparql."""
    from kg.serve.limits import Limits
    from kg.serve.server import Address, serve

    when_nobody_reads(signal.SIG_IGN)  # a client that hangs up ends no server
    limits = Limits(seconds=timeout, megabytes=memory, rows=max_rows, workers=workers)
    serve(graph, Address(host, port, cors), limits, remark)
