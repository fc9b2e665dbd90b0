"""Where a pronoun looks in its own sentence, and what it can never mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Token

from kg.extract.anaphora import candidates_above, partners
from kg.extract.prepare import Tools
from kg.reading import Reading

Read = Callable[..., Reading]


def pronoun(text: str, tools: Tools) -> Token:
    """The last pronoun of a sentence."""
    return [each for each in tools.language(text) if each.lower_ in {"it", "its", "them"}][-1]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Huawei said that it bought the parts.", ["Huawei"]),
        ("Huawei sells its chips.", ["Huawei"]),
        ("Micron supplies it.", []),
        ("Huawei said that Micron supplies it.", ["Huawei"]),
        ("It bought the parts that Huawei sells.", []),
    ],
)
def test_a_pronoun_looks_to_the_clause_above_it(text: str, meant: list[str], tools: Tools) -> None:
    assert [each.text for each in candidates_above(pronoun(text, tools))] == meant


def test_the_others_under_its_verb_are_no_pronoun_s_meaning(tools: Tools) -> None:
    beside = partners(pronoun("Micron and Samsung supply it.", tools))
    assert [each.text for each in beside] == ["Micron", "Samsung"]


def test_a_possessive_has_no_partners(tools: Tools) -> None:
    assert partners(pronoun("Huawei sells its chips.", tools)) == []


def test_who_supplies_it_is_not_it(read: Read) -> None:
    claims = read("Huawei grew. Micron sold it servers with H20s.").claims
    assert {claim.subject for claim in claims if claim.predicate == "kg:purchases"} <= {
        "entity:huawei"
    }
