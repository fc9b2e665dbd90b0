"""The named questions of `ontology/questions/`: what each asks, and what it must be told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError
from kg.ontology.headers import read_header

_PARAM = re.compile(r"(\w+) (\w+:\w+) (required|optional)(?:: (.+))?")
_COVERAGE = re.compile(r"modelled|partial: (?P<left_out>.+)")
_LOOKED = re.compile(r"(?P<noun>[^|]+) \| (?P<pattern>.*\?x\b.*)")
_ONCE = ("question", "columns", "coverage", "looked", "example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """Something that a question must or may be told.

    Attributes:
        name: Its name, and that of the variable it fills.
        kind: CURIE of the class of thing (`rdfs:Resource` for any), or `xsd:date`, `xsd:string`.
        required: Whether the question makes no sense without it.
        help: A few words for whoever types it.
    """

    name: str
    kind: str
    required: bool
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a question looks through, so that an empty answer can say how much that was.

    Attributes:
        noun: What it is, in the plural: `claims of use or purchase`.
        pattern: A graph pattern in which `?x` stands for each of them.
    """

    noun: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One file of `ontology/questions/`.

    Attributes:
        name: The file's name without `.rq`.
        question: What it asks, a sentence.
        params: What it takes.
        columns: What it answers, the variables of its SELECT in order.
        left_out: What a full answer would have and the graph does not model; empty for nothing.
        looked: What it looks through.
        example: A command that asks it.
        sparql: The query. Each parameter has a line `VALUES ?name { UNDEF }`, so that the file
            runs as it stands; what is asked for takes the place of UNDEF.
    """

    name: str
    question: str
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    left_out: str
    looked: Looked
    example: str
    sparql: str

    @property
    def coverage(self) -> str:
        """`modelled`, or `partial: ` and what is left out."""
        return f"partial: {self.left_out}" if self.left_out else "modelled"


def read_questions(folder: Path) -> dict[str, Question]:
    """Read all questions of a folder, by name, sorted.

    Raises:
        OntologyError: A header is wrong; the message names the file and the line.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.rq"))}


def _read(path: Path) -> Question:
    where = f"ontology/questions/{path.name}"
    try:
        sparql = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{where}: cannot be read: {error}") from error
    header = read_header(sparql)
    for key in _ONCE:
        if len(header.get(key, ())) != 1:
            raise OntologyError(f"{where}: needs one line `# {key}: ...` at its head")
    params = tuple(_param(line, where) for line in header.get("param", ()))
    for param in params:
        if not slot(param.name).search(sparql):
            raise OntologyError(f"{where}: needs a line `VALUES ?{param.name} {{ UNDEF }}`")
    return Question(
        name=path.stem,
        question=header["question"][0],
        params=params,
        columns=tuple(re.split(r",\s*", header["columns"][0])),
        left_out=_left_out(header["coverage"][0], where),
        looked=_looked(header["looked"][0], where),
        example=header["example"][0],
        sparql=sparql,
    )


def slot(name: str) -> re.Pattern[str]:
    """Where the value of a parameter goes in a question's query."""
    return re.compile(rf"(VALUES \?{name} \{{ )UNDEF( \}})")


def _left_out(line: str, where: str) -> str:
    if found := _COVERAGE.fullmatch(line):
        return found["left_out"] or ""
    raise OntologyError(
        f"{where}: `# coverage: {line}` is neither `modelled` nor `partial: what is left out`"
    )


def _looked(line: str, where: str) -> Looked:
    if found := _LOOKED.fullmatch(line):
        return Looked(noun=found["noun"].strip(), pattern=found["pattern"])
    raise OntologyError(f"{where}: `# looked: {line}` is not like `claims | ?x a kg:Claim`")


def _param(line: str, where: str) -> Param:
    found = _PARAM.fullmatch(line)
    if not found:
        raise OntologyError(
            f"{where}: `# param: {line}` is not like `chip kg:Chip required: the chip`"
        )
    name, kind, need, words = found.groups()
    return Param(name=name, kind=kind, required=need == "required", help=words or "")
