"""Figures of a graph: what they draw is what SPARQL counts, and their words are text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyoxigraph import Store

from kg.api import Graph
from kg.errors import QueryError
from kg.graph.namespaces import prologue
from kg.graph.rows import Rows
from kg.views.drawing import Drawing, shortened, ticks, width_of
from kg.views.plots import MOST_ROWS, PLOTS, chips_by_organisation, claims_over_time
from tests.browser import Browser

SVG = "{http://www.w3.org/2000/svg}"
MODALITIES = ("asserted", "reported", "denied", "planned", "hypothetical")


def made(*claims: tuple[str, str, str, str | None]) -> Store:
    """A graph with read claims: who, chip, modality, day of the document."""
    lines = []
    for at, (who, chip, modality, day) in enumerate(claims):
        lines += [
            f"entity:{who} rdfs:label '{who}' . chip:{chip} rdfs:label '{chip}' .",
            f"claim:{at} a kg:ReadClaim ; rdf:subject entity:{who} ; rdf:object chip:{chip} ;",
            f"  rdf:predicate kg:purchases ; kg:modality kg:{modality} ;",
            f"  prov:wasDerivedFrom doc:{at} . doc:{at} a kg:Document .",
            f"doc:{at} dcterms:date '{day}'^^xsd:date ." if day else "",
        ]
    store = Store()
    store.update(f"{prologue()} INSERT DATA {{ {' '.join(lines)} }}")
    return store


def parts(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.svg)


def titles(drawing: Drawing) -> list[str]:
    """The words of each thing that is drawn, the figure's own left out."""
    return [each.text or "" for each in parts(drawing).iter(f"{SVG}title")][1:]


def heights(drawing: Drawing) -> Iterator[tuple[str, float]]:
    """Modality and height of each piece of a column."""
    for group in parts(drawing).findall(f"{SVG}g"):
        for piece in group.findall(f"{SVG}rect"):
            look = piece.get("class") or re.sub(r"url\(#kg-(\w+)\)", r"\1", piece.get("fill", ""))
            yield look, float(piece.get("height", "0"))


def test_a_column_has_a_piece_a_modality_as_high_as_its_count() -> None:
    drawing = claims_over_time(
        made(
            *[("a", "x", "Asserted", "2025-03-01")] * 4,
            *[("a", "x", "Denied", "2025-03-31")] * 2,
            ("b", "y", "Reported", "2025-05-01"),
        )
    )
    assert drawing.rows == (
        ("2025 Mar", 4, 0, 2, 0, 0),
        ("2025 Apr", 0, 0, 0, 0, 0),
        ("2025 May", 0, 1, 0, 0, 0),
    )
    high = list(heights(drawing))
    assert [look for look, _ in high] == ["asserted", "denied", "reported"]
    assert high[0][1] == pytest.approx(2 * high[1][1], abs=0.2)
    assert high[1][1] == pytest.approx(2 * high[2][1], abs=0.2)
    assert titles(drawing)[0] == "Mar 2025: 4 asserted, 2 denied"


def test_a_longer_time_is_drawn_in_longer_stretches() -> None:
    heads = [
        claims_over_time(made(("a", "x", "Asserted", "2020-01-01"), ("a", "x", "Denied", last)))
        for last in ("2020-12-31", "2024-12-31", "2039-01-01")
    ]
    assert [drawing.columns[0] for drawing in heads] == ["month", "quarter", "year"]
    assert [len(drawing.rows) for drawing in heads] == [12, 20, 20]


def test_claims_without_a_date_are_counted_and_not_drawn() -> None:
    drawing = claims_over_time(
        made(("a", "x", "Asserted", "2025-03-01"), ("a", "x", "Asserted", None))
    )
    assert drawing.rows == (("2025 Mar", 1, 0, 0, 0, 0),)
    assert "1 in documents without a date are not drawn" in drawing.svg


def test_all_claims_of_a_graph_are_in_the_columns(seeds_graph: Graph) -> None:
    drawing = seeds_graph.plot("claims-over-time")
    for at, modality in enumerate(MODALITIES, start=1):
        counted = seeds_graph.query(
            "SELECT (COUNT(?c) AS ?n) { ?c a kg:ReadClaim ; "
            f"kg:modality kg:{modality.capitalize()} ; prov:wasDerivedFrom/dcterms:date ?day }}"
        )
        assert isinstance(counted, Rows)
        assert sum(row[at] for row in drawing.rows) == counted[0]["n"]  # type: ignore[misc]


def test_who_uses_what_is_told_apart_by_how_it_is_said() -> None:
    drawing = chips_by_organisation(
        made(
            ("a", "x", "Asserted", None),
            ("a", "x", "Reported", None),
            ("a", "x", "Denied", None),
            ("a", "y", "Denied", None),
            ("b", "x", "Planned", None),
        )
    )
    assert [each for each in titles(drawing) if "," in each] == [
        "a, x: 1 asserted, 1 reported, 1 denied",
        "a, y: 1 denied",
        "b, x: 1 planned",
    ]
    looks = [each.get("class", "") for each in parts(drawing).iter(f"{SVG}circle")]
    rings = [look for look in looks if "ring" in look]
    assert ["dashed" in look for look in rings[2:]] == [False, True]


def test_of_too_many_the_commonest_are_drawn_and_the_figure_says_so() -> None:
    many = [(f"firm-{at:02}", f"chip-{at % 3}", "Asserted", None) for at in range(MOST_ROWS + 6)]
    drawing = chips_by_organisation(made(("firm-29", "chip-1", "Asserted", None), *many))
    assert "25 of 31 pairs are drawn" in drawing.svg
    assert len(drawing.rows) == 31
    assert any(title.startswith("firm-29, chip-1") for title in titles(drawing))


@pytest.mark.parametrize("what", sorted(PLOTS))
def test_a_figure_of_nothing_is_a_figure(what: str) -> None:
    drawing = PLOTS[what](Store())
    assert drawing.rows == ()
    assert parts(drawing).get("role") == "img"
    assert "0 rows" in drawing.html


@pytest.mark.parametrize("what", sorted(PLOTS))
def test_a_figure_names_itself_and_a_notebook_shows_it(what: str, seeds_graph: Graph) -> None:
    drawing = seeds_graph.plot(what)
    root = parts(drawing)
    named = [root.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert [each.get("id") for each in named if each is not None] == ["kg-title", "kg-desc"]
    assert root.get("aria-labelledby") == "kg-title kg-desc"
    assert drawing._repr_svg_() == drawing.svg == seeds_graph.plot(what).svg


def test_a_figure_that_is_not_there_gets_the_choices(seeds_graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"no figure 'pie'; there are claims-over-time, chips-by"):
        seeds_graph.plot("pie")


@pytest.mark.parametrize(
    "label", ["</text><script>x</script>", "\u202eback \x01\x00", "&amp; ]]>", "y" * 5000]
)
def test_a_hostile_label_is_text_and_leaves_the_figure_whole(label: str) -> None:
    store = made(("a", "x", "Asserted", None))
    text = label.replace("\x00", "").encode("unicode_escape").decode().replace("\\x", "\\u00")
    store.update(
        f"{prologue()} DELETE WHERE {{ entity:a rdfs:label ?label }} ; "
        f"INSERT DATA {{ entity:a rdfs:label '{text}' }}"
    )
    drawing = chips_by_organisation(store)
    assert {each.tag for each in parts(drawing).iter()} == {
        each.tag for each in parts(chips_by_organisation(made(("a", "x", "Asserted", None)))).iter()
    }
    assert not re.search("[\u202a-\u202e\x00-\x08]", drawing.svg)
    assert float(parts(drawing).get("width", "0")) < 1000


@pytest.mark.parametrize("most", [0, 1, 5, 6, 83, 100, 101, 9_999])
def test_a_scale_reaches_the_most_in_few_round_steps(most: int) -> None:
    scale = ticks(most)
    assert scale[0] == 0
    assert scale[-1] >= most
    assert len(scale) <= 7


def test_a_text_is_cut_with_a_sign_of_it_and_wide_letters_are_wide() -> None:
    assert shortened("a  b\nc", 10) == "a b c"
    assert shortened("abcdef", 4) == "abc…"
    assert width_of("腾讯") > width_of("ab")


@pytest.mark.browser
def test_a_figure_asks_for_nothing_and_follows_a_dark_screen(
    seeds_graph: Graph, tmp_path: Path
) -> None:
    with Browser() as tab:
        for what in PLOTS:
            figure = seeds_graph.plot(what)
            for name, text in (("f.svg", figure.svg), ("f.html", figure.html)):
                (tmp_path / name).write_text(text, encoding="utf-8")
                tab.theme("light")
                tab.open(tmp_path / name, "document.querySelector('svg .paper')")
                paper = "getComputedStyle(document.querySelector('svg .paper')).fill"
                assert tab.run(paper) == "rgb(255, 255, 255)"
                tab.theme("dark")
                assert tab.run(paper) == "rgb(24, 30, 39)"
                assert (len(tab.requests), tab.trouble) == (1, [])
