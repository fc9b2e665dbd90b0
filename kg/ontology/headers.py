"""The comments at the head of a `.rq` file, which say what it is for."""

from __future__ import annotations

import re
from collections import defaultdict

_LINE = re.compile(r"#\s*([a-z]+):\s+(.*\S)\s*")


def read_header(text: str) -> dict[str, tuple[str, ...]]:
    r"""The `# key: value` lines before the first line that is no comment, values by key.

    A comment without a key goes on with the value above it.

    >>> read_header("# question: Who uses\n#   a chip?\n# columns: who\nSELECT ...")
    {'question': ('Who uses a chip?',), 'columns': ('who',)}
    """
    values: dict[str, list[str]] = defaultdict(list)
    last = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if found := _LINE.fullmatch(line):
            last = found[1]
            values[last].append(found[2])
        elif last:
            values[last][-1] += " " + line.lstrip("# ").rstrip()
    return {key: tuple(value) for key, value in values.items()}
