"""The verbs that make a graph, prove it, and hand it on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.options import ExportFormat, GraphFolder, format_of
from kg.cli.output import count_of, print_view, progress_bar, remark, resumable, tell, write
from kg.errors import QueryError
from kg.views.clean import clean


@app.command(epilog="Example: kg build news/ filings/10k.html -o graph/ --add")
def build(
    docs: Annotated[
        list[Path],
        typer.Argument(metavar="DOCS", help="Files and folders: txt, md, html, jsonl."),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The graph folder.")],
    *,
    add: Annotated[bool, typer.Option("--add", help="Keep the documents already there.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Take all curated claims, not only what is mentioned.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read; one a core unless told.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if any file was skipped.")
    ] = False,
) -> None:
    """Read documents and build their graph; only what is new is read."""
    from kg.builder import Options, build_graph

    options = Options(add=add, everything=everything, workers=workers)
    with resumable(), progress_bar("reading") as progress:
        report = build_graph(docs, output, options, progress)
    tell(report)
    remark(f"built {output}; ask it: kg ask {output}")
    if strict and report.skipped:
        raise typer.Exit(1)


@app.command(epilog="Example: kg check graph/")
def check(
    graph: GraphFolder,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Hold all of a large graph against the shapes.")
    ] = False,
) -> None:
    """Prove the shapes, the quotes, and a claim behind each triple.

    Of a large graph, SHACL looks at a sample, and says of what; all else is proved whole.
    """
    from kg.api import Graph
    from kg.graph.store import open_store
    from kg.verify import verify

    documents = [reading.document for reading in Graph.open(graph).readings()]
    findings = verify(open_store(graph), documents, everything=everything, say=remark)
    for finding in findings:
        print(clean(str(finding)))
    if findings:
        remark(count_of(len(findings), "finding"))
        raise typer.Exit(1)
    remark("fine: shapes, quotes and the claims behind every triple hold")


@app.command(epilog="Example: kg evaluate tests/corpus/dev --errors 20")
def evaluate(
    labelled: Annotated[
        Path, typer.Argument(metavar="DIR", help="Labelled documents, one a .json file.")
    ],
    *,
    errors: Annotated[
        int, typer.Option(min=0, help="List so many of the worst errors of each kind.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
    predictions: Annotated[
        Path | None, typer.Option(help="Judge another reader's claims, a .jsonl file.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(help="Draw the calibration into this .svg file.")
    ] = None,
) -> None:
    """Measure how well labelled documents are read."""
    import json

    from kg.evaluate.run import evaluate as run
    from kg.views.scores import calibration_svg, score_tables, score_values

    with progress_bar("reading") as progress:
        evaluation = run(labelled, predictions, progress)
    if as_json:
        print(json.dumps(score_values(evaluation, errors), ensure_ascii=False, indent=1))
    else:
        print_view(score_tables(evaluation, errors))
    if plot and evaluation.calibration:
        write(plot, calibration_svg(evaluation.calibration))
    remark(f"{count_of(len(evaluation.documents), 'document')}, {evaluation.words:,} words")


@app.command(epilog="Example: kg export graph/ -o claims.csv")
def export(
    graph: GraphFolder,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; stdout unless told.")
    ] = None,
    format: Annotated[
        ExportFormat | None, typer.Option("--format", "-f", help="Taken from the file's ending.")
    ] = None,
    *,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="RDF 1.2 in ttl or nt: claims name their triples.")
    ] = False,
    void: Annotated[
        bool, typer.Option("--void", help="Describe the graph in VoID instead, as Turtle.")
    ] = False,
) -> None:
    """Write the whole graph, its claims as a table, or its edges.

    nt is sorted; graphml and gexf open in Gephi; csv has one claim a row, edges one edge a row;
    ftm is FollowTheMoney, an entity a line.
    """
    from kg.graph.store import open_store
    from kg.views.exports import described, exported

    if void and (rdf12 or format not in (None, ExportFormat.TTL)):
        raise QueryError("--void is written as Turtle of RDF 1.1: leave the other options out")
    if void:
        text = described(open_store(graph))
    else:
        wanted = format or format_of(output)
        text = exported(open_store(graph), wanted.value, rdf12=rdf12)
    if output is None:
        for part in text:
            sys.stdout.buffer.write(part.encode())
    else:
        write(output, "".join(text))
