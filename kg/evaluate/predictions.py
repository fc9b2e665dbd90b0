"""What a reader found in labelled documents, ours or another, in the one shape that is scored."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DocumentError
from kg.ontology.lexicon import Thing
from kg.reading import Reading

_MALFORMED = (KeyError, TypeError, AttributeError, ValueError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A claim that some reader found.

    Attributes:
        subject: The subject's names: the thing's label and the words read, no other alias.
        predicate: Local name of a property.
        object: The object's names, likewise.
        status: `asserted`, `reported`, `denied`, `planned` or `hypothetical`.
        confidence: How far the reader trusts it, 0 to 1; None if it does not say.
        evidence: The sentence it was read in; None if the reader does not say.
    """

    subject: tuple[str, ...]
    predicate: str
    object: tuple[str, ...]
    status: str
    confidence: float | None = None
    evidence: str | None = None


def predictions_of(reading: Reading, things: Mapping[str, Thing]) -> tuple[Prediction, ...]:
    """Our own reader's claims as predictions.

    Args:
        reading: What was read in one document.
        things: The lexicon's things, by CURIE.
    """
    labels = {each.curie: each.label for each in reading.discovered}

    def names(curie: str, words: str) -> tuple[str, ...]:
        return (labels.get(curie) or things[curie].label, words)

    return tuple(
        Prediction(
            subject=names(claim.subject, claim.subject_text),
            predicate=claim.predicate.partition(":")[2],
            object=names(claim.object, claim.object_text),
            status=claim.modality.value,
            confidence=claim.confidence,
            evidence=claim.evidence[0].text,
        )
        for claim in reading.claims
    )


def read_predictions(path: Path) -> dict[str, tuple[Prediction, ...]]:
    """Another reader's claims, by the id of their document.

    Args:
        path: A file of JSON lines, each `{"doc": id, "claims": [{"subject", "subject_aliases",
            "predicate", "object", "object_aliases", "status", "confidence"}]}`; aliases and
            confidence may be left out.

    Raises:
        DocumentError: The file cannot be read; the message names the line.
    """
    found: dict[str, list[Prediction]] = defaultdict(list)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            body = json.loads(line)
            found[str(body["doc"])] += map(_prediction, body["claims"])
        except _MALFORMED as error:
            raise DocumentError(f"{path}: line {number} is no prediction: {error}") from error
    return {doc: tuple(claims) for doc, claims in found.items()}


def _prediction(body: Mapping[str, Any]) -> Prediction:
    confidence = body.get("confidence")
    return Prediction(
        subject=_names(body["subject"], body.get("subject_aliases")),
        predicate=str(body["predicate"]),
        object=_names(body["object"], body.get("object_aliases")),
        status=str(body["status"]),
        confidence=None if confidence is None else min(1.0, max(0.0, float(confidence))),
    )


def _names(name: object, aliases: object) -> tuple[str, ...]:
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"{name!r} is no name")
    if not isinstance(aliases, list | None):
        raise TypeError(f"{aliases!r} should be a list of names")
    return (name, *(str(each) for each in aliases or () if each))
