"""Whatever the bytes and whatever the format: a document or a reason, never an exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents.files import FORMATS, read_file
from kg.documents.skipped import Skipped
from kg.text import Document

PIECES = (
    *("<p>", "</p>", "<div class='x'>", "</div>", "<a href='/b'>", "</a>", "<table>", "<tr><td>"),
    *("</td></tr>", "</table>", "<br>", "<ul><li>", "</li></ul>", "<!--", "-->", "<script>", "<"),
    *("</script>", "<title>", "</title>", "<meta name='date' content='2025-13-99'>", "<h1>", ">"),
    *("<time datetime='yesterday'>", "<article>", "</article>", "&amp;", "&#0;", "&#xD800;", "&"),
    *("<html lang='zh'>", "<body>", "<svg><path d='M0'/></svg>", "<pre>", "<math>", "<![CDATA["),
    *("Tencent bought the H20 last year. ", "腾讯采购芯片。", "😀", "\u0301", "\u200d", "\ufeff"),
    *("# ", "## ", "- ", "* ", "> ", "```", "|", "|-|", "**", "[", "](", ")", "![", "\\", "~~~"),
    *("\n", "\n\n", "\r\n", "\t", " ", "\x0b", "\x1b", "\u2028", "\x7f", '"', "'", "{", "}", ":"),
)
BYTES = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=60).map(lambda pieces: "".join(pieces).encode()),
    st.text().map(str.encode),
    st.binary(),
)
often = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read(path: Path, data: bytes) -> list[Document | Skipped]:
    path.write_bytes(data)
    found = list(read_file(path, path.name))
    for each in found:
        assert each.identifier
        if isinstance(each, Skipped):
            assert len(each.why.splitlines()) == 1, each.why
        else:
            assert each.text.strip()
            assert len(each.id) == len(each.sha256) // 4 == 16
            assert each.title
    return found


@pytest.mark.parametrize("suffix", FORMATS)
@often
@given(data=BYTES)
def test_any_bytes_are_read_or_skipped(suffix: str, data: bytes, tmp_path: Path) -> None:
    found = read(tmp_path / f"a{suffix}", data)
    assert len(found) == 1 or suffix == ".jsonl"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@often
@given(
    fields=st.dictionaries(
        st.sampled_from(["id", "title", "date", "source", "creator", "text", "more"]), VALUES
    )
)
def test_any_fields_give_one_document_or_one_reason(
    fields: dict[str, object], tmp_path: Path
) -> None:
    (found,) = read(tmp_path / "a.jsonl", json.dumps(fields).encode())
    if isinstance(found, Document):
        assert found.text == fields["text"]
