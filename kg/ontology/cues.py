"""The cues by which claims are read: words and roles, each with the sentence it was made for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.ontology import columns, kinds, phrases
from kg.ontology.columns import ColumnCue, Heading, read_column, read_heading
from kg.ontology.files import Row, read_table, unique
from kg.ontology.kinds import KindClue, read_clue
from kg.ontology.patterns import compiled
from kg.ontology.phrases import PhraseCue, read_phrase
from kg.ontology.terms import Terms

PARTS = ("verb", "noun", "adjective", "name")
KINDS = (
    "negation",
    "modal",
    "marker",
    "governor",
    "outcome",
    "verdict",
    "adverb",
    "source",
    "question",
)
STATUSES = ("asserted", "reported", "denied", "planned", "hypothetical")
LISTS = (  # the lists of words that code looks into by name
    *("abbreviations", "background-properties", "banning-cues", "body-name-heads", "chip-nouns"),
    *("cell-denied", "cell-hypothetical", "cell-none", "cell-planned", "cell-reported"),
    *("cities", "company-endings", "company-forms", "company-nouns", "compound-endings"),
    *("counted-properties", "definite-words", "ending-prepositions", "first-persons"),
    *("government-nouns", "home-country", "legal-forms", "majority-properties", "model-nouns"),
    *("name-head-modifiers", "name-heads", "never-alone", "never-by-government"),
    *("never-by-known-government", "never-from-government", "never-names"),
    *("of-name-heads", "opening-words", "pairing-words"),
    *(
        "place-compounds",
        "place-prepositions",
        "placeholder-nouns",
        "plural-words",
        "person-titles",
        "given-names",
        "trade-nouns",
        "possessive-cues",
        "pronouns",
    ),
    *("rule-name-heads", "rule-nouns", "sentence-starters", "stand-ins", "starting-prepositions"),
    "transparent-nouns",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationCue:
    """Words that join two things, and the roles in which they stand to those words.

    Attributes:
        name: The cue's name, which a claim keeps as `found_by`.
        property: CURIE of the property that it tells.
        part: `verb`, `noun`, `adjective`, or `name` (the name itself is the trigger).
        triggers: Base forms of the words, and irregular forms; empty for `name`.
        subject: Roles in which the subject may stand (`kg/extract/roles.py` lists them).
        object: Roles in which the object may stand.
        involves: Roles in which the chip that changes hands may stand; empty for none.
        requires: Roles one of which must be filled by a word of a list, or by something of a class
            that the list names; each is a role and the list's name in `words.csv`. Empty for no
            such need.
        example: A sentence made for this cue.
        claim: What it must read there: `subject words | kg:property | object words`.
        counter: A sentence near to that one, in which it must read nothing.
    """

    name: str
    property: str
    part: str
    triggers: frozenset[str]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    involves: tuple[str, ...]
    requires: tuple[tuple[str, str], ...]
    example: str
    claim: str
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityCue:
    """Words that say how a document stands to a claim.

    Attributes:
        name: The cue's name.
        kind: Where the words stand to the claim's own words: one of `KINDS`.
        modality: What they make of it: one of `STATUSES`.
        words: Base forms of the words.
        example: A sentence made for this cue.
        claim: What it must read there: `subject words | kg:property | object words | modality`.
    """

    name: str
    kind: str
    modality: str
    words: frozenset[str]
    example: str
    claim: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePattern:
    """A shape of name that needs no row of its own: an ECCN, a CFR section, a named act.

    Attributes:
        name: The pattern's name.
        cls: CURIE of the class of what it names.
        pattern: The regular expression; its group `name`, where there is one, is the name.
        example: Words that it must match, whole.
    """

    name: str
    cls: str
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All cues, as one value.

    Attributes:
        relations: What tells a property.
        modalities: What tells a modality or a speaker.
        codes: Shapes of names.
        kinds: Clues to the kind of an unknown name.
        phrases: Wordings between two names that tell a property.
        headings: What stands under which headings of a table.
        columns: Two columns of a table that tell a property.
        words: Named lists of words, such as `chip-nouns`.
        masks: The plain word that the parser sees for a name of each class.
        weights: How much each feature of a claim counts for its confidence.
    """

    relations: tuple[RelationCue, ...]
    modalities: tuple[ModalityCue, ...]
    codes: tuple[CodePattern, ...]
    kinds: tuple[KindClue, ...]
    phrases: tuple[PhraseCue, ...]
    headings: tuple[Heading, ...]
    columns: tuple[ColumnCue, ...]
    words: dict[str, frozenset[str]]
    masks: dict[str, str]
    weights: dict[str, float]


def read_cues(folder: Path, terms: Terms) -> Cues:
    """Read `cues/*.csv`.

    Raises:
        OntologyError: A row is wrong; the message names file and row.
    """
    words = {
        row["name"]: frozenset(row.words("words")) for row in _rows(folder / "words.csv", _WORDS)
    }
    if missing := [name for name in LISTS if name not in words]:
        raise OntologyError(f"ontology/cues/words.csv: no list {missing[0]!r}, which reading needs")
    headings = tuple(
        read_heading(row, terms) for row in _rows(folder / "headings.csv", columns.HEADINGS)
    )
    roles = {heading.role for heading in headings}
    return Cues(
        relations=tuple(
            _relation(row, terms, words) for row in _rows(folder / "relations.csv", _RELATIONS)
        ),
        modalities=tuple(_modality(row) for row in _rows(folder / "modality.csv", _MODALITIES)),
        codes=tuple(_code(row, terms) for row in _rows(folder / "codes.csv", _CODES)),
        kinds=tuple(
            read_clue(row, terms, words) for row in _rows(folder / "kinds.csv", kinds.COLUMNS)
        ),
        phrases=tuple(
            read_phrase(row, terms, words) for row in _rows(folder / "phrases.csv", phrases.COLUMNS)
        ),
        headings=headings,
        columns=tuple(
            read_column(row, terms, roles) for row in _rows(folder / "columns.csv", columns.COLUMNS)
        ),
        words=words,
        masks=dict(_mask(row, terms) for row in _rows(folder / "masks.csv", _MASKS)),
        weights={
            row["feature"]: _weight(row) for row in _rows(folder / "confidence.csv", _WEIGHTS)
        },
    )


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    return unique(read_table(path, columns), columns[0])


_HEAVIEST = 10.0  # a feature that makes a claim ten times as likely is a slip of the pen
_RELATIONS = (
    *("name", "property", "part", "triggers", "subject", "object", "involves"),
    *("requires", "example", "claim", "counter"),
)
_MODALITIES = ("name", "kind", "modality", "words", "example", "claim")
_CODES = ("name", "class", "pattern", "example")
_WORDS = ("name", "words", "comment")
_MASKS = ("class", "word", "comment")
_WEIGHTS = ("feature", "weight", "comment")


def _relation(row: Row, terms: Terms, words: Mapping[str, frozenset[str]]) -> RelationCue:
    if row["property"] not in terms.properties:
        raise row.error(
            f"no property {row['property']}; there are {', '.join(sorted(terms.properties))}"
        )
    if row["part"] not in PARTS:
        raise row.error(f"part is {row['part']!r}, not one of {', '.join(PARTS)}")
    if row["part"] != "name" and not row.words("triggers"):
        raise row.error(f"a {row['part']} needs triggers")
    if not row.words("subject") or not row.words("object"):
        raise row.error("needs a role for the subject and one for the object")
    if not row["example"] or row["claim"].count("|") != 2:
        raise row.error("needs an example and the claim it makes: subject | kg:property | object")
    if not row["counter"]:
        raise row.error("needs a counter-example, in which it reads nothing")
    return RelationCue(
        name=row["name"],
        property=row["property"],
        part=row["part"],
        triggers=frozenset(row.words("triggers")),
        subject=row.words("subject"),
        object=row.words("object"),
        involves=row.words("involves"),
        requires=tuple(_requirement(row, need, words) for need in row.words("requires")),
        example=row["example"],
        claim=row["claim"],
        counter=row["counter"],
    )


def _requirement(row: Row, need: str, words: Mapping[str, frozenset[str]]) -> tuple[str, str]:
    role, colon, name = need.partition(":")
    if not colon:
        raise row.error(f"{need!r} is no requirement; write ROLE:LIST, as in patient:chip-nouns")
    if name not in words:
        raise row.error(f"requires the list {name!r}, which words.csv does not have")
    return role, name


def _modality(row: Row) -> ModalityCue:
    if row["kind"] not in KINDS:
        raise row.error(f"kind is {row['kind']!r}, not one of {', '.join(KINDS)}")
    if row["modality"] not in STATUSES:
        raise row.error(f"modality is {row['modality']!r}, not one of {', '.join(STATUSES)}")
    if not row["example"] or row["claim"].count("|") != 3:
        raise row.error("needs an example and its claim: subject | kg:property | object | modality")
    return ModalityCue(
        name=row["name"],
        kind=row["kind"],
        modality=row["modality"],
        words=frozenset(row.words("words")),
        example=row["example"],
        claim=row["claim"],
    )


def _code(row: Row, terms: Terms) -> CodePattern:
    if row["class"] not in terms.superclasses:
        raise row.error(f"no class {row['class']}")
    pattern = compiled(row, row["pattern"])
    if not pattern.search(row["example"]):
        raise row.error(f"the pattern does not match its own example {row['example']!r}")
    return CodePattern(name=row["name"], cls=row["class"], pattern=pattern, example=row["example"])


def _mask(row: Row, terms: Terms) -> tuple[str, str]:
    if row["class"] not in terms.superclasses:
        raise row.error(f"no class {row['class']}")
    return row["class"], row["word"]


def _weight(row: Row) -> float:
    try:
        weight = float(row["weight"])
    except ValueError as error:
        raise row.error(f"{row['weight']!r} is no number") from error
    if not 0 < weight <= _HEAVIEST:
        raise row.error(f"the weight {weight} is not above 0 and at most {_HEAVIEST:g}")
    return weight
