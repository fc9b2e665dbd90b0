"""Notices that whoever asked has left, so that nobody works for them any longer."""

from __future__ import annotations

import asyncio
from types import TracebackType

from starlette.types import Receive

_LOOK_AFTER = 1.0  # seconds: most answers are there before, and cost no look


class GoneError(Exception):
    """Whoever asked has left."""


class Leaving:
    """Stops the block that it surrounds when the client disconnects, with `GoneError`."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._gone = False
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Leaving:
        """Look in a while, if the block has not ended by then."""
        loop = asyncio.get_running_loop()
        self._block = asyncio.current_task()
        self._clock = loop.call_later(_LOOK_AFTER, self._look)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Look no longer."""
        self._clock.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if self._gone and isinstance(error, asyncio.CancelledError):
            raise GoneError from None

    def _look(self) -> None:
        self._watch = asyncio.get_running_loop().create_task(self._stop_when_gone())

    async def _stop_when_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone = True
        if self._block is not None:
            self._block.cancel()
