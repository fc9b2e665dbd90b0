"""A reading as plain JSON values and back: the shape in which the record keeps it.

The document's text is kept apart and only once; words of it are kept as their place. What is
empty or usual is left out. A change of this shape calls for a new `kg.readings.FORMAT`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.claims import UNDATED, Claim, Dated, Modality
from kg.errors import ClaimError
from kg.ontology.files import LooseDate
from kg.ontology.lexicon import Thing
from kg.reading import Leftover, Named, Reading
from kg.text import Document, Span

Json = dict[str, Any]


def encode_reading(reading: Reading) -> Json:
    """All of a reading but its document's text.

    Raises:
        ClaimError: Some words of it do not stand in the text where they say they do.
    """
    text = reading.document.text
    return {
        "document": _encode_document(reading.document),
        "claims": [_encode_claim(claim, text) for claim in reading.claims],
        "names": [[*_place(named.words, text), named.thing] for named in reading.names],
        "discovered": [_encode_thing(thing) for thing in reading.discovered],
        "leftovers": [_encode_leftover(left, text) for left in reading.leftovers],
    }


def decode_reading(body: Json, text: str) -> Reading:
    """The reading that `encode_reading` was given, from its parts."""
    document = _decode_document(body["document"], text)
    me = document.id  # hashes the text, so once
    return Reading(
        document=document,
        claims=tuple(_decode_claim(each, document, me) for each in body["claims"]),
        names=tuple(Named(document.span(start, end), thing) for start, end, thing in body["names"]),
        discovered=tuple(map(_decode_thing, body["discovered"])),
        leftovers=tuple(
            Leftover(document.span(start, end), *reason)
            for start, end, *reason in body["leftovers"]
        ),
    )


def _place(span: Span, text: str) -> tuple[int, int]:
    if text[span.start : span.end] != span.text:
        raise ClaimError(f"{span.text!r} does not stand at {span.start}-{span.end} of its document")
    return span.start, span.end


def _encode_leftover(left: Leftover, text: str) -> list[int | str]:
    about = [left.about] if left.about else []
    return [*_place(left.words, text), left.why, *about]


def _encode_document(document: Document) -> Json:
    return _full(
        {
            "identifier": document.identifier,
            "title": document.title,
            "creator": document.creator,
            "date": _from_date(document.date),
            "source": document.source,
        }
    )


def _decode_document(body: Json, text: str) -> Document:
    return Document(
        identifier=body["identifier"],
        text=text,
        title=body["title"],
        creator=body.get("creator"),
        date=_to_date(body.get("date")),
        source=body.get("source"),
    )


def _encode_claim(claim: Claim, text: str) -> Json:
    return _full(
        {
            "subject": claim.subject,
            "predicate": claim.predicate,
            "object": claim.object,
            "subject_text": claim.subject_text,
            "object_text": claim.object_text,
            "evidence": [_place(span, text) for span in claim.evidence],
            "found_by": claim.found_by,
            "confidence": claim.confidence,
            "modality": claim.modality.value,
            "attributed_to": claim.attributed_to,
            "attributed_to_entity": claim.attributed_to_entity,
            "holds": None if claim.holds == UNDATED else _encode_dated(claim.holds),
            "involves": claim.involves,
            "quantity": claim.quantity,
            "quantity_text": claim.quantity_text,
        }
    )


def _decode_claim(body: Json, document: Document, me: str) -> Claim:
    return Claim(
        document=me,
        subject=body["subject"],
        predicate=body["predicate"],
        object=body["object"],
        subject_text=body["subject_text"],
        object_text=body["object_text"],
        evidence=tuple(document.span(start, end) for start, end in body["evidence"]),
        found_by=body["found_by"],
        confidence=body["confidence"],
        modality=Modality(body["modality"]),
        attributed_to=body.get("attributed_to"),
        attributed_to_entity=body.get("attributed_to_entity"),
        holds=_decode_dated(body["holds"]) if "holds" in body else UNDATED,
        involves=body.get("involves"),
        quantity=body.get("quantity"),
        quantity_text=body.get("quantity_text"),
    )


def _encode_dated(holds: Dated) -> list[str | None]:
    start, end = _from_date(holds.start), _from_date(holds.end)
    return [start, holds.start_precision, end, holds.end_precision]


def _decode_dated(body: list[str | None]) -> Dated:
    start, start_precision, end, end_precision = body
    return Dated(
        start=_to_date(start),
        start_precision=start_precision,
        end=_to_date(end),
        end_precision=end_precision,
    )


def _encode_thing(thing: Thing) -> Json:
    return _full(
        {
            "curie": thing.curie,
            "label": thing.label,
            "cls": thing.cls,
            "discovered": thing.discovered or None,
            "level": thing.level,
            "effective_from": _from_loose(thing.effective_from),
            "effective_until": _from_loose(thing.effective_until),
            "part_of": list(thing.part_of) or None,
            "citation": thing.citation,
            "source": thing.source,
        }
    )


def _decode_thing(body: Json) -> Thing:
    return Thing(
        curie=body["curie"],
        label=body["label"],
        cls=body["cls"],
        discovered=body.get("discovered", False),
        level=body.get("level"),
        effective_from=_to_loose(body.get("effective_from")),
        effective_until=_to_loose(body.get("effective_until")),
        part_of=tuple(body.get("part_of", ())),
        citation=body.get("citation"),
        source=body.get("source"),
    )


def _full(body: Json) -> Json:
    return {name: value for name, value in body.items() if value is not None}


def _from_date(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _from_loose(when: LooseDate | None) -> list[str] | None:
    return None if when is None else [when.day.isoformat(), when.precision]


def _to_loose(body: list[str] | None) -> LooseDate | None:
    return None if body is None else LooseDate(date.fromisoformat(body[0]), body[1])
