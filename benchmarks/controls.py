"""All chips, all rule versions, 200 days: our evaluator against SPARQL over the same data.

"covered" counts the chip, rule and day triples that a control covers for one destination. The peer
is pyoxigraph: verdicts joined with the days on which their paragraphs reach, one query a day. Both
must count the same. "opened" is what reading `ontology/controls/` and the names costs once.
"""

from __future__ import annotations

import time
from datetime import date, timedelta

from pyoxigraph import Quad, Store

from kg.controls.days import Days
from kg.controls.judge import Judge
from kg.controls.load import load_controls, read_controls
from kg.controls.reach import Asked
from kg.controls.truth import Truth
from kg.graph.assemble import triples
from kg.graph.literals import date_literal, node
from kg.graph.namespaces import prologue
from kg.graph.query import with_values
from kg.ontology.load import load_ontology

DAYS = tuple(date(2022, 6, 1) + timedelta(days=8 * number) for number in range(200))
DESTINATION = "place:cn"
COVERED = (
    prologue()
    + """
SELECT DISTINCT ?chip ?rule {
  VALUES ?on { UNDEF }
  VALUES ?country { UNDEF }
  ?verdict a kg:Verdict ; kg:role "control" ; kg:verdict "covered" ;
           kg:ofChip ?chip ; kg:underRule ?rule ; kg:underParagraph ?paragraph .
  ?reach a kg:Reach ; kg:ofParagraph ?paragraph ; kg:ofCountry ?country ; kg:effectiveFrom ?from .
  OPTIONAL { ?reach kg:effectiveUntil ?until }
  FILTER(?from <= ?on && (!BOUND(?until) || ?on < ?until))
}"""
)


def main() -> None:
    """Print one row for each of the two."""
    started = time.perf_counter()
    judge = Judge(load_controls())
    opened = time.perf_counter() - started
    ours, covered = timed(lambda: sum(covered_by_us(judge, day) for day in DAYS))
    store = all_triples()
    peer, covered_there = timed(lambda: sum(covered_by_query(store, day) for day in DAYS))
    parts, rules = len(judge.controls.parts), sum(role == "control" for role, _, _ in judge.groups)
    print(f"{parts} chips x {rules} rule versions x {len(DAYS)} days, {DESTINATION}")
    print(f"{'':12}{'seconds':>9}{'covered':>9}{'opened':>9}")
    print(f"{'kg.controls':12}{ours:9.2f}{covered:9}{opened:9.2f}")
    print(f"{'pyoxigraph':12}{peer:9.2f}{covered_there:9}")
    print(f"ratio: {peer / ours:.1f} times as long by query")
    if covered != covered_there:
        raise SystemExit("the two disagree")


def timed(work) -> tuple[float, int]:
    """Seconds that some work takes, and what it gives."""
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def covered_by_us(judge: Judge, day: date) -> int:
    """How many chips and rules are covered on a day."""
    asked = Asked(days=Days(day, day), to=DESTINATION, hq=DESTINATION)
    return sum(
        truth is Truth.YES
        for part in judge.controls.parts.values()
        for truth in judge.truths(part, asked)
    )


def covered_by_query(store: Store, day: date) -> int:
    """The same, by SPARQL."""
    told = {"on": date_literal(day), "country": node(DESTINATION)}
    return sum(1 for _ in store.query(with_values(COVERED, told)))


def all_triples() -> Store:
    """The graph of all that is known, without documents."""
    ontology = load_ontology()
    controls = read_controls(ontology.folder, ontology.lexicon, ontology.curated)
    store = Store()
    store.extend(Quad(*triple) for triple in triples((), ontology, controls, everything=True))
    return store


if __name__ == "__main__":
    main()
