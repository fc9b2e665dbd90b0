"""One reader over a folder of labelled documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kg.errors import DocumentError
from kg.evaluate.annotated import Annotated, read_annotated
from kg.evaluate.calibration import calibrate
from kg.evaluate.evaluation import Evaluation
from kg.evaluate.mentions import MentionScore, names_of_things, score_mentions
from kg.evaluate.names import NameFolder
from kg.evaluate.predictions import Prediction, predictions_of, read_predictions
from kg.evaluate.score import Kind, score
from kg.extract.prepare import prepare
from kg.ontology.load import Ontology, load_ontology
from kg.pipeline import read_claims

Progress = Callable[[int, int], None]


def evaluate(
    folder: Path, predictions: Path | None = None, progress: Progress = lambda done, all_: None
) -> Evaluation:
    """Read every labelled document of a folder, and compare.

    Args:
        folder: Labelled documents, one a `.json` file.
        predictions: Another reader's claims, to be judged instead of ours; None for ours.
        progress: Is told how many documents are done, and of how many.

    Raises:
        DocumentError: A document or the predictions are malformed, or name unknown documents.
    """
    ontology = load_ontology()
    documents = read_annotated(folder)
    _check_predicates(documents, ontology)
    mentions: dict[str, MentionScore] = {}
    if predictions is not None:
        found = _of_another(predictions, documents)
    else:
        found, mentions = _of_ours(documents, ontology, progress)
    return _judge(documents, found, mentions, NameFolder.of(ontology.cues.words))


def _check_predicates(documents: Sequence[Annotated], ontology: Ontology) -> None:
    known = {name.partition(":")[2] for name in ontology.terms.properties}
    for each in documents:
        for label in (*each.claims, *each.optional):
            if label.predicate not in known:
                raise DocumentError(
                    f"{each.document.identifier}: {label.predicate!r} is none of the properties "
                    f"{', '.join(sorted(known))}"
                )


def _of_another(path: Path, documents: Sequence[Annotated]) -> dict[str, tuple[Prediction, ...]]:
    found = read_predictions(path)
    known = {each.document.identifier for each in documents}
    if strangers := sorted(set(found) - known):
        raise DocumentError(f"{path}: speaks of {strangers[0]}, which is not among the documents")
    return found


def _of_ours(
    documents: Sequence[Annotated], ontology: Ontology, progress: Progress
) -> tuple[dict[str, tuple[Prediction, ...]], dict[str, MentionScore]]:
    tools, names = prepare(ontology), NameFolder.of(ontology.cues.words)
    called = names_of_things(ontology.lexicon)
    found: dict[str, tuple[Prediction, ...]] = {}
    mentions: dict[str, MentionScore] = {}
    for done, each in enumerate(documents):
        progress(done, len(documents))
        reading = read_claims(each.document, tools)
        found[each.document.identifier] = predictions_of(reading, ontology.lexicon.things)
        for type_, own in score_mentions(each, reading, called, names).items():
            mentions[type_] = mentions.get(type_, MentionScore()) + own
    return found, mentions


def _judge(
    documents: tuple[Annotated, ...],
    found: Mapping[str, tuple[Prediction, ...]],
    mentions: Mapping[str, MentionScore],
    names: NameFolder,
) -> Evaluation:
    triples, with_status = (
        tuple(
            outcome
            for each in documents
            for outcome in score(
                each, found.get(each.document.identifier, ()), names, with_status=strict
            )
        )
        for strict in (False, True)
    )
    return Evaluation(
        documents=documents,
        triples=triples,
        with_status=with_status,
        mentions=dict(sorted(mentions.items())),
        calibration=calibrate(
            (outcome.found.confidence, outcome.kind is Kind.HIT)
            for outcome in with_status
            if outcome.kind in {Kind.HIT, Kind.MADE_UP}
            and outcome.found
            and outcome.found.confidence is not None
        ),
    )
