"""Which address shows which page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from urllib.parse import urlencode

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.errors import GraphError, QueryError
from kg.graph.namespaces import PREFIXES, THINGS, curie
from kg.ontology.questions import Question
from kg.serve.asker import Asker
from kg.serve.site.asking import Row, ask, text
from kg.serve.site.names import KINDS, link_to, term_of
from kg.serve.site.nearby import drawing
from kg.serve.site.pages import guarded, show, static_file
from kg.serve.site.questions import Table, UnclearError, answer, as_sparql, readable
from kg.serve.site.rdf import FORMATS, as_rdf, wanted
from kg.serve.site.search import LONGEST, near_ids, search
from kg.serve.site.thing import thing_of

Page = Callable[[Request], Awaitable[Response]]

_FIRST_QUERY = """SELECT ?who ?phrase ?chip ?modality ?speaker
WHERE {
  ?claim rdf:subject ?who ; rdf:predicate ?property ; rdf:object ?chip ;
         kg:modality ?modality .
  ?property kg:phrase ?phrase .
  ?chip a kg:Chip .
  OPTIONAL { ?claim kg:attributedTo ?speaker }
}
LIMIT 100"""


def routes(asker: Asker, questions: dict[str, Question]) -> list[Route]:
    """All pages of a graph.

    Args:
        asker: Who answers for the graph.
        questions: The named questions, by name.
    """
    addresses: list[tuple[str, Callable[..., Awaitable[Response]]]] = [
        ("/", partial(_home, asker, questions)),
        ("/search", partial(_search, asker)),
        ("/question/{name}", partial(_question, asker, questions)),
        ("/ontology", partial(_ontology, asker)),
        ("/terms.json", partial(_terms, asker)),
        ("/static/{name}", _static),
    ]
    for kind in KINDS:
        addresses.append((f"/{kind}/{{name}}/graph", partial(_graph, asker, kind)))
        addresses.append((f"/{kind}/{{name}}", partial(_thing, asker, kind)))
    return [Route(path, _kept(page), methods=["GET"]) for path, page in addresses]


def _kept(page: Page) -> Page:
    """A page that says in words what went wrong."""

    @wraps(page)
    async def kept(request: Request) -> Response:
        try:
            return await page(request)
        except QueryError as error:
            return show("trouble", 400, heading="That cannot be asked", message=str(error))
        except GraphError as error:
            return show("trouble", 503, heading="No answer this time", message=str(error))

    return kept


async def _home(asker: Asker, questions: dict[str, Question], request: Request) -> Response:
    rows = await ask(asker, "counts")
    counts = {curie(text(row, "class")): int(text(row, "count")) for row in rows}
    query = request.query_params.get("query", _FIRST_QUERY)
    return show("home", scripts=True, counts=counts, questions=questions.values(), query=query)


async def _search(asker: Asker, request: Request) -> Response:
    words = request.query_params.get("q", "")[:LONGEST]
    return show("search", words=words, found=await search(asker, words))


async def _question(asker: Asker, questions: dict[str, Question], request: Request) -> Response:
    question = questions.get(request.path_params["name"])
    if question is None:
        return show("missing", 404, what=request.path_params["name"], near=())
    given = {param.name: request.query_params.get(param.name, "") for param in question.params}
    table: Table | None = None
    problem: UnclearError | None = None
    sparql = ""
    if request.query_params or not any(param.required for param in question.params):
        try:
            sparql = await as_sparql(asker, question, given)
            table = await answer(asker, question, sparql)
        except UnclearError as error:
            problem = error
    values = {"question": question, "given": given, "table": table, "problem": problem}
    status = 400 if problem else 200
    editor = f"/?{urlencode({'query': readable(sparql)})}#editor" if sparql else ""
    return show("question", status, scripts=True, editor=editor, **values)


async def _ontology(asker: Asker, request: Request) -> Response:
    terms: dict[str, list[Row]] = {}
    for row in await ask(asker, "terms"):
        if text(row, "term").startswith(PREFIXES["kg"]):
            terms.setdefault(curie(text(row, "class")).partition(":")[2], []).append(row)
    return show("ontology", terms=terms, text=text, curie=curie, link_to=link_to)


async def _terms(asker: Asker, request: Request) -> Response:
    """What the editor completes: our terms with what they mean, and the prefixes."""
    rows = await ask(asker, "terms")
    ours = {text(row, "term"): row for row in rows if text(row, "term").startswith(PREFIXES["kg"])}
    words = [
        {"label": curie(term), "detail": text(row, "label"), "info": text(row, "comment")}
        for term, row in sorted(ours.items())
    ]
    words += [{"label": f"{prefix}:", "detail": name} for prefix, name in PREFIXES.items()]
    pages = [{"namespace": PREFIXES[kind], "path": f"/{kind}/"} for kind in KINDS]
    return JSONResponse(
        {"words": words, "pages": pages, "prefixes": PREFIXES},
        headers=guarded("default-src 'none'"),
    )


async def _static(request: Request) -> Response:
    return static_file(request.path_params["name"])


async def _thing(asker: Asker, kind: str, request: Request) -> Response:
    local = request.path_params["name"]
    stem, _, ending = local.rpartition(".")
    if ending in FORMATS and stem:
        local, media_type = stem, FORMATS[ending]
    else:
        media_type = wanted(request)
    me = term_of(kind, local)
    if me is None:
        return show("missing", 404, what=f"{kind}:{local}", near=())
    if media_type == "text/html":
        return await _page(asker, me)
    if not media_type:
        offer = ", ".join(("text/html", *FORMATS.values()))
        message = f"This is to be had as {offer}."
        return show("trouble", 406, heading="Not in that format", message=message)
    if not await ask(asker, "there", me=me):
        return await _missing(asker, me)
    return await as_rdf(asker, me, media_type)


async def _page(asker: Asker, me: NamedNode) -> Response:
    thing = await thing_of(asker, me)
    if thing is None:
        return await _missing(asker, me)
    return show("thing", thing=thing, curie=curie, text=text, link_to=link_to, formats=FORMATS)


async def _missing(asker: Asker, me: NamedNode) -> Response:
    return show("missing", 404, what=curie(me.value), near=await near_ids(asker, me))


async def _graph(asker: Asker, kind: str, request: Request) -> Response:
    me = term_of(kind, request.path_params["name"])
    if me is None or kind not in THINGS:
        return show("missing", 404, what=f"{kind}:{request.path_params['name']}", near=())
    rows = await ask(asker, "by-id", thing=me)
    if not rows:
        return await _missing(asker, me)
    return await drawing(asker, me, text(rows[0], "label"))
