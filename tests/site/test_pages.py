"""Each page says what the graph says, and no more; each address answers as it should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, Store, parse
from starlette.testclient import TestClient

from kg.graph.namespaces import PREFIXES, curie, prologue
from kg.serve.site import thing
from kg.serve.site.names import KINDS, link_to, path_of, term_of
from tests.site.local import Local, app
from tests.site.world import ADDRESSES, hostile_store, whole_store

MOST_QUERIES = 8
H20 = PREFIXES["chip"] + "nvidia-h20"


@pytest.fixture(scope="module")
def local() -> Local:
    return Local(whole_store())


@pytest.fixture(scope="module")
def client(local: Local) -> TestClient:
    return TestClient(app(local))


@pytest.fixture(scope="module")
def hostile() -> TestClient:
    return TestClient(app(Local(hostile_store())))


class Shown(HTMLParser):
    """The words of a page, its links and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if tag == "a" and name == "href"]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def shown(client: TestClient, path: str, status: int = 200) -> Shown:
    reply = client.get(path, headers={"Accept": "text/html"})
    assert reply.status_code == status, reply.text
    return Shown(reply.text)


def values(store: Store, sparql: str) -> list[str]:
    return [row[0].value for row in store.query(prologue() + sparql)]


def our_iris(store: Store) -> Iterator[str]:
    subjects = set(values(store, "SELECT DISTINCT ?s { ?s ?p ?o }"))
    return (each for each in sorted(subjects) if path_of(each) and "#" not in each)


def test_every_iri_of_ours_has_a_page(client: TestClient, local: Local) -> None:
    first: dict[str, list[str]] = {}
    for each in our_iris(local.store):
        first.setdefault(curie(each).partition(":")[0], []).append(path_of(each))
    assert set(first) == set(KINDS)
    for paths in first.values():
        for path in (*paths[:3], paths[-1]):
            assert shown(client, path).tags >= {"h1", "main"}


@pytest.mark.parametrize(
    "name",
    [
        "chip:nvidia-h20",
        "entity:deepseek",
        "rule:amd-letter-2022-08",
        "place:cn",
        "model:deepseek-v3",
    ],
)
def test_a_page_has_each_name_class_and_claim_of_a_thing(
    client: TestClient, local: Local, name: str
) -> None:
    page = shown(client, path_of(PREFIXES[name.partition(":")[0]] + name.partition(":")[2]))
    names = values(
        local.store, f"SELECT ?n {{ {name} rdfs:label|skos:altLabel|skos:hiddenLabel ?n }}"
    )
    classes = values(local.store, f"SELECT ?n {{ {name} a/rdfs:label ?n }}")
    for words in (*names, *classes):
        assert words in page.text
    claims = values(local.store, f"SELECT ?c {{ ?c rdf:subject|rdf:object {name} }}")
    assert claims
    for claim in claims:
        assert path_of(claim) in page.links


def test_a_page_shows_quote_speaker_modality_document_date_and_confidence(
    client: TestClient,
) -> None:
    page = shown(client, "/entity/deepseek").text
    for words in (
        "DeepSeek uses some 2,000 H800s, an official said.",
        "on the word of an official",
        "reported read claim",
        "DeepSeek and its chips , The Example Times, 2025-01-31",
        "confidence 0.83",
        "how many some 2,000",
        "Source: arxiv.org/abs/2412.19437",
    ):
        assert words in page, words


def test_what_is_affirmed_and_denied_stands_side_by_side(client: TestClient) -> None:
    reply = client.get("/chip/nvidia-h800").text
    sides = re.search(
        r'disputed" open>\s*<summary>[^\n]*/entity/deepseek.*?</details>', reply, re.S
    )
    assert sides
    affirmed, denied = sides[0].split("<h4>Denied</h4>")
    assert "an official said" in affirmed
    assert "Nvidia said that it does not" in denied


def test_what_only_is_planned_or_denied_is_marked_as_such(client: TestClient) -> None:
    page = client.get("/chip/nvidia-h800").text
    summary = re.search(r"<details class=\"fact disputed\".*?</summary>", page, re.DOTALL)
    assert summary
    assert "disputed</strong>" in summary[0]


def test_a_chips_page_has_its_figures_with_sources_and_its_verdicts(
    client: TestClient, local: Local
) -> None:
    page = shown(client, "/chip/nvidia-h20")
    about = "?it kg:ofChip chip:nvidia-h20"
    for each in values(local.store, f"SELECT ?it {{ {about} }}"):
        assert path_of(each) in page.links, each
    figures = local.store.query(
        prologue() + f"SELECT ?v ?u ?s {{ {about} ; kg:value ?v ; kg:unit ?u ; dcterms:source ?s }}"
    )
    rows = [(value.value, unit.value, source.value) for value, unit, source in figures]
    assert rows
    for value, unit, source in rows:
        assert f"{value} {unit}" in page.text
        assert source in page.links
    for because in values(local.store, f"SELECT ?b {{ {about} ; kg:because ?b }}"):
        assert " ".join(because.split()) in page.text


def test_a_day_is_shown_as_far_as_it_is_known(client: TestClient) -> None:
    page = shown(client, "/rule/amd-letter-2022-08").text
    assert "effective from 2022-08 " in page
    assert "effective until 2022-10-21 " in page
    assert "holds from 2024 " in f"{shown(client, '/entity/x-yottaverse').text} "


def test_a_document_has_its_claims_in_the_order_of_its_text(
    client: TestClient, local: Local
) -> None:
    (path,) = (
        path_of(each)
        for each in values(local.store, 'SELECT ?d { ?d dcterms:title "DeepSeek and its chips" }')
    )
    page = shown(client, path).text
    assert page.index("some 2,000 H800s, an official") < page.index("Nvidia said that it does not")
    assert "The Example Times" in page


def test_a_concluded_claim_leads_to_what_it_follows_from(client: TestClient, local: Local) -> None:
    concluded, premise = next(
        (row[0].value, row[1].value)
        for row in local.store.query(
            prologue()
            + "SELECT ?c ?p { ?c a kg:ConcludedClaim ; prov:wasDerivedFrom ?p . ?p a kg:Claim }"
        )
    )
    assert path_of(premise) in shown(client, path_of(concluded)).links
    assert path_of(concluded) in shown(client, path_of(premise)).links


def test_a_page_asks_only_a_handful_of_queries(client: TestClient, local: Local) -> None:
    for path in (
        "/",
        "/chip/nvidia-h20",
        "/entity/deepseek",
        "/search?q=h20",
        "/chip/nothing-like",
    ):
        local.asked.clear()
        client.get(path)
        assert 0 < len(local.asked) <= MOST_QUERIES, path


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("nvidia h20", "/chip/nvidia-h20"),
        ("深度", "/entity/deepseek"),
        ("ｈ２０", "/chip/nvidia-h20"),
        ("chinese", "/place/cn"),
        ("chip:nvidia-h20", "/chip/nvidia-h20"),
        ("nvidia-h800", "/chip/nvidia-h800"),
        (H20, "/chip/nvidia-h20"),
        ("Nvidya", "/entity/nvidia"),
    ],
)
def test_a_search_finds(client: TestClient, words: str, path: str) -> None:
    assert path in shown(client, f"/search?q={quote(words)}").links


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "\\", "' } #", "zzzzzz", "x" * 5000, "\x00", "%"]
)
def test_a_search_for_anything_is_answered(client: TestClient, words: str) -> None:
    shown(client, f"/search?q={quote(words)}")


def test_what_is_left_out_is_counted(
    client: TestClient, local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    (there,) = values(local.store, "SELECT (COUNT(*) AS ?n) { ?c rdf:object place:cn }")
    monkeypatch.setitem(thing._MOST, "object", 3)
    page = shown(client, "/place/cn")
    assert f"{int(there) - 3:,} more claims with it are not shown" in page.text


def test_the_best_hit_comes_first(client: TestClient) -> None:
    links = shown(client, "/search?q=h20").links
    assert next(each for each in links if each.startswith("/chip/")) == "/chip/nvidia-h20"


@pytest.mark.parametrize(
    ("media_type", "ending", "format"),
    [
        ("text/turtle", "ttl", RdfFormat.TURTLE),
        ("application/n-triples", "nt", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "rdf", RdfFormat.RDF_XML),
        ("application/ld+json", "jsonld", None),
    ],
)
def test_an_iri_gives_its_rdf_to_who_asks_for_it(
    client: TestClient, local: Local, media_type: str, ending: str, format: RdfFormat | None
) -> None:
    replies = (
        client.get("/chip/nvidia-h20", headers={"Accept": f"{media_type}, text/html;q=0.5"}),
        client.get(f"/chip/nvidia-h20.{ending}"),
    )
    for reply in replies:
        assert reply.headers["Content-Type"].partition(";")[0] == media_type
        assert reply.headers["Vary"] == "Accept"
        if format:
            subjects = {triple.subject.value for triple in parse(reply.content, format=format)}
        else:
            subjects = {each["@id"] for each in reply.json()}
        claims = values(local.store, "SELECT ?c { ?c rdf:subject|rdf:object chip:nvidia-h20 }")
        assert subjects >= {H20, *claims}


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/html;q=0.4, text/turtle;q=0.5", "text/turtle"),
        ("application/*", "application/n-triples"),
        ("text/turtle;q=x, text/html", "text/html"),
    ],
)
def test_the_best_wanted_format_is_given(client: TestClient, accept: str, kind: str) -> None:
    reply = client.get("/chip/nvidia-h20", headers={"Accept": accept})
    assert reply.headers["Content-Type"].partition(";")[0] == kind


def test_a_format_that_we_lack_is_refused(client: TestClient) -> None:
    reply = client.get("/chip/nvidia-h20", headers={"Accept": "image/png"})
    assert reply.status_code == 406
    assert "text/turtle" in reply.text


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_is_not_there_is_missing_and_the_nearest_is_named(
    client: TestClient, accept: str
) -> None:
    reply = client.get("/chip/nvidia-h2o", headers={"Accept": accept})
    assert reply.status_code == 404
    assert 'href="/chip/nvidia-h20"' in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "/chip/%3E%20%7D%20%23",
        "/chip/x%22%20y",
        "/chip/a%00b",
        "/chip/%E2%80%AE",
        "/chip/" + "x" * 4000,
        "/nothing/x",
        "/static/..%2Fpages.py",
        "/static/%2e%2e/pages.py",
        "/static/....//pages.py",
        "/static/",
        "/question/../x",
        "/question/nothing",
        "/chip/nothing/graph",
        "/doc/x/graph",
    ],
)
def test_a_strange_path_is_missing(client: TestClient, local: Local, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert "import annotations" not in reply.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search?q=x",
        "/ontology",
        "/chip/nvidia-h20",
        "/chip/nvidia-h20.ttl",
        "/chip/nvidia-h20/graph",
        "/chip/nothing",
        "/question/who-uses?chip=H20",
        "/static/site.css",
        "/terms.json",
    ],
)
def test_each_answer_is_guarded(client: TestClient, path: str) -> None:
    reply = client.get(path)
    policy = reply.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["X-Frame-Options"] == "DENY"


def test_a_page_of_a_thing_has_no_script(client: TestClient) -> None:
    assert "script" not in shown(client, "/chip/nvidia-h20").tags
    assert "script-src" not in client.get("/chip/nvidia-h20").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/entity/bad",
        "/doc/bad",
        "/claim/bad0",
        "/evidence/bad0",
        "/chip/nvidia-h20",
        "/search?q=bad",
        "/search?q=%22%3E%3Csvg%20onload%3D1%3E",
        "/question/evidence-for?thing=entity%3Abad",
        "/question/evidence-for?thing=%22%3E%3Csvg%20onload%3D1%3E",
        "/question/contested",
        "/?query=%3C/textarea%3E%3Csvg%20onload%3D1%3E",
        "/chip/%3Csvg%20onload=1%3E",
    ],
)
def test_hostile_words_stay_words(hostile: TestClient, path: str) -> None:
    page = hostile.get(path, headers={"Accept": "text/html"}).text
    parsed = Shown(page)
    assert not parsed.tags & {"svg", "img", "iframe", "object", "style"}
    assert not {name for name in parsed.attributes if name.startswith("on") or name == "style"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", unescape(page))
    for link in parsed.links:
        assert link.startswith(("/", "#", "https://", "http://")) and not link.startswith("//"), (
            link
        )


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_are_links(address: str) -> None:
    assert link_to(address).href == ""


def test_a_name_that_could_end_its_brackets_is_no_term() -> None:
    for local in ("a>b", "a b", 'a"b', "a\nb", "", "a/b", "a\\b", "a{b"):
        assert term_of("chip", local) is None


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("who-uses?chip=H20", "Yottaverse"),
        ("who-uses?chip=chip:nvidia-h20", "Yottaverse"),
        ("variants-of?chip=Hopper", "Nvidia H800 SXM"),
        ("who-said?speaker=official", "some 2,000 H800s"),
        ("contested", "DeepSeek"),
    ],
)
def test_a_question_is_answered_as_a_table(client: TestClient, path: str, words: str) -> None:
    page = shown(client, f"/question/{path}")
    assert "table" in page.tags
    assert words in page.text


def test_an_answer_leads_to_the_things(client: TestClient) -> None:
    assert "/entity/x-yottaverse" in shown(client, "/question/who-uses?chip=H20").links


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("who-uses?chip=", "Say which chip is meant"),
        ("who-uses?chip=zzzz", "no Chip called “zzzz”"),
        ("who-uses?chip=DeepSeek", "no Chip called “DeepSeek”"),
        ("evidence-for?thing=Twin", "may mean several things"),
        ("what-restricts?chip=H20&on=soon", "no date like"),
    ],
)
def test_an_unclear_question_says_what_is_unclear(
    client: TestClient, path: str, words: str
) -> None:
    assert words in shown(client, f"/question/{path}", 400).text


def test_several_meanings_are_offered(client: TestClient) -> None:
    links = shown(client, "/question/evidence-for?thing=Twin", 400).links
    assert {"/chip/nvidia-h800", "/model/deepseek-v3"} <= set(links)


def test_the_start_counts_what_the_graph_holds(client: TestClient, local: Local) -> None:
    page = shown(client, "/").text
    for cls, words in (("kg:Chip", "chips"), ("kg:Document", "documents")):
        (number,) = values(local.store, f"SELECT (COUNT(?x) AS ?n) {{ ?x a {cls} }}")
        assert f"{int(number):,} {words}" in page


def test_the_terms_have_each_term_of_the_ontology(client: TestClient, local: Local) -> None:
    words = {each["label"] for each in client.get("/terms.json").json()["words"]}
    page = client.get("/ontology").text
    for term in values(local.store, "SELECT ?t { ?t a owl:Class }"):
        if term.startswith(PREFIXES["kg"]):
            assert curie(term) in words
            assert f'id="{curie(term).partition(":")[2]}"' in page
