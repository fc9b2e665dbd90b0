"""Found claims are judged as the labelling guideline says."""

from __future__ import annotations

from datetime import date

import pytest

from kg.claims import Modality
from kg.evaluate.annotated import Annotated, Entity, Label
from kg.evaluate.names import NameFolder, fold
from kg.evaluate.predictions import Prediction
from kg.evaluate.score import Kind, Tally, score
from kg.ontology.load import Ontology
from kg.text import Document

ALPHA = Entity(name="Alpha Corp", type="Company", mentions=("Alpha Corp", "the Penang company"))
BETA = Entity(name="Beta", type="Company", mentions=("Beta",))
H800 = Entity(name="H800", type="Chip", mentions=("H800s", "Nvidia H800"))
SENTENCE = "Alpha Corp bought H800s."


def label(subject: Entity, predicate: str, object_: Entity, status: str) -> Label:
    return Label(
        subject=subject,
        predicate=predicate,
        object=object_,
        status=Modality(status),
        evidence=SENTENCE,
    )


def annotated(claims: tuple[Label, ...], optional: tuple[Label, ...] = ()) -> Annotated:
    return Annotated(
        document=Document(identifier="1", text=SENTENCE, title="1", date=date(2024, 1, 1)),
        genre="news",
        entities=(ALPHA, BETA, H800),
        claims=claims,
        optional=optional,
    )


def found(subject: str, predicate: str, object_: str, status: str = "asserted") -> Prediction:
    return Prediction(subject=(subject,), predicate=predicate, object=(object_,), status=status)


@pytest.fixture(scope="module")
def folder(ontology: Ontology) -> NameFolder:
    return NameFolder.of(ontology.cues.words)


def kinds(
    document: Annotated,
    predictions: list[Prediction],
    folder: NameFolder,
    *,
    with_status: bool = True,
) -> list[str]:
    outcomes = score(document, predictions, folder, with_status=with_status)
    return sorted(outcome.kind.value for outcome in outcomes)


BOUGHT = label(ALPHA, "purchases", H800, "asserted")


@pytest.mark.parametrize(
    "names", [("Alpha", "H800 GPUs"), ("the Penang company", "h800"), ("Alpha Co Ltd", "H800s")]
)
def test_any_name_of_the_entity_hits(names: tuple[str, str], folder: NameFolder) -> None:
    assert kinds(annotated((BOUGHT,)), [found(names[0], "purchases", names[1])], folder) == ["tp"]


def test_another_chip_is_made_up_and_the_label_missed(folder: NameFolder) -> None:
    assert kinds(annotated((BOUGHT,)), [found("Alpha", "purchases", "H80")], folder) == ["fn", "fp"]


def test_the_status_counts_only_where_it_is_asked_for(folder: NameFolder) -> None:
    claims = [found("Alpha", "purchases", "H800", "denied")]
    assert kinds(annotated((BOUGHT,)), claims, folder) == ["fn", "fp"]
    assert kinds(annotated((BOUGHT,)), claims, folder, with_status=False) == ["tp"]


def test_one_label_is_hit_once(folder: NameFolder) -> None:
    claims = [found("Alpha", "purchases", "H800"), found("the Penang company", "purchases", "H800")]
    assert kinds(annotated((BOUGHT,)), claims, folder) == ["repeats", "tp"]


def test_as_many_as_possible_are_matched(folder: NameFolder) -> None:
    """A claim that fits two labels leaves the one that another claim needs."""
    both = Prediction(
        subject=("Alpha Corp", "Beta"), predicate="purchases", object=("H800",), status="asserted"
    )
    wanted = annotated((BOUGHT, label(BETA, "purchases", H800, "asserted")))
    assert kinds(wanted, [both, found("Alpha", "purchases", "H800")], folder) == ["tp", "tp"]


def test_an_optional_triple_is_neither_right_nor_wrong(folder: NameFolder) -> None:
    document = annotated((), (label(ALPHA, "usesHardware", H800, "asserted"),))
    claims = [found("Alpha", "usesHardware", "H800", "planned")]
    assert kinds(document, claims, folder) == ["optional"]


def test_of_a_labelled_triple_only_the_optional_status_is_open(folder: NameFolder) -> None:
    document = annotated((BOUGHT,), (label(ALPHA, "purchases", H800, "reported"),))
    reported = [found("Alpha", "purchases", "H800", "reported")]
    denied = [found("Alpha", "purchases", "H800", "denied")]
    assert kinds(document, reported, folder) == ["fn", "optional"]
    assert kinds(document, denied, folder) == ["fn", "fp"]


def test_precision_and_recall_of_nothing() -> None:
    nothing = Tally.of(())
    assert (nothing.precision, nothing.recall, nothing.f1) == (1.0, 1.0, 1.0)


def test_figures_follow_from_counts(folder: NameFolder) -> None:
    wanted = annotated((BOUGHT, label(BETA, "purchases", H800, "asserted")))
    claims = [
        found("Alpha", "purchases", "H800"),
        found("Alpha", "designs", "H800"),
        found("Beta", "designs", "H800"),
    ]
    tally = Tally.of(score(wanted, claims, folder, with_status=True))
    assert tally.counts == {Kind.HIT: 1, Kind.MISSED: 1, Kind.MADE_UP: 2}
    assert (tally.precision, tally.recall, tally.f1) == pytest.approx((1 / 3, 1 / 2, 0.4))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H800s", "H800"),
        ("H20 AI chips", "h20"),
        ("Nvidia Corp.", "NVIDIA"),
        ("Zhenwu Co., Ltd.", "Zhenwu"),
        ("the US Entity List", "Entity List"),
        ("Huawei's", "Huawei"),
        ("Gaudí", "Gaudi"),
    ],
)
def test_names_of_one_thing_meet(one: str, other: str, folder: NameFolder) -> None:
    assert folder.names([one]) & folder.names([other])


@pytest.mark.parametrize(
    ("one", "other"), [("L40S", "L40"), ("H20", "H200"), ("A100", "A800"), ("GPU", "chip")]
)
def test_names_of_two_things_do_not(one: str, other: str, folder: NameFolder) -> None:
    assert not folder.names([one]) & folder.names([other])


def test_folding_takes_away_case_and_the() -> None:
    assert fold("The “Entity List”") == "entity list"
