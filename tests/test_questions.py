"""The questions of `ontology/questions/`: each well made, each with its answer."""

import shlex

import pytest
from pyoxigraph import Store

from kg.errors import OntologyError
from kg.graph.ask import ask
from kg.graph.query import query
from kg.ontology.files import ontology_folder
from kg.ontology.headers import read_header
from kg.ontology.questions import Looked, Param, Question, read_questions
from tests.graph.small import NEWS, USES, small_store
from tests.graph.whole import whole_store

QUESTIONS = read_questions(ontology_folder() / "questions")
each_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


@pytest.fixture(scope="module")
def store() -> Store:
    return whole_store()


def example(question: Question) -> dict[str, str]:
    command = shlex.split(question.example)
    assert command[:4] == ["kg", "ask", "graph/", question.name]
    names, values = command[4::2], command[5::2]
    return {name.removeprefix("--"): value for name, value in zip(names, values, strict=True)}


@each_question
def test_a_question_is_a_sentence_that_ends_in_a_question_mark(question):
    assert question.question[0].isupper()
    assert question.question.endswith("?")


@each_question
def test_its_columns_are_those_of_its_select(question):
    assert query(small_store(()), question.sparql).variables == question.columns


@each_question
def test_it_runs_as_it_stands_with_no_unknown_term(question, store):
    assert query(store, question.sparql).warnings == ()


@each_question
def test_its_example_has_an_answer_and_the_same_one_every_time(question, store):
    answer = ask(store, question, example(question))
    assert len(answer) > 0
    assert ask(store, question, example(question)) == answer
    assert len(set(answer.terms)) == len(answer)


@each_question
def test_what_it_looks_at_is_there_to_be_counted(question, store):
    looked = query(store, f"SELECT DISTINCT ?x {{ {question.looked.pattern} }}")
    assert len(looked) > 0
    assert looked.warnings == ()


@each_question
def test_it_orders_its_answers(question):
    assert "ORDER BY" in question.sparql


@each_question
def test_its_parameters_are_explained_and_of_a_kind_that_there_is(question):
    kinds = {"xsd:date", "xsd:string", "xsd:decimal", "rdfs:Resource", "kg:Entity"}
    kinds |= {"kg:Chip", "kg:Rule", "kg:Country", "kg:AIModel"}
    assert all(param.help and param.kind in kinds for param in question.params)


def answers(store: Store, name: str, **told: str) -> list[dict[str, object]]:
    return [
        {column: value for column, value in row.asdict().items() if value is not None}
        for row in ask(store, QUESTIONS[name], told)
    ]


def test_who_uses_a_chip_says_how_many_affirm_and_how_many_deny(store):
    (deepseek,) = [
        row
        for row in answers(small_store(), "who-uses", chip="hopper")
        if row["who"] == "entity:deepseek"
    ]
    assert deepseek == {
        "who": "entity:deepseek",
        "who_label": "DeepSeek",
        "relation": "uses",
        "chip_used": "chip:nvidia-h800",
        "chip_label": "Nvidia H800",
        "affirmed": 2,  # one read, one concluded
        "denied": 1,
    }


def test_what_it_uses_comes_with_quote_speaker_document_and_date():
    (read,) = [
        row
        for row in answers(small_store(), "what-does-it-use", org="deepseek")
        if row["claim"] == f"claim:{USES.id}"
    ]
    assert read == {
        "relation": "uses",
        "chip": "chip:nvidia-h800",
        "chip_label": "Nvidia H800",
        "modality": "reported",
        "speaker": "an official",
        "quote": "DeepSeek uses some 2,000 H800s, an official said.",
        "document": "DeepSeek and its chips",
        "said_on": NEWS.date,
        "claim": f"claim:{USES.id}",
    }


def test_what_one_affirms_and_another_denies_is_contested():
    speakers = {
        (row["affirmed_by"], row["denied_by"]) for row in answers(small_store(), "contested")
    }
    assert speakers == {
        ("an official", "Nvidia"),
        ("concluded: developers-use-what-their-models-were-trained-on", "Nvidia"),
    }


def test_a_wider_rule_restricts_only_while_its_part_does(store):
    def rules(day: str) -> list[object]:
        return [row["rule"] for row in answers(small_store(), "what-restricts", chip="h20", on=day)]

    assert rules("2025-04-09") == ["rule:controls", "rule:letter"]
    assert rules("2025-04-08") == []


def test_planned_and_denied_things_are_never_among_the_used(store):
    for row in answers(store, "who-uses", chip="hopper"):
        assert row["affirmed"] > 0


def test_a_header_goes_on_over_several_lines():
    text = "# a remark\n# question: Who\n#   uses it?\n# columns: who\n\n# param: late\nSELECT"
    assert read_header(text) == {"question": ("Who uses it?",), "columns": ("who",)}


def test_a_parameter_is_read_with_its_words(tmp_path):
    (tmp_path / "q.rq").write_text(
        "# question: Q?\n# param: chip kg:Chip required: the chip\n# param: on xsd:date optional\n"
        "# columns: a, b\n# coverage: partial: the sea\n# looked: claims | ?x a kg:Claim\n"
        "# example: kg ask graph/ q\n"
        "SELECT ?a ?b { VALUES ?chip { UNDEF } VALUES ?on { UNDEF } }",
        encoding="utf-8",
    )
    question = read_questions(tmp_path)["q"]
    assert question.columns == ("a", "b")
    assert question.coverage == "partial: the sea"
    assert question.looked == Looked(noun="claims", pattern="?x a kg:Claim")
    assert question.params == (
        Param(name="chip", kind="kg:Chip", required=True, help="the chip"),
        Param(name="on", kind="xsd:date", required=False, help=""),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", r"ontology/questions/q.rq: needs one line `# question: ...` at its head"),
        ("# question: Q?\n# columns: a\nSELECT", "needs one line `# coverage: ...`"),
        (
            "# question: Q?\n# columns: a\n# example: e\n# coverage: all\n# looked: a | ?x ?y ?z\n",
            "`# coverage: all` is neither `modelled` nor `partial: what is left out`",
        ),
        (
            "# question: Q?\n# columns: a\n# example: e\n# coverage: modelled\n# looked: claims\n",
            r"`# looked: claims` is not like `claims \| \?x a kg:Claim`",
        ),
        (
            "# question: Q?\n# columns: a\n# example: e\n# coverage: modelled\n"
            "# looked: claims | ?x a kg:Claim\n"
            "# param: chip needed\nSELECT",
            "`# param: chip needed` is not like `chip kg:Chip required: the chip`",
        ),
        (
            "# question: Q?\n# columns: a\n# example: e\n# coverage: modelled\n"
            "# looked: claims | ?x a kg:Claim\n"
            "# param: chip kg:Chip required\nSELECT",
            r"needs a line `VALUES \?chip { UNDEF }`",
        ),
    ],
)
def test_a_header_that_is_wrong_is_one_line(tmp_path, text, message):
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message):
        read_questions(tmp_path)
