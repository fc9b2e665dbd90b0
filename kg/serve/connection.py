"""One connection, with bounds that uvicorn does not set: on the head, and on slow clients."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LONGEST_HEAD = 64 * 1024
_LEAST_TAKEN = 16 * 1024  # bytes of an answer in one patience


class Connection(HttpToolsProtocol):
    """Gives up a client that sends too long a head, or that sends or takes too slowly.

    The whole request must be there within `patience` seconds, and an answer that waits to be
    taken must go on being taken.
    """

    patience: float = 10

    _coming: asyncio.TimerHandle | None = None
    _going: asyncio.TimerHandle | None = None
    _head = 0
    _in_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        self._taken()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take some bytes of a request."""
        super().data_received(data)
        self._head = self._head + len(data) if self._in_head else 0
        if self._head > _LONGEST_HEAD:
            self._refuse("431 Request Header Fields Too Large", "the URL and headers are too long")

    def on_message_begin(self) -> None:
        """See the first byte of a request."""
        self._in_head = True
        if self._coming is None:
            self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """See the end of the head."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """See the end of a request."""
        self._stop_waiting()
        super().on_message_complete()

    def pause_writing(self) -> None:
        """See that the client takes an answer more slowly than it is sent."""
        super().pause_writing()
        self._look_again(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """See that the client has taken nearly all."""
        self._taken()
        super().resume_writing()

    def _wait(self) -> None:
        self._coming = self.loop.call_later(self.patience, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _too_slow(self) -> None:
        self._refuse("408 Request Timeout", "the request did not come in whole in time")

    def _refuse(self, status: str, why: str) -> None:
        """Say a last word, unless an answer is under way, and hang up."""
        self._stop_waiting()
        cycle: Any = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            head = f"HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\n"
            size = f"content-length: {len(why) + 1}\r\nconnection: close\r\n\r\n"
            self.transport.write(f"{head}{size}{why}\n".encode())
        self.transport.close()

    def _look_again(self, left: int) -> None:
        self._taken()
        self._going = self.loop.call_later(self.patience, self._look, left)

    def _look(self, before: int) -> None:
        left = self.transport.get_write_buffer_size()
        if before - left < _LEAST_TAKEN:
            self.transport.abort()
        else:
            self._look_again(left)

    def _taken(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None
