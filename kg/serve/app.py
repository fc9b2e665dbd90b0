"""The application: the endpoint at `/sparql`, and whatever pages are hung beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve.endpoint import Endpoint
from kg.serve.pool import Pool

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


class OnlyAskedFor:
    """Turns away a request that asks for another host.

    A page elsewhere can give its own name the address of this machine and then read what a server
    here says to "its" host. Such a request still carries the other name.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with 421."""
        asked = Headers(scope=scope).get("host", "")
        name = re.sub(r":\d*$", "", asked).casefold()
        app: ASGIApp = self._app
        if name and name not in self._hosts:
            app = PlainTextResponse("this server answers for this machine only\n", 421)
        await app(scope, receive, send)


def make_app(
    pool: Pool,
    *,
    extra_routes: Sequence[BaseRoute] = (),
    cors: str | None = None,
    hosts: frozenset[str] | None = None,
) -> Starlette:
    """The application over a pool that has been started.

    Args:
        pool: Who answers.
        extra_routes: Other pages.
        cors: The one other origin whose pages may read the answers, or `*`.
        hosts: The only names by which it may be asked; None for any.
    """
    endpoint = Endpoint(pool)
    sharing = Middleware(
        CORSMiddleware,
        allow_origins=[cors or ""],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type"],
    )
    return Starlette(
        routes=[
            Route("/sparql", endpoint),
            Route("/sparql/", endpoint),
            *extra_routes,
        ],
        middleware=[
            *([Middleware(OnlyAskedFor, hosts=hosts)] if hosts else []),
            *([sharing] if cors else []),
        ],
    )
