"""The wheel holds all that `kg` needs, and works where there is no checkout."""

import subprocess
import zipfile

import pytest

from tests.small_documents import ROOT, environment, python

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        python("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT),
        capture_output=True,
        check=True,
        timeout=120,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel):
    """A folder with the wheel unpacked; what it depends on is there already."""
    site = wheel.parent / "site"
    pip = ("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile")
    subprocess.run(python(*pip, "--target", site, wheel), check=True, timeout=120)
    return site


@pytest.fixture
def kg(installed, tmp_path):
    def run(*arguments, program=("-m", "kg")):
        return subprocess.run(
            python(*program, *arguments),
            cwd=tmp_path,
            env={**environment(), "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_the_wheel_holds_the_whole_ontology_and_nothing_of_the_workshop(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    ontology = {
        f"kg/_ontology/{path.relative_to(ROOT / 'ontology').as_posix()}"
        for path in (ROOT / "ontology").rglob("*")
        if path.is_file()
    }
    code = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kg").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    rest = {name for name in names if ".dist-info/" not in name}
    assert rest == ontology | code
    assert any(name.endswith("entry_points.txt") for name in names)


def test_the_installed_package_finds_its_own_ontology(kg, installed):
    script = (
        "import kg; from kg.ontology.files import ontology_folder; "
        "print(kg.__file__); print(ontology_folder())"
    )
    done = kg("-c", script, program=())
    assert done.stdout.splitlines() == [
        str(installed / "kg" / "__init__.py"),
        str(installed / "kg" / "_ontology"),
    ]


def test_it_builds_asks_and_explains(kg, tmp_path):
    note = "DeepSeek uses the Nvidia H800, its technical report said.\n"
    (tmp_path / "note.txt").write_text(note, encoding="utf-8")
    built = kg("build", "note.txt", "-o", "graph")
    assert (built.returncode, built.stdout) == (0, "")
    assert built.stderr.startswith("1 document (1 read now), 1 claim: 1 reported\n")
    asked = kg("ask", "graph", "who-uses", "--chip", "h800")
    assert asked.returncode == 0
    assert "DeepSeek" in asked.stdout
    checked = kg("check", "graph")
    assert (checked.returncode, checked.stdout) == (0, "")
    drawn = kg("draw", "graph", "-o", "graph.html")
    assert drawn.returncode == 0, drawn.stderr
    shown = kg("show", "graph", "note", "--html", "note.html")
    assert shown.returncode == 0, shown.stderr
    terms = kg("terms", "h800")
    assert "chip:nvidia-h800" in terms.stdout
