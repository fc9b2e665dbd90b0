"""Markdown: the words without the marks, one block a line."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.documents.plain import checked


def markdown_text(source: str) -> str:
    r"""The text of a Markdown page, one paragraph, heading, list item or table cell a line.

    >>> markdown_text("# Title\n\nA **bold** [word](x).\n")
    'Title\nA bold word.'

    Raises:
        DocumentError: Nothing but marks is in it.
    """
    blocks = MarkdownIt("commonmark").enable("table").parse(source)
    lines = [_words(block) for block in blocks if block.type in {"inline", "fence", "code_block"}]
    return checked("\n".join(line for line in lines if line.strip()))


def _words(block: Token) -> str:
    if block.children is None:
        return block.content.strip()
    parts = [
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in block.children
        if child.type != "html_inline"
    ]
    return "".join(parts).strip()
