"""What the tests share: one set of prepared tools, and short ways to read a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kg.api import Graph
from kg.extract.prepare import Tools, prepare
from kg.ontology.load import Ontology, load_ontology
from kg.pipeline import read_claims
from kg.reading import Reading
from kg.text import Document

# A time says more of the machine than of the code, and the same checkout must pass or fail alike.
settings.register_profile("chiptrace", deadline=None, derandomize=True)
settings.load_profile("chiptrace")

ReadText = Callable[..., Reading]
Told = tuple[str, str, str, str]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="session")
def tools(ontology: Ontology) -> Tools:
    return prepare(ontology)


@pytest.fixture(scope="session")
def read(tools: Tools) -> ReadText:
    """Read a text: `read("DeepSeek uses the H800.")`; other fields of `Document` by name."""

    def read_text(text: str, **fields: object) -> Reading:
        known = {"identifier": "test.txt", "title": "Test", **fields}
        return read_claims(Document(text=text, **known), tools)  # type: ignore[arg-type]

    return read_text


@pytest.fixture(scope="session")
def told(read: ReadText) -> Callable[[str], set[Told]]:
    """What a text tells: subject's words, property, object's words, modality of each claim."""

    def claims_of(text: str) -> set[Told]:
        return {
            (claim.subject_text, claim.predicate, claim.object_text, claim.modality.value)
            for claim in read(text).claims
        }

    return claims_of


@pytest.fixture(scope="session")
def small_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph with one small document."""
    from kg.builder import Options, build_graph

    folder = tmp_path_factory.mktemp("small")
    (folder / "note.txt").write_text("DeepSeek uses the H800.\n", encoding="utf-8")
    build_graph(
        [folder / "note.txt"], folder / "graph", Options(workers=1), lambda done, all_: None
    )
    return folder / "graph"


@pytest.fixture(scope="session")
def seeds_graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of all seeds."""
    from kg.api import build

    seeds = Path(__file__).parent.parent / "seeds"
    return build(seeds, tmp_path_factory.mktemp("seeds") / "graph")
