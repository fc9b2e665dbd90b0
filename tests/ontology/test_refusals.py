"""A wrong file under `ontology/` gets one clear line: the file, the row, and what is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology.files import ontology_folder, parse_loose_date
from kg.ontology.load import load_ontology
from kg.ontology.questions import read_questions

TODAY = "2026-11-23"
ALIASES, CHIPS, RULES = "lexicon/aliases.csv", "lexicon/chips.csv", "lexicon/rules.csv"
ENTITIES, CLAIMS = "lexicon/entities.csv", "claims.csv"
RELATIONS, MODALITY, CODES = "cues/relations.csv", "cues/modality.csv", "cues/codes.csv"
PHRASES, KINDS = "cues/phrases.csv", "cues/kinds.csv"
WORDS, MASKS, CONFIDENCE = "cues/words.csv", "cues/masks.csv", "cues/confidence.csv"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real ontology, to be spoilt."""
    return Path(shutil.copytree(ontology_folder(), tmp_path / "ontology"))


ADDED = [  # file, a row put at its end, what the message says after file and row
    (CHIPS, f"x,X,kg:Chips,model,https://a.b,A,{TODAY}", "no class kg:Chips; there are kg:AIM"),
    (CHIPS, f"nvidia-h20,H20 again,kg:Chip,model,https://a.b,A,{TODAY}", "'nvidia-h20' .* twice"),
    (CHIPS, f"x,X,kg:Chip,model,https://a.b,C,{TODAY}", "confidence is 'C', but only A and B"),
    (CHIPS, f"x,X,kg:Chip,model,,A,{TODAY}", "needs a source"),
    (CHIPS, f"x,,kg:Chip,model,https://a.b,A,{TODAY}", "needs an id and a label"),
    (CHIPS, "x,X,kg:Chip,model,https://a.b,A,last week", "checked: 'last week' is no date"),
    (CHIPS, "x,X,kg:Chip,model,https://a.b,A,", "checked: '' is no date"),
    (CHIPS, "x,X,kg:Chip", "3 cells, expected 7"),
    (CHIPS, f'x,X,kg:Chip,model,"https://a.b,A,{TODAY}', "5 cells, expected 7"),
    (ENTITIES, f"x,X,kg:Firm,https://a.b,A,{TODAY}", "no class kg:Firm"),
    (ENTITIES, f"X Corp,X,kg:Company,https://a.b,A,{TODAY}", "'X Corp' is no id"),
    (RULES, f"x,X,rule,,,,2025-13-40,,,https://a.b,A,{TODAY}", "effective_from: "),
    (RULES, f"x,X,rule,,,,next year,,,https://a.b,A,{TODAY}", "effective_from: 'next year' is no"),
    (RULES, f"x,X,rule,,no-such-rule,,,,,https://a.b,A,{TODAY}", "rule:x is part of rule:no-such"),
    (ALIASES, "H20,chip:nvidia-h20,name,exact,,,", "'H20' stands there twice for chip:nvidia-h20"),
    (ALIASES, "Hx,chip:nvidia-hx,name,exact,,,", "no thing chip:nvidia-hx"),
    (ALIASES, "Hx,chip:nvidia-h20,nickname,exact,,,", "form is 'nickname', not one of name, adj"),
    (ALIASES, "Hx,chip:nvidia-h20,name,upper,,,", "case is 'upper', not one of any, exact"),
    (ALIASES, "Hx,chip:nvidia-h20,name,exact,@crisps,,", "no context @crisps; there are chip, "),
    (ALIASES, "Hx,chip:nvidia-h20,name,exact,,2025-31-01,", "from: "),
    (ALIASES, ",chip:nvidia-h20,name,exact,,,", "needs an alias"),
    (ALIASES, " Hx,chip:nvidia-h20,name,exact,,,", "space at an end of ' Hx'"),
    (CLAIMS, f"a:b,kg:uses,chip:nvidia-h20,asserted,,,,,,s,A,{TODAY},", "no property kg:uses; th"),
    (
        CLAIMS,
        f"entity:nobody,kg:designs,chip:nvidia-h20,asserted,,,,,,s,A,{TODAY},",
        r"no thing entity:nobody \(subject\)",
    ),
    (
        CLAIMS,
        f"entity:nvidia,kg:designs,entity:tsmc,asserted,,,,,,s,A,{TODAY},",
        "object entity:tsmc is a kg:Company, kg:designs wants kg:Chip",
    ),
    (
        CLAIMS,
        f"entity:tsmc,kg:designs,chip:nvidia-h20,said,,,,,,s,A,{TODAY},",
        "modality is 'said', not one of asserted, ",
    ),
    (
        CLAIMS,
        f"entity:tsmc,kg:designs,chip:nvidia-h20,asserted,,,,,,,A,{TODAY},",
        "a curated claim needs its source",
    ),
    (
        CLAIMS,
        f"entity:tsmc,kg:designs,chip:nvidia-h20,asserted,,,,,,s,C,{TODAY},",
        "confidence is 'C', but only A and B",
    ),
    (
        CLAIMS,
        f"entity:tsmc,kg:designs,chip:nvidia-h20,asserted,,2025,decade,,,s,A,{TODAY},",
        "holds_from_precision is 'decade', not one of day, month, half, year",
    ),
    (
        CLAIMS,
        f"entity:tsmc,kg:designs,chip:nvidia-h20,asserted,,soon,,,,s,A,{TODAY},",
        "'soon' is no date",
    ),
    (
        CLAIMS,
        f"entity:tsmc,kg:designs,chip:nvidia-h20,asserted,,,,many,,s,A,{TODAY},",
        "'many'",
    ),
    (
        CLAIMS,
        "entity:tsmc,kg:designs,chip:nvidia-h20,asserted,,,,,,s,A,never,",
        "'never'",
    ),
    (
        RELATIONS,
        "x,kg:uses,verb,use,agent,patient,,,A b.,A | kg:uses | b,C d.",
        "no property kg:uses",
    ),
    (
        RELATIONS,
        "x,kg:designs,gerund,use,agent,patient,,,A b.,A | kg:designs | b,C d.",
        "part is 'gerund', not one of verb, noun, adjective, name",
    ),
    (
        RELATIONS,
        "x,kg:designs,verb,,agent,patient,,,A b.,A | kg:designs | b,C d.",
        "a verb needs triggers",
    ),
    (
        RELATIONS,
        "x,kg:designs,verb,use,,patient,,,A b.,A | kg:designs | b,C d.",
        "needs a role for the subject and one for the object",
    ),
    (
        RELATIONS,
        "x,kg:designs,verb,use,agent,patient,,,A b.,,C d.",
        "needs an example and the claim",
    ),
    (
        RELATIONS,
        "x,kg:designs,verb,use,agent,patient,,chips,A b.,A | kg:designs | b,C d.",
        "'chips' is no requirement; write ROLE:LIST",
    ),
    (
        RELATIONS,
        "x,kg:designs,verb,use,agent,patient,,patient:crisps,A b.,A | kg:designs | b,C d.",
        "requires the list 'crisps', which words.csv does not have",
    ),
    (
        RELATIONS,
        "use,kg:designs,verb,use,agent,patient,,,A b.,A | kg:designs | b,C d.",
        "the name 'use' stands there twice",
    ),
    (
        RELATIONS,
        "x,kg:designs,verb,use,agent,patient,,,A b.,A | kg:designs | b,",
        "needs a counter-example, in which it reads nothing",
    ),
    (
        PHRASES,
        "x,kg:designs,{S} {O},A b.,A | kg:designs | b,",
        "needs a counter-example, in which it reads nothing",
    ),
    (PHRASES, "x,kg:designs,{S},A b.,A | kg:designs | b,C d.", "needs a place for the subject"),
    (PHRASES, "x,kg:designs,{S} {O} {xs},A b.,A | kg:designs | b,C d.", "the list 'xs', which"),
    (KINDS, "x,kg:Chip,after, b,1,A b.,A,", "needs a counter-example, in which .* of 'A'"),
    (KINDS, "x,kg:Chip,after, b,1,A b.,A,C d.", "needs a counter-example, in which .* of 'A'"),
    (KINDS, "x,kg:Chip,beside, b,1,A b.,A,A d.", "where is 'beside', not one of name, before"),
    (MODALITY, "x,spell,denied,not,A b.,A | kg:designs | b | denied", "kind is 'spell', not one"),
    (MODALITY, "x,negation,unsaid,not,A b.,A | kg:designs | b | unsaid", "modality is 'unsaid'"),
    (MODALITY, "x,negation,denied,not,A b.,A | kg:designs | b", "needs an example and its claim"),
    (MODALITY, "not,negation,denied,not,A b.,A | kg:designs | b | denied", "'not' stands there t"),
    (CODES, "x,kg:Chips,X1,X1", "no class kg:Chips"),
    (CODES, "x,kg:Chip,(X1,X1", r"'\(X1' is no regular expression: missing \)"),
    (CODES, "x,kg:Chip,X1,Y1", "the pattern does not match its own example 'Y1'"),
    (WORDS, "pronouns,he|she,", "the name 'pronouns' stands there twice"),
    (MASKS, "kg:Crisps,iPhone,", "no class kg:Crisps"),
    (CONFIDENCE, "x,high,", "'high' is no number"),
    (CONFIDENCE, "x,15,", r"the weight 15\.0 is not above 0 and at most 10"),
]


@pytest.mark.parametrize(("file", "row", "message"), ADDED)
def test_a_wrong_row_is_refused_with_its_place(
    file: str, row: str, message: str, copy: Path
) -> None:
    path = copy / file
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    with path.open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    where = rf"ontology/{file} row {number}: "
    with pytest.raises(OntologyError, match=f"^{re.escape(where)}.*{message}") as raised:
        load_ontology(copy)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("file", "data", "message"),
    [
        (CHIPS, b"id,name\nx,y\n", r"chips\.csv row 1: columns are \('id', 'name'\), expected"),
        (CHIPS, b"", r"chips\.csv row 1: columns are \(\), expected"),
        (CHIPS, "id,label\nx,\xe9\n".encode("latin-1"), r"chips\.csv: cannot be read: 'utf-8'"),
        ("core.ttl", b"kg:Chip a owl:Class", r"core\.ttl: "),
        ("core.ttl", b"\xff\xfe", r"core\.ttl: "),
    ],
)
def test_a_wrong_file_is_refused_by_name(file: str, data: bytes, message: str, copy: Path) -> None:
    (copy / file).write_bytes(data)
    with pytest.raises(OntologyError, match=message) as raised:
        load_ontology(copy)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("file", [CHIPS, ALIASES, CLAIMS, RELATIONS, WORDS, "core.ttl"])
def test_a_missing_file_is_named(file: str, copy: Path) -> None:
    (copy / file).unlink()
    with pytest.raises(OntologyError, match=rf"^ontology/{file}: .*") as raised:
        load_ontology(copy)
    assert "\n" not in str(raised.value)


def test_a_list_that_reading_needs_is_missed_when_it_goes(copy: Path) -> None:
    table = copy / WORDS
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("pronouns,")))
    with pytest.raises(OntologyError, match=r"words\.csv: no list 'pronouns', which reading need"):
        load_ontology(copy)


def test_a_cell_longer_than_any_is_refused(copy: Path) -> None:
    with (copy / CHIPS).open("a", encoding="utf-8") as table:
        table.write("x," + "y" * 200_000 + "\n")
    with pytest.raises(OntologyError, match=r"chips\.csv: is no CSV: field larger"):
        load_ontology(copy)


@pytest.mark.parametrize(
    ("triples", "message"),
    [
        ("kg:eats a kg:ClaimProperty .", "kg:eats needs rdfs:domain, rdfs:range, kg:phrase and"),
        (
            "kg:eats a kg:ClaimProperty ; rdfs:domain kg:Entity ; rdfs:range kg:Crisps ;"
            ' kg:phrase "eats" ; rdfs:comment "To eat." .',
            "kg:eats has the range kg:Crisps, which is no class",
        ),
        (
            "kg:One a owl:Class ; rdfs:subClassOf kg:Two ."
            "kg:Two a owl:Class ; rdfs:subClassOf kg:One .",
            "kg:One stands above itself",
        ),
        ("kg:One a owl:Class ; rdfs:subClassOf kg:Crisps .", "kg:One .* kg:Crisps, .* no class"),
    ],
)
def test_a_term_that_makes_no_sense_is_named(triples: str, message: str, copy: Path) -> None:
    with (copy / "core.ttl").open("a", encoding="utf-8") as core:
        core.write(triples)
    with pytest.raises(OntologyError, match=rf"^ontology/core\.ttl: .*{message}"):
        load_ontology(copy)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# columns: a\n# example: b\nSELECT ?a {}", "needs one line `# question: ...`"),
        ("# question: Why?\n# example: b\nSELECT ?a {}", "needs one line `# columns: ...`"),
        (
            "# question: Why?\n# columns: a\n# example: b\n# coverage: modelled\n"
            "# looked: a | ?x a ?y\n"
            "# param: chip\nSELECT ?a {}",
            "`# param: chip` is not like",
        ),
        (
            "# question: Why?\n# columns: a\n# example: b\n# coverage: modelled\n"
            "# looked: a | ?x a ?y\n"
            "# param: chip kg:Chip required: the chip\nSELECT ?a {}",
            r"needs a line `VALUES \?chip { UNDEF }`",
        ),
    ],
)
def test_a_question_without_its_head_is_refused(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "why.rq").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=rf"^ontology/questions/why\.rq: {message}"):
        read_questions(tmp_path)


def test_a_question_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "why.rq").write_bytes(b"# question: \xff")
    with pytest.raises(OntologyError, match=r"why\.rq: cannot be read: 'utf-8'"):
        read_questions(tmp_path)


def test_a_table_saved_by_a_spreadsheet_is_read(copy: Path) -> None:
    """With a byte order mark and carriage returns, and a cell in quotes over two lines."""
    table = copy / CHIPS
    text = table.read_text(encoding="utf-8")
    text += f'x,"X\n1",kg:Chip,model,https://a.b,A,{TODAY}\n'
    table.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_ontology(copy).lexicon.things["chip:x"].label == "X\r\n1"


def test_another_folder_of_that_shape_can_be_opened(copy: Path) -> None:
    with (copy / CHIPS).open("a", encoding="utf-8") as table:
        table.write(f"x,Xenolith X9,kg:Chip,model,https://a.b,A,{TODAY}\n")
    assert [alias.thing for alias in load_ontology(copy).lexicon.named("xenolith x9")] == ["chip:x"]


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025-04-09", "2025-04-09", "day"),
        ("2025-04", "2025-04-01", "month"),
        ("2025-H1", "2025-01-01", "half"),
        ("2025-H2", "2025-07-01", "half"),
        ("2025", "2025-01-01", "year"),
    ],
)
def test_a_loose_date_is_the_first_day_of_what_was_said(
    text: str, day: str, precision: str
) -> None:
    found = parse_loose_date(text)
    assert found is not None
    assert (found.day.isoformat(), found.precision) == (day, precision)


@pytest.mark.parametrize("text", ["2025-4-9", "2025-02-30", "2025-H3", "25", "0000", "２０２５"])
def test_what_is_no_loose_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_loose_date(text)
