"""Accept headers, as people and libraries write them."""

from __future__ import annotations

import pytest

from kg.serve.negotiate import chosen
from kg.serve.request import base_of

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TURTLE = "text/csv", "text/turtle"


@pytest.mark.parametrize(
    ("accept", "rows", "triples"),
    [
        ("", JSON, TURTLE),
        ("*/*", JSON, TURTLE),
        ("TEXT/CSV", CSV, ""),
        ("text/csv;q=0.1, application/xml;Q=0.2", XML, ""),
        ("text/*", CSV, TURTLE),
        ("text/csv;q=0, */*", JSON, TURTLE),
        ("*/*, application/sparql-results+json;q=0", XML, TURTLE),
        ("text/csv; charset=utf-8; q=0.5", CSV, ""),
        ("text/csv;q=nonsense", "", ""),
        ("text/csv;q=nan, text/turtle;q=7", "", TURTLE),
        (", ;q=1,,", JSON, TURTLE),
        ("application/json, text/turtle;q=0.9", JSON, TURTLE),
    ],
)
def test_the_format_of_the_greatest_weight_is_chosen(accept: str, rows: str, triples: str) -> None:
    assert chosen(accept) == (rows, triples)


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("graphs.example", "https://graphs.example/sparql"),
        ("[::1]:81", "https://[::1]:81/sparql"),
        ("", "https://here:1/sparql"),
        ("a/b", "https://here:1/sparql"),
        ("a> <b", "https://here:1/sparql"),
        ("a\r\nb", "https://here:1/sparql"),
    ],
)
def test_only_a_host_becomes_a_part_of_names(host: str, base: str) -> None:
    assert base_of(host, "/sparql", "https", "here:1") == base
