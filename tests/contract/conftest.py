"""Two graphs that must answer alike: the seeds' on this machine, and the same at an endpoint."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from kg.api import Graph
from kg.graph.publish import Target, publish
from tests.remote import oxigraph


@pytest.fixture(scope="session")
def endpoint(seeds_graph: Graph) -> Iterator[Graph]:
    """The endpoint that `KG_ENDPOINT` names; without it, an Oxigraph server filled here."""
    if named := os.environ.get("KG_ENDPOINT"):
        yield Graph.connect(named)
        return
    assert seeds_graph.folder is not None
    with oxigraph() as server:
        publish(seeds_graph.folder, Target.read(f"{server}/store"), lambda done, all_: None)
        yield Graph.connect(f"{server}/query")
