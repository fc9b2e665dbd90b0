"""What the tests of the server share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.running import Server, serving


@pytest.fixture(scope="session")
def server(small_graph: Path) -> Iterator[Server]:
    """A server whose limits are met soon."""
    limits = "workers=2, seconds=2, megabytes=200, rows=5000, size=3_000_000, patience=1"
    with serving(small_graph, limits) as running:
        yield running
