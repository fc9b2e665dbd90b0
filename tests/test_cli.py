"""Each verb as a user meets it: what it prints, where, and with which exit status."""

import fcntl
import io
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command

from kg.cli import app, run
from kg.verify import Finding
from tests.small_documents import environment, python
from tests.small_documents import kg as kg_process

VERBS = sorted(get_command(app).commands)
# The firms of the notes; what is known of their chips comes into the graph too.
FIRM = "?who kg:discovered true ; kg:purchases ?chip"
ROW = f"SELECT ?chip {{ {FIRM} }} ORDER BY ?chip"
HOSTILE = "Example Firm\x1b[2J\x1b]0;owned\x07 bought Nvidia H20 chips,\u202e it said.\n"
NOTES = {
    "deal.txt": (
        "Example Firm and its chips\n\n"
        "Example Firm bought 5,000 Nvidia H20 chips in March 2025, its chairman said. "
        "Example Firm denies that it uses the Nvidia H100.\n"
    ),
    "order.md": "# An order\n\nExample Bank ordered Nvidia A100 chips.\n",
}


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of a complaint."""
        assert self.status == 2, self
        assert self.out == ""
        assert self.err.startswith("kg: ")
        assert self.err.count("\n") == 1
        return self.err.removeprefix("kg: ").rstrip("\n")


@pytest.fixture(scope="module")
def notes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "notes"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(notes):
    done = kg_process("build", notes, "-o", notes.parent / "graph", "--workers", "1")
    assert done.returncode == 0, done.stderr
    return notes.parent / "graph"


@pytest.fixture
def kg(monkeypatch, capfd):
    """Run `kg` in this process, which spares a start of Python."""

    def run_it(*arguments, given=b"") -> Said:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        handler = signal.getsignal(signal.SIGPIPE)
        try:
            with pytest.raises(SystemExit) as end:
                run()
        finally:
            signal.signal(signal.SIGPIPE, handler)
        out, err = capfd.readouterr()
        return Said(end.value.code or 0, out, err)

    return run_it


def in_terminal(width: int, *arguments) -> str:
    """What `kg` shows in a terminal of this width, without its colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    command = python("-m", "kg", *arguments)
    with subprocess.Popen(
        command, stdout=theirs, stderr=theirs, stdin=theirs, env=environment(TERM="xterm-256color")
    ):
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux says that a terminal is closed with an error
            pass
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode()).replace("\r\n", "\n")


# --- all verbs


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_an_example_of_the_verb(kg, verb):
    said = kg(verb, "--help")
    assert said.status == 0
    assert f"Example: kg {verb} " in said.out
    assert max(map(len, said.out.splitlines())) <= 80


def test_help_tells_each_verb_in_one_whole_line(kg):
    said = kg("--help")
    assert said.status == 0
    for verb in VERBS:
        assert re.search(rf"^  {verb} +[A-Z].*\.$", said.out, re.MULTILINE)
    assert "..." not in said.out.partition("Commands:")[2]


def test_without_a_verb_there_is_help_and_misuse(kg):
    assert kg().status == 2
    assert kg("dance").status == 2


@pytest.mark.parametrize("verb", ["show", "query", "ask", "draw", "plot", "check", "export"])
def test_a_graph_that_is_not_there_is_one_line(kg, tmp_path, verb):
    more = {"show": ["x"], "query": ["ASK {}"], "draw": ["-o", tmp_path / "x.html"]}
    more["plot"] = ["claims-over-time", "-o", tmp_path / "x.svg"]
    missing = tmp_path / "missing"
    assert kg(verb, missing, *more.get(verb, [])).line == (
        f"no graph at {missing}: build one with `kg build DOCS -o {missing}`"
    )


def test_python_m_kg_is_kg(graph):
    done = kg_process("query", graph, "ASK { ?s a kg:Claim }")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"yes\n", b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "SELECT * { ?s ?p ?o }", "-f", "csv"),
        ("query", "SELECT * { ?s ?p ?o }"),
        ("export",),
    ],
)
def test_a_reader_that_goes_away_is_no_error(graph, arguments):
    verb, *more = arguments
    with subprocess.Popen(
        python("-m", "kg", verb, graph, *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == -signal.SIGPIPE


def test_an_output_that_knows_no_unicode_is_no_error(graph):
    done = subprocess.run(
        python("-m", "kg", "query", graph, 'SELECT ("英伟达" AS ?name) {}'),
        env=environment(PYTHONIOENCODING="ascii"),
        capture_output=True,
        check=True,
    )
    assert rb"\u82f1" in done.stdout


def test_no_colour_goes_into_a_pipe(graph):
    for arguments in (("ask", graph), ("show", graph, "deal"), ("terms",), ("--help",)):
        done = subprocess.run(
            python("-m", "kg", *arguments),
            env=environment(FORCE_COLOR="1", TERM="xterm-256color"),
            capture_output=True,
            check=True,
        )
        assert done.stdout
        assert b"\x1b" not in done.stdout + done.stderr


# --- build


def test_build_says_what_it_did_on_stderr_only(kg, notes, tmp_path):
    said = kg("build", notes, "-o", tmp_path / "graph", "--workers", "1")
    assert (said.status, said.out) == (0, "")
    first, *_, last = said.err.splitlines()
    assert re.fullmatch(r"2 documents \(2 read now\), \d claims: \d [a-z]+(, \d [a-z]+)*", first)
    assert last == f"built {tmp_path / 'graph'}; ask it: kg ask {tmp_path / 'graph'}"
    assert "(0 read now)" in kg("build", notes, "-o", tmp_path / "graph").err


def test_build_counts_leftovers_of_a_kind_together(kg, tmp_path):
    (tmp_path / "names.txt").write_text("The H20. The A100. The H800.\n", encoding="utf-8")
    said = kg("build", tmp_path / "names.txt", "-o", tmp_path / "graph")
    assert said.err.splitlines()[1:3] == [
        "3 leftovers, which `kg show` lists:",
        "      3  is named, but no claim was read on it",
    ]


def test_build_tells_each_file_that_it_skips_and_is_strict_on_request(kg, notes, tmp_path):
    (tmp_path / "table.xlsx").write_bytes(b"")
    arguments = ("build", notes, tmp_path / "table.xlsx", "-o", tmp_path / "graph")
    said = kg(*arguments)
    assert said.status == 0
    assert said.err.startswith("skipped table.xlsx: is none of .txt, .md, .html, .htm, .jsonl\n")
    assert kg(*arguments, "--strict").status == 1


def test_build_add_and_all(kg, notes, graph, tmp_path):
    for name in NOTES:
        kg("build", notes / name, "-o", tmp_path / "graph", "--add")
    assert kg("export", tmp_path / "graph") == kg("export", graph)
    assert kg("build", notes, "-o", tmp_path / "graph", "--all").status == 0
    assert len(kg("export", tmp_path / "graph").out) > 2 * len(kg("export", graph).out)


def test_build_of_what_is_not_there_is_one_line(kg, tmp_path):
    missing = tmp_path / "missing"
    assert kg("build", missing, "-o", tmp_path / "graph").line == (
        f"{missing}: no such file or folder"
    )
    assert not (tmp_path / "graph").exists()


def test_build_into_a_folder_of_other_things_is_one_line(kg, notes):
    line = kg("build", notes / "deal.txt", "-o", notes).line
    assert line.endswith("holds other files (deal.txt): name a new or an empty folder")


def test_build_without_a_folder_is_misuse(kg, notes):
    said = kg("build", notes)
    assert said.status == 2
    assert "Missing option '--output' / '-o'" in said.err


def test_build_shows_its_progress_in_a_terminal(notes, tmp_path):
    shown = in_terminal(80, "build", notes, "-o", tmp_path / "graph", "--workers", "1")
    assert "reading" in shown
    assert "2/2" in shown


# --- show


def test_show_marks_the_claims_in_the_text(kg, graph):
    said = kg("show", graph, "deal")
    assert (said.status, said.err) == (0, "")
    assert "chips in March 2025, its chairman said. [1" in said.out
    assert re.search(r"^1 +Example Firm +purchases +Nvidia H20 chips +reported", said.out, re.M)


def test_show_groups_what_was_left_over_by_its_reason(kg, tmp_path):
    (tmp_path / "names.txt").write_text("The H20. The A100.\n", encoding="utf-8")
    kg("build", tmp_path / "names.txt", "-o", tmp_path / "graph")
    last = kg("show", tmp_path / "graph", "names").out.splitlines()[-1]
    assert re.split(r" {2,}", last) == [
        "is named, but no claim was read on it",
        "2",
        "H20 (chip:nvidia-h20); A100 (chip:nvidia-a100)",
    ]


def test_show_in_a_terminal_keeps_to_its_width(graph):
    shown = in_terminal(60, "show", graph, "deal.txt")
    assert "denied" in shown
    assert max(map(len, shown.splitlines())) <= 60


def test_show_writes_a_page(kg, graph, tmp_path):
    said = kg("show", graph, "deal.txt", "--html", tmp_path / "deal.html")
    assert (said.status, said.out, said.err) == (0, "", f"wrote {tmp_path / 'deal.html'}\n")
    assert "<!doctype html>" in (tmp_path / "deal.html").read_text(encoding="utf-8").lower()


def test_show_of_what_is_not_there_or_not_clear_gets_the_choices(kg, graph):
    assert kg("show", graph, "zebra").line == (
        "no document is called 'zebra'; there are deal.txt, order.md"
    )
    assert (
        kg("show", graph, "de").line == "several documents fit 'de'; there are deal.txt, order.md"
    )


def test_show_without_a_document_lists_them_or_writes_a_folder_of_pages(kg, graph, tmp_path):
    listed = kg("show", graph).out.splitlines()
    assert [line.split()[0] for line in listed[2:]] == ["deal.txt", "order.md"]
    said = kg("show", graph, "--html", tmp_path / "new" / "pages")
    assert (said.out, said.err) == (
        "",
        f"wrote {tmp_path / 'new' / 'pages' / 'index.html'} and 2 pages\n",
    )
    assert len(list((tmp_path / "new" / "pages").glob("*.html"))) == 3
    file = tmp_path / "file"
    file.touch()
    assert kg("show", graph, "--html", file).line == f"{file}: cannot be made: File exists"


# --- query


def test_query_prints_a_table_and_counts_its_rows_beside_it(kg, graph):
    said = kg("query", graph, ROW)
    assert said == Said(0, f"chip\n{'─' * 16}\nchip:nvidia-a100\nchip:nvidia-h20\n", "2 rows\n")


def test_query_aligns_numbers_to_the_right(kg, graph):
    said = kg("query", graph, f"SELECT (COUNT(*) AS ?total) {{ {FIRM} }}")
    assert said.out.splitlines()[2] == "    2"


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("csv", "chip\r\nhttps://w3id.org/chiptrace/chip/nvidia-a100\r\n"),
        ("tsv", "?chip\n<https://w3id.org/chiptrace/chip/nvidia-a100>\n"),
        ("json", '{"head":{"vars":["chip"]}'),
        ("xml", '<?xml version="1.0"'),
    ],
)
def test_query_writes_rows_in_every_format(kg, graph, format, expected):
    said = kg("query", graph, ROW, "--format", format)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(expected)


@pytest.mark.parametrize("format", ["table", "ttl", "nt", "jsonld"])
def test_query_writes_triples_in_every_format(kg, graph, format):
    sparql = f"CONSTRUCT {{ ?who kg:purchases ?chip }} {{ {FIRM} }}"
    said = kg("query", graph, sparql, "-f", format)
    assert (said.status, said.err) == (0, "")
    assert len([line for line in said.out.splitlines() if "purchases" in line]) == 2


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_query_takes_so_many_rows_and_says_that_there_are_more(kg, graph, format):
    said = kg("query", graph, ROW, "--limit-rows", "1", "-f", format)
    assert "nvidia-a100" in said.out
    assert "nvidia-h20" not in said.out
    assert "warning: these are the first 1 row, and there are more\n" in said.err
    assert "warning" not in kg("query", graph, ROW, "--limit-rows", "2", "-f", format).err


@pytest.mark.parametrize("format", ["table", "ttl", "nt", "jsonld"])
def test_query_takes_so_many_triples_and_says_how_many_are_left_out(kg, graph, format):
    sparql = f"CONSTRUCT {{ ?who kg:purchases ?chip }} {{ {FIRM} }}"
    said = kg("query", graph, sparql, "--limit-rows", "1", "-f", format)
    assert len([line for line in said.out.splitlines() if "purchases" in line]) == 1
    assert said.err == "warning: these are the first 1 triple, and 1 are left out\n"


def test_query_gives_up_in_time_with_one_line(graph):
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f + ?i < -1) }"
    done = kg_process("query", graph, product, "--timeout", "0.2")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"kg: no answer after 0.2 seconds")
    assert done.stderr.count(b"\n") == 1


def test_query_that_is_in_time_is_not_disturbed(graph):
    done = kg_process("query", graph, "ASK { ?s kg:purchases ?o }", "--timeout", "300")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"yes\n", b"")


def test_query_warns_that_there_is_one_graph_only(kg, graph):
    said = kg("query", graph, "SELECT ?s { GRAPH ?g { ?s ?p ?o } }", "-f", "csv")
    assert (said.status, said.out) == (0, "s\r\n")
    assert said.err == (
        "warning: this graph keeps everything in the default graph: GRAPH and FROM find nothing\n"
    )


def test_query_answers_yes_or_no(kg, graph):
    assert kg("query", graph, "ASK { ?s kg:purchases ?o }") == Said(0, "yes\n", "")
    assert kg("query", graph, "ASK { ?s kg:supplies ?o }").out == "no\n"


def test_query_reads_stdin_and_files(kg, graph, tmp_path):
    expected = kg("query", graph, ROW, "-f", "csv").out
    assert kg("query", graph, "-", "-f", "csv", given=ROW.encode()).out == expected
    (tmp_path / "question.rq").write_text(ROW, encoding="utf-8")
    assert kg("query", graph, "--file", tmp_path / "question.rq", "-f", "csv").out == expected


def test_no_rows_is_no_error(kg, graph):
    assert kg("query", graph, "SELECT ?s { ?s kg:supplies ?o }") == Said(0, "", "no rows\n")


def test_query_warns_of_a_term_that_nobody_knows(kg, graph):
    said = kg("query", graph, "SELECT ?s { ?s kg:purchase ?o }", "-f", "csv")
    assert (said.status, said.out) == (0, "s\r\n")
    assert said.err.startswith("warning: this graph has no term kg:purchase; did you mean")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SELECT * { ?s ?p }"], "line 1, column 12: the query goes wrong"),
        ([""], "the query is empty"),
        (["SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], "SERVICE is refused"),
        (["DROP ALL"], "DROP is refused, because a graph is only read"),
        (["ASK {}", "-f", "ttl"], "ttl cannot hold rows: choose csv, tsv, json, xml"),
        (["CONSTRUCT WHERE { ?s ?p ?o }", "-f", "csv"], "csv cannot hold triples"),
        ([], "give one query: as an argument, as - for stdin, or with --file"),
        (["ASK {}", "--file", "x.rq"], "give one query"),
        (["--file", "nowhere/x.rq"], "nowhere/x.rq: cannot be read: No such file"),
        (["ASK { ?s ?p '\udcff' }"], "is not UTF-8"),
    ],
)
def test_a_query_that_cannot_be_asked_is_one_line(kg, graph, arguments, message):
    assert message in kg("query", graph, *arguments).line


def test_a_query_that_is_no_text_is_one_line(kg, graph, tmp_path):
    assert kg("query", graph, "-", given=b"\xff").line == "stdin: is not UTF-8: save it as UTF-8"
    (tmp_path / "latin.rq").write_bytes(b"\xff")
    line = kg("query", graph, "--file", tmp_path / "latin.rq").line
    assert line == f"{tmp_path / 'latin.rq'}: is not UTF-8: save it as UTF-8"


def test_a_format_that_does_not_exist_is_misuse(kg, graph):
    said = kg("query", graph, "ASK {}", "-f", "yaml")
    assert said.status == 2
    assert "'table', 'csv', 'tsv', 'json', 'xml', 'ttl', 'nt'" in said.err


# --- ask


def test_ask_without_a_question_lists_them(kg, graph):
    said = kg("ask", graph)
    assert (said.status, said.err) == (0, "")
    assert re.search(r"^who-uses +Who uses or buys a chip.* --chip +modelled", said.out, re.M)


def test_ask_answers_in_every_format(kg, graph):
    asked = ("ask", graph, "what-does-it-use", "--org", "example bank")
    table = kg(*asked)
    assert table.status == 0
    assert table.err == "1 row\n"
    assert "Nvidia A100" in table.out
    assert kg("ask", graph, "what-does-it-use", "--org=Example Bank") == table
    assert len(json.loads(kg(*asked, "-f", "json").out)["results"]["bindings"]) == 1
    assert kg(*asked, "-f", "csv").out.splitlines()[0].startswith("relation,chip,chip_label,")
    assert kg(*asked, "-f", "tsv").out.startswith("?relation\t?chip\t")
    assert "<sparql" in kg(*asked, "-f", "xml").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["who-usess"], "no question 'who-usess'; did you mean who-uses"),
        (["xyzzy"], "no question 'xyzzy'; there are amendments, both-lists"),
        (["who-uses"], "who-uses needs chip; it takes chip (kg:Chip): kg ask graph/"),
        (["who-uses", "--chip"], "--chip needs a value"),
        (["who-uses", "--chips", "h20"], "who-uses takes no chips; it takes chip (kg:Chip)"),
        (["who-uses", "h20"], "'h20' is no parameter; write --NAME VALUE"),
        (["who-uses", "--chip", "h2o"], "no kg:Chip 'h2o' in this graph; did you mean H20"),
        (["who-uses", "--chip", "example firm"], "wanted is a kg:Chip"),
        (["who-uses", "--chip", "\udcff"], "'\\udcff' is not UTF-8: type it as UTF-8"),
        (["exposure", "--org", "example firm", "--on", "soon"], "on: 'soon' is no date like"),
        (["who-uses", "--chip", "h20", "-f", "ttl"], "ttl cannot hold rows"),
    ],
)
def test_what_cannot_be_asked_is_one_line_with_what_can(kg, graph, arguments, message):
    assert message in kg("ask", graph, *arguments).line


def test_ask_writes_a_page(kg, graph, tmp_path):
    page = tmp_path / "answer.html"
    said = kg("ask", graph, "who-uses", "--chip", "h20", "--html", page)
    assert (said.status, said.out, said.err) == (0, "", f"wrote {page}\n")
    assert "kg ask GRAPH who-uses --chip h20" in page.read_text(encoding="utf-8")


def test_ask_for_an_ambiguous_name_gets_the_choices(kg, tmp_path):
    lines = ["SMIC and Example Firm.", "Customer A bought Nvidia H20 chips."]
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("\n\n".join(lines), encoding="utf-8")
    kg("build", tmp_path, "-o", tmp_path / "graph")
    line = kg("ask", tmp_path / "graph", "what-does-it-use", "--org", "customer a").line
    assert re.match(r"'customer a' may mean entity:x-\S+ \(Customer A\), entity:x-", line)
    assert line.endswith(": say which, by its id")


def test_an_answer_too_wide_for_a_terminal_is_shown_one_line_a_value(graph):
    shown = in_terminal(80, "ask", graph, "what-does-it-use", "--org", "example firm")
    assert max(map(len, shown.splitlines())) <= 80
    assert re.search(r"^chip_label +Nvidia H20 *$", shown, re.MULTILINE)
    assert re.search(
        r"^quote +Example Firm bought 5,000 Nvidia H20 chips in March 2025", shown, re.M
    )


def test_an_answer_that_fits_a_terminal_is_a_table(graph):
    shown = in_terminal(100, "query", graph, "SELECT ?who ?chip { ?who kg:purchases ?chip }")
    assert re.search(r"^who +chip *$", shown, re.MULTILINE)


# --- figures


def test_plot_writes_a_figure_by_its_ending(kg, graph, tmp_path):
    for ending, opening in ((".svg", "<svg "), (".html", "<!doctype html>")):
        said = kg("plot", graph, "claims-over-time", "-o", tmp_path / f"x{ending}")
        assert (said.status, said.err) == (0, f"wrote {tmp_path / f'x{ending}'}\n")
        assert (tmp_path / f"x{ending}").read_text(encoding="utf-8").startswith(opening)


def test_timeline_writes_a_figure(kg, tmp_path):
    file = tmp_path / "rules.svg"
    assert kg("timeline", "h20", "h100", "--to", "cn", "--hq", "us", "-o", file).status == 0
    assert "Nvidia H20 and Nvidia H100 to China" in file.read_text(encoding="utf-8")
    last = kg("timeline", "h20", "--to", "cn", "--until", "2024", "-o", tmp_path / "r.html")
    assert last.status == 0
    assert "2024-12-31" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_figure_that_cannot_be_drawn_is_one_line(kg, graph, tmp_path):
    png, svg = tmp_path / "x.png", tmp_path / "x.svg"
    assert kg("plot", graph, "claims-over-time", "-o", png).line == (
        f"{png}: a figure ends in .svg or .html"
    )
    assert kg("timeline", "zebra", "--to", "cn", "-o", svg).line.startswith("no chip 'zebra' is")
    assert kg("plot", graph, "pie", "-o", svg).status == 2


# --- draw, check, export, terms


def test_draw_writes_a_page(kg, graph, tmp_path):
    page = tmp_path / "graph.html"
    said = kg("draw", graph, "-o", page, "--about", "h20", "--hops", "2", "--all")
    assert (said.status, said.out, said.err) == (0, "", f"wrote {page}\n")
    assert "Nvidia H20" in page.read_text(encoding="utf-8")


def test_draw_about_nothing_or_into_nowhere_is_one_line(kg, graph, tmp_path):
    page = tmp_path / "graph.html"
    assert (
        "no thing 'zebra' in this graph" in kg("draw", graph, "-o", page, "--about", "zebra").line
    )
    assert not page.exists()
    nowhere = tmp_path / "nowhere" / "graph.html"
    assert kg("draw", graph, "-o", nowhere).line == (
        f"{nowhere}: cannot be written: No such file or directory"
    )


def test_check_is_fine_or_prints_its_findings(kg, graph, monkeypatch):
    said = kg("check", graph)
    assert (said.status, said.out) == (0, "")
    assert said.err.startswith("fine")
    finding = Finding("claim:0c2f6a51d9e84b73", "Its quote does not stand there.\x1b[2J")
    monkeypatch.setattr("kg.verify.verify", lambda *_, **__: [finding])
    said = kg("check", graph)
    assert said == Said(
        1,
        "claim:0c2f6a51d9e84b73: Its quote does not stand there.\N{REPLACEMENT CHARACTER}[2J\n",
        "1 finding\n",
    )


@pytest.mark.parametrize("format", ["nt", "ttl", "jsonld", "graphml", "gexf", "csv", "edges"])
def test_export_writes_every_format_to_a_file_or_stdout(kg, graph, tmp_path, format):
    path = tmp_path / f"graph.{format}"
    said = kg("export", graph, "-o", path)
    assert (said.status, said.out, said.err) == (0, "", f"wrote {path}\n")
    assert kg("export", graph, "--format", format).out == path.read_text(encoding="utf-8")
    assert "Example Firm" in path.read_text(encoding="utf-8")


def test_export_without_a_word_is_sorted_ntriples(kg, graph):
    lines = kg("export", graph).out.splitlines()
    assert lines == sorted(lines)
    assert all(line.endswith(" .") for line in lines)


def test_export_names_triples_without_asserting_them_in_rdf12(kg, graph, tmp_path):
    said = kg("export", graph, "--rdf12", "-o", tmp_path / "graph.ttl")
    assert (said.status, said.out) == (0, "")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert re.search(r"rdf:reifies <<\( entity:[\w.-]+ kg:usesHardware chip:nvidia-h100 \)>>", text)
    assert "rdf:subject" not in text
    assert kg("export", graph, "--rdf12", "-f", "csv").line == (
        "csv cannot hold RDF 1.2: choose ttl or nt"
    )


def test_export_describes_the_graph_in_void(kg, graph, tmp_path):
    said = kg("export", graph, "--void")
    assert (said.status, said.err) == (0, "")
    assert f"void:triples {len(kg('export', graph).out.splitlines())} ;" in said.out
    assert kg("export", graph, "--void", "-o", tmp_path / "void.ttl").status == 0
    assert (tmp_path / "void.ttl").read_text(encoding="utf-8") == said.out
    assert "--void is written as Turtle" in kg("export", graph, "--void", "-f", "nt").line


def test_export_to_an_unknown_ending_is_one_line(kg, graph, tmp_path):
    line = kg("export", graph, "-o", tmp_path / "graph.doc").line
    assert line.endswith(
        "no format ends like that; there are ttl, nt, jsonld, graphml, gexf, csv, edges, ftm"
    )


def test_terms_lists_explains_and_finds(kg):
    assert re.search(r"^kg:usesHardware +Trains on", kg("terms").out, re.MULTILINE)
    assert "kg:Entity uses kg:Chip" in kg("terms", "usesHardware").out
    assert re.search(r"chip:nvidia-h20 +Nvidia H20", kg("terms", "H20").out)
    assert re.search(r"^FDPR +rule:huawei-fdpr", kg("terms", "--ambiguous").out, re.MULTILINE)


def test_terms_of_nothing_gets_what_is_near(kg):
    assert kg("terms", "usesHardwear").line.startswith(
        "no term 'usesHardwear'; did you mean kg:usesHardware"
    )


def test_terms_of_nothing_like_it_gets_no_odd_hint(kg):
    assert kg("terms", "nonsense").line == "no term 'nonsense'; `kg terms` lists them"


def test_terms_writes_the_page_of_all_of_them(kg, tmp_path):
    path = tmp_path / "terms.html"
    assert kg("terms", "--html", path) == Said(0, "", f"wrote {path}\n")
    assert 'id="usesHardware"' in path.read_text(encoding="utf-8")
    assert "leave TERM and --ambiguous out" in kg("terms", "H20", "--html", path).line


# --- hostile text


def test_what_documents_say_cannot_drive_the_terminal(kg, tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "deal\x1b[2J.txt").write_text(HOSTILE, encoding="utf-8")
    (docs / "bad\x1b[2J.xlsx").write_bytes(b"")
    graph = tmp_path / "graph"
    said = [
        kg("build", docs, "-o", graph),
        kg("show", graph, "deal"),
        kg("show", graph, "zebra"),
        kg("ask", graph, "who-uses", "--chip", "h20"),
        kg("ask", graph, "evidence-for", "--thing", "h20"),
        kg("query", graph, 'SELECT ("\\u001b[2J" AS ?x) {}'),
        kg("query", graph, 'CONSTRUCT { kg:x rdfs:label "\\u001b[2J" } {}'),
        kg("query", graph, "SELECT \x1b[2J"),
        kg("ask", graph, "\x1b[2J"),
    ]
    for each in said:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", each.out + each.err), each
    assert "skipped bad" in said[0].err


def test_markup_of_the_table_maker_is_plain_text(kg, graph):
    said = kg("query", graph, 'SELECT ("[red]x[/red] [link=http://a]y[/link]" AS ?x) {}')
    assert "[red]x[/red] [link=http://a]y[/link]" in said.out


def test_the_version_is_that_of_the_package():
    pyproject = Path(__file__).parent.parent / "pyproject.toml"
    version = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["version"]
    assert kg_process("--version").stdout.decode() == f"chiptrace {version}\n"
