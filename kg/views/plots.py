"""What a graph says, counted and drawn: claims over time, and who uses which chip."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from kg.claims import Modality
from kg.graph.query import query
from kg.graph.rows import Rows
from kg.graph.source import Source
from kg.views.drawing import Drawing, draw, shortened, ticks, width_of
from kg.views.paper import asset

MOST_ROWS = 24  # organisations of one figure
MOST_COLUMNS = 24  # chips of one figure
_MODALITIES = [each.value for each in Modality]
_LEFT, _RIGHT, _TOP, _BASE = 56, 904, 96, 330  # where the columns of claims over time stand
_LONGEST = 34  # characters of a label


@dataclass(frozen=True, slots=True)
class _Grain:
    """Stretches of time of one length.

    Attributes:
        months: How many months one has.
        name: What one is called.
    """

    months: int
    name: str

    def number(self, day: date) -> int:
        """Which stretch a day lies in, counted from the year 0."""
        return (day.year * 12 + day.month - 1) // self.months

    def label(self, number: int) -> tuple[str, str]:
        """A stretch within its year, and its year."""
        year, month = divmod(number * self.months, 12)
        if self.months == 1:
            return f"{date(2000, month + 1, 1):%b}", str(year)
        return ("" if self.months == 12 else f"Q{month // 3 + 1}"), str(year)


_GRAINS = (_Grain(1, "month"), _Grain(3, "quarter"), _Grain(12, "year"))
_MOST_BARS = 30


def claims_over_time(store: Source) -> Drawing:
    """How many claims documents made, by the day of the document and how they are said.

    Args:
        store: The graph.
    """
    counts: dict[date | None, Counter[str]] = defaultdict(Counter)
    for row in _ask(store, "said-when"):
        counts[_day(row["day"])][_modality(row["modality"])] += row["claims"]
    undated = counts.pop(None, Counter()).total()
    days = sorted(day for day in counts if day)
    grain = _grain(days)
    bars: dict[int, Counter[str]] = defaultdict(Counter)
    for day in days:
        bars[grain.number(day)].update(counts[day])
    whole = range(min(bars), max(bars) + 1) if bars else range(0)
    note = f"claims read in documents, by {grain.name} of the document and how they are said"
    if undated:
        note += f"; {undated:,} in documents without a date are not drawn"
    title = "Claims over time"
    drawn = {number: bars.get(number, Counter()) for number in whole}
    svg = draw(
        "claims-over-time.svg",
        title=title,
        note=note,
        desc=_in_words(drawn, grain, note),
        **_columns(drawn, grain),
    )
    rows = tuple(
        (" ".join(grain.label(number)[::-1]).strip(), *(said[each] for each in _MODALITIES))
        for number, said in drawn.items()
    )
    return Drawing(title, svg, (grain.name, *_MODALITIES), rows, note)


def chips_by_organisation(store: Source) -> Drawing:
    """Who is said to use or buy which chip: how many claims affirm and deny it.

    Args:
        store: The graph.
    """
    said: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    labels: dict[str, str] = {}
    for row in _ask(store, "chips-used"):
        labels[row["who"]], labels[row["chip"]] = row["who_label"], row["chip_label"]
        said[row["who"], row["chip"]][_modality(row["modality"])] += row["claims"]
    users = _commonest(_degrees(said, 0), MOST_ROWS)
    chips = _commonest(_degrees(said, 1), MOST_COLUMNS)
    kept = {key: each for key, each in said.items() if key[0] in users and key[1] in chips}
    note = "claims of use or purchase, read and curated"
    if len(kept) < len(said):
        note += f"; {len(kept):,} of {len(said):,} pairs are drawn, those of the most connected"
    title = "Chips by organisation"
    rows = tuple(
        (labels[who], labels[chip], *(each[modality] for modality in _MODALITIES))
        for (who, chip), each in said.items()
    )
    svg = draw(
        "chips-by-organisation.svg",
        title=title,
        note=note,
        desc=f"{note}. "
        + "; ".join(
            f"{labels[who]}, {labels[chip]}: {_counts(each)}" for (who, chip), each in kept.items()
        ),
        **_matrix(kept, users, chips, labels),
    )
    return Drawing(title, svg, ("organisation", "chip", *_MODALITIES), rows, note)


PLOTS: Mapping[str, Callable[[Source], Drawing]] = {
    "claims-over-time": claims_over_time,
    "chips-by-organisation": chips_by_organisation,
}


def _ask(store: Source, name: str) -> Rows:
    found = query(store, asset(f"{name}.rq"))
    assert isinstance(found, Rows)
    return found


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _modality(curie: str) -> str:
    return curie.removeprefix("kg:").lower()


def _counts(said: Mapping[str, int]) -> str:
    return ", ".join(f"{said[each]:,} {each}" for each in _MODALITIES if said.get(each))


def _grain(days: Sequence[date]) -> _Grain:
    """The finest stretches that leave few enough of them."""
    if not days:
        return _GRAINS[0]
    spans = ((each, each.number(days[-1]) - each.number(days[0]) + 1) for each in _GRAINS)
    return next((each for each, count in spans if count <= _MOST_BARS), _GRAINS[-1])


def _in_words(bars: Mapping[int, Counter[str]], grain: _Grain, note: str) -> str:
    told = (
        f"{' '.join(grain.label(number)).strip()}: {_counts(said)}"
        for number, said in bars.items()
        if said
    )
    return f"{note}. {'; '.join(told)}"


def _columns(bars: Mapping[int, Counter[str]], grain: _Grain) -> dict[str, object]:
    """Where everything stands in the figure of claims over time."""
    scale = ticks(max((said.total() for said in bars.values()), default=1))
    step = (_RIGHT - _LEFT) / max(1, len(bars))
    wide = round(min(step * 0.72, 54), 1)
    pixels = (_BASE - _TOP) / scale[-1]
    drawn = []
    year = ""
    for place, (number, said) in enumerate(bars.items()):
        label, own_year = grain.label(number)
        title = f"{label} {own_year}: {_counts(said) or 'none'}".strip()
        drawn.append(
            {
                "x": round(_LEFT + step * place + (step - wide) / 2, 1),
                "parts": list(_stack(said, pixels)),
                "title": title,
                "total": said.total(),
                "top": round(_BASE - said.total() * pixels, 1),
                "label": label if step > 24 or place % 3 == 0 else "",
                "year": own_year if own_year != year else "",
            }
        )
        year = own_year
    used = [each for each in _MODALITIES if any(said[each] for said in bars.values())]
    return {
        "width": _RIGHT + 16,
        "height": _BASE + 46,
        **{"left": _LEFT, "right": _RIGHT, "base": _BASE, "wide": wide, "bars": drawn},
        "lines": [{"y": round(_BASE - each * pixels, 1), "text": f"{each:,}"} for each in scale],
        "legend": list(_legend(used)),
    }


def _stack(said: Mapping[str, int], pixels: float) -> Iterator[dict[str, object]]:
    here = float(_BASE)
    for modality in _MODALITIES:
        if high := said[modality] * pixels:
            here -= high
            yield {"y": round(here, 1), "height": round(high, 1), "fill": modality}


def _legend(modalities: Sequence[str]) -> Iterator[dict[str, object]]:
    x = 16.0
    for each in modalities:
        yield {"x": round(x), "text": each, "fill": each}
        x += 19 + width_of(each) + 20


def _degrees(said: Mapping[tuple[str, str], Counter[str]], end: int) -> Counter[str]:
    """How many claims each thing at one end has."""
    degrees: Counter[str] = Counter()
    for key, counts in said.items():
        degrees[key[end]] += counts.total()
    return degrees


def _commonest(counts: Counter[str], most: int) -> list[str]:
    return sorted(counts, key=lambda each: (-counts[each], each))[:most]


def _matrix(
    said: Mapping[tuple[str, str], Counter[str]],
    users: Sequence[str],
    chips: Sequence[str],
    labels: Mapping[str, str],
) -> dict[str, object]:
    """Where everything stands in the figure of chips by organisation."""
    users = [who for who in users if any(key[0] == who for key in said)]
    chips = [chip for chip in chips if any(key[1] == chip for key in said)]
    texts = {each: shortened(labels[each], _LONGEST) for each in (*users, *chips)}
    left = round(max((width_of(texts[each]) for each in users), default=60)) + 30
    tilted = round(max((width_of(texts[each]) for each in chips), default=60) * 0.71)
    top = 96 + tilted
    places = {each: left + 22 + 34 * at for at, each in enumerate(chips)}
    places |= {each: top + 16 + 32 * at for at, each in enumerate(users)}
    right, bottom = left + 34 * len(chips) + 10, top + 32 * len(users)
    return {
        "width": max(right + tilted + 10, 620),
        "height": bottom + 16,
        **{"left": left, "right": right, "top": top, "bottom": bottom},
        "columns": [{"x": places[each], "text": texts[each], "id": each} for each in chips],
        "rows": [{"y": places[each], "text": texts[each], "id": each} for each in users],
        "dots": [
            {
                "x": places[chip],
                "y": places[who],
                "r": round(min(13.0, 6.5 + 1.6 * sqrt(counts.total())), 1),
                "affirmed": counts["asserted"] + counts["reported"],
                "denied": counts["denied"],
                "other": counts["planned"] + counts["hypothetical"],
                "title": f"{labels[who]}, {labels[chip]}: {_counts(counts)}",
            }
            for (who, chip), counts in said.items()
        ],
    }
