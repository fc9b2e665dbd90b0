"""Where each node of a network stands on the page.

The same network always gives the same picture: nothing is drawn by lot, and the order in
which nodes were added does not matter. Each island (a connected part) is laid out by
forces on its own, turned to lie along the page and to read from left to right, opened until
no two labels overlap, and then set on the page beside the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points: TypeAlias = NDArray[np.float64]

GAP = 16.0  # free space between the boxes of two nodes
ISLAND_GAP = 90.0  # and between two islands
PAGE_SHAPE = 1.3  # width by height of the whole picture


def positions(
    network: nx.MultiDiGraph, boxes: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[int, int]]:
    """Place the nodes of a network.

    >>> network = nx.MultiDiGraph([("h100", "rule")])
    >>> positions(network, {"h100": (40.0, 20.0), "rule": (60.0, 20.0)})
    {'h100': (20, 10), 'rule': (86, 10)}

    Args:
        network: What is to be drawn; only who is linked with whom matters.
        boxes: Width and height that each node takes up with its label.

    Returns:
        The centre of each node in whole units, x to the right and y downwards.
    """
    links = _plain(network)
    islands = sorted(
        (sorted(names) for names in nx.connected_components(links)),
        key=lambda names: (-len(names), names[0]),
    )
    sizes = [np.array([boxes[name] for name in names], dtype=float) for names in islands]
    pictures = [
        _opened(_forwards(_island(links.subgraph(names), names, size), names, network), size)
        for names, size in zip(islands, sizes, strict=True)
    ]
    corners = _packed([_extent(*both) for both in zip(pictures, sizes, strict=True)])
    places: dict[str, tuple[int, int]] = {}
    for names, picture, size, corner in zip(islands, pictures, sizes, corners, strict=True):
        low = (picture - size / 2).min(axis=0)
        for name, (x, y) in zip(names, np.rint(picture - low + corner).astype(int), strict=True):
            places[name] = (int(x), int(y))
    return places


def _plain(network: nx.MultiDiGraph) -> nx.Graph:
    """The network without directions, parallel edges and loops."""
    links = nx.Graph()
    links.add_nodes_from(sorted(network))
    links.add_edges_from(sorted((a, b) for a, b in network.edges() if a != b))
    return links


def _island(links: nx.Graph, names: Sequence[str], size: Points) -> Points:
    """Lay out one connected part, its nodes in the order of `names`."""
    length = 0.8 * (float(np.sqrt(size.prod(axis=1).mean())) + GAP)
    if len(names) < 3:
        return np.array([(length * step, 0.0) for step in range(len(names))])
    place = {name: row for row, name in enumerate(names)}
    pairs = np.array(sorted(sorted((place[a], place[b])) for a, b in links.edges()))
    return _levelled(_relaxed(_tree(links, names), pairs, length))


def _tree(links: nx.Graph, names: Sequence[str]) -> Points:
    """A first picture: rings around the best-connected node, each branch in its own sector."""
    root = min(names, key=lambda name: (-links.degree(name), name))
    children: dict[str, list[str]] = {root: []}
    for name in (order := [root]):
        for other in sorted(links[name]):
            if other not in children:
                children[other] = []
                children[name].append(other)
                order.append(other)
    leaves: dict[str, int] = {}
    for name in reversed(order):
        leaves[name] = max(1, sum(leaves[child] for child in children[name]))
    sector = {root: (0.0, 2 * np.pi, 0)}
    for name in order:
        start, width, ring = sector[name]
        for child in children[name]:
            share = width * leaves[child] / leaves[name]
            sector[child] = (start, share, ring + 1)
            start += share
    rows = [sector[name] for name in names]
    return np.array([(r * np.cos(a + w / 2), r * np.sin(a + w / 2)) for a, w, r in rows])


def _relaxed(points: Points, pairs: NDArray[np.int_], length: float) -> Points:
    """Let links pull and all nodes push until the picture rests (Fruchterman and Reingold).

    Every pair of nodes is looked at: exact, and for the number of nodes that a page can
    show also fast enough. No BLAS call, so the sums come out the same on each run.
    """
    count = len(points)
    steps = min(30 * count, 300) if count < 300 else 100
    degree = np.bincount(pairs.ravel(), minlength=count)
    weight = np.sqrt(1.0 + degree)
    both = weight[:, None] * weight[None, :]
    points = points * 1.5  # in units of one link
    for step in range(steps):
        x, y = np.ascontiguousarray(points.T)
        squares = (x[:, None] - x[None, :]) ** 2
        squares += (y[:, None] - y[None, :]) ** 2
        push = np.divide(both, squares + 0.01, out=squares)
        towards = [np.einsum("ij,j->i", push, along) for along in (x, y)]
        move = points * push.sum(axis=1)[:, None] - np.stack(towards, axis=1)
        apart = points[pairs[:, 0]] - points[pairs[:, 1]]
        pull = apart * np.hypot(apart[:, 0], apart[:, 1])[:, None]
        for axis in (0, 1):
            move[:, axis] -= np.bincount(pairs[:, 0], pull[:, axis], count)
            move[:, axis] += np.bincount(pairs[:, 1], pull[:, axis], count)
        move -= 0.05 * points * np.sqrt(count)
        far = np.hypot(move[:, 0], move[:, 1])[:, None] + 1e-9
        heat = 0.6 * (1 - step / steps) + 0.01
        points = points + move / far * np.minimum(far, heat)
    return points * length


def _levelled(points: Points) -> Points:
    """Turn a picture to lie along the page, and stretch a flat one a little to fill it."""
    x, y = (points - points.mean(axis=0)).T
    turn = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    cos, sin = np.cos(turn), np.sin(turn)
    points = np.stack([x * cos + y * sin, y * cos - x * sin], axis=1)
    width, height = np.ptp(points, axis=0) + 1e-9
    points[:, 1] *= np.clip(width / height / PAGE_SHAPE, 1.0, 1.5)
    return points


def _forwards(points: Points, names: Sequence[str], network: nx.MultiDiGraph) -> Points:
    """Mirror a picture if most of its edges would run from right to left."""
    across = dict(zip(names, points[:, 0], strict=True))
    run = sum(across[end] - across[start] for start, end in sorted(network.edges(names)))
    return points * (1.0 if run >= 0 else -1.0, 1.0)


def _opened(points: Points, size: Points) -> Points:
    """Push nodes apart until no two boxes overlap, or a fixed patience ends."""
    points = points.copy()
    reach = float(np.hypot(*(size.max(axis=0) + GAP)))
    for _ in range(80):
        near = cKDTree(points).query_pairs(reach, output_type="ndarray")
        first, second = near[:, 0], near[:, 1]
        apart = points[second] - points[first]
        lack = (size[first] + size[second]) / 2 + GAP - np.abs(apart)
        tight = (lack > 0.5).all(axis=1)
        if not tight.any():
            break
        first, second, apart, lack = first[tight], second[tight], apart[tight], lack[tight]
        axis = lack.argmin(axis=1)
        row = np.arange(len(axis))
        shift = np.where(apart[row, axis] < 0, -1.0, 1.0) * lack[row, axis] / 4
        np.add.at(points, (first, axis), -shift)
        np.add.at(points, (second, axis), shift)
    return points


def _extent(points: Points, size: Points) -> tuple[float, float]:
    """Width and height of a picture with its boxes."""
    width, height = (points + size / 2).max(axis=0) - (points - size / 2).min(axis=0)
    return float(width), float(height)


def _packed(extents: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Set pictures beside and below each other; gives the upper left corner of each.

    Of some widths of the whole, the one that fills a page of `PAGE_SHAPE` best.
    """
    if not extents:
        return []
    area = sum((width + ISLAND_GAP) * (height + ISLAND_GAP) for width, height in extents)
    widest = max(width for width, _ in extents)
    limits = [max(widest, sqrt(area * PAGE_SHAPE) * step / 8) for step in range(6, 15)]

    def waste(corners: Sequence[tuple[float, float]]) -> float:
        ends = [(x + w, y + h) for (x, y), (w, h) in zip(corners, extents, strict=True)]
        return max(max(x for x, _ in ends), PAGE_SHAPE * max(y for _, y in ends))

    return min((_rows(extents, limit) for limit in limits), key=waste)


def _rows(extents: Sequence[tuple[float, float]], limit: float) -> list[tuple[float, float]]:
    """Fill rows of at most this width, each row as high as its first picture."""
    corners = []
    x = y = column = row = 0.0
    down = 0.0  # where the current column of the row ends
    for width, height in extents:
        if down and down + height > row:  # no room below the last picture: next column
            x, down, column = x + column + ISLAND_GAP, 0.0, 0.0
            if x + width > limit:
                x, y, row = 0.0, y + row + ISLAND_GAP, 0.0
        corners.append((x, y + down))
        row = max(row, down + height)
        column = max(column, width)
        down += height + ISLAND_GAP
    return corners
