"""Whatever a person types for a thing will do."""

import pytest
from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph.find import find_thing
from tests.graph.small import small_store


@pytest.fixture(scope="module")
def store() -> Store:
    return small_store()


@pytest.mark.parametrize(
    "words",
    [
        "chip:nvidia-h20",
        "nvidia-h20",
        "https://w3id.org/chiptrace/chip/nvidia-h20",
        "Nvidia H20",
        "NVIDIA h20",
        "h20",
        " H20 ",
    ],
)
def test_an_id_a_label_or_an_alias_in_any_case_finds_the_thing(store, words):
    assert find_thing(store, words, "kg:Chip") == "chip:nvidia-h20"


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("深度求索", "entity:deepseek"),
        ("chinese", "place:cn"),
        ("export curbs", "rule:controls"),
        ("yottaverse", "entity:x-yottaverse"),
    ],
)
def test_any_kind_of_thing_is_found_by_any_kind_of_name(store, words, thing):
    assert find_thing(store, words) == thing


def test_a_class_may_be_that_of_the_family_or_above(store):
    assert find_thing(store, "hopper", "kg:Chip") == "chip:nvidia-hopper-family"
    assert find_thing(store, "deepseek", "kg:Entity") == "entity:deepseek"


def test_an_ambiguous_name_gets_the_choices_unless_the_class_settles_it(store):
    with pytest.raises(QueryError) as caught:
        find_thing(store, "v3")
    assert str(caught.value) == (
        "'v3' may mean chip:nvidia-h800-sxm (Nvidia H800 SXM), model:deepseek-v3 (DeepSeek-V3): "
        "say which, by its id"
    )
    assert find_thing(store, "v3", "kg:AIModel") == "model:deepseek-v3"


@pytest.mark.parametrize(
    ("words", "kind", "message"),
    [
        ("H21", "kg:Chip", "no kg:Chip 'H21' in this graph; did you mean H20?"),
        ("chip:zzz", "kg:Chip", "no kg:Chip 'chip:zzz' in this graph"),
        ("", "kg:Chip", "no kg:Chip '' in this graph"),
        ('x" } #', "rdfs:Resource", "no thing 'x\" } #' in this graph"),
        ("uses hardware", "rdfs:Resource", "no thing 'uses hardware' in this graph"),
        (
            "nvidia",
            "kg:Chip",
            "'nvidia' is entity:nvidia, a kg:Company and kg:Entity and kg:Organisation; "
            "wanted is a kg:Chip",
        ),
    ],
)
def test_what_means_nothing_is_one_line_with_what_is_near(store, words, kind, message):
    with pytest.raises(QueryError) as caught:
        find_thing(store, words, kind)
    assert str(caught.value) == message
