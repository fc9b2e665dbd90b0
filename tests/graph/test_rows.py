"""Answers that read like Python."""

import io
from datetime import date

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import QueryError
from kg.graph.namespaces import iri
from kg.graph.rows import Row, Rows, Triples, python_value, turtle, write_rows

H20 = NamedNode(iri("chip:nvidia-h20"))


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=NamedNode(iri(f"xsd:{datatype}")))


ROWS = Rows(
    ("chip", "label", "number"),
    ((H20, Literal("Nvidia H20"), typed("5", "integer")), (H20, Literal('a "b", 英'), None)),
)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (H20, "chip:nvidia-h20"),
        (NamedNode("https://example.org/"), "https://example.org/"),
        (Literal("words"), "words"),
        (Literal("uses", language="en"), "uses"),
        (typed("5", "integer"), 5),
        (typed("0.83", "decimal"), 0.83),
        (typed("1e3", "double"), 1000.0),
        (typed("true", "boolean"), True),
        (typed("false", "boolean"), False),
        (typed("2024-01-31", "date"), date(2024, 1, 31)),
        (typed("12024-01-31", "date"), "12024-01-31"),
        (typed("2024-01-31T00:00:00Z", "dateTime"), "2024-01-31T00:00:00Z"),
        (BlankNode("b"), "_:b"),
        (None, None),
    ],
)
def test_a_term_becomes_the_nearest_python_value(term, value):
    assert python_value(term) == value
    assert type(python_value(term)) is type(value)


def test_a_row_is_asked_by_name_by_attribute_or_by_place():
    row = ROWS[0]
    assert row["number"] == row.number == row[2] == 5
    assert row.asdict() == {"chip": "chip:nvidia-h20", "label": "Nvidia H20", "number": 5}
    assert repr(row) == "Row(chip='chip:nvidia-h20', label='Nvidia H20', number=5)"


def test_an_unknown_column_is_named_with_those_there_are():
    with pytest.raises(KeyError, match="no column 'chips'; there are chip, label, number"):
        ROWS[0]["chips"]
    with pytest.raises(AttributeError, match="no column 'chips'; there are chip"):
        _ = ROWS[0].chips


def test_rows_are_a_sequence():
    assert len(ROWS) == 2
    assert list(ROWS) == [ROWS[0], ROWS[1]] == ROWS[:2]
    assert ROWS[1] == Row(ROWS.variables, ("chip:nvidia-h20", 'a "b", 英', None))


def test_rows_become_a_data_frame():
    frame = ROWS.to_pandas()
    assert list(frame.columns) == ["chip", "label", "number"]
    assert frame["chip"].tolist() == ["chip:nvidia-h20"] * 2


def test_without_pandas_the_message_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(QueryError, match=r"pip install 'chiptrace\[pandas\]'"):
        ROWS.to_pandas()


def test_csv_is_that_of_the_standard():
    assert ROWS.to_csv() == (
        "chip,label,number\r\n"
        "https://w3id.org/chiptrace/chip/nvidia-h20,Nvidia H20,5\r\n"
        'https://w3id.org/chiptrace/chip/nvidia-h20,"a ""b"", 英",\r\n'
    )


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_every_format_is_written_and_keeps_every_kind_of_term(format):
    output = io.BytesIO()
    triple = Triple(H20, NamedNode(iri("kg:level")), Literal("model", language="en"))
    write_rows(Rows(("a", "b"), ((triple, BlankNode("b")), *((H20, None),))), format, output)
    assert output.getvalue().count(b"nvidia-h20") == 2


def test_written_csv_is_the_same_as_to_csv():
    output = io.BytesIO()
    write_rows(ROWS, "csv", output)
    assert output.getvalue().decode() == ROWS.to_csv()


def test_an_unknown_format_is_refused():
    with pytest.raises(QueryError, match="ttl cannot hold rows: choose csv, tsv, json, xml"):
        write_rows(ROWS, "ttl", io.BytesIO())


def test_turtle_declares_its_prefixes_in_the_same_order_every_time():
    triple = Triple(H20, NamedNode(iri("rdfs:label")), Literal("Nvidia H20"))
    lines = turtle([triple]).splitlines()
    declared = [line for line in lines if line.startswith("@prefix")]
    assert declared == sorted(declared)
    assert lines[-1] == 'chip:nvidia-h20 rdfs:label "Nvidia H20" .'
    assert Triples((triple,)).to_turtle() == turtle([triple])


def test_a_notebook_shows_rows_as_a_table_of_text():
    html = ROWS._repr_html_()
    assert "<th>chip</th><th>label</th><th>number</th>" in html
    assert "<td>chip:nvidia-h20</td><td>Nvidia H20</td><td>5</td>" in html
    assert "<td>a &quot;b&quot;, 英</td><td></td>" in html
    assert "<p>2 rows</p>" in html


def test_a_notebook_runs_nothing_that_a_row_says():
    hostile = Rows(("<b>",), ((Literal("<script>alert(1)</script>"),),), ("<i>odd</i>",))
    html = hostile._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html
    assert "warning: &lt;i&gt;odd" in html
    assert "<p>1 row</p>" in html


def test_a_notebook_shows_the_first_fifty_rows_and_the_count():
    html = Rows(("n",), tuple((Literal(n),) for n in range(1234)))._repr_html_()
    assert html.count("<td>") == 50
    assert "<td>49</td>" in html
    assert "<p>1,234 rows, the first 50 shown</p>" in html


def test_the_first_rows_say_that_there_are_more():
    assert ROWS.first(None) is ROWS
    assert ROWS.first(2) is ROWS
    some = ROWS.first(1)
    assert [row.label for row in some] == ["Nvidia H20"]
    assert some.warnings == ("these are the first 1 row, and there are more",)
