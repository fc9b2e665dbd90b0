"""The durable record: what was read once is never lost, whatever happens to the process."""

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.claims import Claim, Dated, Modality
from kg.errors import ClaimError, DocumentError, GraphError
from kg.ontology.files import LooseDate
from kg.ontology.lexicon import Thing
from kg.reading import Leftover, Named, Reading
from kg.reading_json import decode_reading, encode_reading
from kg.readings import Readings, reading_key
from kg.text import Document, Span
from tests.graph.small import BLOG, NEWS, READ_BLOG, READ_NEWS, READINGS

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
days = st.dates()
curies = st.from_regex(r"[a-z]{1,8}:[A-Za-z0-9][\w.-]{0,8}", fullmatch=True)
precisions = st.sampled_from(["day", "month", "half", "year"])


def maybe(strategy):
    return st.none() | strategy


documents = st.builds(
    Document,
    identifier=words,
    text=words.filter(bool),
    title=words,
    creator=maybe(words),
    date=maybe(days),
    source=maybe(words),
)
things = st.builds(
    Thing,
    curie=curies,
    label=words,
    cls=curies,
    discovered=st.booleans(),
    level=maybe(words),
    effective_from=maybe(st.builds(LooseDate, days, precisions)),
    effective_until=maybe(st.builds(LooseDate, days, precisions)),
    part_of=st.lists(curies, max_size=2).map(tuple),
    citation=maybe(words),
    source=maybe(words),
)


@st.composite
def readings(draw) -> Reading:
    document = draw(documents)

    def span() -> Span:
        ends = st.integers(0, len(document.text))
        return document.span(*sorted((draw(ends), draw(ends))))

    claim = st.builds(
        Claim,
        document=st.just(document.id),
        subject=curies,
        predicate=curies,
        object=curies,
        subject_text=words,
        object_text=words,
        evidence=st.just(tuple(span() for _ in range(draw(st.integers(1, 3))))),
        found_by=words,
        confidence=st.floats(0, 1, exclude_min=True),
        modality=st.sampled_from(Modality),
        attributed_to=maybe(words),
        attributed_to_entity=maybe(curies),
        holds=st.builds(
            Dated,
            start=maybe(days),
            start_precision=maybe(precisions),
            end=maybe(days),
            end_precision=maybe(precisions),
        ),
        involves=maybe(curies),
        quantity=maybe(st.integers(0, 10**15)),
        quantity_text=maybe(words),
    )
    return Reading(
        document=document,
        claims=tuple(draw(st.lists(claim, max_size=3))),
        names=tuple(Named(span(), draw(curies)) for _ in range(draw(st.integers(0, 3)))),
        discovered=tuple(draw(st.lists(things, max_size=2))),
        leftovers=tuple(
            Leftover(span(), draw(words), draw(words)) for _ in range(draw(st.integers(0, 2)))
        ),
    )


@given(readings())
def test_a_reading_comes_back_from_json_as_it_went(reading):
    assert decode_reading(encode_reading(reading), reading.document.text) == reading


@given(st.lists(readings(), max_size=4))
def test_readings_come_back_from_the_record_as_they_went(tmp_path_factory, some):
    with Readings(tmp_path_factory.mktemp("graph")) as record:
        record.keep(some, "reader")
        for reading in some:
            assert record.find(reading.document, "reader") is not None
        by_key = {reading_key(each.document, "reader"): each for each in reversed(some)}
        assert {key: record.reading(key) for key in by_key} == by_key


@pytest.mark.parametrize(
    "text",
    [
        "nul \x00 in the middle",
        "摩尔线程 🇨🇳 e\u0301 \ufeff \u2028 \u202e \U0010ffff",
        "\r\n\t\x1f\x7f",
        "'); drop table readings; --",
    ],
)
def test_odd_texts_are_kept_to_the_character(tmp_path, text):
    reading = replace(
        READ_NEWS, document=replace(NEWS, text=text), claims=(), names=(), leftovers=()
    )
    with Readings(tmp_path) as record:
        record.keep([reading], "reader")
    with Readings(tmp_path) as record:
        assert record.find(reading.document, "reader") == reading


@pytest.mark.parametrize("field", ["identifier", "text", "title", "creator", "source"])
def test_half_a_character_is_refused_with_the_document_named(field):
    broken = replace(NEWS, **{field: "a \ud800 b"})
    with pytest.raises(DocumentError, match=r"holds half a character, '.ud800': save the file as"):
        reading_key(broken, "reader")


def test_words_that_stand_elsewhere_are_refused():
    moved = replace(READ_NEWS.claims[0], evidence=(Span(1, 50, NEWS.text[0:49]),))
    with pytest.raises(ClaimError, match="does not stand at 1-50 of its document"):
        encode_reading(replace(READ_NEWS, claims=(moved,)))


def test_whatever_a_reader_is_given_makes_another_key():
    others = [
        replace(NEWS, identifier="other.txt"),
        replace(NEWS, text=NEWS.text + " "),
        replace(NEWS, title="Another"),
        replace(NEWS, creator=None),
        replace(NEWS, date=date(2025, 2, 1)),
        replace(NEWS, date=None),
        replace(NEWS, source=None),
    ]
    keys = {reading_key(document, "reader") for document in [NEWS, *others]}
    assert len(keys | {reading_key(NEWS, "another reader")}) == 9


def test_a_missing_field_is_not_an_empty_one():
    assert reading_key(replace(NEWS, source=None), "r") != reading_key(
        replace(NEWS, source=""), "r"
    )


def test_what_was_never_read_is_not_found(tmp_path):
    with Readings(tmp_path) as record:
        record.keep([READ_NEWS], "reader")
        assert record.find(NEWS, "another reader") is None
        assert record.find(BLOG, "reader") is None
        key = reading_key(NEWS, "reader")
        assert record.known([key, "unknown"]) == {key}
        with pytest.raises(GraphError, match="has no reading unknown"):
            record.reading("unknown")


def test_members_come_back_in_order_and_are_replaced_whole(tmp_path):
    with Readings(tmp_path) as record:
        record.keep(READINGS, "reader")
        keys = [reading_key(each.document, "reader") for each in READINGS]
        record.set_members("build", keys)
        assert record.members("build") == tuple(keys)
        record.set_members("build", keys[::-1][:1])
        assert record.members("build") == (keys[1],)
        assert record.members("unknown") == ()


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path):
    moved = replace(READ_BLOG.claims[0], evidence=(Span(0, 2, "no"),))

    def one_good_one_bad():
        yield READ_NEWS
        yield replace(READ_BLOG, claims=(moved,))

    with Readings(tmp_path) as record:
        with pytest.raises(ClaimError):
            record.keep(one_good_one_bad(), "reader")
        assert record.find(NEWS, "reader") is None


def test_a_text_is_kept_once(tmp_path):
    with Readings(tmp_path) as record:
        record.keep([READ_NEWS], "reader")
        record.keep([READ_NEWS], "another reader")
    with sqlite3.connect(tmp_path / "readings.sqlite") as database:
        counts = [
            database.execute(f"select count(*) from {table}").fetchone()
            for table in ("texts", "readings")
        ]
    database.close()
    assert counts == [(1,), (2,)]


def test_a_reader_may_look_while_a_builder_writes(tmp_path):
    with Readings(tmp_path) as builder:
        builder.keep([READ_NEWS], "reader")
        with Readings(tmp_path) as reader:
            builder.keep([READ_BLOG], "reader")
            assert reader.find(BLOG, "reader") == READ_BLOG


_KEEP_FOREVER = """
import sys
from dataclasses import replace
from pathlib import Path
from kg.readings import Readings
from tests.graph.small import NEWS, READ_NEWS

with Readings(Path(sys.argv[1])) as record:
    for number in range(10**6):
        document = replace(NEWS, identifier=str(number), text=NEWS.text * 500)
        record.keep([replace(READ_NEWS, document=document, claims=())], "reader")
        print(number, flush=True)
"""


@pytest.mark.slow
def test_a_killed_build_keeps_every_batch_that_it_finished(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", _KEEP_FOREVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    ) as builder:
        done = [int(builder.stdout.readline()) for _ in range(20)]
        builder.send_signal(signal.SIGKILL)
        done += [int(line) for line in builder.stdout]
    documents = [replace(NEWS, identifier=str(each), text=NEWS.text * 500) for each in done]
    with Readings(tmp_path) as record:
        assert all(record.find(document, "reader") for document in documents)


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to look at" * 20])
def test_a_file_that_is_no_database_is_one_line_and_is_left_alone(tmp_path, content):
    file = tmp_path / "readings.sqlite"
    file.write_bytes(content)
    with pytest.raises(GraphError, match=r"readings.sqlite is damaged \(file is not a database\)"):
        Readings(tmp_path)
    assert file.read_bytes() == content


def test_a_damaged_page_is_one_line(tmp_path):
    with Readings(tmp_path) as record:
        record.keep(READINGS, "reader")
    file = tmp_path / "readings.sqlite"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with (
        pytest.raises(GraphError, match=r"readings.sqlite is damaged \(.*\): move it away"),
        Readings(tmp_path) as record,
    ):
        record.find(NEWS, "reader")


def test_a_damaged_reading_is_one_line(tmp_path):
    with Readings(tmp_path) as record:
        record.keep([READ_NEWS], "reader")
        record._db.execute("update readings set body = '{}'")
        with pytest.raises(GraphError, match=r"the reading .* is damaged"):
            record.find(NEWS, "reader")


@pytest.mark.parametrize(
    ("pragma", "message"),
    [
        ("user_version = 2", "has format 2, this version of chiptrace reads 1"),
        ("application_id = 7", "is another program's database: move it away"),
    ],
)
def test_another_version_is_one_line_and_is_left_alone(tmp_path, pragma, message):
    with Readings(tmp_path) as record:
        record._db.execute(f"pragma {pragma}")
    file = tmp_path / "readings.sqlite"
    before = file.read_bytes()
    with pytest.raises(GraphError, match=message):
        Readings(tmp_path)
    assert file.read_bytes() == before


def test_no_folder_is_one_line(tmp_path):
    with pytest.raises(GraphError, match=r"cannot open .*readings.sqlite: unable to open"):
        Readings(tmp_path / "nowhere")
