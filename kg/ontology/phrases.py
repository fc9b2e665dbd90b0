"""Phrase cues: wordings between two names that tell a property, whatever the grammar."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.ontology.files import Row
from kg.ontology.patterns import compiled, words_of_list
from kg.ontology.terms import Terms

COLUMNS = ("name", "property", "pattern", "example", "claim", "counter")
# Names stand in an encoded sentence as two characters: one of their class, one of their number.
CLASS_BASE, ADJECTIVE_BASE, NUMBER_BASE = 0xE000, 0xE080, 0xE100
NUMBER = "[\ue100-\uf8ff]"
PRONOUN = "\ue0f0"  # the class of a pronoun, which can be any
ANY_CLASS = "\ue000-\ue0ff"
_NEVER_PRONOUNS = {"kg:Country", "kg:GovernmentBody"}
_SLOT = re.compile(r"\{(-?[A-Za-z][a-z-]*)([+*]?)\}")
_AND = (
    r"(?:, (?:and |or |nor )?|; (?:and )?| and | or | nor | & |/"
    r"|,? \(?(?:including|among them|notably) |,? as well as |,? along with |, plus )"
    r"(?:the |its |both |to |an? )*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseCue:
    """A wording in which two names stand.

    Attributes:
        name: The cue's name, which a claim keeps as `found_by`.
        property: CURIE of the property that it tells.
        pattern: The regular expression, over an encoded sentence; its groups `subject` and
            `object` hold the names, and `word`, where there is one, the word whose negation and
            tense are the claim's.
        example: A sentence made for this cue.
        claim: What it must read there: `subject words | kg:property | object words`.
        counter: A sentence near to that one, in which it must read nothing.
    """

    name: str
    property: str
    pattern: re.Pattern[str]
    example: str
    claim: str
    counter: str

    @builtins.property
    def part(self) -> str:
        """What tells the claim: the names alone, or a word, as with a relation cue."""
        return "verb" if "word" in self.pattern.groupindex else "name"


def read_phrase(row: Row, terms: Terms, words: Mapping[str, frozenset[str]]) -> PhraseCue:
    """One row of `cues/phrases.csv`.

    In a pattern `{S}` and `{O}` stand for a name of the property's domain and range, `{A}` for an
    adjective of the range ("Chinese"), `{S+}` for a list of names, `{S*}` for all names up to the
    end, `{-S}` for any character but a name of the domain, `{N}` for any name, `{chip-nouns}` for
    any word of that list; `(?P<word>...)` marks the word that carries negation and tense.

    Raises:
        OntologyError: The row is wrong.
    """
    found = terms.properties.get(row["property"])
    if found is None:
        raise row.error(f"no property {row['property']}")
    if not row["example"] or row["claim"].count("|") != 2:
        raise row.error("needs an example and the claim it makes: subject | kg:property | object")
    if not row["counter"]:
        raise row.error("needs a counter-example, in which it reads nothing")
    slots = {
        "S": ("subject", class_chars(terms, found.domain, CLASS_BASE)),
        "O": ("object", class_chars(terms, found.range, CLASS_BASE)),
        "A": ("object", class_chars(terms, found.range, ADJECTIVE_BASE)),
    }
    return PhraseCue(
        name=row["name"],
        property=row["property"],
        pattern=_pattern(row, slots, words),
        example=row["example"],
        claim=row["claim"],
        counter=row["counter"],
    )


def _pattern(
    row: Row, slots: Mapping[str, tuple[str, str]], words: Mapping[str, frozenset[str]]
) -> re.Pattern[str]:
    def filled(slot: re.Match[str]) -> str:
        name = slot[1]
        if name == "N":
            return f"[{ANY_CLASS}]{NUMBER}"
        if name.removeprefix("-") in slots:
            return _slot(slots, name, slot[2])
        return words_of_list(row, name, words)

    pattern = compiled(row, _SLOT.sub(filled, row["pattern"]), re.IGNORECASE)
    if not {"subject", "object"} <= set(pattern.groupindex):
        raise row.error("needs a place for the subject, {S}, and for the object, {O} or {A}")
    return pattern


def _slot(slots: Mapping[str, tuple[str, str]], name: str, many: str) -> str:
    """The pattern of one slot: a name, a list of names, or what is none of them."""
    group, chars = slots[name.removeprefix("-")]
    if name.startswith("-"):
        return f"(?:(?![{chars}])[^;])"
    one = f"[{chars}]{NUMBER}"
    inner = {"": one, "+": f"{one}(?:{_AND}{one})*", "*": "[^.;]+"}[many]
    return f"(?P<{group}>{inner})"


def class_chars(terms: Terms, wanted: str, base: int) -> str:
    """The characters that stand for names of a class and of all classes under it."""
    fitting = [class_char(terms, cls, base) for cls in _numbered(terms) if terms.is_a(cls, wanted)]
    named_only = base == ADJECTIVE_BASE or wanted in _NEVER_PRONOUNS
    return "".join(fitting if named_only else [*fitting, PRONOUN])


def class_char(terms: Terms, cls: str, base: int) -> str:
    """The character that stands for names of one class."""
    return chr(base + list(_numbered(terms)).index(cls))


def _numbered(terms: Terms) -> Iterable[str]:
    return sorted(terms.superclasses)
