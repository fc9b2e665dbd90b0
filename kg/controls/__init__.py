"""Numbers and dates in, answers out: which rule covers which chip, when, for whom, and why.

Knows no text and no triples. `truth` and `days` are the arithmetic of what is known in part;
`parts`, `rules`, `destinations` and `published` read `ontology/controls/`, which `load` opens;
`measures` computes TPP and the like; `evaluate` compares; `judge` adds date and destination;
`timeline` and `nearness` ask how it changed and how firm it is; `suppose` makes up chips.

    >>> import kg.controls
    >>> answer = kg.controls.status("h20", on="2025-05-01", to="China")
    >>> answer.overall, [each.rule for each in answer.verdicts if each.verdict == "covered"]
    ('covered', ['rule:nvda-h20-letter-2025-04'])
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.controls.answer import Answer
    from kg.controls.judge import Judge

__all__ = ["open_judge", "status"]


def status(
    chip: str | None,
    *,
    on: date | str,
    to: str,
    hq: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Answer:
    """Whether a chip was controlled, by the data of the installed `ontology/controls/`.

    Args:
        chip: An id, label or alias; None for a chip that is all in `settings`.
        on: A day, or a month, half or year as text (`2024-03`): the answer for all of its days.
        to: The destination: a name, adjective or ISO 3166 code.
        hq: Where the buyer or its ultimate parent has its headquarters; None for the destination.
        settings: Figures to suppose, as for `kg.controls.suppose.suppose`.

    Raises:
        QueryError: A name means nothing or several things, a figure is no figure, or a date none.
    """
    from kg.controls.asking import answer_of, asked_of, parts_of

    judge = open_judge()
    found = parts_of(judge, chip, settings or {})
    return answer_of(judge, found, asked_of(judge, on, to, hq))


@cache
def open_judge() -> Judge:
    """Who gives the status, by the data of the installed `ontology/controls/`; opened once."""
    from kg.controls.judge import Judge
    from kg.controls.load import load_controls

    return Judge(load_controls())
