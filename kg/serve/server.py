"""Serves a graph until somebody ends it."""

from __future__ import annotations

import asyncio
import ipaddress
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kg.errors import GraphError
from kg.ontology.files import ontology_folder
from kg.ontology.questions import read_questions
from kg.serve.app import OWN_NAMES, make_app
from kg.serve.asking import PoolAsker
from kg.serve.connection import Connection
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.site.routes import routes

_LEAVE = (signal.SIGINT, signal.SIGTERM)
_FAREWELL = 5  # seconds for the answers under way when the server is ended


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens; port 0 takes a free one."""

    host: str
    port: int
    cors: str | None = None


def serve(
    folder: Path,
    address: Address,
    limits: Limits,
    say: Callable[[str], None],
) -> None:
    """Serve a graph until SIGINT or SIGTERM.

    Args:
        folder: The graph.
        address: Where.
        limits: What a query may use.
        say: Is told where the graph is served, and what is amiss.

    Raises:
        GraphError: The graph cannot be opened, the port is taken, or queries could reach the
            network while others can reach the server.
    """
    with _listening(address) as listener, asyncio.Runner(loop_factory=_loop) as runner:
        runner.run(_serve(folder, (address, listener), limits, say))


async def _serve(
    folder: Path,
    where: tuple[Address, socket.socket],
    limits: Limits,
    say: Callable[[str], None],
) -> None:
    address, listener = where
    pool = Pool(folder, limits)
    try:
        await pool.start()
        if not pool.alone:
            _check_loopback(address.host)
            say(
                "this system does not let a query be cut off from the network: only this machine "
                "can ask, and queries with SERVICE are refused"
            )
        questions = read_questions(ontology_folder() / "questions")
        app = make_app(
            pool,
            extra_routes=routes(PoolAsker(pool), questions),
            cors=address.cors,
            hosts=OWN_NAMES if _is_loopback(address.host) else None,
        )
        server = _Server(_config(app, limits))
        port = listener.getsockname()[1]
        shown = f"[{address.host}]" if ":" in address.host else address.host
        server.when_ready = lambda: say(
            f"serving {folder} at http://{shown}:{port}/, SPARQL at /sparql"
        )
        await server.serve(sockets=[listener])
    finally:
        await pool.close()


class _Server(uvicorn.Server):
    when_ready: Callable[[], None]

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave in good order; uvicorn's own way raises the signal again, which skips the rest."""
        before = {each: signal.signal(each, self.handle_exit) for each in _LEAVE}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.when_ready()


def _config(app: object, limits: Limits) -> uvicorn.Config:
    connection = type("Connection", (Connection,), {"patience": limits.patience})
    return uvicorn.Config(
        app,  # type: ignore[arg-type]  # Starlette is one
        http=connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_graceful_shutdown=_FAREWELL,
    )


def _listening(address: Address) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        found = socket.getaddrinfo(address.host, address.port, family, socket.SOCK_STREAM)
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise GraphError(f"no such host {address.host}: {error.strerror}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(found[0][4])
        listener.listen(2048)
    except OSError as error:
        listener.close()
        raise GraphError(
            f"cannot listen on {address.host}, port {address.port} ({error.strerror}): "
            "choose another with --port"
        ) from error
    return listener


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_loopback(host: str) -> None:
    if not _is_loopback(host):
        raise GraphError(
            "this system does not let a query be cut off from the network, so that one could "
            f"call other servers from here: serve on 127.0.0.1 and not on {host}"
        )


def _loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
