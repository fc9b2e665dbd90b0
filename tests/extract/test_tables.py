"""Tables and records: what two columns tell, what a cell's words make of it, what is no table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.errors import OntologyError
from kg.extract.prepare import Tools
from kg.ontology.columns import ColumnCue, Heading, read_column
from kg.ontology.cues import Cues
from kg.ontology.files import Row
from kg.ontology.load import load_ontology
from kg.reading import Reading
from kg.text import Document

Told = Callable[[str], set[tuple[str, str, str, str]]]
Read = Callable[..., Reading]
CUES: Cues = load_ontology().cues


@pytest.mark.parametrize("cue", CUES.columns, ids=lambda cue: cue.name)
def test_a_column_cue_reads_its_example(cue: ColumnCue, read: Read) -> None:
    claims = read(cue.example).claims
    assert (cue.name, cue.claim) in {
        (each.found_by, f"{each.subject_text} | {each.predicate} | {each.object_text}")
        for each in claims
    }


@pytest.mark.parametrize("heading", CUES.headings, ids=lambda heading: heading.role)
def test_a_heading_is_written_in_small_letters(heading: Heading) -> None:
    assert heading.words == {word.casefold() for word in heading.words}


@pytest.mark.parametrize("separator", [" | ", "\t", " / ", "; ", "   "])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_any_separator_keeps_columns_apart(separator: str, newline: str, told: Told) -> None:
    lines = [["Chip", "Designer", "Foundry"], ["Ollerton X9", "Brimley Devices", "TSMC"]]
    lines.append(["H20", "Nvidia"])
    assert told(newline.join(separator.join(line) for line in lines)) == {
        ("Nvidia", "kg:designs", "H20", "asserted"),
        ("Brimley Devices", "kg:designs", "Ollerton X9", "asserted"),
        ("TSMC", "kg:manufactures", "Ollerton X9", "asserted"),
    }


def test_a_table_in_markdown(told: Told) -> None:
    text = "| Chip | Designer |\n|:---|---|\n| H20 | Nvidia |\n| | AMD |\n| MI308 | AMD |\n"
    assert told(text) == {
        ("Nvidia", "kg:designs", "H20", "asserted"),
        ("AMD", "kg:designs", "MI308", "asserted"),
    }


def test_an_unknown_name_is_of_its_headings_kind_everywhere(read: Read) -> None:
    reading = read("Model | Developer | Trained on\nPlover | Wetmoor Lab | H100\n")
    assert {(each.label, each.cls) for each in reading.discovered} == {
        ("Plover", "kg:AIModel"),
        ("Wetmoor Lab", "kg:Company"),
    }
    assert {each.thing for each in reading.names} >= {"model:x-plover", "entity:x-wetmoor-lab"}


def test_a_claim_stands_on_its_row(read: Read) -> None:
    claim = read("Buyer | Chips\nTencent | 2,048 x H20\n").claims[0]
    assert [words.text for words in claim.evidence] == ["Tencent | 2,048 x H20"]
    assert (claim.quantity, claim.quantity_text) == (2048, "2,048")


@pytest.mark.parametrize(
    ("cell", "number"),
    [("H20 (720)", 720), ("H20 x 32", 32), ("64 older H20", 64), ("H20", None), ("H20, 50%", None)],
)
def test_a_number_beside_a_chip_counts_it(cell: str, number: int | None, read: Read) -> None:
    claims = read(f"Operator | Chips\nTencent | {cell}\n").claims
    assert [claim.quantity for claim in claims] == [number]


def test_a_record_tells_what_its_keys_say(told: Told) -> None:
    text = (
        "name: Brimley Devices Ltd\nseat: Bristol, United Kingdom\nparent: Orrest Group\n"
        "list: Entity List (BIS), since 2024\nhardware: 300 A100; H100 (alleged)\n"
    )
    found = told(text)
    subject = next(iter(found))[0] if found else ""
    assert ("Brimley Devices Ltd", "kg:usesHardware", "H100", "reported") in found, subject
    assert ("Brimley Devices Ltd", "kg:usesHardware", "A100", "asserted") in found
    assert ("Brimley Devices Ltd", "kg:listedUnder", "Entity List", "asserted") in found
    assert ("Brimley Devices Ltd", "kg:headquarteredIn", "United Kingdom", "asserted") in found
    assert ("Brimley Devices Ltd", "kg:subsidiaryOf", "Orrest Group", "asserted") in found
    assert ("Entity List", "kg:issuedBy", "BIS", "asserted") in found


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("running", "asserted"),
        ("planned", "planned"),
        ("under construction", "planned"),
        ("cancelled", "denied"),
        ("reported", "reported"),
        ("unconfirmed", "hypothetical"),
    ],
)
def test_a_column_of_states_decides(cell: str, status: str, told: Told) -> None:
    text = f"Operator | Chips | Status | Country\nTencent | H20 | {cell} | China"
    assert told(text) == {
        ("Tencent", "kg:usesHardware", "H20", status),
        ("Tencent", "kg:headquarteredIn", "China", "asserted"),
    }


def test_what_is_held_in_lesser_part_is_no_subsidiary(told: Told) -> None:
    text = "Company | Parent | Share\nHiSilicon | Huawei | 100%\nBiren | Tencent | 12%"
    assert {claim[0] for claim in told(text)} == {"HiSilicon"}


def test_a_site_lies_in_a_country_and_its_operator_need_not(told: Told) -> None:
    assert told("Site | Operator | Country | Chips\nJohor 1 | Tencent | Malaysia | H20") == {
        ("Tencent", "kg:usesHardware", "H20", "asserted")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Chip | Designer",
        "Chip | Designer\n\n",
        "Chip | Designer\nH20 |\n| Nvidia",
        "Chip | Designer\nnone | Nvidia\nnot stated | AMD",
        "Chip | Price\nH20 | 12,000\n",
        "Nvidia | H20\nAMD | MI308",
        "Customer | Table\nTencent | 4",
        "Fee: 240\nNext dates: 22 March\nChips: the best were at a counter",
        "|" * 50,
        "Chip | Designer\n" + "-" * 5000,
    ],
)
def test_what_tells_nothing(text: str, told: Told) -> None:
    assert told(text) == set()


def test_a_bar_in_prose_is_no_table(told: Told) -> None:
    text = "The chip | designer pair is often told wrongly.\n"
    text += "Nvidia | H20 is one, as AMD | H20 is not."
    assert told(text) == set()


def test_a_ragged_row_ends_no_more_than_it_must(told: Told) -> None:
    text = "Chip | Designer | Foundry\nH20 | Nvidia\nMI308 | AMD | TSMC | and | more\n"
    assert ("Nvidia", "kg:designs", "H20", "asserted") in told(text)


def test_a_huge_cell_is_passed_over(told: Told) -> None:
    text = f"Chip | Designer | Foundry\nH20 | Nvidia | {'TSMC and so on ' * 2000}\n"
    assert told(text) == {("Nvidia", "kg:designs", "H20", "asserted")}


def test_ten_thousand_rows_are_all_read(tools: Tools) -> None:
    text = "Chip | Designer\n" + "H20 | Nvidia\n" * 10_000
    assert len(tools.tables.rows(Document(identifier="a", title="a", text=text))) == 10_000


def test_a_column_of_an_unknown_role_is_an_error() -> None:
    cells = dict.fromkeys(("involves", "requires", "unless"), "")
    cells |= {"name": "a", "property": "kg:designs", "subject": "maker", "object": "chip"}
    with pytest.raises(OntologyError, match="subject is 'maker'"):
        read_column(Row("columns.csv row 2", cells), load_ontology().terms, {"chip"})
