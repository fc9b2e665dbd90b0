"""Cuts out of a graph what SHACL core can see of some of its nodes.

That is each node with its properties, what leads to it by a path that a shape follows backwards,
and the classes of what stands at the other end of each. The shapes are then aimed at these nodes by
name, so that what stands around them is not looked at in its turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, Store

from kg.graph.export import to_rdflib
from kg.graph.literals import node
from kg.graph.namespaces import curie

if TYPE_CHECKING:
    import rdflib

_TYPE = node("rdf:type")
_BELOW = node("rdfs:subClassOf")


@dataclass(frozen=True, slots=True)
class Target:
    """What one shape is about.

    Attributes:
        shape: The shape's full name.
        of: What its targets are, for people: `kg:Claim`, `subjects of kg:designs`.
        nodes: Full names of the targets, sorted.
    """

    shape: str
    of: str
    nodes: Sequence[str]

    def sample(self, most: int) -> Target:
        """With so many nodes at most, spread evenly; the same ones each time."""
        count = len(self.nodes)
        if count <= most:
            return self
        return replace(self, nodes=[self.nodes[at * count // most] for at in range(most)])


def targets_of(store: Store, shapes: rdflib.Graph) -> Iterator[Target]:
    """The targets of all shapes that are about a class or the ends of a property."""
    from rdflib.namespace import SH

    for shape, of in sorted(shapes.subject_objects(SH.targetClass)):
        classes = _with_those_below(store, NamedNode(str(of)))
        nodes = {
            quad.subject.value
            for each in classes
            for quad in store.quads_for_pattern(None, _TYPE, each, None)
            if isinstance(quad.subject, NamedNode)
        }
        yield Target(str(shape), curie(str(of)), sorted(nodes))
    for aim, end in ((SH.targetSubjectsOf, "subject"), (SH.targetObjectsOf, "object")):
        for shape, of in sorted(shapes.subject_objects(aim)):
            ends = (
                getattr(quad, end)
                for quad in store.quads_for_pattern(None, NamedNode(str(of)), None, None)
            )
            nodes = {each.value for each in ends if isinstance(each, NamedNode)}
            yield Target(str(shape), f"{end}s of {curie(str(of))}", sorted(nodes))


def aimed_at(shapes: rdflib.Graph, targets: Mapping[str, Iterable[Target]]) -> rdflib.Graph:
    """The shapes with these nodes for targets, by node, in place of their own."""
    import rdflib
    from rdflib.namespace import SH

    aimed = rdflib.Graph()
    own = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
    for triple in shapes:
        if triple[1] not in own:
            aimed.add(triple)
    for name, of_shapes in targets.items():
        for target in of_shapes:
            aimed.add((rdflib.URIRef(target.shape), SH.targetNode, rdflib.URIRef(name)))
    return aimed


def slice_of(store: Store, names: Iterable[str], shapes: rdflib.Graph) -> rdflib.Graph:
    """What the shapes can see of these nodes."""
    from rdflib.namespace import SH

    backwards = [NamedNode(str(path)) for path in set(shapes.objects(None, SH.inversePath))]
    quads: set[Quad] = set(store.quads_for_pattern(None, _BELOW, None, None))
    for name in names:
        me = NamedNode(name)
        quads.update(store.quads_for_pattern(me, None, None, None))
        for path in backwards:
            quads.update(store.quads_for_pattern(None, path, me, None))
    ends = (end for quad in quads for end in (quad.subject, quad.object))
    around = {end for end in ends if isinstance(end, NamedNode)}
    for each in around:
        quads.update(store.quads_for_pattern(each, _TYPE, None, None))
    return to_rdflib(quads)


def _with_those_below(store: Store, cls: NamedNode) -> set[NamedNode]:
    found: set[NamedNode] = set()
    waiting = [cls]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            below = store.quads_for_pattern(None, _BELOW, each, None)
            waiting += [quad.subject for quad in below if isinstance(quad.subject, NamedNode)]
    return found
