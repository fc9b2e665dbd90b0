"""Figures: each one SVG that needs nothing else, and the same as a page with its table.

A figure is drawn by a template. Its words are text, escaped and cleaned; its colours tell nothing
that a pattern or a word does not tell as well, and follow a dark screen and a white page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from kg.views.answers import counted, table
from kg.views.paper import asset, render, templates

_WIDE = 0x2E80  # the first character that is drawn about as wide as it is high


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure that a notebook shows.

    Attributes:
        title: What it shows.
        svg: It as SVG.
        columns: Heads of the same as a table.
        rows: Its rows.
        note: What it leaves out or how to read it; empty for nothing.
    """

    title: str
    svg: str = field(repr=False)
    columns: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[object, ...], ...] = field(repr=False)
    note: str = field(default="", repr=False)

    @property
    def html(self) -> str:
        """It as a page of its own, with its table."""
        columns, lines = table(self.columns, [[(cell, "") for cell in row] for row in self.rows])
        return render(
            "figure.html",
            "table.js",
            title=self.title,
            note=self.note,
            svg=Markup(self.svg),
            columns=columns,
            lines=lines,
            count=counted(len(lines), "row"),
        )

    def _repr_svg_(self) -> str:
        return self.svg


def draw(template: str, **values: object) -> str:
    """The SVG that a template beside this file makes."""
    environment = templates()
    environment.globals["style"] = Markup(asset("figure.css"))
    return environment.from_string(asset(template)).render(**values).strip() + "\n"


def width_of(text: str, size: float = 11) -> float:
    """About how many pixels wide a text is in a sans-serif face; rather too many than too few."""
    return sum(1.05 if ord(sign) >= _WIDE else 0.58 for sign in text) * size


def shortened(text: str, most: int) -> str:
    """A text of so many characters at most, on one line.

    >>> shortened("a rule with a long name", 12)
    'a rule with…'
    """
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def ticks(most: int, about: int = 5) -> Sequence[int]:
    """Round numbers from 0 that reach the most, about so many.

    >>> ticks(83)
    [0, 20, 40, 60, 80, 100]
    """
    step = 1
    while most / step > about:
        step = step * 10 // 4 if str(step)[0] == "2" else step * 2
    return list(range(0, most + step, step))
