"""What the documents promise is there, and what they show runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from typer.main import get_command

from kg.cli import app
from kg.graph.export import export_nt
from kg.graph.query import query
from kg.ontology.files import ontology_folder
from kg.ontology.questions import read_questions
from kg.views.exports import exported

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
VERBS = get_command(app).commands
QUESTIONS = read_questions(ontology_folder() / "questions")
DOCS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *ROOT.glob("docs/**/*.md"),
    *ROOT.glob("*/README.md"),
]


def code_blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_readme_tells_of_each_verb(verb):
    assert f"| `kg {verb} " in README


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_each_verb_has_a_sentence_and_an_example(verb):
    assert VERBS[verb].help
    assert VERBS[verb].epilog.startswith(f"Example: kg {verb} ")


def test_the_readme_tells_of_no_verb_that_is_not_there():
    assert set(re.findall(r"^\| `kg (\w+) ", README, re.MULTILINE)) == set(VERBS)


def test_the_readme_opens_with_targets_that_the_makefile_has():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\w+)", code_blocks("sh")[0], re.MULTILINE)
    assert targets == ["demo", "test"]
    assert all(f"\n{target}:" in makefile for target in targets)


def test_the_python_of_the_readme_runs(tmp_path):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    done = subprocess.run(
        [sys.executable, "-c", code_blocks("python")[0]],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "DeepSeek uses Nvidia Blackwell family" in done.stdout
    assert (tmp_path / "demo" / "graph.html").stat().st_size > 100_000


def test_the_sparql_of_the_readme_answers(seeds_graph):
    rows = seeds_graph.query(code_blocks("sparql")[0])
    assert ("chip:nvidia-blackwell-family", "kg:Reported") in {(row[0], row[1]) for row in rows}


def test_the_sparql_of_the_exports_answers_on_rdf12(seeds_graph):
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    (sparql,) = re.findall(r"^```sparql\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    loaded = Store()
    loaded.load("".join(export_nt(seeds_graph.store, rdf12=True)).encode(), RdfFormat.N_TRIPLES)
    said = {tuple(row)[:3] for row in query(loaded, sparql)}
    assert ("entity:deepseek", "chip:nvidia-blackwell-family", "kg:Reported") in said
    assert "kg:Denied" in {modality for _, _, modality in said}
    assert not seeds_graph.query(sparql)


def test_the_exports_tell_the_header_of_the_edges(seeds_graph):
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    (edges,) = exported(seeds_graph.store, "edges")
    assert f"`{edges.splitlines()[0]}`" in text


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_the_example_of_each_question_names_it_and_its_parameters(name):
    words = QUESTIONS[name].example.split()
    assert words[:4] == ["kg", "ask", "graph/", name]
    given = {word.removeprefix("--") for word in words if word.startswith("--")}
    assert given <= {param.name for param in QUESTIONS[name].params}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_the_documents_name_are_there(path):
    text = path.read_text(encoding="utf-8")
    for name in re.findall(
        r"`((?:kg|ontology|seeds|tests|docs|benchmarks|notebooks)/[\w./*-]+)`", text
    ):
        assert list(ROOT.glob(name.rstrip("/"))), f"{name} is not there"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), f"{target} is not there"


def test_the_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:3]) for path in ROOT.glob("docs/decisions/*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
