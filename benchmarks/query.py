"""What asking through `kg.graph.query` costs beside plain pyoxigraph, and beside rdflib's engine.

The same made-up graph of a million triples on disk, the same twelve queries of `queries/` with the
same values, in one process, taking turns; the quickest of the rounds counts for each query, and
their sum over all values is what a line shows. Two things are pulled:

* terms: every row as a tuple of RDF terms, or every triple; ours are a `Rows` or `Triples`, which
  are sorted and without repeats where CONSTRUCT gives them;
* values: what Python people hold, by our `Row`s (CURIEs, numbers, days) and, without us, by
  `term.value` (text only, which is less).

Plain queries declare the prefixes that they use, ours none. rdflib asks a smaller graph, since a
million triples take it long to load; its ratio is to plain pyoxigraph on that same smaller graph,
in memory. A query that takes it longer than a minute is shown as such.
"""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import geometric_mean
from tempfile import TemporaryDirectory

import rdflib
from made_up import made_up
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, serialize

from kg.graph.literals import node
from kg.graph.namespaces import PREFIXES
from kg.graph.query import query, with_values
from kg.graph.rows import Rows, Triples

TRIPLES = 1_000_000
TRIPLES_FOR_RDFLIB = 50_000
ROUNDS = 7  # of what takes long; what is quick has more, by the same rule for all ways
CAP = 60  # seconds that rdflib may take for one query
QUERIES = Path(__file__).parent / "queries"
SOME = range(3, 2003, 200)
ORGS = [{"org": node(f"entity:company-{number}")} for number in SOME]
PROPERTIES = [{"property": node(f"kg:{name}")} for name in ("purchases", "suppliesTo")]
DAY = Literal("2023-10-17", datatype=node("xsd:date"))
VALUES: dict[str, list[dict[str, NamedNode | Literal]]] = {
    "label": [{"name": Literal(f"Company {number}")} for number in SOME],
    "exposure": [*ORGS],
    "path": [*ORGS],
    "modalities": [*PROPERTIES],
    "as-of": [{"on": DAY, "rule": node(f"rule:rule-{number}")} for number in range(4)],
    "evidence": [*ORGS],
    "count": [{}],
    "regex": [{"pattern": Literal(f"^company .*{number}7$")} for number in range(1, 3)],
    "top": [*PROPERTIES],
    "neighbourhood": [{"thing": node(f"entity:company-{number}")} for number in SOME],
    "unsaid": [*ORGS],
    "distinct": [*PROPERTIES],
}
Asked = Callable[[str], object]


def main() -> None:
    """Print a row for each query."""
    with TemporaryDirectory() as folder:
        big = build(Store(folder), TRIPLES)
        big.flush()
        del big  # closes it
        big = Store.read_only(folder)
        print(
            f"{len(big):,} triples on disk; milliseconds a query, the quickest of {ROUNDS} or more"
        )
        print(f"{'':15}{'rows':>7}{'plain':>9}{'ours':>9}{'ratio':>7}", end="")
        print(f"{'plain':>9}{'ours':>9}{'ratio':>7}")
        ratios = [row(name, big) for name in VALUES]
    for what, column in zip(("terms", "values"), zip(*ratios, strict=True), strict=True):
        print(f"{what}: geometric mean {geometric_mean(column):.3f}, most {max(column):.3f}")
    beside_rdflib()


def build(store: Store, triples: int) -> Store:
    """Fill a store with the made-up graph."""
    store.bulk_extend(Quad(*triple) for triple in made_up(triples))
    store.optimize()
    return store


def row(name: str, store: Store) -> tuple[float, float]:
    """Measure one query; the ratios of terms and of values."""
    ours = [text for text, _ in texts(name)]
    plain = [text for _, text in texts(name)]
    ways: list[tuple[list[str], Asked]] = [
        (plain, lambda text: plain_terms(store, text)),
        (ours, lambda text: our_terms(store, text)),
        (plain, lambda text: plain_values(store, text)),
        (ours, lambda text: our_values(store, text)),
    ]
    counts = [[len(ask(text)) for text in asked] for asked, ask in ways]  # type: ignore[arg-type]
    assert counts[0] == counts[2], name
    assert counts[1] == counts[3], name
    assert counts[0] == counts[1] or name == "neighbourhood", name  # ours has no repeats
    times = best(ways)
    terms, values = times[1] / times[0], times[3] / times[2]
    ms = [f"{each / len(ours) * 1000:9.3f}" for each in times]
    print(f"{name:15}{sum(counts[1]) // len(ours):7}{ms[0]}{ms[1]}{terms:7.3f}", end="")
    print(f"{ms[2]}{ms[3]}{values:7.3f}", flush=True)
    return terms, values


def texts(name: str) -> Iterator[tuple[str, str]]:
    """A query with each of its values: without prefixes, and with those that it uses."""
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    for values in VALUES[name]:
        filled = with_values(text, values)
        used = [each for each in PREFIXES if re.search(rf"\b{each}:\w", filled)]
        yield filled, "".join(f"PREFIX {each}: <{PREFIXES[each]}>\n" for each in used) + filled


def best(ways: list[tuple[list[str], Asked]]) -> list[float]:
    """Seconds for all texts each way, the quickest of the rounds for each text."""
    totals = [0.0] * len(ways)
    for place in range(len(ways[0][0])):
        rounds: list[list[float]] = [[] for _ in ways]
        first = seconds(ways[0][1], ways[0][0][place])
        for _ in range(max(ROUNDS, min(200, round(0.05 / first)))):
            for taken, (asked, ask) in zip(rounds, ways, strict=True):
                taken.append(seconds(ask, asked[place]))
        totals = [total + min(taken) for total, taken in zip(totals, rounds, strict=True)]
    return totals


def seconds(ask: Asked, text: str) -> float:
    """How long an answer takes."""
    began = time.perf_counter()
    ask(text)
    return time.perf_counter() - began


def plain_terms(store: Store, text: str) -> list[object]:
    """Every row as a tuple of terms, or every triple, by pyoxigraph alone."""
    found = store.query(text)
    return [tuple(each) for each in found] if isinstance(found, QuerySolutions) else list(found)


def our_terms(store: Store, text: str) -> tuple[object, ...]:
    """The same by our layer."""
    found = query(store, text)
    assert isinstance(found, Rows | Triples)
    return found.terms if isinstance(found, Rows) else found.triples


def plain_values(store: Store, text: str) -> list[object]:
    """Every row as a tuple of texts, or every triple, by pyoxigraph alone."""
    found = store.query(text)
    if not isinstance(found, QuerySolutions):
        return list(found)
    return [tuple(None if term is None else term.value for term in each) for each in found]


def our_values(store: Store, text: str) -> list[object]:
    """Every row as a `Row`, or every triple."""
    found = query(store, text)
    assert isinstance(found, Rows | Triples)
    return list(found)


def beside_rdflib() -> None:
    """Print what rdflib's own engine takes on a smaller graph, in memory, beside pyoxigraph."""
    store = build(Store(), TRIPLES_FOR_RDFLIB)
    dump = serialize((quad.triple for quad in store), format=RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=dump, format="nt")
    print(f"{len(store):,} triples in memory; milliseconds for one query, the quicker of two")
    print(f"{'':15}{'plain':>9}{'rdflib':>11}{'ratio':>9}")
    for name in VALUES:
        text = next(texts(name))[1]
        peer = min(seconds(lambda asked: plain_terms(store, asked), text) for _ in range(2))
        try:
            with at_most(CAP):
                taken = min(seconds(lambda asked: list(graph.query(asked)), text) for _ in range(2))
        except TimeoutError:
            print(f"{name:15}{peer * 1000:9.3f}   more than {CAP} s")
            continue
        print(f"{name:15}{peer * 1000:9.3f}{taken * 1000:11.3f}{taken / peer:9.0f}", flush=True)


@contextmanager
def at_most(limit: int) -> Iterator[None]:
    """End what takes longer than so many seconds, where the system can."""

    def end(*_: object) -> None:
        raise TimeoutError

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(limit)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


if __name__ == "__main__":
    main()
