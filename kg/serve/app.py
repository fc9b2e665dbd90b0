"""The application: the endpoint at `/sparql`, and whatever pages are hung beside it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Route

from kg.serve.endpoint import Endpoint
from kg.serve.pool import Pool


def make_app(
    pool: Pool, *, extra_routes: Sequence[BaseRoute] = (), cors: str | None = None
) -> Starlette:
    """The application over a pool that has been started.

    Args:
        pool: Who answers.
        extra_routes: Other pages.
        cors: The one other origin whose pages may read the answers, or `*`.
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
        middleware=[sharing] if cors else [],
    )
