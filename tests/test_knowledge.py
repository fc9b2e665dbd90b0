"""Knowledge stands in files, mechanism in code: no name, code or cue word is a literal in `kg/`.

What is looked for, in every string literal outside docstrings:

* anywhere in `kg/`: a label or alias of the lexicon, as a whole word (single characters aside),
  and anything with the shape of an ECCN;
* in `kg/extract/`, where cues are at work: a literal that is a word of `ontology/cues/`.

Not looked for: cue words outside `kg/extract/`, because "source" and "may" are words of our own
messages and columns; and in it the words of `GRAMMAR`, each with its reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kg.extract.roles import _ROLES
from kg.ontology.cues import KINDS, PARTS
from kg.ontology.lexicon import FORMS
from kg.ontology.load import load_ontology

KG = Path(__file__).parent.parent / "kg"
FILES = sorted(KG.rglob("*.py"))
GRAMMAR = {
    "or nor": "a negation reaches over these conjunctions: grammar, not subject matter",
    "by from of as to": "prepositions that make a role: the passive's agent, a measure's object",
    "use": "the participle behind the role `using`",
    "i": "the one single letter that is a word and no initial",
    "jan feb mar apr may jun jul aug sep oct nov dec": "the calendar",
    "chip rule model entity": "prefixes of ids",
    "named": "how an argument was found",
    "be": "the verb of what is to happen",
    "subject": "the ends of a claim, as the groups of a phrase cue are called",
}
ALLOWED = {word for words in GRAMMAR for word in words.split()} | set(KINDS) | set(PARTS)
ALLOWED |= set(_ROLES) | set(FORMS)


def literals(tree: ast.AST) -> Iterator[str]:
    """Every string literal of a file that is no docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            if isinstance(node.value, str):
                yield node.value
            elif isinstance(node.value, bytes):
                yield node.value.decode("latin-1")


@cache
def names() -> re.Pattern[str]:
    texts = {alias.text for alias in load_ontology().lexicon.aliases if len(alias.text) > 1}
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@cache
def cue_words() -> frozenset[str]:
    cues = load_ontology().cues
    words = {word for cue in cues.relations for word in cue.triggers}
    words |= {word for cue in cues.modalities for word in cue.words}
    words |= {word for them in cues.words.values() for word in them if not word.startswith("kg:")}
    return frozenset(word for word in words if word.isalpha()) - ALLOWED


def known(tree: ast.AST, *, cues_too: bool) -> list[str]:
    """What a file's literals know that belongs into `ontology/`."""
    found: list[str] = []
    for literal in literals(tree):
        found += names().findall(literal)
        found += re.findall(r"\b\d[A-E]\d{3}\b", literal)
        if cues_too and literal in cue_words():
            found.append(literal)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(KG)))
def test_no_literal_knows_the_subject(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert known(tree, cues_too="extract" in path.relative_to(KG).parts) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('if name == "Huawei": pass', ["Huawei"]),
        ('name = f"the {x} H20 of {y}"', ["H20"]),
        ('rules = {"Entity List"}', ["Entity List"]),
        ('code = "see 3A991.p"', ["3A991"]),
        ('words = ("腾讯", "x")', ["腾讯"]),
        ('data = b"Nvidia"', ["Nvidia"]),
        ('if token.lemma_ == "smuggle": pass', ["smuggle"]),
        ('SAYING = {"say", "tell"}', ["say", "tell"]),
        ('def f():\n    """Of "Nvidia\'s H20": both."""', []),
        ("x = 1  # Huawei", []),
        ('role = "agent"', []),
        ('message = "kg:Chip is no class"', []),
    ],
)
def test_a_literal_that_knows_is_seen(line: str, found: list[str]) -> None:
    assert known(ast.parse(line), cues_too=True) == found


def test_no_exclusion_outlives_its_use() -> None:
    """Every word of `GRAMMAR` is a literal of `kg/extract/`; one that is not must go."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (KG / "extract").glob("*.py")]
    used = {literal for tree in trees for literal in literals(tree)}
    assert sorted({word for words in GRAMMAR for word in words.split()} - used) == []
