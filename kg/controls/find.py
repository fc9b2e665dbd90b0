"""Finds the chip, its parts and the country that a person means."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from kg.controls.load import Controls
from kg.controls.parts import Part
from kg.errors import QueryError


@dataclass(frozen=True, slots=True)
class Found:
    """A chip, and the parts with figures that answer for it.

    Attributes:
        chip: CURIE of the chip, a model or a family maybe.
        label: Its name.
        parts: Its parts, sorted; the chip itself alone where it has figures of its own; none
            where nobody has noted a figure.
    """

    chip: str
    label: str
    parts: tuple[Part, ...]


def find_chip(controls: Controls, words: str) -> Found:
    """The chip that these words mean: an id, a label or an alias.

    A model is answered by its parts, a family by all chips with figures below it. Of a chip without
    any figure there are no parts.

    Raises:
        QueryError: No chip or several are called that.
    """
    chip = _find(controls, words, "chip")
    label = controls.lexicon.things[chip].label
    if chip in controls.parts:
        return Found(chip, label, (controls.parts[chip],))
    family = controls.lexicon.things[chip].level == "family"
    parts = tuple(
        part
        for below, part in sorted(controls.parts.items())
        if (_reaches(controls, below, chip) if family else chip in part.named)
    )
    return Found(chip, label, parts)


def find_place(controls: Controls, words: str) -> str:
    """CURIE of the country that an ISO 3166 code, a name or an adjective means.

    Raises:
        QueryError: No country or several are called that.
    """
    return _find(controls, words, "place")


def _find(controls: Controls, words: str, prefix: str) -> str:
    things = controls.lexicon.things
    wanted = words.strip()
    for curie in (wanted, f"{prefix}:{wanted}", f"{prefix}:{wanted.casefold()}"):
        if curie in things and curie.startswith(f"{prefix}:"):
            return curie
    named = [each for each in controls.lexicon.named(wanted) if each.thing.startswith(prefix)]
    labels = sorted({each.thing for each in named if things[each.thing].label == each.text})
    found = labels if len(labels) == 1 else sorted({each.thing for each in named})
    noun = {"chip": "chip", "place": "country"}[prefix]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(f"{each.partition(':')[2]} ({things[each].label})" for each in found)
        raise QueryError(f"{words!r} may mean {choices}: say which, by its id")
    raise QueryError(f"no {noun} {words!r} is known{_hint(controls, wanted, prefix)}")


def _hint(controls: Controls, words: str, prefix: str) -> str:
    ids = [each.partition(":")[2] for each in controls.lexicon.things if each.startswith(prefix)]
    names = [
        name
        for name, aliases in controls.lexicon.by_folded.items()
        if any(each.thing.startswith(prefix) for each in aliases)
    ]
    long_enough = dict.fromkeys(name for name in (*ids, *names) if len(name) > 2)
    near = get_close_matches(words.casefold(), long_enough, n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _reaches(controls: Controls, below: str, above: str) -> bool:
    """Whether a chip is a variant of another, over any number of steps."""
    waiting, seen = [below], {below}
    while waiting:
        for parent in controls.parents.get(waiting.pop(), ()):
            if parent == above:
                return True
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return False
