"""Pages that are read like paper, in a browser: what they show is what was read, and nothing runs.

Each hostile text stands wherever a document, a claim, a name or an answer can bring one.
"""

from __future__ import annotations

import base64
import hashlib
import html as html_module
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode

from kg.api import Graph
from kg.claims import Claim, Dated, Modality
from kg.graph.rows import Rows
from kg.ontology.lexicon import Thing
from kg.ontology.questions import Looked, Param, Question
from kg.reading import Leftover, Named, Reading
from kg.text import Document
from kg.views.answers import answer_page
from kg.views.corpus import INDEX, pages
from kg.views.document import page
from kg.views.drawing import Drawing, draw
from tests.browser import Browser

HOSTILE = (
    "</script><script>document.title='broken'</script>",
    "<img src=x onerror=\"document.title='broken'\">",
    '"><svg onload="document.title=\'broken\'">',
    "</style><style>*{display:none}</style>",
    "<a href=\"javascript:document.title='broken'\">href</a>",
    "javascript:document.title='broken'",
    "{{ 7 * 7 }}{% raw %}<!--<script>",
    "__proto__",
    "\u202egnorw si siht\u202c \u2066 \u2028 \x00 \x1b[2J \ud800 \ufffe",
    "x" * 100_000,
    "https://example.org/\"onmouseover=\"document.title='broken'",
)
TEXT = "Acme, it said, bought 5 H20s in 2025. Others deny that Acme bought H20s."


def reading_of(text: str = TEXT, extra: str = "") -> Reading:
    """A reading with three claims over two sentences; `extra` stands wherever words can."""
    safe = extra.encode("utf-8", "replace").decode()  # an id is hashed, so it cannot be without
    whole = text + safe
    document = Document(
        identifier=f"note{safe}",
        title=f"A note{extra}",
        text=whole,
        creator=f"Somebody{extra}",
        date=date(2025, 4, 1),
        source=f"https://example.org/{extra}",
    )
    first, second = document.span(0, 37), document.span(38, len(whole))
    bought = Claim(
        document=document.id,
        subject="entity:x-acme",
        predicate="kg:purchases",
        object="chip:nvidia-h20",
        subject_text="Acme",
        object_text="H20s",
        evidence=(first,),
        found_by="buy",
        confidence=0.83,
        modality=Modality.REPORTED,
        attributed_to=f"it{extra}",
        attributed_to_entity="entity:x-acme",
        holds=Dated(start=date(2025, 1, 1), start_precision="year"),
        quantity=5000,
        quantity_text=f"5{extra}",
    )
    denied = replace(bought, modality=Modality.DENIED, evidence=(second,), attributed_to=None)
    both = replace(bought, predicate="kg:usesHardware", evidence=(first, second), confidence=0.5)
    return Reading(
        document=document,
        claims=(bought, denied, both),
        names=(
            Named(document.span(0, 4), "entity:x-acme"),
            Named(document.span(24, 28), "chip:nvidia-h20"),
            Named(document.span(55, 59), "entity:x-acme"),
        ),
        discovered=(Thing(curie="entity:x-acme", label=f"Acme{extra}", cls="kg:Company"),),
        leftovers=(Leftover(document.span(38, len(whole)), f"no place{extra}", extra),),
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as running:
        yield running


@pytest.fixture
def tab(browser: Browser) -> Browser:
    browser.resize(1200, 800)
    browser.theme("light")
    browser.move(1, 1)
    return browser


def show(tab: Browser, folder: Path, html: str) -> None:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    tab.open(file)


def all_texts(tab: Browser, place: str) -> list[str]:
    """What all elements say, letter by letter."""
    found = tab.run(
        f"[...document.querySelectorAll({json.dumps(place)})].map((each) => each.textContent)"
    )
    return [" ".join(each.split()) for each in found]


SHOWN_TEXT = """(() => {
    const text = document.querySelector(".text").cloneNode(true);
    text.querySelectorAll(".n").forEach((number) => number.remove());
    return text.textContent;
})()"""
LIT = """(name) => [...document.querySelectorAll(`.text .${name}`)]
    .map((each) => each.textContent).join("|")"""


def lit(tab: Browser, name: str) -> str:
    return str(tab.run(f"({LIT})({json.dumps(name)})"))


def hover(tab: Browser, place: str) -> None:
    x, y = tab.run(
        f"""(() => {{
            const [box] = document.querySelector({json.dumps(place)}).getClientRects();
            return [box.left + box.width / 2, box.top + box.height / 2];
        }})()"""
    )
    tab.move(x, y)


def pinned(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def question(sentence: str = "Who uses it?", left_out: str = "licences") -> Question:
    return Question(
        name="who-uses",
        question=sentence,
        params=(Param(name="chip", kind="kg:Chip", required=True, help="the chip"),),
        columns=("who", "who_label", "times", "source"),
        left_out=left_out,
        looked=Looked(noun="claims", pattern="?x a kg:Claim"),
        example="kg ask graph/ who-uses --chip h20",
        sparql="",
    )


def rows_of(*rows: tuple[str, int, str]) -> Rows:
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    return Rows(
        ("who", "who_label", "times", "source"),
        tuple(
            (
                NamedNode(f"https://w3id.org/chiptrace/entity/x-{at}"),
                Literal(label),
                Literal(str(times), datatype=integer),
                Literal(source),
            )
            for at, (label, times, source) in enumerate(rows)
        ),
    )


ANSWER = rows_of(
    ("Beta", 9, "https://example.org/b"),
    ("alpha", 10, "see https://example.org/a"),
    ("Gamma", 2, ""),
)


def every_page(extra: str) -> Iterator[str]:
    """Each kind of page with a text wherever it can stand."""
    yield page(reading_of(extra=extra))
    yield from (html for _, html in pages([reading_of(extra=extra), reading_of()]))
    safe = extra.encode("utf-8", "replace").decode()  # RDF itself holds no half character
    row = (safe.replace("\x00", ""), 1, safe.replace("\x00", ""))
    yield answer_page(question(extra, extra), {"chip": extra}, rows_of(row))
    silent = Rows(("who",), (), warnings=(extra,), silence=extra)
    yield answer_page(question(extra), {"chip": extra}, silent)
    parts: dict[str, Any] = {"width": 100, "height": 100, "left": 0, "right": 1, "top": 0}
    text = [{"x": 1, "y": 2, "text": extra, "id": extra}]
    svg = draw(
        "chips-by-organisation.svg",
        **{"title": extra, "note": extra, "desc": extra, "bottom": 1, "dots": []},
        **{**parts, "columns": text, "rows": text},
    )
    yield Drawing(extra, svg, (extra,), ((extra,),), extra).html


# ---- the text of the pages ----


def test_a_page_is_the_same_each_time() -> None:
    assert list(every_page("")) == list(every_page(""))


def test_the_policy_lets_exactly_the_styles_and_scripts_of_the_page_run() -> None:
    for html in every_page(""):
        (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
        styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        assert html_module.unescape(policy).split("; ") == [
            "default-src 'none'",
            f"style-src {' '.join(map(pinned, styles))}",
            "img-src data:",
            f"script-src {' '.join(map(pinned, scripts))}",
            "base-uri 'none'",
            "form-action 'none'",
        ]
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write", "".join(scripts)
        )
        assert not re.search(r"url\(|@import", "".join(styles))
        assert not re.search(r'\sstyle="|\son\w+="', html)


# ---- the pages in a browser ----


@pytest.mark.browser
@pytest.mark.parametrize("extra", HOSTILE, ids=lambda text: ascii(text[:16]))
def test_a_hostile_text_runs_nowhere_and_breaks_nothing(
    tab: Browser, tmp_path: Path, extra: str
) -> None:
    for html in every_page(extra):
        html.encode()
        show(tab, tmp_path, html)
        assert (tab.requests, tab.trouble) == ([(tmp_path / "page.html").as_uri()], [])
        assert tab.run("document.title !== 'broken'")
        assert tab.run("document.querySelectorAll('img, iframe, object, script[src]').length") == 0
        assert tab.run("document.scripts.length") == 1
        links = tab.run("[...document.links].map((each) => each.protocol)")
        assert set(links) <= {"file:", "https:"}
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", tab.run("document.body.textContent"))
        assert tab.run("document.documentElement.scrollWidth") <= 1200


@pytest.mark.browser
def test_the_page_shows_the_whole_text_and_what_was_read(tab: Browser, tmp_path: Path) -> None:
    reading = reading_of()
    show(tab, tmp_path, page(reading))
    assert tab.run(SHOWN_TEXT) == TEXT
    assert all_texts(tab, ".card .says") == [
        "1 Acme buys Nvidia H20",
        "2 Acme buys Nvidia H20",
        "3 Acme uses Nvidia H20",
    ]
    assert all_texts(tab, "#claim-1 dl > div") == [
        "subject“Acme” entity:x-acme",
        "propertykg:purchases",
        "object“H20s” chip:nvidia-h20",
        "speaker“it” entity:x-acme",
        "holdsfrom 2025",
        "how many5,000 “5”",
        "cuebuy",
    ]
    assert "the document itself" in all_texts(tab, "#claim-2 dl")[0]
    assert tab.run("document.querySelector('#claim-1 meter').value") == 0.83
    assert all_texts(tab, ".text .name") == ["Acme", "H20s", "Acme"]
    assert all_texts(tab, "#claim-2 .how .u") == ["denied"]
    assert all_texts(tab, ".text .u.denied") != []


@pytest.mark.browser
def test_pointing_at_a_claim_lights_its_words_and_leaving_darkens_them(
    tab: Browser, tmp_path: Path
) -> None:
    show(tab, tmp_path, page(reading_of()))
    hover(tab, "#claim-1 .phrase")
    assert (lit(tab, "is-subject"), lit(tab, "is-object")) == ("Acme", "H20s")
    assert lit(tab, "is-evidence").replace("|", "") == TEXT[:37]
    assert tab.run("getComputedStyle(document.querySelector('#claim-1 dl')).display") == "block"
    hover(tab, "#claim-2 .phrase")
    assert lit(tab, "is-evidence").replace("|", "") == TEXT[38:]
    tab.move(1, 1)
    assert (lit(tab, "is-evidence"), lit(tab, "is-subject")) == ("", "")


@pytest.mark.browser
def test_words_of_several_claims_point_at_all_and_a_click_goes_through_them(
    tab: Browser, tmp_path: Path
) -> None:
    show(tab, tmp_path, page(reading_of()))
    hover(tab, ".text .w[data-c='1 3']")
    assert tab.run("[...document.querySelectorAll('.lit, .near')].map((each) => each.id)") == [
        "claim-1",
        "claim-3",
    ]
    for shown in ("claim-1", "claim-3", "claim-1"):
        tab.run("document.querySelector(\".text .w[data-c='1 3']\").click()")
        assert tab.run("document.querySelector('.lit').id") == shown
        assert tab.run("location.hash") == f"#{shown}"


@pytest.mark.browser
def test_the_keyboard_reaches_each_claim(tab: Browser, tmp_path: Path) -> None:
    show(tab, tmp_path, page(reading_of()))
    tab.run("document.querySelector('#claim-1 .n').focus()")
    assert tab.run("document.querySelector('.lit').id") == "claim-1"
    tab.press("ArrowDown")
    assert tab.run("document.querySelector('.lit').id") == "claim-2"
    assert lit(tab, "is-evidence").replace("|", "") == TEXT[38:]
    tab.press("Escape")
    assert lit(tab, "is-evidence") == ""


@pytest.mark.browser
def test_an_address_can_name_a_claim(tab: Browser, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(reading_of()), encoding="utf-8")
    tab.call("Page.navigate", url=(tmp_path / "page.html").as_uri() + "#claim-2")
    tab.wait("window.chiptrace && document.querySelector('.lit')")
    assert tab.run("document.querySelector('.lit').id") == "claim-2"


@pytest.mark.browser
def test_kinds_modalities_and_leftovers_are_switched(tab: Browser, tmp_path: Path) -> None:
    show(tab, tmp_path, page(reading_of()))
    look = "getComputedStyle(document.querySelector({}))[{}]".format
    coloured = tab.run(look("'.text .k-Chip'", "'backgroundColor'"))
    tab.run("document.getElementById('kind-Chip').click()")
    assert tab.run(look("'.text .k-Chip'", "'backgroundColor'")) == "rgba(0, 0, 0, 0)" != coloured
    assert tab.run(look("'.text .w.left'", "'outlineStyle'")) == "none"
    tab.run("document.getElementById('show-left').click()")
    assert tab.run(look("'.text .w.left'", "'outlineStyle'")) == "dotted"
    assert "left over: no place" in tab.run("document.querySelector('.w.left').title")
    tab.run("document.getElementById('said-denied').click()")
    assert tab.run(look("'#claim-2'", "'display'")) == "none"
    assert tab.run(look("'.text .u.denied'", "'textDecorationLine'")) == "none"


@pytest.mark.browser
def test_without_script_all_claims_are_open_and_the_switches_work(
    tab: Browser, tmp_path: Path
) -> None:
    html = re.sub(r"<script>.*?</script>", "", page(reading_of()), flags=re.DOTALL)
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(tmp_path / "page.html", "document.querySelector('.card')")
        assert tab.run("getComputedStyle(document.querySelector('#claim-3 dl')).display") == "block"
    finally:
        tab.call("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_window(tab: Browser, tmp_path: Path, width: int) -> None:
    tab.resize(width, 800)
    for html in every_page(""):
        show(tab, tmp_path, html)
        assert tab.run("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_a_dark_screen_and_a_white_page_turn_the_colours(tab: Browser, tmp_path: Path) -> None:
    show(tab, tmp_path, page(reading_of()))
    ground = "getComputedStyle(document.body).backgroundColor"
    light = tab.run(ground)
    tab.theme("dark")
    assert tab.run(ground) != light
    tab.call("Emulation.setEmulatedMedia", media="print", features=[])
    assert tab.run(ground) == "rgb(255, 255, 255)"
    assert tab.run("getComputedStyle(document.querySelector('#claim-2 dl')).display") == "block"
    tab.call("Emulation.setEmulatedMedia", media="", features=[])


@pytest.mark.browser
def test_an_answer_is_sorted_by_number_or_by_letter(tab: Browser, tmp_path: Path) -> None:
    show(tab, tmp_path, answer_page(question(), {"chip": "h20"}, ANSWER))
    assert all_texts(tab, "tbody td:first-child bdi") == ["Beta", "alpha", "Gamma"]
    first, second = "thead th:nth-child(1) button", "thead th:nth-child(2) button"
    for button, order in (
        (first, ["alpha", "Beta", "Gamma"]),
        (first, ["Gamma", "Beta", "alpha"]),
        (second, ["Gamma", "Beta", "alpha"]),
        (second, ["alpha", "Beta", "Gamma"]),
    ):
        tab.run(f"document.querySelector('{button}').click()")
        assert all_texts(tab, "tbody td:first-child bdi") == order
    assert tab.run("document.querySelectorAll('[aria-sort]').length") == 1


@pytest.mark.browser
def test_an_answer_is_searched(tab: Browser, tmp_path: Path) -> None:
    show(tab, tmp_path, answer_page(question(), {"chip": "h20"}, ANSWER))
    tab.run("document.getElementById('search').focus()")
    tab.type("ALPHA see")
    assert all_texts(tab, "tbody tr:not([hidden]) td:first-child bdi") == ["alpha"]
    assert all_texts(tab, "#count") == ["1 of 3 rows"]
    assert tab.run("[...document.links].map((each) => each.href)") == [
        "https://example.org/b",
        "https://example.org/a",
    ]


@pytest.mark.browser
def test_an_answer_tells_what_was_asked_and_what_silence_means(
    tab: Browser, tmp_path: Path
) -> None:
    silent = Rows(("who",), (), silence="looked at 7 claims. Silence is not clearance.")
    show(tab, tmp_path, answer_page(question(), {"chip": "MI 300"}, silent))
    assert all_texts(tab, "h1") == ["Who uses it?"]
    assert all_texts(tab, ".about code") == ["kg ask GRAPH who-uses --chip 'MI 300'"]
    assert all_texts(tab, "dd") == ["MI 300 the chip", "partial: licences"]
    assert all_texts(tab, ".empty") == ["No rows; looked at 7 claims. Silence is not clearance."]


@pytest.mark.browser
def test_the_pages_of_a_corpus_lead_to_each_other(
    tab: Browser, tmp_path: Path, seeds_graph: Graph
) -> None:
    readings = seeds_graph.readings()
    for name, text in pages(readings):
        (tmp_path / name).write_text(text, encoding="utf-8")
    tab.open(tmp_path / INDEX)
    assert len(list(tmp_path.iterdir())) == len(readings) + 1
    links = tab.run("[...document.querySelectorAll('td a')].map((each) => each.href)")
    assert links == [(tmp_path / f"{each.document.id}.html").as_uri() for each in readings]
    said = seeds_graph.query(
        "SELECT (COUNT(?c) AS ?n) { ?c a kg:ReadClaim ; kg:modality kg:Denied }"
    )
    column = all_texts(tab, "thead th").index("denied") + 1
    shown = all_texts(tab, f"tbody td:nth-child({column})")
    assert isinstance(said, Rows)
    assert sum(map(int, shown)) == said[0]["n"] > 0
    for reading in readings[:3]:
        tab.open(tmp_path / f"{reading.document.id}.html")
        assert tab.run(SHOWN_TEXT) == reading.document.text.replace("\r\n", "\n")
        assert all_texts(tab, ".card dl > div:first-child code") == [
            claim.subject for claim in reading.claims
        ]
        assert tab.trouble == []
    assert all_texts(tab, "nav a") == ["All documents", "Previous", "Next"]
