"""The verb that says which rule covers a chip: computed, with the derivation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.options import as_text, settings_of
from kg.cli.output import print_view, remark
from kg.errors import QueryError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.controls.find import Found
    from kg.controls.judge import Judge


class StatusFormat(StrEnum):
    """How `kg status` writes an answer."""

    TABLE = "table"
    JSON = "json"


Chip = Annotated[
    str | None,
    typer.Argument(metavar="CHIP", help="An id, label or alias; none for a supposed chip."),
]
On = Annotated[
    str | None, typer.Option(help="A day, month or year; without it, when the status changed.")
]
To = Annotated[
    str | None, typer.Option(help="The destination: a name, adjective or ISO 3166 code.")
]
Headquarters = Annotated[
    str | None,
    typer.Option(help="Where the buyer or its parent has its headquarters; else as --to."),
]
Tpp = Annotated[str | None, typer.Option(help="Suppose this TPP.")]
DieArea = Annotated[str | None, typer.Option(help="Suppose this die area, in mm2.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Suppose a figure; may be repeated."),
]
Sensitivity = Annotated[
    bool,
    typer.Option(
        "--sensitivity", help="How near each limit lies, and which number would flip a verdict."
    ),
]


@app.command(epilog="Example: kg status h20 --on 2025-05-01 --to cn")
def status(
    chip: Chip = None,
    *,
    on: On = None,
    to: To = None,
    hq: Headquarters = None,
    tpp: Tpp = None,
    die_area: DieArea = None,
    settings: Settings = None,
    sensitivity: Sensitivity = False,
    format: Annotated[StatusFormat, typer.Option("--format", "-f")] = StatusFormat.TABLE,
) -> None:
    """Say which rule covers a chip, computed from figures and dates.

    A research aid, no legal advice: docs/controls.md says what is modelled and what is not.
    """
    from kg.controls import open_judge
    from kg.controls.asking import parts_of

    judge = open_judge()
    supposed = settings_of({"tpp": tpp, "die_area": die_area}, settings or [])
    found = parts_of(judge, chip and as_text(chip), supposed)
    as_json = format is StatusFormat.JSON
    if sensitivity:
        _show_sensitivity(judge, found, as_json=as_json)
        return
    if to is None:
        raise QueryError("give the destination, such as --to cn (--sensitivity needs none)")
    place, home = as_text(to), hq and as_text(hq)
    if on is None:
        _show_timeline(judge, found, (place, home), as_json=as_json)
    else:
        _show_status(judge, found, (as_text(on), place, home), as_json=as_json)


def _show_status(
    judge: Judge, found: Found, asked: tuple[str, str, str | None], *, as_json: bool
) -> None:
    from kg.controls.as_json import answer_as_json
    from kg.controls.asking import answer_of, asked_of

    on, to, hq = asked
    answer = answer_of(judge, found, asked_of(judge, on, to, hq))
    if as_json:
        _print_json(answer_as_json(answer))
        return
    from kg.views.controls import status as view

    print_view(view(answer, judge))
    remark("a research aid, no legal advice")


def _show_timeline(
    judge: Judge, found: Found, places: tuple[str, str | None], *, as_json: bool
) -> None:
    from kg.controls.as_json import change_as_json
    from kg.controls.find import find_place
    from kg.controls.timeline import timeline

    to = find_place(judge.controls, places[0])
    hq = find_place(judge.controls, places[1]) if places[1] else to
    changes = [(part, timeline(judge, part, to, hq)) for part in found.parts]
    if as_json:
        _print_json(
            {
                "chip": found.chip.partition(":")[2],
                "on": None,
                "to": to.partition(":")[2],
                "hq": hq.partition(":")[2],
                "parts": [
                    {
                        "chip": part.chip.partition(":")[2],
                        "changes": [change_as_json(change) for change in them],
                    }
                    for part, them in changes
                ],
            }
        )
        return
    from kg.views.controls import timeline as view

    label = judge.controls.lexicon.things[to].label
    _print_all(view(part, label, them, judge) for part, them in changes)


def _show_sensitivity(judge: Judge, found: Found, *, as_json: bool) -> None:
    from kg.controls.as_json import flip_as_json, margin_as_json
    from kg.controls.nearness import flips, margins

    firm = [(part, margins(judge, part), flips(judge, part)) for part in found.parts]
    if as_json:
        _print_json(
            {
                "chip": found.chip.partition(":")[2],
                "parts": [
                    {
                        "chip": part.chip.partition(":")[2],
                        "margins": [margin_as_json(each) for each in near],
                        "flips": [flip_as_json(each) for each in flipped],
                    }
                    for part, near, flipped in firm
                ],
            }
        )
        return
    from kg.views.controls import sensitivity as view

    _print_all(view(part, near, flipped, judge) for part, near, flipped in firm)


def _print_all(views: Iterable[RenderableType]) -> None:
    for number, view in enumerate(views):
        if number:
            print()
        print_view(view)


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))
