"""Where in its own sentence a pronoun looks for what it means.

A pronoun takes the subject of the clause above it ("Huawei said that it bought"), a possessive
that of its own clause ("Huawei sells its chips"), and never what its own verb acts with: in "Micron
supplies it" the pronoun is not Micron (Chomsky's binding principle B).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.roles import with_conjuncts

_SUBJECTS = {"nsubj", "nsubjpass"}
_OBJECTS = {"dobj", "dative", "pobj", "attr", "oprd"}


def candidates_above(pronoun: Token) -> Iterator[Token]:
    """Names that a pronoun may mean, likeliest first, all of them to its left."""
    noun = pronoun.head
    if pronoun.dep_ == "poss" and noun.dep_ == "conj":
        yield noun.head
    barred = {token.i for token in partners(pronoun)}
    for verb in _clauses_above(pronoun):
        for subject in _subjects_of(verb):
            if subject.i < pronoun.i and subject.i not in barred:
                yield subject


def partners(pronoun: Token) -> list[Token]:
    """What stands with a pronoun under the same verb, and so is something else."""
    if pronoun.dep_ == "poss":
        return []
    verb = next((each for each in pronoun.ancestors if each.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return []
    beside = [
        child
        for child in verb.children
        if child.dep_ in _SUBJECTS | _OBJECTS and child.i != pronoun.i
    ]
    return [each for child in beside for each in with_conjuncts(child)]


def _clauses_above(token: Token) -> Iterator[Token]:
    """The verbs above a token, nearest first; each with the clauses that stand before it."""
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            yield above
            yield from (
                child for child in above.lefts if child.dep_ == "advcl" and child.i < token.i
            )


def _subjects_of(verb: Token) -> Iterator[Token]:
    yield from (child for child in verb.lefts if child.dep_ in _SUBJECTS)
