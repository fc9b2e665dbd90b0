"""The same network gives the same picture, and nothing in it lies on something else."""

from __future__ import annotations

import time
from itertools import combinations

import networkx as nx
import pytest

from kg.views.layout import positions

BOX = (90.0, 40.0)


def test_the_same_network_gives_the_same_places():
    network = nx.MultiDiGraph(nx.gnm_random_graph(60, 90, seed=5, directed=True))
    network = nx.relabel_nodes(network, lambda number: f"entity:{number}")
    boxes = dict.fromkeys(network, BOX)
    assert positions(network, boxes) == positions(network.copy(), boxes)


def test_the_order_in_which_nodes_and_edges_came_does_not_matter():
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "f")]
    one = nx.MultiDiGraph(edges)
    other = nx.MultiDiGraph()
    other.add_nodes_from("fedcba")
    other.add_edges_from(reversed(edges))
    boxes = dict.fromkeys("abcdef", BOX)
    assert positions(one, boxes) == positions(other, boxes)


@pytest.mark.parametrize(
    "network",
    [
        pytest.param(nx.star_graph(30), id="star"),
        pytest.param(nx.path_graph(20), id="path"),
        pytest.param(nx.complete_graph(12), id="everyone with everyone"),
        pytest.param(nx.disjoint_union_all([nx.cycle_graph(n) for n in (9, 5, 4, 3)]), id="isles"),
        pytest.param(nx.empty_graph(17), id="no links"),
        pytest.param(nx.gnm_random_graph(40, 55, seed=2), id="any"),
    ],
)
def test_no_two_boxes_overlap(network):
    places = positions(nx.MultiDiGraph(network), dict.fromkeys(network, BOX))
    overlapping = [
        (one, other)
        for (one, (x, y)), (other, (u, v)) in combinations(places.items(), 2)
        if abs(x - u) < BOX[0] and abs(y - v) < BOX[1]
    ]
    assert overlapping == []


def test_a_picture_is_about_as_wide_as_a_page():
    network = nx.MultiDiGraph(nx.disjoint_union_all([nx.path_graph(2)] * 60))
    across, down = zip(*positions(network, dict.fromkeys(network, BOX)).values(), strict=True)
    assert 0.8 < (max(across) - min(across)) / (max(down) - min(down)) < 2.2


def test_edges_run_from_left_to_right_where_they_can():
    network = nx.MultiDiGraph([("maker", "chip"), ("chip", "rule"), ("rule", "place")])
    places = positions(network, dict.fromkeys(network, BOX))
    assert sorted(network, key=lambda name: places[name]) == ["maker", "chip", "rule", "place"]


def test_loops_and_parallel_edges_move_nothing():
    plain = nx.MultiDiGraph([("a", "b"), ("b", "c")])
    rich = nx.MultiDiGraph([("a", "b"), ("a", "b"), ("b", "c"), ("c", "c")])
    boxes = dict.fromkeys("abc", BOX)
    assert positions(plain, boxes) == positions(rich, boxes)


def test_places_are_whole_numbers():
    places = positions(nx.MultiDiGraph([("a", "b"), ("b", "c")]), dict.fromkeys("abc", BOX))
    assert {type(number) for place in places.values() for number in place} == {int}


def test_an_empty_network_has_no_places():
    assert positions(nx.MultiDiGraph(), {}) == {}


def test_a_thousand_nodes_take_seconds_not_minutes():
    network = nx.MultiDiGraph(nx.gnm_random_graph(1000, 1400, seed=3))
    start = time.perf_counter()
    positions(network, dict.fromkeys(network, (40.0, 30.0)))
    assert time.perf_counter() - start < 10  # about one on a quiet machine
