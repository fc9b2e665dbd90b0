"""Pages that are read like paper: each one file, that asks for nothing and believes no word.

What documents say is escaped by the template and cleaned of what turns a line round or cannot be
written. A page runs no script and no style but those it was made with: its policy has their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from kg.views.clean import clean

# How each kind of thing and each modality is called in a legend, in its order.
KINDS = {
    "Organisation": "organisation",
    "Person": "person",
    "Chip": "chip",
    "ChipFamily": "chip family",
    "AIModel": "AI model",
    "Rule": "rule",
    "Country": "country",
    "other": "other",
}
_WEB = re.compile(r"https?://[^\s|<>\"]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words of a cell.

    Attributes:
        text: The words.
        link: The web address that they are; empty for other words.
    """

    text: str
    link: str = ""


def render(template: str, script: str | None = None, **values: object) -> str:
    """A page from a template that stands beside this file.

    Args:
        template: Its file, such as `document.html`.
        script: The file of the page's script; None for a page that needs none.
        values: What the template shows; `svg` for a figure, which brings its own style.
    """
    style = asset("paper.css")
    code = asset(script) if script else ""
    styles = [_hash(style)] + ([_hash(asset("figure.css"))] if "svg" in values else [])
    policy = ["default-src 'none'", f"style-src {' '.join(styles)}", "img-src data:"]
    policy += [f"script-src {_hash(code)}"] if code else []
    policy += ["base-uri 'none'", "form-action 'none'"]
    environment = templates()
    environment.globals |= {
        "style": Markup(style),
        "script": Markup(code),
        "policy": "; ".join(policy),
        "kinds": KINDS,
    }
    return environment.from_string(asset(template)).render(**values).strip() + "\n"


def templates() -> Environment:
    """Templates that escape and clean whatever they print."""
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_harmless,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def asset(name: str) -> str:
    """A file that stands beside this one."""
    return resources.files("kg.views").joinpath(name).read_text(encoding="utf-8")


def linked(text: str) -> Iterator[Words]:
    """Words with the web addresses in them, and no other kind of address, as links.

    >>> list(linked("see https://example.org/a"))
    [Words(text='see ', link=''), Words(text='https://example.org/a', link='https://example.org/a')]
    """
    here = 0
    for found in _WEB.finditer(text):
        if found.start() > here:
            yield Words(text[here : found.start()])
        address = clean(found[0])
        yield Words(address, address)
        here = found.end()
    if here < len(text):
        yield Words(text[here:])


def _harmless(value: object) -> object:
    """What a template prints; our own markup as it is."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return clean(value, keep="\n\t")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
