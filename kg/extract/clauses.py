"""How clauses hang together: what is said in passing, what is content, what is a condition."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

CONTENT = {"ccomp", "parataxis"}


def is_inverted(token: Token) -> bool:
    """Whether a clause is a condition by its order alone: "Had Tencent bought it, ..."."""
    subject = next((child.i for child in token.lefts if child.dep_.startswith("nsubj")), 0)
    return token.dep_ == "advcl" and any(
        child.dep_.startswith("aux") and child.i < subject for child in token.lefts
    )


def begins_aside(token: Token) -> bool:
    """Whether a word heads a clause that is said in passing: "X, which uses Y, said ..."."""
    return token.dep_ in {"relcl", "appos", "advcl"} or (
        # "plans to buy" is no aside
        token.dep_ == "acl" and not is_infinitive(token) and not is_content(token)
    )


def is_content(token: Token) -> bool:
    """Whether a word heads what somebody says or knows: "said it bought", "evidence that"."""
    if token.dep_ == "acl":
        return any(child.dep_ == "mark" for child in token.lefts)
    return token.dep_ in CONTENT


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands in its base form, as in "plans to buy"."""
    return token.tag_ == "VB"


def joined(token: Token) -> set[str]:
    """The conjunctions by which a word is coordinated with the next."""
    return {child.lower_ for child in token.children if child.dep_ == "cc"}


def innermost(token: Token) -> Iterator[Token]:
    """The objects at the end of a chain of prepositions: "according to a filing"."""
    for child in token.children:
        if child.dep_ in {"pobj", "dobj"}:
            yield child
        elif child.dep_ == "prep":
            yield from innermost(child)


def noun_phrase(head: Token) -> tuple[Token, Token]:
    """First and last word of a noun phrase, without its relative clause or apposition."""
    inside = [head]
    for child in head.children:
        if child.dep_ in {"relcl", "appos", "acl", "punct", "cc", "conj"} and child.i > head.i:
            break
        inside += [child.left_edge, child.right_edge]
    return min(inside, key=lambda token: token.i), max(inside, key=lambda token: token.i)


def is_cut_off(token: Token) -> bool:
    """Whether a semicolon parts a clause from what governs it in the tree."""
    first, last = sorted((token.i, token.head.i))
    return any(between.text == ";" for between in token.doc[first:last])


def is_still_to_come(token: Token) -> bool:
    """Whether a verb says what "is to" happen: "the cards are to be sold"."""
    return (
        token.dep_ == "xcomp"
        and token.head.lemma_ == "be"
        and any(child.dep_ == "aux" and child.tag_ == "TO" for child in token.lefts)
    )


def said_beside(token: Token) -> Iterator[Token]:
    """Verbs put beside a clause without a clause of their own: "it was, she said, bought"."""
    for child in token.children:
        if child.dep_ in CONTENT and not any(each.dep_ in CONTENT for each in child.children):
            yield child
