"""Makes a page out of values: escaped, cleaned, and under a policy that lets nothing else in."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from kg.serve.site.names import Link, link_to
from kg.views.clean import clean

_HERE = Path(__file__).parent
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
}
_CLOSED = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_WITH_SCRIPTS = f"{_CLOSED}; script-src 'self'; connect-src 'self'"
_FOREVER = "public, max-age=31536000, immutable"
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def show(template: str, status: int = 200, *, scripts: bool = False, **values: Any) -> HTMLResponse:
    """A page.

    Args:
        template: Its name in `templates/`, without the ending.
        status: The HTTP status.
        scripts: Whether our own scripts may run in it, and ask this server.
        values: What the template prints.
    """
    words = _environment().get_template(f"{template}.html").render(scripts=scripts, **values)
    policy = _WITH_SCRIPTS if scripts else _CLOSED
    return HTMLResponse(words, status, guarded(policy, Vary="Accept"))


def guarded(policy: str, **more: str) -> dict[str, str]:
    """The headers that every answer of ours carries."""
    return {"Content-Security-Policy": policy, **GUARDS, **more}


def static_file(name: str) -> Response:
    """One of the files of `static/`; only what lies there by this very name."""
    files = _static_files()
    if name not in files:
        return show("missing", 404, what=name, near=())
    body, kind = files[name]
    headers = guarded("default-src 'none'") | {"Cache-Control": _FOREVER}
    return Response(body, media_type=kind, headers=headers)


@cache
def _static_files() -> dict[str, tuple[bytes, str]]:
    return {
        path.name: (path.read_bytes(), _TYPES[path.suffix])
        for path in (_HERE / "static").iterdir()
        if path.suffix in _TYPES
    }


def _address(name: str) -> str:
    """Where a static file is found; the address changes when the file does."""
    digest = hashlib.sha256(_static_files()[name][0]).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"static": _address, "anchor": _anchor, "leads": link_to}
    environment.filters |= {"many": _many, "lines": _lines}
    return environment


def _harmless(value: object) -> object:
    """What a template prints, without signs that turn lines round or cannot be seen."""
    if isinstance(value, Markup):
        return value
    return clean(str(value)) if isinstance(value, str | Exception) else value


def _anchor(link: Link) -> Markup:
    """A link, or its words where it leads nowhere."""
    words, title = clean(link.words), clean(link.title)
    if not link.href:
        return Markup("<bdi>{}</bdi>").format(words)
    if link.outward:
        start = Markup('<a href="{}" title="{}" rel="noopener noreferrer nofollow" class="out">')
    else:
        start = Markup('<a href="{}" title="{}">')
    return start.format(link.href, title) + Markup("<bdi>{}</bdi></a>").format(words)


def _lines(words: str) -> Markup:
    """Words that keep their lines."""
    return escape(clean(words, keep="\n\t"))


def _many(number: int, noun: str, several: str = "") -> str:
    """A number with its noun, such as `1,500 claims`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {several or noun + 's'}"
