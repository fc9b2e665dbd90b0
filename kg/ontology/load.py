"""Everything under `ontology/` that reading and building need, opened and checked once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.ontology.cues import Cues, read_cues
from kg.ontology.curated import CuratedClaim, read_curated
from kg.ontology.files import ontology_folder
from kg.ontology.lexicon import Lexicon, read_lexicon
from kg.ontology.terms import Terms, read_terms

_IN_THE_GRAPH = ("core.ttl", "claims.csv", "lexicon/*.csv", "controls/*.csv", "inference/*.rq")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """What we know, in files, as values.

    Attributes:
        folder: Where the files lie.
        terms: Classes and properties.
        lexicon: Things and their names.
        cues: What tells a claim.
        curated: Claims that people keep, with citations.
    """

    folder: Path
    terms: Terms
    lexicon: Lexicon
    cues: Cues
    curated: tuple[CuratedClaim, ...]


def load_ontology(folder: Path | None = None) -> Ontology:
    """Open `ontology/` (or another folder of that shape) and check it all.

    Raises:
        OntologyError: Something in it is wrong; the message names the file, the row and the term.
    """
    folder = folder or ontology_folder()
    terms = read_terms(folder / "core.ttl")
    lexicon = read_lexicon(folder / "lexicon", frozenset(terms.superclasses))
    return Ontology(
        folder=folder,
        terms=terms,
        lexicon=lexicon,
        cues=read_cues(folder / "cues", terms),
        curated=read_curated(folder / "claims.csv", terms, lexicon),
    )


def graph_fingerprint(folder: Path) -> str:
    """Hash of the files that decide what a graph holds besides its readings, 16 hex digits."""
    sha = hashlib.sha256()
    for pattern in _IN_THE_GRAPH:
        for path in sorted(folder.glob(pattern)):
            sha.update(path.relative_to(folder).as_posix().encode() + b"\0")
            sha.update(path.read_bytes() + b"\0")
    return sha.hexdigest()[:16]
