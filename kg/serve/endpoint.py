"""The endpoint at `/sparql`: a request comes in, an answer or one line of plain text goes out.

| status | when |
|---|---|
| 400 | the query is malformed, there are two, or it is not UTF-8; the request makes no sense |
| 403 | an update: a graph is only read |
| 405 | a method other than GET, HEAD, POST and OPTIONS |
| 406 | no accepted format can hold the answer |
| 408 | the request did not come in whole in time |
| 413 | the request is too large |
| 415 | the body is of another type |
| 422 | the answer, or the memory that the query needs, is larger than allowed |
| 500 | the graph is damaged |
| 503 | the query ran out of its time, or nobody is free; with Retry-After |
"""

from __future__ import annotations

from contextlib import suppress

from starlette.types import Message, Receive, Scope, Send

from kg.graph.answer import GRAPH_TYPES, ROW_TYPES, Asked
from kg.graph.worker import Said
from kg.serve.description import description
from kg.serve.leaving import GoneError, Leaving
from kg.serve.negotiate import chosen, content_type
from kg.serve.pool import BusyError, Pool
from kg.serve.request import RefusedError, base_of, from_body, from_url
from kg.serve.worker import OutOfTimeError, Reply, StoppedError

METHODS = "GET, HEAD, POST, OPTIONS"
_REFUSALS = {Said.WRONG: 400, Said.DAMAGED: 500, Said.TOO_MUCH: 422}
_CHOICES = ", ".join((*ROW_TYPES, *GRAPH_TYPES))


class Endpoint:
    """The ASGI application of one pool."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            status, headers, body = await self._answer(scope, receive)
        except GoneError:
            return
        except RefusedError as error:
            status, headers, body = _refusal(error)
        written = [(name.encode(), value.encode()) for name, value in headers.items()]
        written.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": written})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> tuple[int, dict[str, str], bytes]:
        method = scope["method"]
        if method == "OPTIONS":
            return 204, {"allow": METHODS}, b""
        if method not in METHODS:
            why = f"{method} is refused, because a graph is only read: send {METHODS}"
            raise RefusedError(405, why, {"allow": METHODS})
        given = dict(scope["headers"])
        types = chosen(given.get(b"accept", b"*/*").decode("latin-1"))
        if method == "POST":
            body = await _read(receive, given, self._pool.limits.request)
            kind = given.get(b"content-type", b"").decode("latin-1")
            question = from_body(kind, scope["query_string"], body)
        else:
            if len(scope["query_string"]) > self._pool.limits.request:
                raise RefusedError(414, "the URL is too long: send the query by POST")
            question = from_url(scope["query_string"])
        here = ":".join(map(str, scope["server"]))
        host = given.get(b"host", b"").decode("latin-1")
        base = base_of(host, "/sparql", scope["scheme"], here)
        if question.sparql is None:
            return self._description(base, types[1])
        return await self._ask(Asked(question.sparql, base, *types, question.dataset), receive)

    def _description(self, base: str, media_type: str) -> tuple[int, dict[str, str], bytes]:
        if not media_type:
            raise _unacceptable(tuple(GRAPH_TYPES))
        headers = {"content-type": content_type(media_type), "vary": "Accept"}
        return 200, headers, description(base, media_type)

    async def _ask(self, asked: Asked, receive: Receive) -> tuple[int, dict[str, str], bytes]:
        if not asked.row_type and not asked.graph_type:
            raise _unacceptable((*ROW_TYPES, *GRAPH_TYPES))
        reply = await self._reply(asked, receive)
        if reply.what is Said.UNACCEPTABLE:
            raise _unacceptable(tuple(ROW_TYPES if asked.graph_type else GRAPH_TYPES))
        if reply.what in _REFUSALS:
            raise RefusedError(_REFUSALS[reply.what], reply.body.decode())
        media_type = asked.graph_type if reply.what is Said.TRIPLES else asked.row_type
        return 200, {"content-type": content_type(media_type), "vary": "Accept"}, reply.body

    async def _reply(self, asked: Asked, receive: Receive) -> Reply:
        try:
            async with Leaving(receive):
                return await self._pool.answer(asked)
        except BusyError as error:
            why = "this server is answering as many queries as it can: ask again soon"
            raise RefusedError(503, why, {"retry-after": "5"}) from error
        except OutOfTimeError as error:
            wait = str(max(1, round(self._pool.limits.seconds)))
            raise RefusedError(503, str(error), {"retry-after": wait}) from error
        except StoppedError as error:
            raise RefusedError(422, str(error)) from error


async def _read(receive: Receive, given: dict[bytes, bytes], most: int) -> bytes:
    """The body of a request, if it is not too large."""
    too_large = RefusedError(413, f"the query has more than {most:,} bytes: send a shorter one")
    with suppress(ValueError):
        if int(given.get(b"content-length", b"0")) > most:
            raise too_large
    held = bytearray()
    while True:
        message: Message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        held += message.get("body", b"")
        if len(held) > most:
            raise too_large
        if not message.get("more_body", False):
            return bytes(held)


def _unacceptable(choices: tuple[str, ...]) -> RefusedError:
    why = f"no format that you accept can hold the answer: accept one of {', '.join(choices)}"
    return RefusedError(406, why)


def _refusal(error: RefusedError) -> tuple[int, dict[str, str], bytes]:
    """One line of plain text, whatever the message quotes."""
    line = " ".join(str(error).split()) + "\n"
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "x-content-type-options": "nosniff",
        **error.headers,
    }
    return error.status, headers, line.encode(errors="backslashreplace")
