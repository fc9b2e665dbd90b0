"""The page of a network: one file, the same each time, deaf to whatever a label says."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.views.page import MOST_THINGS, page
from tests.browser import Browser

HOSTILE = (
    "</script><script>document.title='broken'</script>",
    "<img src=x onerror=\"document.title='broken'\">",
    '"><svg onload="document.title=\'broken\'">',
    "<a href=\"javascript:document.title='broken'\">href</a>",
    "javascript:document.title='broken'",
    "';document.title='broken';//",
    "{{ 7 * 7 }}{% raw %}<!--<script>",
    "__proto__",
    "constructor",
    "\u202egnorw si siht\u202c \u2028 \x00 \\u003cscript\\u003e",
)


def claim(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"claim:{number:016x}",
        "quote": f"Sentence number {number}.",
        "speaker": None,
        "document": "A made-up article",
        "date": "2024-05-01",
        "confidence": 0.83,
        "source": None,
    } | changes


def add_thing(network: nx.MultiDiGraph, name: str, kind: str, label: str, **changes: Any) -> None:
    look = {"label": label, "kind": kind, "aliases": (), "discovered": False}
    network.add_node(name, **(look | changes))


def add_link(network: nx.MultiDiGraph, start: str, end: str, **changes: Any) -> None:
    said = {
        "predicate": "kg:usesHardware",
        "phrase": "uses",
        "modality": "asserted",
        "kind": "read",
        "claims": (claim(network.number_of_edges()),),
    }
    network.add_edge(start, end, **(said | changes))


def small_network() -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    add_thing(network, "entity:lab", "Organisation", "Example Lab", aliases=("Beispiellabor",))
    add_thing(network, "entity:x-buyer", "Organisation", "Buyer A", discovered=True)
    add_thing(network, "chip:one", "Chip", "Chip One")
    add_thing(network, "rule:made-up", "Rule", "A made-up rule")
    said = claim(
        1,
        quote="Example Lab trained on Chip One.",
        speaker="an official",
        source="https://example.org/article",
    )
    add_link(network, "entity:lab", "chip:one", modality="reported", claims=(said,))
    add_link(network, "entity:lab", "chip:one", modality="denied", claims=(claim(2),))
    add_link(network, "entity:x-buyer", "chip:one", modality="planned", phrase="wants")
    add_link(network, "entity:x-buyer", "entity:lab", modality="hypothetical", phrase="supplies")
    add_link(
        network,
        "chip:one",
        "rule:made-up",
        kind="curated",
        predicate="kg:restrictedBy",
        phrase="is restricted by",
    )
    return network


def hostile_network() -> nx.MultiDiGraph:
    """Each hostile text in each place that a text can come to."""
    network = nx.MultiDiGraph()
    for text in HOSTILE:
        add_thing(network, text, "Chip", text, aliases=(text,), discovered=True)
    for number, text in enumerate(HOSTILE):
        said = claim(
            number, id=text, quote=text, speaker=text, document=text, date=text, source=text
        )
        add_link(
            network,
            text,
            HOSTILE[number - 1],
            predicate=text,
            phrase=text,
            modality=("asserted", "reported", "denied", "planned", "hypothetical")[number % 5],
            claims=(said,),
        )
    return network


class Parts(HTMLParser):
    """What a browser would find in a page: tags with their attributes, and script texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")
        if tag == "style":
            self.styles.append("")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.cdata_elem == "script":
            self.scripts[-1] += data
        if self.lasttag == "style" and self.cdata_elem == "style":
            self.styles[-1] += data

    @property
    def data(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.scripts[0])
        return found

    @property
    def policy(self) -> str:
        return next(a["content"] or "" for tag, a in self.tags if tag == "meta" and "content" in a)


def pinned(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"


# ---- the text of the page ----


def test_the_same_network_twice_gives_the_same_page():
    assert page(small_network(), "Chips") == page(small_network(), "Chips")


def test_the_order_in_which_a_network_was_made_does_not_show():
    network = small_network()
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from(reversed(list(network.edges(data=True))))
    assert page(other, "Chips") == page(network, "Chips")


def test_nothing_in_the_page_points_outside():
    parts = Parts(page(small_network(), "Chips"))
    pointing = [
        (tag, name, value)
        for tag, attributes in parts.tags
        for name, value in attributes.items()
        if name in {"src", "href", "action", "data", "poster", "srcset"} and value != "data:,"
    ]
    assert pointing == []
    assert not re.search(r"url\(|@import", "".join(parts.styles))
    assert not re.search(r"\bimport\s*\(|importScripts|fetch\(|XMLHttpRequest", parts.scripts[2])


def test_the_policy_lets_exactly_these_scripts_and_styles_run():
    parts = Parts(page(small_network(), "Chips"))
    _, library, ours = parts.scripts
    assert parts.policy.split("; ") == [
        "default-src 'none'",
        f"script-src {pinned(library)} {pinned(ours)}",
        f"style-src {pinned(parts.styles[0])}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_our_script_writes_no_markup():
    ours = Parts(page(small_network(), "Chips")).scripts[2]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", ours)


def test_hostile_texts_arrive_as_data_and_add_no_tag():
    tame = nx.relabel_nodes(hostile_network(), {text: f"n{i}" for i, text in enumerate(HOSTILE)})
    hostile = Parts(page(hostile_network(), HOSTILE[0]))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in Parts(page(tame, "Tame")).tags]
    assert {node["curie"] for node in hostile.data["nodes"]} == set(HOSTILE)
    assert {edge["claims"][0]["quote"] for edge in hostile.data["edges"]} == set(HOSTILE)


def test_what_is_affirmed_is_solid_and_all_else_is_dashed():
    edges = Parts(page(small_network(), "Chips")).data["edges"]
    dashed = {edge["modality"]: bool(edge["dashes"]) for edge in edges}
    assert dashed == {
        "asserted": False,
        "reported": False,
        "denied": True,
        "planned": True,
        "hypothetical": True,
    }


def test_what_no_document_says_is_drawn_thinner():
    edges = Parts(page(small_network(), "Chips")).data["edges"]
    width = {kind: [e["width"] for e in edges if e["kind"] == kind] for kind in ("read", "curated")}
    assert max(width["curated"]) < min(width["read"])


def test_edges_between_the_same_two_things_are_bent_apart():
    edges = Parts(page(small_network(), "Chips")).data["edges"]
    bent = [edge["smooth"]["type"] for edge in edges if edge["smooth"]]
    assert sorted(bent) == ["curvedCCW", "curvedCW"]


def test_the_newest_claim_of_an_edge_comes_first_and_one_without_a_date_last():
    network = small_network()
    dates = (None, "2023-01-01", "2024-06-01")
    claims = tuple(claim(number, date=date) for number, date in enumerate(dates))
    add_link(network, "entity:lab", "rule:made-up", claims=claims)
    edges = Parts(page(network, "Chips")).data["edges"]
    (shown,) = [edge["claims"] for edge in edges if len(edge["claims"]) == 3]
    assert [each["date"] for each in shown] == ["2024-06-01", "2023-01-01", None]


def test_a_line_counts_what_the_page_holds():
    assert "4 things, 5 links, 5 claims from 1 document<" in page(small_network(), "Chips")


def test_of_too_many_things_the_best_connected_are_drawn_and_the_page_says_so():
    network = nx.MultiDiGraph()
    for number in range(MOST_THINGS + 20):
        add_thing(network, f"entity:{number:04}", "Organisation", f"Thing {number}")
    for number in range(20, MOST_THINGS + 20):
        add_link(network, f"entity:{number:04}", f"entity:{max(20, number // 9):04}")
    html = page(network, "Many")
    assert "Only the 1,500 best-connected of 1,520 things are drawn." in html
    names = [node["curie"] for node in Parts(html).data["nodes"]]
    assert names == [f"entity:{number:04}" for number in range(20, MOST_THINGS + 20)]


def test_an_empty_network_gives_a_friendly_page():
    html = page(nx.MultiDiGraph(), "Nothing")
    assert "Nothing to draw yet" in html
    assert len(html) < 100_000


def test_a_title_is_text():
    assert "<title>H20 &amp; &lt;b&gt;others&lt;/b&gt;</title>" in page(
        small_network(), "H20 & <b>others</b>"
    )


# ---- the page in a browser ----


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


def show(tab: Browser, folder: Path, network: nx.MultiDiGraph, title: str = "Chips") -> None:
    file = folder / "page.html"
    file.write_text(page(network, title), encoding="utf-8")
    tab.open(file)


def spot(tab: Browser, place: str) -> tuple[float, float]:
    """Where in the window a place of the drawing is seen."""
    x, y = tab.run(
        f"""(() => {{
            const {{ network }} = window.chiptrace;
            const frame = document.getElementById("drawing").getBoundingClientRect();
            const seen = network.canvasToDOM({place});
            return [seen.x + frame.left, seen.y + frame.top];
        }})()"""
    )
    return x, y


def of_link(number: int) -> str:
    return f"network.body.edges[{number}].edgeType.getPoint(0.5)"


def of_thing(number: int) -> str:
    return f"network.getPosition({number})"


def text_of(tab: Browser, place: str) -> str:
    return str(tab.run(f"document.querySelector({json.dumps(place)}).innerText"))


def link_numbers(network: nx.MultiDiGraph) -> dict[str, int]:
    edges = Parts(page(network, "")).data["edges"]
    return {edge["modality"]: edge["id"] for edge in edges}


MADE = """(() => {
    document.querySelectorAll("#panel details").forEach((row) => { row.open = true; });
    const made = document.querySelectorAll("#panel *, #tooltip *, #found *");
    return [...made].map((element) => element.localName);
})()"""
CHIP, LAB, BUYER, RULE = range(4)  # the numbers that the sorted ids get


@pytest.mark.browser
def test_the_page_draws_and_asks_for_nothing(tab, tmp_path):
    show(tab, tmp_path, small_network())
    inked = tab.run(
        """(() => {
            const canvas = document.querySelector("canvas");
            const pen = canvas.getContext("2d");
            const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
            return data.filter((_, i) => i % 4 === 3 && data[i]).length;
        })()"""
    )
    assert inked > 2000
    outside = [url for url in tab.requests if not url.startswith(("file:", "data:"))]
    assert (outside, tab.trouble) == ([], [])


@pytest.mark.browser
def test_a_click_on_a_link_shows_who_said_what_where_and_when(tab, tmp_path):
    network = small_network()
    show(tab, tmp_path, network)
    tab.click(*spot(tab, of_link(link_numbers(network)["reported"])))
    tab.wait("document.querySelector('#panel blockquote')")
    said = text_of(tab, "#panel")
    for words in (
        "Example Lab uses Chip One",
        "Reported",
        "Example Lab trained on Chip One.",
        "an official",
        "A made-up article",
        "2024-05-01",
        "83%",
    ):
        assert words in said
    assert tab.run("document.querySelector('#panel a').href") == "https://example.org/article"
    assert tab.trouble == []


@pytest.mark.browser
def test_a_link_that_is_also_denied_is_called_disputed(tab, tmp_path):
    network = small_network()
    show(tab, tmp_path, network)
    tab.click(*spot(tab, of_link(link_numbers(network)["reported"])))
    tab.wait("document.querySelector('#panel .disputed')")
    tab.run("document.querySelector('#panel .disputed button').click()")
    assert "Somebody says that this is not so." in text_of(tab, "#panel")
    assert "somebody also says that it is so" in text_of(tab, "#panel .disputed")


@pytest.mark.browser
def test_a_click_on_a_thing_lists_all_that_is_said_about_it(tab, tmp_path):
    show(tab, tmp_path, small_network())
    tab.click(*spot(tab, of_thing(CHIP)))
    tab.wait("document.querySelectorAll('#panel blockquote').length === 4")
    said = text_of(tab, "#panel")
    for words in ("Chip One", "chip:one", "Example Lab", "is restricted by", "A made-up rule"):
        assert words in said


@pytest.mark.browser
def test_a_pointer_over_a_link_reads_phrase_quote_and_speaker(tab, tmp_path):
    network = small_network()
    show(tab, tmp_path, network)
    tab.move(*spot(tab, of_link(link_numbers(network)["reported"])))
    tab.wait("!document.getElementById('tooltip').hidden")
    assert text_of(tab, "#tooltip").split("\n\n") == [
        "Example Lab uses Chip One (reported)",
        "“Example Lab trained on Chip One.”",
        "Said by an official",
    ]


@pytest.mark.browser
def test_the_search_finds_a_thing_by_another_name(tab, tmp_path):
    show(tab, tmp_path, small_network())
    tab.run("document.getElementById('search').focus()")
    tab.type("beispiel")
    assert text_of(tab, "#found") == "Example Lab\nOrganisation · Beispiellabor"
    tab.press("Enter")
    assert text_of(tab, "#panel h2") == "Example Lab"
    assert tab.run("window.chiptrace.network.getSelectedNodes()") == [LAB]


@pytest.mark.browser
def test_the_pointer_does_not_take_the_focus_from_the_search(tab, tmp_path):
    show(tab, tmp_path, small_network())
    tab.run("document.getElementById('search').focus()")
    tab.move(300, 400)
    tab.move(310, 420)
    assert tab.run("document.activeElement.id") == "search"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("key", "things", "links"),
    [
        ("Chip", [LAB, BUYER, RULE], 1),
        ("Planned", [CHIP, LAB, BUYER, RULE], 4),
        ("Curated", [CHIP, LAB, BUYER], 4),
    ],
)
def test_a_key_of_the_legend_filters(tab, tmp_path, key, things, links):
    show(tab, tmp_path, small_network())
    keys = "[...document.querySelectorAll('.keys button')]"
    toggle = f"{keys}.find((key) => key.innerText.startsWith('{key}'))"
    tab.run(f"{toggle}.click()")
    assert tab.run("window.chiptrace.things.getIds()") == things
    assert tab.run("window.chiptrace.links.length") == links
    assert tab.run(f"{toggle}.getAttribute('aria-pressed')") == "false"
    assert text_of(tab, "#counts") == f"Shown: {len(things)} of 4 things, {links} of 5 links"
    tab.run("document.getElementById('everything').click()")
    assert text_of(tab, "#counts") == "4 things, 5 links, 5 claims from 1 document"


@pytest.mark.browser
def test_a_thing_that_is_filtered_away_is_no_longer_chosen(tab, tmp_path):
    show(tab, tmp_path, small_network())
    tab.click(*spot(tab, of_thing(CHIP)))
    tab.wait("document.querySelector('#panel blockquote')")
    tab.run("document.querySelectorAll('#kinds button')[1].click()")
    assert text_of(tab, "#panel").startswith("Choose a thing or a line")


@pytest.mark.browser
def test_each_control_is_reached_by_the_tab_key(tab, tmp_path):
    show(tab, tmp_path, small_network())
    tab.run("document.getElementById('search').focus()")
    reached = ["search"]
    for _ in range(16):
        tab.press("Tab")
        reached.append(tab.run("(e => e.id || e.className || e.innerText)(document.activeElement)"))
    assert reached[:6] == [
        "search",
        "closer",
        "farther",
        "fit",
        "vis-network",
        "Legend and filters",
    ]
    assert ["".join(name.split("\n")) for name in reached[6:15]] == [
        *("Organisation2", "Chip1", "Rule1"),
        *("Asserted1", "Reported1", "Denied1", "Planned1", "Hypothetical1"),
        "Read in a document4",
    ]


@pytest.mark.browser
def test_fit_brings_back_a_drawing_that_was_moved_away(tab, tmp_path):
    show(tab, tmp_path, small_network())
    before = tab.run("window.chiptrace.network.getViewPosition()")
    tab.run("window.chiptrace.network.moveTo({ position: { x: 9000, y: 9000 }, scale: 3 })")
    tab.run("document.getElementById('fit').click()")
    assert tab.run("window.chiptrace.network.getViewPosition()") == pytest.approx(before)


@pytest.mark.browser
def test_the_drawing_takes_the_colours_of_the_readers_theme(tab, tmp_path):
    show(tab, tmp_path, small_network())
    colour = f"window.chiptrace.things.get({LAB}).color.background"
    light = tab.run(colour)
    tab.theme("dark")
    tab.wait(f"{colour} !== '{light}'")
    assert tab.run("getComputedStyle(document.body).backgroundColor") == "rgb(16, 20, 26)"


@pytest.mark.browser
def test_a_phone_shows_all_without_scrolling_aside(tab, tmp_path):
    tab.resize(390, 844)
    show(tab, tmp_path, small_network(), "A rather long title of a page that a telephone shows")
    assert tab.run("document.documentElement.scrollWidth") == 390
    assert tab.run("document.getElementById('drawing').clientHeight") > 300
    tab.click(*spot(tab, of_thing(CHIP)))
    tab.wait("document.querySelector('#panel blockquote')")
    assert tab.run("document.querySelector('#panel h2').getBoundingClientRect().top") < 800


@pytest.mark.browser
def test_an_empty_page_is_quiet(tab, tmp_path):
    show(tab, tmp_path, nx.MultiDiGraph())
    assert "Nothing to draw yet" in text_of(tab, "main")
    assert tab.trouble == []


@pytest.mark.browser
def test_hostile_texts_do_nothing_wherever_they_are_shown(tab, tmp_path):
    show(tab, tmp_path, hostile_network(), HOSTILE[0])
    made = set()
    for number, text in enumerate(HOSTILE):
        tab.run("document.getElementById('fit').click()")
        for place in (of_thing(number), of_link(number)):
            tab.move(*spot(tab, place))
            tab.wait("!document.getElementById('tooltip').hidden")
            made |= set(tab.run(MADE))
            tab.click(*spot(tab, place))
            made |= set(tab.run(MADE))
        tab.run("document.getElementById('search').focus()")
        tab.type(text)
        made |= set(tab.run(MADE))
        tab.press("Enter")
    tab.run("new Promise((resolve) => setTimeout(resolve, 200))")
    assert made.isdisjoint({"a", "img", "script", "iframe", "object", "form"})
    assert {"blockquote", "details", "li", "p"} <= made  # so it was all shown
    assert tab.run("document.title") == HOSTILE[0]
    assert tab.run("document.scripts.length") == 3
    assert [url for url in tab.requests if not url.startswith(("file:", "data:"))] == []
    assert tab.trouble == []


@pytest.mark.browser
def test_the_policy_stops_a_script_even_if_one_came_in(tab, tmp_path):
    show(tab, tmp_path, small_network())
    tab.run(
        """(() => {
            const script = document.createElement("script");
            script.textContent = "document.title = 'broken'";
            const image = document.createElement("img");
            image.setAttribute("onerror", "document.title = 'broken'");
            image.src = "https://example.org/picture.png";
            document.body.append(script, image);
        })()"""
    )
    tab.run("new Promise((resolve) => setTimeout(resolve, 200))")
    assert tab.run("document.title") == "Chips"
    assert any("Content Security Policy" in line for line in tab.trouble)
