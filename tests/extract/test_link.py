"""A shared name is settled by the rest of the document, or left over with its choices."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.link import link
from kg.extract.mentions import Mention
from kg.ontology.load import Ontology
from kg.reading import Reading
from kg.text import Span

Read = Callable[..., Reading]


def mention(ontology: Ontology, start: int, *curies: str) -> Mention:
    things = tuple(ontology.lexicon.things[curie] for curie in curies)
    return Mention(words=Span(start, start + 4, "name"), things=things)


def test_a_name_of_one_thing_passes(ontology: Ontology) -> None:
    clear = mention(ontology, 0, "chip:nvidia-h20")
    assert link([clear]) == ((clear,), ())


def test_a_shared_name_is_settled_by_what_is_named_elsewhere(ontology: Ontology) -> None:
    shared = mention(ontology, 0, "chip:google-tpu-v5e", "chip:google-tpu-v5p")
    clear = mention(ontology, 9, "chip:google-tpu-v5p")
    linked, leftovers = link([shared, clear])
    assert [each.things[0].curie for each in linked] == ["chip:google-tpu-v5p"] * 2
    assert leftovers == ()


def test_a_shared_name_that_nothing_settles_is_left_over_with_its_choices(
    ontology: Ontology,
) -> None:
    shared = mention(ontology, 0, "chip:google-tpu-v5e", "chip:google-tpu-v5p")
    linked, (left,) = link([shared])
    assert linked == ()
    assert left.words == shared.words
    assert left.why == "several things share this name"
    assert left.about == "chip:google-tpu-v5e, chip:google-tpu-v5p"


def test_two_settlements_settle_nothing(ontology: Ontology) -> None:
    shared = mention(ontology, 0, "chip:google-tpu-v5e", "chip:google-tpu-v5p")
    both = [mention(ontology, 9, curie.curie) for curie in shared.things]
    assert len(link([shared, *both])[1]) == 1


def test_things_of_different_classes_wait_for_the_relation(ontology: Ontology) -> None:
    shared = mention(ontology, 0, "chip:groq-lpu1", "entity:groq")
    assert link([shared]) == ((shared,), ())


def test_a_company_and_its_chip_of_one_name_are_told_apart_by_what_they_do(read: Read) -> None:
    claims = read("Groq sells servers to Meta.").claims
    assert {claim.subject for claim in claims if claim.predicate == "kg:supplies"} == {
        "entity:groq"
    }


def test_a_name_that_stays_open_is_among_the_leftovers(read: Read) -> None:
    (left,) = [
        left for left in read("The FDP rule was published.").leftovers if "share" in left.why
    ]
    assert left.words.text == "FDP rule"
