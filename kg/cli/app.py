"""The command that the verbs hang on."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Which AI chips does an organisation use, under which rules, and on whose word.",
    epilog="Start with: kg build seeds/ -o graph/   then: kg ask graph/",
)


def _say_version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        print(f"chiptrace {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_say_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Hold the options that stand before any verb."""
