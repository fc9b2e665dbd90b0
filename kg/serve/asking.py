"""The pool as pages know it: rows and serialised triples, or an error of ours."""

from __future__ import annotations

import json
from typing import cast

from kg.errors import GraphError, QueryError
from kg.graph.answer import Asked
from kg.graph.worker import Said
from kg.readings import Readings
from kg.serve.asker import Binding
from kg.serve.pool import BusyError, Pool
from kg.serve.worker import StoppedError

_JSON = "application/sparql-results+json"
_BASE = "http://localhost/sparql"


class PoolAsker:
    """Asks a pool, within its limits, as any client does."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def rows(self, sparql: str) -> list[dict[str, Binding]]:
        """As in `kg.serve.asker.Asker`."""
        body = await self._body(Asked(sparql, _BASE, _JSON, ""))
        return cast(list[dict[str, Binding]], json.loads(body)["results"]["bindings"])

    async def graph(self, sparql: str, media_type: str) -> bytes:
        """As in `kg.serve.asker.Asker`."""
        return await self._body(Asked(sparql, _BASE, "", media_type))

    def text(self, sha256: str) -> str | None:
        """As in `kg.serve.asker.Asker`."""
        try:
            with Readings(self._pool.folder) as record:
                return record.text(sha256)
        except GraphError:
            return None  # the quote stands there all the same

    async def _body(self, asked: Asked) -> bytes:
        try:
            reply = await self._pool.answer(asked)
        except BusyError as error:
            raise GraphError("this server is answering as many queries as it can") from error
        except StoppedError as error:
            raise GraphError(str(error)) from error
        if reply.what in {Said.WRONG, Said.UNACCEPTABLE}:
            raise QueryError(reply.body.decode() or "the query is of another kind")
        if reply.what in {Said.DAMAGED, Said.TOO_MUCH}:
            raise GraphError(reply.body.decode())
        return reply.body
