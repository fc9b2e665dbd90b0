"""Everything that reading needs besides a document, prepared once."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language

from kg.extract.gate import Gate
from kg.extract.modality import StanceFinder
from kg.extract.names import NameFinder
from kg.extract.parse import load_language
from kg.extract.phrases import PhraseFinder
from kg.extract.plausible import Plausibility
from kg.extract.relations import RelationFinder
from kg.extract.tables import TableReader
from kg.ontology.load import Ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The prepared stages.

    Attributes:
        ontology: What they all work from.
        names: Finds names.
        gate: Turns away sentences that cannot hold a claim.
        language: Parses sentences.
        relations: Finds who does what.
        phrases: Finds wordings between two names.
        plausibility: Turns away what cannot be meant.
        tables: Reads tables and records.
        stances: Finds how the document stands to it.
    """

    ontology: Ontology
    names: NameFinder
    gate: Gate
    language: Language
    relations: RelationFinder
    phrases: PhraseFinder
    plausibility: Plausibility
    tables: TableReader
    stances: StanceFinder


def prepare(ontology: Ontology) -> Tools:
    """Prepare the stages: about a second, most of it for the parser's weights.

    Raises:
        KGError: The English model is not installed.
    """
    return Tools(
        ontology=ontology,
        names=NameFinder.of(ontology),
        gate=Gate.of(ontology),
        language=load_language(),
        relations=RelationFinder.of(ontology),
        phrases=PhraseFinder.of(ontology),
        plausibility=Plausibility.of(ontology),
        tables=TableReader(ontology),
        stances=StanceFinder.of(ontology.cues),
    )
