"""The pages in a real browser: nothing runs that is not ours, nothing is asked elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.browser import Browser
from tests.site.local import Local, served
from tests.site.world import hostile_store

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this machine"),
]

PAGES = (
    "/",
    "/search?q=bad",
    "/entity/bad",
    "/doc/bad",
    "/claim/bad0",
    "/evidence/bad0",
    "/chip/nvidia-h20",
    "/chip/nvidia-h2o",
    "/rule/amd-letter-2022-08",
    "/place/cn",
    "/ontology",
    "/question/contested",
    "/question/evidence-for?thing=entity%3Abad",
    "/question/evidence-for?thing=%3Csvg%20onload%3Ddocument.title%3D1%3E",
    "/entity/bad/graph",
)
EVERYTHING_OF_A_CLAIM = "SELECT ?s ?p ?o { VALUES ?s { claim:bad0 entity:bad doc:bad } ?s ?p ?o }"
EDITOR = "document.getElementById('host').shadowRoot"
LOADED = "document.readyState === 'complete'"
READY = "window.chiptrace && window.chiptrace.ready"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served(Local(hostile_store())) as address:
        yield address


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _as_at_first(tab: Browser) -> Iterator[None]:
    yield
    tab.resize(1200, 800)
    tab.theme("light")
    tab.call("Emulation.setScriptExecutionDisabled", value=False)


def visit(tab: Browser, site: str, path: str, ready: str = LOADED) -> None:
    tab.visit(site + path, ready)


def unharmed(tab: Browser, site: str) -> None:
    """Nothing ran, nothing was asked elsewhere, no policy was broken."""
    elsewhere = [each for each in tab.requests if not each.startswith((site, "data:", "about:"))]
    assert elsewhere == []
    trouble = [each for each in tab.trouble if "404" not in each and "400" not in each]
    assert trouble == []
    assert tab.run("document.title") not in {"broken", "1"}


@pytest.mark.parametrize("path", PAGES)
def test_no_word_of_the_graph_runs_and_nothing_is_asked_elsewhere(
    tab: Browser, site: str, path: str
) -> None:
    visit(tab, site, path)
    tab.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    unharmed(tab, site)


@pytest.mark.parametrize("path", [each for each in PAGES if not each.endswith("/graph")])
def test_a_page_fits_a_phone(tab: Browser, site: str, path: str) -> None:
    tab.resize(360, 740)
    visit(tab, site, path)
    tab.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert tab.run("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["/", "/chip/nvidia-h20", "/entity/bad", "/question/contested"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_from_their_ground(tab: Browser, site: str, path: str, theme: str) -> None:
    tab.theme(theme)
    visit(tab, site, path)
    assert tab.run(CONTRAST) == []


# The texts whose contrast with the nearest painted ground is under 4.5 (WCAG 2.1, 1.4.3).
CONTRAST = """
(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((each) => each / 255).map((each) =>
      each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const weak = new Set();
  for (const element of document.querySelectorAll('main *, header *')) {
    const own = [...element.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.add(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return [...weak];
})()
"""


def test_dark_is_dark(tab: Browser, site: str) -> None:
    grounds = []
    for theme in ("light", "dark"):
        tab.theme(theme)
        visit(tab, site, "/chip/nvidia-h20")
        grounds.append(tab.run("getComputedStyle(document.body).backgroundColor"))
    assert grounds[0] != grounds[1]


def test_a_page_needs_no_script(tab: Browser, site: str) -> None:
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    visit(tab, site, "/entity/deepseek")
    words = tab.run("document.querySelector('main').innerText")
    assert "DeepSeek" in words
    visit(tab, site, "/question/who-uses?chip=H20")
    assert "Yottaverse" in tab.run("document.querySelector('table').innerText")
    visit(tab, site, "/")
    assert tab.run("document.querySelector('#ask textarea').checkVisibility()")


def test_one_searches_by_keyboard(tab: Browser, site: str) -> None:
    visit(tab, site, "/", READY)
    for _ in range(3):  # skip link, the name of the site, the search box
        tab.press("Tab")
    assert tab.run("document.activeElement.name") == "q"
    tab.type("h20")
    tab.press("Enter")
    tab.wait("location.pathname === '/search' && document.querySelector('.hits a')")
    assert tab.run("document.querySelector('.hits a').pathname") == "/chip/nvidia-h20"


def test_evidence_opens_by_keyboard(tab: Browser, site: str) -> None:
    visit(tab, site, "/place/cn")
    tab.run("document.querySelector('details.fact:not([open]) > summary').focus()")
    tab.press("Enter")
    assert tab.run("document.activeElement.parentElement.open")
    assert tab.run("document.activeElement.parentElement.querySelector('.claim').checkVisibility()")


def test_the_first_stop_leads_past_the_header(tab: Browser, site: str) -> None:
    visit(tab, site, "/chip/nvidia-h20")
    tab.press("Tab")
    tab.press("Enter")
    assert tab.run("document.activeElement.id") == "content"


def ask(tab: Browser, site: str, query: str) -> None:
    visit(tab, site, f"/?query={quote(query)}", READY)
    tab.wait("document.getElementById('state').textContent.match(/row|[.]|line/)")


def test_the_editor_marks_syntax_and_answers(tab: Browser, site: str) -> None:
    ask(tab, site, "SELECT ?chip ?label { ?chip a kg:Chip ; rdfs:label ?label } LIMIT 7")
    words = f"[...{EDITOR}.querySelectorAll('.cm-line span')]"
    colours = f"new Set({words}.map((each) => getComputedStyle(each).color)).size"
    assert tab.run(colours) >= 3
    assert tab.run("document.querySelectorAll('#answer tbody tr').length") == 7
    assert tab.run("document.querySelector('#answer td a').pathname").startswith("/chip/")
    unharmed(tab, site)


def test_an_answer_full_of_hostile_words_stays_words(tab: Browser, site: str) -> None:
    ask(tab, site, EVERYTHING_OF_A_CLAIM)
    assert tab.run("document.querySelectorAll('#answer tbody tr').length") > 20
    assert tab.run("document.querySelectorAll('#answer :is(img, svg, script, iframe)').length") == 0
    links = tab.run("[...document.querySelectorAll('#answer a')].map((each) => each.protocol)")
    assert set(links) <= {"http:", "https:"}
    unharmed(tab, site)


def test_the_editor_completes_our_terms(tab: Browser, site: str) -> None:
    visit(tab, site, f"/?query={quote('SELECT * {}')}", READY)
    tab.run(f"{EDITOR}.querySelector('.cm-content').focus()")
    tab.type("kg:usesH")
    shown = f"{EDITOR}.querySelector('.cm-tooltip-autocomplete li')"
    tab.wait(shown)
    assert "kg:usesHardware" in tab.run(f"{shown}.textContent")
    unharmed(tab, site)


def test_a_slip_in_a_query_is_told(tab: Browser, site: str) -> None:
    ask(tab, site, "SELECT ?x { ")
    assert tab.run("document.getElementById('state').className") == "wrong"
    assert tab.run("document.getElementById('answer').textContent") == ""


def test_a_table_is_sorted_by_its_heads(tab: Browser, site: str) -> None:
    visit(tab, site, "/question/timeline-of-rules", "document.querySelector('th button')")
    column = "[...document.querySelectorAll('tbody tr')].map((row) => row.cells[0].textContent)"
    for order in ("ascending", "descending"):
        tab.run("document.querySelector('th button').focus()")
        tab.press("Enter")
        assert tab.run("document.querySelector('th').getAttribute('aria-sort')") == order
        words = tab.run(column)
        fits = tab.run(f"{column}.sort(new Intl.Collator(undefined, {{numeric: true}}).compare)")
        assert words == (fits if order == "ascending" else fits[::-1])


def test_the_drawing_shows_the_neighbourhood(tab: Browser, site: str) -> None:
    visit(tab, site, "/chip/nvidia-h20/graph", READY)
    assert "Around Nvidia H20" in tab.run("document.querySelector('h1').textContent")
    nodes = tab.run("JSON.parse(document.getElementById('network').textContent).nodes")
    assert {"chip:nvidia-h20", "entity:x-yottaverse", "entity:bad"} <= {
        each["curie"] for each in nodes
    }
    unharmed(tab, site)
