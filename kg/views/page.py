"""One page that holds a whole network: it needs no server, no network and no other file.

pyvis carries the nodes and edges and hands them to vis-network, but its own template links
to other hosts and lets a label run as code. So the template here is ours: everything that a
document said arrives as data (`page.js` turns it into text, never into markup), and the
page's own policy lets no script run but the two that it was made with.
"""

from __future__ import annotations

import base64
import hashlib
import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib import resources
from math import sqrt
from typing import Any

import networkx as nx
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup
from pyvis.edge import Edge
from pyvis.network import Network

from kg.views.layout import positions

MOST_THINGS = 1500  # above this a picture shows nothing, and the page grows slow
SPOKEN_LINKS = 60  # up to this many links each carries its words on the drawing
ROOMY_THINGS = 40  # up to this many things no two labels overlap; above, one zooms in to read

# How each kind of thing is drawn, and by how much its shape is enlarged so that all kinds
# look equally large. Colours stand in page.css, because they change with the reader's theme.
SHAPES = {
    "Organisation": ("dot", 1.0),
    "Person": ("triangle", 1.05),
    "Chip": ("square", 0.88),
    "ChipFamily": ("hexagon", 1.05),
    "Rule": ("diamond", 1.25),
    "Country": ("triangleDown", 1.05),
    "AIModel": ("star", 1.25),
}
ORDER = ("from", "predicate", "modality", "kind")  # of the edges between two nodes
DASHES = {"denied": [9, 5], "planned": [14, 6], "hypothetical": [2, 6]}

# What is true of the drawing as a whole; each name is one of vis-network's.
OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,  # our own tooltip asks what lies under the pointer
        "selectConnectedEdges": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
    },
    "edges": {
        "smooth": False,
        "arrowStrikethrough": False,
        "selectionWidth": 1.5,
        "selfReference": {"size": 18, "angle": 0.8},
    },
}


def page(network: nx.MultiDiGraph, title: str) -> str:
    """Write a network as one self-contained, interactive HTML page.

    >>> html = page(nx.MultiDiGraph(), "H20 <and others>")
    >>> "<title>H20 &lt;and others&gt;</title>" in html
    True

    Args:
        network: As `kg.views.network` makes it. Of more than `MOST_THINGS` nodes the
            best-connected are drawn, and the page says so.
        title: Heading of the page, as plain text.

    Returns:
        The page; the same network and title always give the same text.
    """
    drawn = best_connected(network, MOST_THINGS)
    carrier = _carrier(drawn, title)
    carrier.templateEnv = _environment()
    carrier.templateEnv.globals |= {
        "counts": _counts(drawn),
        "left_out": _left_out(len(network), len(drawn)),
    }
    carrier.path = "page.html"
    return str(carrier.generate_html())


def best_connected(network: nx.MultiDiGraph, most: int) -> nx.MultiDiGraph:
    """Keep the nodes with the most edges; of equals, those whose ids sort first."""
    if len(network) <= most:
        return network
    ranked = sorted(network, key=lambda name: (-network.degree(name), name))
    return network.subgraph(ranked[:most])


def _carrier(network: nx.MultiDiGraph, title: str) -> Network:
    """Fill a pyvis network.

    Nodes are numbered in the order of their ids, because an id such as `__proto__` means
    something to a browser; the id itself travels as plain data.
    """
    carrier = Network(directed=True, heading=title or "Network")
    carrier.options = OPTIONS
    names = sorted(network)
    looks = {name: _look(network.nodes[name], network.degree(name)) for name in names}
    room = min(1.0, sqrt(ROOMY_THINGS / max(1, len(names))))
    places = positions(network, {name: _box(look, room) for name, look in looks.items()})
    for number, name in enumerate(names):
        x, y = places[name]
        carrier.add_node(number, x=x, y=y, curie=name, color=None, **looks[name])
    # In one go: pyvis's add_edge looks through all nodes for each edge.
    carrier.edges = _edges(network, {name: number for number, name in enumerate(names)})
    return carrier


def _look(thing: Mapping[str, Any], degree: int) -> dict[str, Any]:
    """How a node is drawn: the more links it has, the larger."""
    shape, scale = SHAPES.get(thing["kind"], ("dot", 1.0))
    name = " ".join(thing["label"].split())
    return {
        "label": textwrap.fill(name, 22, max_lines=3, placeholder="…") or "(no name)",
        "name": name,
        "kind": thing["kind"],
        "aliases": list(thing["aliases"]),
        "discovered": thing["discovered"],
        "shape": shape,
        "size": round(scale * min(9 + 3 * sqrt(degree), 40), 1),
    }


def _box(look: Mapping[str, Any], room: float) -> tuple[float, float]:
    """Width and height that a node takes up with this share (0 to 1) of the label below it."""
    lines = look["label"].split("\n")
    width = max(sum(14 if _wide(sign) else 7.5 for sign in line) for line in lines)
    width = max(width, 110)  # so that what its lines say has room too
    return max(2 * look["size"], width * room), 2 * look["size"] + 16 * len(lines) * room


def _wide(sign: str) -> bool:
    """Whether a character is drawn as wide as it is high, as Chinese ones are."""
    return unicodedata.east_asian_width(sign) in "WF"


def _edges(network: nx.MultiDiGraph, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    """All edges in a fixed order, those between the same two nodes bent apart."""
    bundles: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for start, end, said in network.edges(data=True):
        edge = _edge(numbers[start], numbers[end], said)
        bundles[min(numbers[start], numbers[end]), max(numbers[start], numbers[end])].append(edge)
    spoken = network.number_of_edges() <= SPOKEN_LINKS
    edges: list[dict[str, Any]] = []
    for _, bundle in sorted(bundles.items()):
        bundle.sort(key=lambda edge: [edge[name] for name in ORDER])
        for place, edge in enumerate(bundle):
            edge |= {"id": len(edges), "smooth": _bend(edge, place - (len(bundle) - 1) / 2)}
            edge |= {"label": edge["phrase"]} if spoken else {}
            edges.append(edge)
    return edges


def _edge(start: int, end: int, said: Mapping[str, Any]) -> dict[str, Any]:
    """One edge as vis-network takes it, its claims with it, the newest first."""
    claims = sorted(said["claims"], key=lambda claim: claim["id"])
    claims.sort(key=lambda claim: claim["date"] or "", reverse=True)
    read = said["kind"] == "read"
    look = {
        "predicate": said["predicate"],
        "phrase": said["phrase"],
        "modality": said["modality"],
        "kind": said["kind"],
        "claims": [_claim(claim) for claim in claims],
        "dashes": DASHES.get(said["modality"], False),
        "width": min(1.4 + 0.4 * len(claims), 4.0) if read else 1.0,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5 if read else 0.35}},
    }
    options: dict[str, Any] = Edge(start, end, directed=True, **look).options
    return options


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    """A claim as plain data; its confidence may come as a decimal, and None stays None."""
    confidence = claim["confidence"]
    return {**claim, "confidence": None if confidence is None else round(float(confidence), 2)}


def _bend(edge: Mapping[str, Any], aside: float) -> dict[str, Any] | bool:
    """Curve an edge by its distance from the middle of its bundle; False for a straight one."""
    if aside == 0:
        return False
    clockwise = (aside > 0) == (edge["from"] <= edge["to"])
    roundness = round(0.22 * abs(aside), 2)
    return {
        "enabled": True,
        "type": "curvedCW" if clockwise else "curvedCCW",
        "roundness": roundness,
    }


def _environment() -> Environment:
    """Templates that escape whatever they print, and the scripts that the policy lets run."""
    scripts = [_vis_network(), _asset("page.js")]
    style = _asset("page.css")
    environment = Environment(
        loader=DictLoader({"page.html": _asset("page.html")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "scripts": [Markup(script) for script in scripts],
        "style": Markup(style),
        "policy": "; ".join(
            [
                "default-src 'none'",
                f"script-src {_hashes(scripts)}",
                f"style-src {_hashes([style])}",
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
            ]
        ),
    }
    return environment


def _asset(name: str) -> str:
    """A file that stands beside this one."""
    return resources.files("kg.views").joinpath(name).read_text(encoding="utf-8")


def _vis_network() -> str:
    """The drawing library, from the installed pyvis."""
    library = resources.files("pyvis") / "templates/lib/vis-9.1.2/vis-network.min.js"
    return library.read_text(encoding="utf-8")


def _hashes(texts: Sequence[str]) -> str:
    """The inline texts that a Content-Security-Policy lets through."""
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _counts(network: nx.MultiDiGraph) -> str:
    """What the page holds, in a line."""
    claims = [claim for *_, said in network.edges(data="claims") for claim in said]
    held = [(len(network), "thing"), (network.number_of_edges(), "link"), (len(claims), "claim")]
    line = ", ".join(_many(*each) for each in held)
    documents = {(claim["document"], claim["date"]) for claim in claims if claim["document"]}
    return f"{line} from {_many(len(documents), 'document')}" if documents else line


def _many(number: int, noun: str) -> str:
    """A number with its noun, such as `1,500 things`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _left_out(there: int, drawn: int) -> str:
    """A remark on what is not drawn; empty where everything is."""
    if there == drawn:
        return ""
    return (
        f"Only the {drawn:,} best-connected of {there:,} things are drawn. "
        "Ask for the surroundings of one thing to see the rest."
    )
