"""The network for other tools: the same edges in each format, and the same bytes each time."""

import csv
import io
import json
import sys
import time

import networkx as nx
import pytest
from pyoxigraph import Store

from kg.errors import QueryError
from kg.views.exports import exported
from kg.views.network import CLAIM_KINDS, around, make_network
from tests.graph.small import BUYS, DENIES, NEWS, USES, small_store


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


def text(store: Store, format: str) -> str:
    return "".join(exported(store, format))


def edges_of(network: nx.MultiDiGraph) -> list[tuple[str, ...]]:
    return sorted(
        (source, about["predicate"], target, about["modality"], about["kind"])
        for source, target, about in network.edges(data=True)
    )


def test_graphml_and_gexf_hold_the_network(store):
    network = make_network(store, CLAIM_KINDS)
    graphml = nx.read_graphml(io.BytesIO(text(store, "graphml").encode()), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(text(store, "gexf").encode()))
    assert edges_of(graphml) == edges_of(gexf) == edges_of(network)
    assert gexf.nodes["chip:nvidia-h20"]["label"] == "Nvidia H20"


def test_gexf_does_not_tell_the_day(store, monkeypatch):
    before = text(store, "gexf")
    monkeypatch.setattr(time, "strftime", lambda *_: "1999-12-31")
    assert text(store, "gexf") == before
    assert "1999-12-31" not in before


def test_the_edge_list_has_one_row_an_edge_with_the_labels_of_its_ends(store):
    rows = list(csv.DictReader(io.StringIO(text(store, "edges"))))
    assert len(rows) == make_network(store, CLAIM_KINDS).number_of_edges()
    denied = [row for row in rows if row["modality"] == "denied"]
    assert denied == [
        {
            "source": "entity:deepseek",
            "target": "chip:nvidia-h800",
            "source_label": "DeepSeek",
            "target_label": "Nvidia H800",
            "predicate": "kg:usesHardware",
            "phrase": "uses",
            "modality": "denied",
            "kind": "read",
            "claims": "1",
        }
    ]


def test_a_format_without_triples_has_no_rdf12(store):
    for format in ("csv", "jsonld", "gexf", "ftm"):
        with pytest.raises(QueryError, match="choose ttl or nt"):
            list(exported(store, format, rdf12=True))


@pytest.mark.parametrize(
    ("kinds", "message"),
    [
        ("read", "kinds takes several: write ('read',)"),
        (("read", "heard"), "no kind of claim 'heard'; there are read, curated, concluded"),
    ],
)
def test_a_kind_of_claim_that_is_none_is_refused(store, kinds, message):
    with pytest.raises(QueryError) as caught:
        make_network(store, kinds)
    assert str(caught.value) == message


def test_fewer_than_no_steps_are_refused(store):
    with pytest.raises(QueryError, match="-1 is below 0"):
        around(make_network(store), "entity:deepseek", -1)


# --- FollowTheMoney


def entities(store: Store) -> dict[str, dict]:
    pytest.importorskip("followthemoney", reason="pip install 'chiptrace[ftm]'")
    return {each["id"]: each for each in map(json.loads, exported(store, "ftm"))}


def test_without_followthemoney_the_message_says_how_to_get_it(store, monkeypatch):
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(QueryError, match=r"pip install 'chiptrace\[ftm\]'"):
        list(exported(store, "ftm"))


def test_followthemoney_has_things_by_their_kind(store):
    found = entities(store)
    schemas = {name: entity["schema"] for name, entity in found.items()}
    assert schemas["entity-deepseek"] == "Company"
    assert schemas["entity-bis"] == "PublicBody"
    assert schemas["place-cn"] == "Territory"
    assert schemas[f"doc-{NEWS.id}"] == "Article"
    assert found["entity-deepseek"]["properties"] == {
        "alias": ["深度求索"],
        "country": ["cn"],
        "name": ["DeepSeek"],
        "sourceUrl": ["https://example.org/facts"],
    }


def test_followthemoney_links_what_is_affirmed_and_nothing_else(store):
    found = entities(store)
    assert f"claim-{DENIES.id}" not in found
    assert f"claim-{BUYS.id}" in found
    assert found[f"claim-{USES.id}"] == {
        "id": f"claim-{USES.id}",
        "schema": "UnknownLink",
        "properties": {
            "date": ["2025-01-31"],
            "object": ["chip-nvidia-h800"],
            "proof": [f"doc-{NEWS.id}"],
            "publisher": ["an official"],
            "recordId": [f"claim:{USES.id}"],
            "role": ["uses"],
            "status": ["reported"],
            "subject": ["entity-deepseek"],
            "summary": ["DeepSeek uses some 2,000 H800s, an official said."],
        },
    }


def test_each_end_of_a_followthemoney_link_is_there(store):
    found = entities(store)
    ends = {"subject", "object", "owner", "asset", "proof"}
    for entity in found.values():
        for name in ends & set(entity["properties"]):
            assert set(entity["properties"][name]) <= set(found)
    assert any("subject" in entity["properties"] for entity in found.values())
