"""Web pages: their main text by trafilatura, with what they say of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kg.documents.plain import checked
from kg.errors import DocumentError

_MOST_TAGS = 200_000
_DEEPEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The main text of a page and its metadata, each None where the page lacks it."""

    text: str
    title: str | None
    creator: str | None
    date: date | None
    source: str | None


def html_page(source: str) -> Page:
    """The main text of a page, without its navigation, asides and footer; one block a line.

    Raises:
        DocumentError: No main text is found, or the page is nested or long beyond reason.
    """
    # Imported here: trafilatura takes a third of a second, which other formats need not pay.
    from trafilatura import bare_extraction, extract_metadata

    if source.count("<") > _MOST_TAGS or _depth(source) > _DEEPEST:
        raise DocumentError("is nested or long beyond reason for a page")
    try:
        found = bare_extraction(
            source,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            date_extraction_params=_DATING,
        )
        # a day that merely stands in the text is no day of publication
        dated = extract_metadata(_what_it_says_of_itself(source), date_config=_DATING)
    except (RecursionError, ValueError, AttributeError) as error:
        raise DocumentError(f"is no page that can be read: {error}") from error
    if found is None or isinstance(found, dict) or not found.text:
        raise DocumentError("has no main text")
    return Page(
        text=checked(found.text),
        title=found.title or None,
        creator=found.sitename or found.author or None,
        date=_day(dated.date),
        source=found.url or None,
    )


def _what_it_says_of_itself(source: str) -> str:
    """A page of the same metadata without any text."""
    times = _TIME.findall(source)
    return f"<html><head>{''.join(_METADATA.findall(source))}</head><body>{''.join(times[:1])}"


_METADATA = re.compile(r"<meta\b[^>]*>|<script[^>]*ld\+json[^>]*>[^<]*</script>", re.IGNORECASE)
_TIME = re.compile(r"<time\b[^>]*\bdatetime\b[^>]*>", re.IGNORECASE)
_DATING = {"extensive_search": False, "original_date": True}


def _depth(source: str) -> int:
    """How many elements stand open at most, at a rough count that errs upwards."""
    deepest = open_now = 0
    for piece in source.split("<")[1:]:
        if piece.startswith("/"):
            open_now = max(0, open_now - 1)
        elif not piece.startswith(("!", "?")) and not piece.partition(">")[0].endswith("/"):
            open_now += not piece[:6].lower().startswith(_VOID)
            deepest = max(deepest, open_now)
    return deepest


# Elements that never close, as the HTML standard lists them, and those that need not.
_VOID: tuple[str, ...] = (
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
)
_VOID += ("track", "wbr", "p>", "p ", "li", "td", "tr", "th", "dt", "dd", "option")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
