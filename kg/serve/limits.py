"""What one query, and one server, may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of a server.

    Attributes:
        seconds: How long a query may run, and how long it may wait for its turn.
        megabytes: Memory that a query may take, in address space.
        rows: Rows or triples of an answer.
        size: Bytes of an answer.
        workers: How many queries run at once.
        queue: How many more may wait.
        request: Bytes of a request's body; its head may have 64 KiB.
        patience: Seconds in which a request must have come in whole, and a part of an answer
            must have been taken.
        connections: How many clients may be connected.
    """

    seconds: float = 30
    megabytes: int = 1024
    rows: int = 1_000_000
    size: int = 64 * 1024 * 1024
    workers: int = 2
    queue: int = 256
    request: int = 1024 * 1024
    patience: float = 10
    connections: int = 1024
