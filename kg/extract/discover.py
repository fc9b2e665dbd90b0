"""Things that the lexicon lacks, made from the names that documents give them."""

from __future__ import annotations

import re
import unicodedata

from kg.ontology.lexicon import Thing
from kg.text import Document

_PREFIX_OF = {"kg:Chip": "chip", "kg:ChipFamily": "chip", "kg:Rule": "rule", "kg:AIModel": "model"}


def slugged(name: str) -> str:
    """A name as the end of an id: letters and digits of any script, joined by hyphens."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "unnamed"


def discover(name: str, cls: str, document: Document, placeholders: frozenset[str]) -> Thing:
    """A thing that the lexicon lacks, made from its name.

    A proper name has one id over all documents; a placeholder ("Customer A") and a measure that is
    only described ("the April rule") have one for each document, so that the customers of two
    filings never merge.

    Args:
        name: The words that name it.
        cls: CURIE of its class.
        document: The document that names it.
        placeholders: Nouns that with a letter or number stand for a name withheld.
    """
    slug = slugged(name)
    noun, _, tag = slug.rpartition("-")
    last = name.rpartition(" ")[2]
    described = cls == "kg:Rule" and last.isalpha() and last.islower()
    if described or (noun in placeholders and (len(tag) == 1 or tag.isdigit())):
        slug = f"{document.id}-{slug}"
    prefix = _PREFIX_OF.get(cls, "entity")
    return Thing(curie=f"{prefix}:x-{slug}", label=name, cls=cls, discovered=True)
