"""One request over HTTP, with its limits: what a graph elsewhere is asked and sent by.

Redirects are not followed, so that no request goes to an address that nobody named. Of an address
with a name and a password these go into the header that is for them, and into no message.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from kg.errors import GraphError

_WORDS = 200  # characters of a server's complaint that are passed on


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    Attributes:
        status: The HTTP status.
        kind: Its media type, without parameters.
        body: Its bytes.
    """

    status: int
    kind: str
    body: bytes

    @property
    def complaint(self) -> str:
        """The first line of the body, of an answer that is an error."""
        lines = self.body.decode(errors="replace").strip().splitlines()
        words = "".join(each for each in (lines or [""])[0] if each.isprintable())
        return f"{self.status}: {words[:_WORDS]}".removesuffix(": ")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is.

    Attributes:
        url: Its address, as messages may show it.
        headers: What every request there carries.
    """

    url: str
    headers: Mapping[str, str] = field(repr=False)

    @classmethod
    def read(cls, url: str) -> Address:
        """Take an address apart.

        Raises:
            GraphError: It is no `http://` or `https://` address.
        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port
        except ValueError:
            raise GraphError("this is no web address: give one like http://host:7878/") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
            raise GraphError(
                f"{_shown(parts)!r} is no web address: give one that starts with http:// or https://"
            )
        headers = {}
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        return cls(_shown(parts), headers)


def _opener() -> OpenerDirector:
    """What speaks HTTP and HTTPS, through the system's proxy if there is one, and nothing else."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    opener.add_handler(HTTPDefaultErrorHandler())
    return opener


_OPENER = _opener()


def send(
    address: Address, request: Request, *, timeout: float, most_bytes: int = 1_000_000
) -> Answer:
    """Send a request and read the whole answer.

    Args:
        address: Where it goes, for messages; its headers are added.
        request: The request.
        timeout: Seconds of silence after which to give up.
        most_bytes: How long the answer may be.

    Raises:
        GraphError: Nobody answers, or too slowly, or at too great a length, or sends elsewhere.
    """
    for name, value in address.headers.items():
        request.add_unredirected_header(name, value)
    try:
        try:
            answer = _OPENER.open(request, timeout=timeout)
        except HTTPError as error:
            answer = error
        with answer:
            body = answer.read(most_bytes + 1)
            status, kind = answer.status or 0, answer.headers.get_content_type()
            elsewhere = answer.headers.get("Location")
    except TimeoutError as error:
        raise GraphError(f"{address.url} said nothing for {timeout:g} seconds") from error
    except (OSError, HTTPException, ValueError) as error:
        raise GraphError(f"{address.url} cannot be reached: {_why(error)}") from error
    if len(body) > most_bytes:
        raise GraphError(
            f"{address.url} answers with more than {most_bytes:,} bytes: ask for less, with LIMIT"
        )
    if 300 <= status < 400:
        where = _shown(urlsplit(elsewhere)) if elsewhere else "another address"
        raise GraphError(
            f"{address.url} sends us on to {where}: name that address, if you trust it"
        )
    return Answer(status, kind, body)


def _shown(parts: SplitResult) -> str:
    """An address without a name and a password."""
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _why(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return "it does not answer in time"
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
