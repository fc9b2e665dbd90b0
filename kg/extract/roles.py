"""Who stands in which role to a word: agent, patient, owner, or the object of a preposition.

Voice, relative clauses, participles, control and coordination are undone here once, so that a cue
says `agent` and `patient` and need not know how a sentence turns them. Roles of a

* verb: `agent` (who does it), `patient` (what it is done to), `using` (the object of "using"),
  and each preposition by its word (`to`, `on`, `under`, `despite`; "sold X chips" has `to` X);
* noun or adjective: `is` (what is said to be one), `owner` ("Nvidia's"), `poss` (the owner, or a
  name put before it, as in "Huawei subsidiary"), `mod` (its modifiers), and each preposition;
* name: as a noun, and `self`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from spacy.tokens import Token

from kg.extract.months import MONTHS

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_PREPOSITIONS = {"prep", "agent", "dative"}
_DEPTH = 4  # how many clauses up a shared subject is looked for


def fill(token: Token, role: str) -> list[Token]:
    """The tokens that stand in a role to a token, likeliest first, coordination not expanded."""
    found = _ROLES[role](token) if role in _ROLES else _after_preposition(token, role)
    return list(dict.fromkeys(found))


def with_conjuncts(token: Token) -> list[Token]:
    """The token and all that are coordinated with it to its right."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj":
            found += with_conjuncts(child)
    return found


def is_passive(verb: Token) -> bool:
    """Whether a verb or participle is in the passive voice."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in {"acl", "amod", "advcl"}:
        return not any(child.dep_ in {"aux", "dobj"} for child in verb.children)
    return verb.dep_ == "conj" and not _has_own_subject(verb) and is_passive(verb.head)


def subjects(verb: Token, depth: int = _DEPTH) -> Iterator[Token]:
    """The grammatical subjects of a verb, its own or the ones it shares."""
    own = [child for child in verb.children if child.dep_ in _SUBJECTS]
    for child in own:
        yield _antecedent(verb) if _is_relative(child, verb) else child
    if own or depth == 0:
        return
    head = verb.head
    if verb.dep_ in {"conj", "advcl"}:
        yield from subjects(head, depth - 1)
    elif verb.dep_ in {"xcomp", "ccomp"} and head.pos_ in {"VERB", "AUX", "ADJ"}:
        yield from _controllers(head, depth)
    elif verb.dep_ == "acl":
        yield from _participle_subjects(verb, depth)
    elif verb.dep_ == "pcomp":
        yield from _controllers(head.head, depth)


def _controllers(head: Token, depth: int) -> Iterator[Token]:
    """Whose action a complement is: "asked X to make" is X's, "plans to buy" the planner's."""
    if not is_passive(head):
        yield from (child for child in head.children if child.dep_ == "dobj" and child.i > head.i)
    if head.pos_ in {"NOUN", "PROPN"}:
        yield from _owners(head)
        yield from subjects(_verb_above(head), depth - 1)
    else:
        yield from subjects(head if head.pos_ != "ADJ" else head.head, depth - 1)


def _participle_subjects(verb: Token, depth: int) -> Iterator[Token]:
    """Of "using" in "a model using chips": the model, and whoever acts on the model."""
    noun = verb.head
    yield from _owners(noun)
    if not is_passive(verb):
        yield from (noun,) if verb.tag_ == "VBG" else ()
        yield from subjects(_verb_above(noun), depth - 1)
    yield noun


def _verb_above(token: Token) -> Token:
    for above in token.ancestors:
        if above.pos_ in {"VERB", "AUX"}:
            return above
    return token


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS for child in verb.children)


def _antecedent(verb: Token) -> Token:
    """What a relative clause is about: of "the rule of 7 October 2022, which ..." the rule."""
    noun = verb.head
    while noun.dep_ in {"pobj", "nummod", "npadvmod"} and (noun.pos_ == "NUM" or _is_month(noun)):
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun


def _is_month(token: Token) -> bool:
    return token.shape_[:1] == "X" and token.lower_[:3] in MONTHS and len(token) > 2


def _is_relative(token: Token, verb: Token) -> bool:
    return verb.dep_ == "relcl" and token.tag_ in {"WDT", "WP", "IN"}


def _agents(verb: Token) -> Iterator[Token]:
    if verb.pos_ in {"NOUN", "PROPN"}:
        # "its use of the chips", "purchases by Tencent"
        yield from _owners(verb)
        yield from _after_preposition(verb, "by")
        return
    if not is_passive(verb):
        yield from subjects(verb)
        return
    yield from _after_preposition(verb, "by")
    if verb.dep_ in {"amod", "acl"}:
        # "the SMIC-made chip"
        yield from (child for child in verb.lefts if child.dep_ in {"npadvmod", "compound", "nmod"})
        yield from (child for child in verb.lefts if child.dep_ in {"advmod", "amod", "nsubj"})


def _patients(verb: Token) -> Iterator[Token]:
    if verb.pos_ in {"NOUN", "PROPN"}:
        yield from _after_preposition(verb, "of")
        yield from (child for child in verb.lefts if child.dep_ in {"compound", "amod", "nmod"})
    elif is_passive(verb):
        yield from (verb.head,) if verb.dep_ in {"acl", "amod"} else ()
        yield from subjects(verb)
    else:
        yield from _objects(verb)


def _objects(verb: Token) -> Iterator[Token]:
    own = [child for child in verb.children if child.dep_ in {"dobj", "attr", "oprd"}]
    for child in own:
        yield _antecedent(verb) if _is_relative(child, verb) else child
    if own:
        return
    if verb.dep_ == "relcl" and not any(_is_relative(child, verb) for child in verb.children):
        # "the chips Nvidia sells"
        yield _antecedent(verb)
    # "designs and sells the H20"
    for child in verb.rights:
        if child.dep_ == "conj" and not _has_own_subject(child):
            yield from _patients(child)


def _using(verb: Token) -> Iterator[Token]:
    holders = [verb, *(child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"})]
    for holder in holders:
        for child in holder.children:
            if child.tag_ == "VBG" and child.lemma_ == "use":
                yield from _patients(child)


def _after_preposition(token: Token, word: str) -> Iterator[Token]:
    """Objects of a preposition that hangs on the token, or on its object, as in "a model on"."""
    if word == "to":
        yield from (
            child for child in token.rights if child.dep_ == "dative" and child.pos_ != "ADP"
        )
    yield from _prepositional(token, word, depth=2)
    for child in token.children:
        if child.dep_ in {"dobj", "nsubjpass", "attr", "oprd", "acomp"}:
            yield from _prepositional(child, word, depth=3)


def _prepositional(token: Token, word: str, depth: int) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ not in _PREPOSITIONS or child.pos_ not in {"ADP", "SCONJ", "VERB"}:
            continue
        objects = [each for each in child.children if each.dep_ in {"pobj", "pcomp"}]
        for each in objects:
            if child.lower_ == word:
                yield each
            elif depth > 1:
                yield from _prepositional(each, word, depth - 1)


def _is(token: Token) -> Iterator[Token]:
    """What is said to be the token: "X is a unit", "X, a unit", "unit X", "X, subject to"."""
    head = token.head
    if token.dep_ in {"attr", "acomp", "oprd"}:
        yield from subjects(head)
    elif token.dep_ in {"appos", "amod", "acl", "relcl"} or token.dep_ in {"compound", "nmod"}:
        yield head
    elif token.dep_ == "conj":
        yield from _is(head)
    elif token.dep_ == "pobj" and head.lower_ == "as":
        verb = head.head
        yield from _patients(verb) if not is_passive(verb) else subjects(verb)
        yield from subjects(verb)
    elif token.dep_ == "advcl":
        yield from subjects(head)
    yield from (child for child in token.rights if child.dep_ == "appos")


def _modifiers(token: Token) -> Iterator[Token]:
    """Words before a noun, and before those: both words of "Chinese AI lab Zhipu"."""
    for child in token.lefts:
        if child.dep_ in {"amod", "compound", "nmod", "nummod"}:
            yield child
            yield from _modifiers(child)


def _owners(token: Token) -> Iterator[Token]:
    yield from (child for child in token.children if child.dep_ == "poss")
    yield from (child for child in token.lefts if child.dep_ in {"compound", "nmod"})
    if token.dep_ in {"compound", "nmod", "appos"}:
        # "Huawei subsidiary HiSilicon": both hang on the last name
        yield from (
            child
            for child in token.head.lefts
            if child.i < token.i and child.dep_ in {"compound", "nmod", "poss"}
        )


_ROLES: Mapping[str, Callable[[Token], Iterable[Token]]] = {
    "self": lambda token: (token,),
    "agent": _agents,
    "patient": _patients,
    "using": _using,
    "is": _is,
    "owner": lambda token: (child for child in token.children if child.dep_ == "poss"),
    "poss": _owners,
    "mod": _modifiers,
}
