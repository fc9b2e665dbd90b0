"""A page as a value that a notebook shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True, slots=True)
class Picture:
    """One self-contained page.

    Attributes:
        html: The page's text.
        height: How many pixels high a notebook shows it.
    """

    html: str = field(repr=False)
    height: int = 620

    def _repr_html_(self) -> str:
        """The page in a frame of its own, whose script can reach nothing of the notebook."""
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{escape(self.html)}" '
            f'style="width:100%;height:{self.height}px;border:0"></iframe>'
        )
