"""Holds a graph against `ontology/shapes.ttl`: SHACL core, through pySHACL on rdflib.

pySHACL takes about a tenth of a second for a thousand triples. So a large graph is looked at in
slices: of each shape's targets, all or an even sample, with all that the shape can see of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from kg.errors import OntologyError
from kg.graph.export import to_rdflib
from kg.graph.namespaces import curie
from kg.graph.slices import Target, aimed_at, slice_of, targets_of

if TYPE_CHECKING:
    import rdflib

Say = Callable[[str], None]

LARGE = 250_000  # triples; up to here pySHACL sees the graph as it is
MOST = 2_000  # targets of a shape that are looked at in a larger one
_AT_ONCE = 10_000  # targets in a slice: rdflib holds it in memory


@dataclass(frozen=True, slots=True, order=True)
class Misfit:
    """Something of a graph that a shape does not let pass.

    Attributes:
        focus: CURIE of what is wrong.
        path: CURIE of the property at which it is wrong; empty where it is the thing itself.
        message: What should be, in a sentence.
    """

    focus: str
    path: str
    message: str


def misfits(
    store: Store, shapes: Path, *, everything: bool = True, say: Say = lambda words: None
) -> list[Misfit]:
    """All that is wrong with the shape of a graph, sorted.

    Args:
        store: The graph.
        shapes: The file of shapes.
        everything: Look at all of a large graph, not at a sample.
        say: Is told, in a line, what a sample was of.

    Raises:
        OntologyError: The file cannot be read or holds no valid shapes.
    """
    import rdflib

    wanted = rdflib.Graph()
    try:
        wanted.parse(shapes, format="turtle")
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"ontology/{shapes.name}: {error}") from error
    if len(store) <= LARGE:
        return sorted(_validate(to_rdflib(store), wanted, shapes))
    targets = list(targets_of(store, wanted))
    if not everything:
        targets = _sample(targets, say)
    found: set[Misfit] = set()
    shapes_of: dict[str, list[Target]] = {}
    for target in targets:
        for node in target.nodes:
            shapes_of.setdefault(node, []).append(target)
    nodes = sorted(shapes_of)
    for at in range(0, len(nodes), _AT_ONCE):
        some = nodes[at : at + _AT_ONCE]
        aimed = aimed_at(wanted, {node: shapes_of[node] for node in some})
        found |= _validate(slice_of(store, some, wanted), aimed, shapes)
    return sorted(found)


def _sample(targets: list[Target], say: Say) -> list[Target]:
    """At most so many targets of each shape, spread evenly over all of them."""
    sizes = {each.of: len(each.nodes) for each in targets if len(each.nodes) > MOST}
    if sizes:
        largest_first = sorted(sizes.items(), key=lambda size: (-size[1], size[0]))
        told = ", ".join(f"{MOST:,} of {count:,} {of}" for of, count in largest_first)
        say(f"SHACL on a sample: {told}; --all looks at each")
    return [target.sample(MOST) for target in targets]


def _validate(graph: rdflib.Graph, wanted: rdflib.Graph, shapes: Path) -> set[Misfit]:
    import pyshacl
    import rdflib

    try:
        _, report, text = pyshacl.validate(graph, shacl_graph=wanted)
    except pyshacl.errors.ShapeLoadError as error:
        raise OntologyError(f"ontology/{shapes.name}: {error}") from error
    if not isinstance(report, rdflib.Graph):
        raise OntologyError(f"ontology/{shapes.name}: {text}")
    return {_misfit(report, result) for result in _results(report)}


def _results(report: rdflib.Graph) -> list[rdflib.term.Node]:
    from rdflib.namespace import SH

    return list(report.objects(None, SH.result))


def _misfit(report: rdflib.Graph, result: rdflib.term.Node) -> Misfit:
    from rdflib.namespace import SH

    path = report.value(result, SH.resultPath)
    return Misfit(
        focus=curie(str(report.value(result, SH.focusNode))),
        path=curie(str(path)) if path else "",
        message=str(report.value(result, SH.resultMessage)),
    )
