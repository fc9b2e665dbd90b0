"""The command line: one short function a verb, and the only file that prints.

Data goes to stdout, remarks to stderr. Exit status 0 is fine, 1 means findings, 2 misuse.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import DocumentError, GraphError, KGError, QueryError
from kg.views.clean import clean

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.build import Report
    from kg.graph.rows import Rows, Triples

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Which AI chips does an organisation use, under which rules, and on whose word.",
    epilog="Start with: kg build seeds/ -o graph/   then: kg ask graph/",
)

_UNFOLDED = 100_000  # characters in a line of a pipe or a file, which nobody folds

GraphFolder = Annotated[Path, typer.Argument(metavar="GRAPH", help="A folder that kg build made.")]


class QueryFormat(StrEnum):
    """How `kg query` and `kg ask` write an answer."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"


AnswerFormat = Annotated[
    QueryFormat,
    typer.Option("--format", "-f", help="ttl and nt are for CONSTRUCT and DESCRIBE."),
]


class ExportFormat(StrEnum):
    """What `kg export` can write."""

    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"
    GRAPHML = "graphml"
    CSV = "csv"


def run() -> None:
    """Run the command line; an error of ours is one line and exit status 2."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    _when_nobody_reads(signal.SIG_DFL)  # as in `kg query ... | head`: end at once, in silence
    try:
        app(prog_name="kg")
    except KGError as error:
        _remark(f"kg: {error}")
        sys.exit(2)


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
    from kg.build import Options, build_graph

    options = Options(add=add, everything=everything, workers=workers)
    with _resumable(), _progress("reading") as progress:
        report = build_graph(docs, output, options, progress)
    _tell(report)
    _remark(f"built {output}; ask it: kg ask {output}")
    if strict and report.skipped:
        raise typer.Exit(1)


@app.command(epilog="Example: kg show graph/ deepseek-blackwell --html deepseek.html")
def show(
    graph: GraphFolder,
    doc: Annotated[
        str,
        typer.Argument(metavar="DOC", help="A document's id, identifier or title, or a part."),
    ],
    html: Annotated[
        Path | None, typer.Option(help="Write a page there instead of the terminal.")
    ] = None,
) -> None:
    """Show one document with its claims marked in the text."""
    from kg.api import Graph

    reading = Graph.open(graph).reading(doc)
    if html is not None:
        from kg.views.document import page

        _write(html, page(reading))
        return
    from kg.views.terminal import marked

    _show(marked(reading))


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
) -> None:
    """Ask in SPARQL; the usual prefixes need not be declared."""
    from kg.graph.store import open_store

    store = open_store(graph)
    text = _query_text(sparql, file)
    if format is QueryFormat.TABLE:
        from kg.graph.query import query as ask_store

        _print_answer(ask_store(store, text))
        return
    from kg.graph.query import write

    for warning in write(store, text, format.value, sys.stdout.buffer):
        _remark(f"warning: {warning}")


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
) -> None:
    """Ask a named question; without a name, list the questions.

    What a question must be told is given as options: --chip h20 --on 2024-01-01.
    """
    from kg.api import Graph

    opened = Graph.open(graph)
    if question is None:
        from kg.views.terminal import list_of_questions

        _show(list_of_questions(opened.questions().values()))
        return
    answer = opened.ask(question, **_named_arguments(context.args))
    if format is QueryFormat.TABLE:
        _print_answer(answer)
    else:
        from kg.graph.rows import write_rows

        write_rows(answer, format.value, sys.stdout.buffer)


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
    picture = Graph.open(graph).draw(about=about, hops=hops, kinds=kinds)
    _write(output, picture.html)


@app.command(epilog="Example: kg check graph/")
def check(graph: GraphFolder) -> None:
    """Prove the shapes, the quotes, and a claim behind each triple."""
    from kg.api import Graph
    from kg.verify import verify

    opened = Graph.open(graph)
    findings = verify(opened.store, [reading.document for reading in opened.readings()])
    for finding in findings:
        print(clean(str(finding)))
    if findings:
        _remark(_count(len(findings), "finding"))
        raise typer.Exit(1)
    _remark("fine: shapes, quotes and the claims behind every triple hold")


@app.command(epilog="Example: kg export graph/ -o claims.csv")
def export(
    graph: GraphFolder,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; stdout unless told.")
    ] = None,
    format: Annotated[
        ExportFormat | None, typer.Option("--format", "-f", help="Taken from the file's ending.")
    ] = None,
) -> None:
    """Write the whole graph, or its claims as a table.

    nt is sorted; graphml opens in Gephi and yEd; csv has one claim a row.
    """
    from kg.graph.store import open_store
    from kg.views.exports import exported

    wanted = format or _format_of(output)
    text = exported(open_store(graph), wanted.value)
    if output is None:
        for part in text:
            sys.stdout.buffer.write(part.encode())
    else:
        _write(output, "".join(text))


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
) -> None:
    """Look up a term, a thing or a name; without one, list the terms."""
    from kg.ontology.load import load_ontology
    from kg.views.terminal import ambiguous_names, one_term, table_of_terms

    ontology = load_ontology()
    if ambiguous:
        _show(ambiguous_names(ontology))
    elif term is None:
        _show(table_of_terms(ontology))
    else:
        _show(one_term(ontology, term))


def _show(what: RenderableType) -> None:
    """Print for people: coloured and folded in a terminal, else plain and each line whole."""
    from rich.console import Console

    if sys.stdout.isatty():
        Console(highlight=False).print(what)
        return
    plain = Console(file=io.StringIO(), color_system=None, width=_UNFOLDED, highlight=False)
    with plain.capture() as captured:
        plain.print(what)
    for line in captured.get().rstrip("\n").split("\n"):
        print(line.rstrip())


def _print_answer(answer: Rows | Triples | bool) -> None:
    from kg.graph.rows import Rows, Triples

    if isinstance(answer, Rows):
        _print_rows(answer)
    elif isinstance(answer, Triples):
        sys.stdout.write(answer.to_turtle())
    else:
        print("yes" if answer else "no")
    for warning in getattr(answer, "warnings", ()):
        _remark(f"warning: {warning}")


def _print_rows(rows: Rows) -> None:
    from shutil import get_terminal_size

    from kg.views.terminal import answer

    if rows:
        _show(answer(rows, get_terminal_size().columns if sys.stdout.isatty() else _UNFOLDED))
    _remark(_count(len(rows), "row") if rows else "no rows")


def _tell(report: Report) -> None:
    """What a build did: what it passed over, what it read, what it could not place."""
    for skip in report.skipped:
        _remark(f"skipped {skip.identifier}: {skip.why}")
    said = ", ".join(f"{count:,} {modality}" for modality, count in report.claims.most_common())
    _remark(
        f"{_count(report.documents, 'document')} ({report.read:,} read now), "
        f"{_count(report.claims.total(), 'claim')}{f': {said}' if said else ''}"
    )
    if report.leftovers:
        _remark(f"{_count(report.leftovers.total(), 'leftover')}, which `kg show` lists:")
    for why, count in report.leftovers.most_common():
        _remark(f"{count:7,}  {why}")


def _query_text(sparql: str | None, file: Path | None) -> str:
    if (sparql is None) == (file is None):
        raise QueryError("give one query: as an argument, as - for stdin, or with --file")
    if file is None and sparql != "-":
        return str(sparql)
    try:
        return file.read_text("utf-8") if file else sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise QueryError(f"{file or 'stdin'}: is not UTF-8: save it as UTF-8") from error
    except OSError as error:
        raise QueryError(f"{file}: cannot be read: {error.strerror}") from error


def _named_arguments(words: list[str]) -> dict[str, str]:
    """`--chip h20 --on=2024-01-01` as names and values."""
    arguments: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if not name.startswith("--"):
            raise QueryError(f"{word!r} is no parameter; write --NAME VALUE")
        try:
            arguments[name.removeprefix("--").replace("-", "_")] = value if equals else next(rest)
        except StopIteration:
            raise QueryError(f"{name} needs a value") from None
    return arguments


def _format_of(output: Path | None) -> ExportFormat:
    if output is None:
        return ExportFormat.NT
    try:
        return ExportFormat(output.suffix.removeprefix(".").lower())
    except ValueError:
        choices = ", ".join(each.value for each in ExportFormat)
        raise DocumentError(f"{output}: no format ends like that; there are {choices}") from None


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}") from error
    _remark(f"wrote {path}")


@contextmanager
def _resumable() -> Iterator[None]:
    """A build: Ctrl-C ends it with a word on what is kept, a closed pipe does not end it."""
    _when_nobody_reads(signal.SIG_IGN)
    try:
        yield
    except KeyboardInterrupt:
        _remark("kg: stopped; what was read so far is kept, and the next build goes on from there")
        raise typer.Exit(130) from None


def _when_nobody_reads(action: signal.Handlers) -> None:
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, action)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr, if that is a terminal; nothing at all if it is not."""
    if not sys.stderr.isatty():
        yield lambda done, all_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def _remark(text: str) -> None:
    print(clean(text), file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
