"""The command that the verbs hang on."""

from __future__ import annotations

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Which AI chips does an organisation use, under which rules, and on whose word.",
    epilog="Start with: kg build seeds/ -o graph/   then: kg ask graph/",
)
