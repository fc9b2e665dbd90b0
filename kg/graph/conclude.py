"""Draws conclusions: what claims together say by the rules of `ontology/inference/`.

A rule is a SELECT that finds `?subject`, `?object` and the claims that make it so, `?premise...`;
its head says which property it concludes. Making the claim is left to this module, because a
CONSTRUCT could neither hash an id, nor multiply confidences, nor join several derivations. Only
affirmed claims count as premises, whatever a rule selects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.claims import Modality
from kg.errors import OntologyError
from kg.graph.literals import node, two_digits
from kg.graph.namespaces import PREFIXES, curie
from kg.graph.rdf import Concluded, concluded_triples
from kg.ontology.headers import read_header

_ROUNDS = 100  # longer than any chain of rules; a rule that makes things up would never end
_MODALITY = node("kg:modality")
_CONFIDENCE = node("kg:confidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One file of `ontology/inference/`.

    Attributes:
        name: The file's name without `.rq`.
        concludes: CURIE of the property that it concludes.
        sparql: The query.
    """

    name: str
    concludes: str
    sparql: str


@dataclass(frozen=True, slots=True, order=True)
class _Derivation:
    """One way to a conclusion: claims that together say it, with how far they can be trusted."""

    premises: tuple[str, ...]
    reported: bool
    confidence: Decimal | None


_Conclusion = tuple[str, str, str, str]  # rule, subject, predicate, object


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """Read all rules of a folder, sorted by name.

    Raises:
        OntologyError: A rule does not say what it concludes, or why.
    """
    return tuple(_read_rule(path) for path in sorted(folder.glob("*.rq")))


def conclude(store: Store, rules: Iterable[Rule]) -> tuple[Concluded, ...]:
    """All that follows from the claims in a store, by the rules, again and again until no more.

    The store must be in memory or writable; it ends up holding the conclusions too. The answer
    does not depend on the order of rules or claims.

    Raises:
        OntologyError: A rule is no query, finds no subject, object or premise, or never ends.
    """
    rules = tuple(rules)
    found: tuple[Concluded, ...] = ()
    added: list[Quad] = []
    for _ in range(_ROUNDS):
        now = _one_round(store, rules)
        if now == found:
            return found
        for quad in added:
            store.remove(quad)
        new = {Quad(*triple) for claim in now for triple in concluded_triples(claim)}
        added = [quad for quad in new if quad not in store]
        store.extend(added)
        found = now
    raise OntologyError(f"ontology/inference/: the rules still conclude after {_ROUNDS} rounds")


def _one_round(store: Store, rules: tuple[Rule, ...]) -> tuple[Concluded, ...]:
    ways: dict[_Conclusion, set[_Derivation]] = defaultdict(set)
    for rule in rules:
        for subject, object, *premises in _select(store, rule):
            if derivation := _derivation(store, premises):
                ends = curie(subject.value), curie(object.value)
                ways[rule.name, ends[0], rule.concludes, ends[1]].add(derivation)
    return tuple(_concluded(what, how) for what, how in sorted(ways.items()))


def _concluded(what: _Conclusion, ways: set[_Derivation]) -> Concluded:
    reported = all(way.reported for way in ways)
    best = [way.confidence for way in ways if way.reported == reported]
    numbers = [number for number in best if number is not None]
    rule, subject, predicate, object = what
    return Concluded(
        rule=rule,
        subject=subject,
        predicate=predicate,
        object=object,
        modality=Modality.REPORTED if reported else Modality.ASSERTED,
        # a way over curated claims alone is as good as those
        confidence=two_digits(max(numbers)) if len(numbers) == len(best) else None,
        premises=tuple(sorted({premise for way in ways for premise in way.premises})),
    )


def _derivation(store: Store, premises: list[NamedNode]) -> _Derivation | None:
    """These claims as one way to a conclusion; None if one of them does not affirm."""
    modalities = {_value(store, premise, _MODALITY) for premise in premises}
    if not modalities <= {"kg:Asserted", "kg:Reported"}:
        return None
    confidences = [_value(store, premise, _CONFIDENCE) for premise in premises]
    numbers = [Decimal(number) for number in confidences if number is not None]
    return _Derivation(
        premises=tuple(sorted(curie(premise.value) for premise in premises)),
        reported="kg:Reported" in modalities,
        confidence=prod(numbers, start=Decimal(1)) if numbers else None,
    )


def _value(store: Store, claim: NamedNode, property: NamedNode) -> str | None:
    for quad in store.quads_for_pattern(claim, property, None, None):
        if isinstance(quad.object, NamedNode | Literal):
            return curie(quad.object.value)
    return None


def _select(store: Store, rule: Rule) -> list[list[NamedNode]]:
    """What a rule finds: subject, object, premises."""
    where = f"ontology/inference/{rule.name}.rq"
    try:
        found = store.query(rule.sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        raise OntologyError(f"{where}: {error}") from error
    if not isinstance(found, QuerySolutions):
        raise OntologyError(f"{where}: is no SELECT")
    names = [variable.value for variable in found.variables]
    if names[:2] != ["subject", "object"] or not names[2:]:
        raise OntologyError(f"{where}: must SELECT ?subject ?object ?premise1 ..., not {names}")
    rows = [[each for each in solution if isinstance(each, NamedNode)] for solution in found]
    if any(len(row) != len(names) for row in rows):
        raise OntologyError(f"{where}: finds something that is no thing and no claim")
    return rows


def _read_rule(path: Path) -> Rule:
    sparql = path.read_text(encoding="utf-8")
    header = read_header(sparql)
    for key in ("concludes", "because", "example"):
        if len(header.get(key, ())) != 1:
            raise OntologyError(f"ontology/inference/{path.name}: needs one line `# {key}: ...`")
    return Rule(name=path.stem, concludes=header["concludes"][0], sparql=sparql)
