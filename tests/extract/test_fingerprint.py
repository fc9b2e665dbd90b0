"""The fingerprint moves with what changes a reading, and with nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.fingerprint import reader_fingerprint
from kg.ontology.lexicon import Alias
from kg.ontology.load import Ontology, load_ontology


def test_it_is_the_same_for_the_same_files(ontology: Ontology) -> None:
    assert reader_fingerprint(ontology) == reader_fingerprint(load_ontology())
    assert len(reader_fingerprint(ontology)) == 16


def with_alias(ontology: Ontology) -> Ontology:
    new = Alias(text="the big one", thing="chip:nvidia-h100")
    lexicon = replace(ontology.lexicon, aliases=(*ontology.lexicon.aliases, new))
    return replace(ontology, lexicon=lexicon)


def with_first_cue(ontology: Ontology, **changes: object) -> Ontology:
    first, *rest = ontology.cues.relations
    changed = replace(first, **changes)  # type: ignore[arg-type]
    return replace(ontology, cues=replace(ontology.cues, relations=(changed, *rest)))


def with_h20(ontology: Ontology, **changes: object) -> Ontology:
    things = dict(ontology.lexicon.things)
    things["chip:nvidia-h20"] = replace(things["chip:nvidia-h20"], **changes)  # type: ignore[arg-type]
    return replace(ontology, lexicon=replace(ontology.lexicon, things=things))


def test_a_new_name_moves_it(ontology: Ontology) -> None:
    assert reader_fingerprint(with_alias(ontology)) != reader_fingerprint(ontology)


@pytest.mark.parametrize("field", ["triggers", "subject", "object", "requires", "name"])
def test_a_changed_cue_moves_it(field: str, ontology: Ontology) -> None:
    value: object = "x" if field == "name" else frozenset({"x"}) if field == "triggers" else ()
    value = (("self", "chip-nouns"),) if field == "requires" else value
    changed = with_first_cue(ontology, **{field: value})
    assert reader_fingerprint(changed) != reader_fingerprint(ontology)


def test_a_changed_weight_or_word_moves_it(ontology: Ontology) -> None:
    weights = {**ontology.cues.weights, "any": 0.1}
    words = {**ontology.cues.words, "pronouns": frozenset({"it"})}
    for cues in (
        replace(ontology.cues, weights=weights),
        replace(ontology.cues, words=words),
    ):
        changed = replace(ontology, cues=cues)
        assert reader_fingerprint(changed) != reader_fingerprint(ontology)


def test_a_label_or_class_moves_it(ontology: Ontology) -> None:
    for change in ({"label": "H twenty"}, {"cls": "kg:ChipFamily"}):
        assert reader_fingerprint(with_h20(ontology, **change)) != reader_fingerprint(ontology)


def test_a_mended_source_or_example_asks_for_no_new_reading(ontology: Ontology) -> None:
    mended = with_h20(ontology, source="https://example.org/another")
    assert reader_fingerprint(mended) == reader_fingerprint(ontology)
    assert reader_fingerprint(with_first_cue(ontology, example="Another.")) == (
        reader_fingerprint(ontology)
    )


def test_curated_claims_do_not_count(ontology: Ontology) -> None:
    assert reader_fingerprint(replace(ontology, curated=())) == reader_fingerprint(ontology)


def test_every_version_that_decides_a_parse_counts(
    ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reader_fingerprint(ontology)
    monkeypatch.setattr("kg.extract.fingerprint.version", lambda package: "99")
    assert reader_fingerprint(ontology) != before
