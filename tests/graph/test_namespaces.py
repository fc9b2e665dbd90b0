"""Short names and full ones."""

import pytest

from kg.errors import QueryError
from kg.graph.namespaces import PREFIXES, curie, iri, prologue


@pytest.mark.parametrize(
    "name", ["chip:nvidia-h20", "kg:usesHardware", "entity:x-摩尔线程", "evidence:0d9f-3-4"]
)
def test_there_and_back_is_the_same(name):
    assert curie(iri(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "https://example.org/",
        PREFIXES["chip"],
        PREFIXES["chip"] + "a/b",
        PREFIXES["chip"] + "a b",
        "nothing",
    ],
)
def test_what_no_prefix_fits_stays_whole(name):
    assert curie(name) == name


def test_an_unknown_prefix_is_refused_with_those_there_are():
    with pytest.raises(QueryError, match=r"no prefix 'chips' in 'chips:a'; there are kg, entity"):
        iri("chips:a")


def test_the_prologue_declares_every_prefix():
    assert prologue().count("PREFIX ") == len(PREFIXES)
    assert "PREFIX chip: <https://w3id.org/chiptrace/chip/>\n" in prologue()
