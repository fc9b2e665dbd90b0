"""Where a text has the shape of a name: capitals, numbers after them, legal forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from spacy.lang.en.stop_words import STOP_WORDS

from kg.ontology.patterns import alternatives
from kg.text import Span

# Latin, Greek and Cyrillic capitals; `re` has no class for them
_BLOCKS = (range(0x41, 0x250), range(0x370, 0x530), range(0x1E00, 0x1F00))
_UPPER = "".join(chr(code) for block in _BLOCKS for code in block if chr(code).isupper())
_FIRST = rf"(?:[{_UPPER}]|[a-z]+(?=[A-Z])|(?<!\w)\d+(?=[A-Z]))"
_WORD = rf"{_FIRST}(?:[\w&’']|-(?=\w))*"
_JOIN = rf" (?:& |of (?=[{_UPPER}])|bin |binti |van |von |de |du |al-|\([{_UPPER}][\w ]+\) )?"
_DATELINE = re.compile(
    rf"[{_UPPER}][{_UPPER} ./-]+(?:,[^–—:;]{{1,40}}?)? ?(?:\([^)]+\) ?)?(?:--|–|—| - )"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_HEADING = 4  # words of a line without a full stop that is a heading
BEFORE_A_START = frozenset("\"'“‘([:;–—•*|.")  # after these a capital says nothing


def find_shapes(text: str, words: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of a sentence that is written like a name, in order.

    Args:
        text: The sentence.
        words: The lists of `ontology/cues/words.csv`.
    """
    for found in _name_pattern(words["company-forms"], words["of-name-heads"]).finditer(text):
        start, end = _trimmed(text, *_cut_at_of(found, words), words)
        if end - start >= 2:
            yield start, end


@cache
def _name_pattern(forms: frozenset[str], heads: frozenset[str]) -> re.Pattern[str]:
    """Capitalised words in a row, with a number and a legal form: "Brelka 2 Co., Ltd".

    "Institute of Optics and Acoustics" is one name; "Huawei and Nvidia" are two.
    """
    form = rf"(?:\.?,? (?=[A-Z])(?i:{alternatives(forms)})\b)*"
    word = rf"(?!(?:[A-Z]\.){{2}}){_WORD}"  # "B.V." is a form and no word
    body = rf"(?=[A-Z])(?i:{alternatives(heads)}) of {_WORD}(?:(?: and| of| for)? {_WORD})+"
    return re.compile(
        rf"(?<!\w)(?:(?:{word} )*{body}|{_WORD}(?:\.[A-Za-z]{{2,4}}\b)?"
        rf"(?:{_JOIN}{word}| \d[\w.]*\b)*{form})"
    )


def _trimmed(
    text: str, start: int, end: int, words: Mapping[str, frozenset[str]]
) -> tuple[int, int]:
    """Without a possessive at the end, and without ordinary words at either end."""
    if found := _POSSESSIVE.search(text[start:end]):
        end = start + found.start()
    head, hyphen, tail = text[start:end].rpartition("-")
    if hyphen and tail in words["compound-endings"]:
        end = start + len(head)
    while start < end:
        first, _, rest = text[start:end].partition(" ")
        last = text[start:end].rpartition(" ")[2]
        opens = not text[:start].rstrip() or text[:start].rstrip()[-1] in BEFORE_A_START
        begins = rest and first.casefold() in words["never-alone"]
        plain = not begins and _is_ordinary(first, words, opens=opens or not rest)
        if plain or first.isdigit() or (rest and _is_compound(first, words)):
            start = end - len(rest)
        elif rest and _is_ordinary(last, words, opens=False) and not _ends_a_name(last, words):
            end -= len(last) + 1
        else:
            break
    return start, end


def _is_compound(word: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word only describes the name that follows: "Dover-based", "Brelka-backed"."""
    _, hyphen, tail = word.rpartition("-")
    return bool(hyphen) and (tail in words["place-compounds"] or tail in words["compound-endings"])


def _ends_a_name(word: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word that names nothing by itself may end a name: "Trade Ministry"."""
    lists = ("body-name-heads", "rule-name-heads", "company-forms", "company-endings")
    return any(word.casefold() in words[name] for name in lists)


def is_somewhere(after_it: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether what follows a name says that it is a place: "Hangzhou-based"."""
    after = re.match(r"-(\w+)", after_it)
    return after is not None and after[1] in words["place-compounds"]


def dateline_end(text: str) -> int:
    """Where a dateline ends: "SANTA CRUZ, Calif., Sept. 17 -- "."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def _cut_at_of(found: re.Match[str], words: Mapping[str, frozenset[str]]) -> tuple[int, int]:
    """Where a name ends: "Institute of Optics" is one, "Brelka of Oslo" is not."""
    start, end = found.span()
    for of in re.finditer(r"(\w+) of ", found[0]):
        if of[1].casefold() not in words["of-name-heads"]:
            return start, start + of.end(1)
    return start, end


def _is_ordinary(word: str, words: Mapping[str, frozenset[str]], *, opens: bool) -> bool:
    """Whether a word names nothing; a capital inside a sentence says that "Nine Terraces" does."""
    if word[0].isdigit():
        return word[:2] in {"19", "20"} and len(word) == 4  # "October 2023", but "3M", "Lab 617"
    return word.casefold() in words["never-names"] or (opens and word.casefold() in STOP_WORDS)


def is_headline(sentence: Span, known: Sequence[Span]) -> bool:
    """Whether capitals say nothing here, because nearly every word has one; known names aside."""
    offset = sentence.start
    words = [
        found.group()
        for found in re.finditer(r"[^\W\d_]\S*", sentence.text)
        if not any(each.start <= offset + found.start() < each.end for each in known)
    ]
    most = sum(word[0].isupper() for word in words) > 0.6 * len(words)
    is_heading = len(words) <= _HEADING and sentence.text[-1:] not in '.!?:;,|)”"'
    return most and (len(words) > 4 or (is_heading and "|" not in sentence.text))
