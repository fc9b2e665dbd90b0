"""The verbs that answer: from a graph, or from the ontology."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.options import (
    AnswerFormat,
    GraphFolder,
    QueryFormat,
    as_text,
    named_arguments,
    query_text,
)
from kg.cli.output import (
    count_of,
    end_after,
    end_at_ctrl_c,
    make_folder,
    no_rows,
    print_answer,
    print_view,
    remark,
    write,
    write_quietly,
)
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.reading import Reading


@app.command(epilog="Example: kg show graph/ deepseek-blackwell --html deepseek.html")
def show(
    graph: GraphFolder,
    doc: Annotated[
        str | None,
        typer.Argument(metavar="DOC", help="A document's id, identifier or title, or a part."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Write a page there; without DOC, a folder of pages."),
    ] = None,
) -> None:
    """Show a document with its claims; without one, list them.

    The claims are marked in the text. --html writes a page, or for all documents a folder of them.
    """
    from kg.api import Graph

    opened = Graph.open(graph)
    if doc is None:
        _show_all(opened.readings(), html)
        return
    doc = as_text(doc)
    if html is not None:
        write(html, opened.show(doc).html)
        return
    from kg.views.terminal import marked

    print_view(marked(opened.reading(doc)))


def _show_all(readings: Sequence[Reading], folder: Path | None) -> None:
    if folder is None:
        from kg.views.terminal import list_of_documents

        print_view(list_of_documents(readings))
        return
    from kg.views.corpus import pages

    make_folder(folder)
    for name, text in pages(readings):
        write_quietly(folder / name, text)
    remark(f"wrote {folder / 'index.html'} and {count_of(len(readings), 'page')}")


@app.command(
    epilog="Example: kg query graph/ 'SELECT ?who { ?who kg:usesHardware chip:nvidia-h20 }'"
)
def query(
    graph: GraphFolder,
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="The query; - reads it from stdin.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Read the query from a file.")] = None,
    format: AnswerFormat = QueryFormat.TABLE,
    limit_rows: Annotated[
        int | None, typer.Option(min=0, help="Take so many rows or triples, and say if more.")
    ] = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.001, help="Give up after so many seconds.")
    ] = None,
) -> None:
    """Ask in SPARQL; the usual prefixes need not be declared."""
    from kg.graph.store import open_store

    store = open_store(graph)
    text = query_text(sparql, file)
    end_at_ctrl_c()
    end_after(timeout)
    if format is QueryFormat.TABLE:
        from kg.graph.query import query as ask_store

        print_answer(ask_store(store, text, limit_rows))
        return
    from kg.graph.query import write

    for warning in write(store, text, format.value, sys.stdout.buffer, limit_rows):
        remark(f"warning: {warning}")


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog="Example: kg ask graph/ who-uses --chip h20",
)
def ask(
    context: typer.Context,
    graph: GraphFolder,
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="A question; none lists them.")
    ] = None,
    format: AnswerFormat = QueryFormat.TABLE,
    html: Annotated[
        Path | None, typer.Option(help="Write a page there: a table to sort and search.")
    ] = None,
) -> None:
    """Ask a named question; without a name, list them.

    What a question must be told is given as options: --chip h20 --on 2024-01-01.
    """
    from kg.api import Graph

    opened = Graph.open(graph)
    if question is None:
        from kg.views.terminal import list_of_questions

        print_view(list_of_questions(opened.questions().values()))
        return
    arguments = named_arguments(context.args)
    answer = opened.ask(question, **arguments)
    if html is not None:
        from kg.views.answers import answer_page

        write(html, answer_page(opened.questions()[question], arguments, answer))
    elif format is QueryFormat.TABLE:
        print_answer(answer)
    else:
        from kg.graph.rows import write_rows

        write_rows(answer, format.value, sys.stdout.buffer)
        if not answer:
            remark(no_rows(answer))


@app.command(epilog="Example: kg draw graph/ -o graph.html --about h20 --hops 2")
def draw(
    graph: GraphFolder,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")],
    *,
    about: Annotated[str | None, typer.Option(help="Only what stands near this thing.")] = None,
    hops: Annotated[int, typer.Option(min=1, help="How many steps around it.")] = 1,
    everything: Annotated[
        bool, typer.Option("--all", help="Curated and concluded claims too.")
    ] = False,
) -> None:
    """Draw the graph as one page that needs no network."""
    from kg.api import Graph

    kinds = ("read", "curated", "concluded") if everything else ("read",)
    about = about and as_text(about)
    picture = Graph.open(graph).draw(about=about, hops=hops, kinds=kinds)
    write(output, picture.html)


@app.command(epilog="Example: kg terms --ambiguous")
def terms(
    term: Annotated[
        str | None,
        typer.Argument(metavar="TERM", help="A class, property, id, label or alias."),
    ] = None,
    *,
    ambiguous: Annotated[
        bool, typer.Option("--ambiguous", help="List the names that several things share.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write the page of all terms there instead.")
    ] = None,
) -> None:
    """Look up a term, a thing or a name; without one, list the terms."""
    if html is not None:
        from kg.ontology.files import ontology_folder
        from kg.views.ontology import page

        if term is not None or ambiguous:
            raise QueryError("--html writes all terms: leave TERM and --ambiguous out")
        write(html, page(ontology_folder() / "core.ttl"))
        return
    from kg.ontology.load import load_ontology
    from kg.views.terminal import ambiguous_names, one_term, table_of_terms

    ontology = load_ontology()
    if ambiguous:
        print_view(ambiguous_names(ontology))
    elif term is None:
        print_view(table_of_terms(ontology))
    else:
        print_view(one_term(ontology, term))
