"""How long `kg query` takes from nothing to an answer, beside rdflib on the same graph.

Each is a process of its own, timed from outside; they take turns, and the middle of the rounds
counts. rdflib reads what `kg export` writes (N-Triples, its quickest format) and asks the same.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import kg
from kg.graph.store import open_store
from kg.views.exports import exported

ROUNDS = 9
ASKED = "SELECT ?who ?chip { ?who kg:usesHardware ?chip } ORDER BY ?who ?chip"
PEER = """
import sys, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt")
names = {"kg": rdflib.Namespace("https://w3id.org/chiptrace/ontology#")}
for row in graph.query(sys.argv[2], initNs=names):
    print(*row, sep=",")
"""


def main() -> None:
    """Print one row a way, with its ratio to an empty Python."""
    with TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        kg.build(Path(__file__).parent.parent / "seeds", graph)
        dump = Path(folder) / "graph.nt"
        dump.write_text("".join(exported(open_store(graph), "nt")), encoding="utf-8")
        ways = {
            "python -c pass": ["-c", "pass"],
            "kg query": ["-m", "kg", "query", str(graph), ASKED, "--format", "csv"],
            "import rdflib": ["-c", "import rdflib"],
            "rdflib: parse and query": ["-c", PEER, str(dump), ASKED],
        }
        answers = {name: run(way).count(b"\n") for name, way in ways.items()}
        # the CSV has a header
        assert answers["kg query"] - 1 == answers["rdflib: parse and query"] > 0
        times = [[seconds(way) for way in ways.values()] for _ in range(ROUNDS)]
        triples = len(dump.read_text(encoding="utf-8").splitlines())
    print(f"{triples:,} triples, {answers['kg query'] - 1} rows, the middle of {ROUNDS} rounds")
    middles = [median(column) for column in zip(*times, strict=True)]
    print(f"{'':26}{'seconds':>9}{'ratio':>8}")
    for name, middle in zip(ways, middles, strict=True):
        print(f"{name:26}{middle:9.3f}{middle / middles[0]:8.1f}")


def run(way: list[str]) -> bytes:
    """Run Python so; what it prints."""
    here = Path(__file__).parent.parent
    command = [sys.executable, *way]
    return subprocess.run(command, cwd=here, stdout=subprocess.PIPE, check=True).stdout


def seconds(way: list[str]) -> float:
    """How long a process takes from its start to its end."""
    began = time.perf_counter()
    run(way)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
