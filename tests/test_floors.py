"""The house keeps its floors: who may import whom, how long a file is, and what a start costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KG = ROOT / "kg"
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 40

FLOORS = [  # ground floor first: a room may import from its own line or an earlier one
    {"errors"},
    {"text"},
    {"ontology"},
    {"claims"},
    {"reading"},
    {"reading_json"},
    {"readings"},
    {"documents", "extract", "controls"},
    {"graph"},
    {"views", "verify", "pipeline", "evaluate"},
    {"workers"},
    {"builder"},
    {"api"},
    {"serve"},
    {"cli"},
    {"__main__"},
]
DOOR = "__init__"  # names everything, loads nothing: `test_a_start_loads_nothing_heavy` holds it
NEVER = [  # room, what it never takes, why
    ("extract", "kg.graph", "reading knows no triples"),
    ("extract", "kg.documents", "reading gets its documents"),
    ("graph", "kg.extract", "triples know no text"),
    ("graph", "kg.documents", "triples know no files"),
    ("controls", "kg.extract", "controls know no text"),
    ("controls", "kg.graph", "controls know no triples"),
    ("views", "kg.pipeline", "a picture starts no work"),
    ("views", "kg.extract", "a picture reads nothing"),
]
ONLY_IN = {  # a foreign package, and the rooms that may take it
    "spacy": {"extract"},
    "ahocorasick_rs": {"extract"},
    "rdflib": {"graph"},
    "pyshacl": {"graph"},
    "pyoxigraph": {"ontology", "graph", "api", "verify", "views", "serve"},
    "networkx": {"views"},
    "pyvis": {"views"},
    "jinja2": {"views", "serve"},
    "rich": {"views", "cli"},
    "typer": {"cli"},
    "trafilatura": {"documents"},
    "markdown_it": {"documents"},
    "pandas": {"graph"},
    "scipy": {"views", "evaluate"},
    "numpy": {"views", "evaluate"},
    "filelock": {"graph"},
    "sqlite3": {"readings"},
    "starlette": {"serve"},
}
HEAVY = (
    "networkx",
    "pandas",
    "pyshacl",
    "pyvis",
    "rdflib",
    "scipy",
    "spacy",
    "trafilatura",
)

FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
FILES = sorted(KG.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(KG).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Every name that is imported, at the head of a file or inside a function."""
    return taken_by(list(ast.walk(tree)))


def loaded(tree: ast.Module) -> set[str]:
    """Every name that is imported when the file loads: not for type checking, not in a function."""
    return set(taken_by(tree.body))


def run(tree: ast.Module) -> set[str]:
    """Every name that is imported when the file loads or runs: all but those for type checking."""
    for_types = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    ]
    unrun = {id(inner) for node in for_types for inner in ast.walk(node)}
    return set(taken_by([node for node in ast.walk(tree) if id(node) not in unrun]))


def taken_by(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def climbs(name: str, here: str) -> bool:
    """Whether an import leads to a higher floor, or to a room that has none."""
    parts = name.split(".")
    if parts[0] != "kg" or here == DOOR or name == "kg.__version__":
        return False
    return FLOOR_OF.get(parts[1], len(FLOORS)) > FLOOR_OF[here]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(KG)))


@each_file
def test_imports_run_downhill(path: Path) -> None:
    assert room(path) in {DOOR, *FLOOR_OF}, f"give {room(path)} a floor"
    assert [name for name in imports(parsed(path)) if climbs(name, room(path))] == []


@pytest.mark.parametrize(
    ("here", "line", "uphill"),
    [
        ("extract", "from kg.graph.store import open_store", True),
        ("text", "from kg.claims import Claim", True),
        ("reading", "import kg.readings", True),
        ("graph", "import kg.nowhere", True),
        ("graph", "def late():\n    from kg.api import Graph", True),
        ("graph", "from kg import build", True),
        ("cli", "from kg import __version__", False),
        ("extract", "from kg.text import Span", False),
        ("extract", "from kg.documents.plain import checked", False),
    ],
)
def test_an_import_uphill_is_seen(here: str, line: str, uphill: bool) -> None:
    assert any(climbs(name, here) for name in imports(ast.parse(line))) is uphill


@pytest.mark.parametrize(("owner", "forbidden", "why"), NEVER)
def test_the_wings_never_meet(owner: str, forbidden: str, why: str) -> None:
    for path in FILES:
        taken = [name for name in imports(parsed(path)) if f"{name}.".startswith(f"{forbidden}.")]
        assert room(path) != owner or not taken, f"{path.name} takes {taken}: {why}"


@pytest.mark.parametrize("package", sorted(ONLY_IN))
def test_a_foreign_package_stays_in_its_rooms(package: str) -> None:
    takers = {
        room(path) for path in FILES for name in run(parsed(path)) if name.split(".")[0] == package
    }
    assert takers <= ONLY_IN[package]


def test_no_two_files_load_each_other() -> None:
    needs = {module(path): loaded(parsed(path)) for path in FILES}
    order = TopologicalSorter(
        {name: {other for other in needs if reaches(taken, other)} for name, taken in needs.items()}
    )
    order.prepare()  # raises CycleError and names the circle


def module(path: Path) -> str:
    return ".".join(("kg", *path.relative_to(KG).with_suffix("").parts)).removesuffix(".__init__")


def reaches(taken: set[str], other: str) -> bool:
    """Whether imported names, such as `kg.text.Span`, come from a module."""
    return other != "kg" and any(other in (name, name.rpartition(".")[0]) for name in taken)


@each_file
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < MOST_LINES


@each_file
def test_a_function_fits_one_screen(path: Path) -> None:
    long = [
        f"{node.name}: {length} lines"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


@each_file
def test_only_the_command_line_prints(path: Path) -> None:
    printed = [
        node.lineno
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert room(path) == "cli" or printed == []


@pytest.mark.parametrize(
    ("what", "command"),
    [
        ("import kg", "import kg"),
        ("kg --help", "run('--help')"),
        ("kg query", "run('query', sys.argv[1], 'SELECT ?s { ?s a kg:Chip }')"),
    ],
)
def test_a_start_loads_nothing_heavy(what: str, command: str, small_graph: Path) -> None:
    lines = (
        "import sys",
        "def run(*words):",
        "    from kg.__main__ import main",
        "    sys.argv = ['kg', *words]",
        "    try:",
        "        main()",
        "    except SystemExit as end:",
        "        assert not end.code, end.code",
        "graph = sys.argv[1]",
        command,
        f"heavy = sorted(set({HEAVY!r}) & set(sys.modules))",
        "assert not heavy, heavy",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines), str(small_graph)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, f"{what}: {done.stderr}"
