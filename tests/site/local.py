"""The pages over a graph in memory: somebody who answers, and a server for a browser."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from pyoxigraph import QueryResultsFormat, RdfFormat, Store, serialize
from rdflib import Graph
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import QueryError
from kg.ontology.files import ontology_folder
from kg.ontology.questions import read_questions
from kg.serve.asker import Binding
from kg.serve.site.routes import routes

FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}


class Local:
    """Answers from a store, with a note of what it was asked."""

    def __init__(self, store: Store, texts: dict[str, str] | None = None) -> None:
        self.store = store
        self.texts = texts or {}
        self.asked: list[str] = []

    async def rows(self, sparql: str) -> list[dict[str, Binding]]:
        return json.loads(self.json(sparql))["results"]["bindings"]

    def text(self, sha256: str) -> str | None:
        return self.texts.get(sha256)

    async def graph(self, sparql: str, media_type: str) -> bytes:
        triples = self._ask(sparql)
        if media_type == "application/ld+json":
            words = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
            return Graph().parse(data=words, format="nt").serialize(format="json-ld").encode()
        return serialize(triples, format=FORMATS[media_type]) or b""

    def json(self, sparql: str) -> bytes:
        return self._ask(sparql).serialize(format=QueryResultsFormat.JSON)

    def _ask(self, sparql: str):
        self.asked.append(sparql)
        try:
            return self.store.query(sparql)
        except SyntaxError as error:
            raise QueryError(str(error)) from error


def app(local: Local) -> Starlette:
    """The pages, with a stand-in for `/sparql`."""

    async def sparql(request: Request) -> Response:
        from kg.graph.namespaces import prologue

        query = request.query_params.get("query") or (await request.body()).decode()
        try:
            words = local.json(prologue() + query)
        except QueryError as error:
            return Response(str(error), 400, media_type="text/plain")
        return Response(words, media_type="application/sparql-results+json")

    questions = read_questions(ontology_folder() / "questions")
    own = Route("/sparql", sparql, methods=["GET", "POST"])
    return Starlette(routes=[own, *routes(local, questions)])


@contextmanager
def served(local: Local) -> Iterator[str]:
    """The address of a running server."""
    config = uvicorn.Config(app(local), port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    end = time.monotonic() + 20
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
