"""What the columns of a table of feedback hold: said, guessed, read, and refused where they hold no such thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.rules.feedback import Answer
from karvon.rules.feedback.columns import (
    QUESTIONS,
    Columns,
    Question,
    TableRow,
    answers_of,
    columns_guessed,
    columns_said,
    mark_written,
    sentences,
)
from karvon.rules.problems import Place

LETTERS = ("A", "B", "C", "Z", "AA", "AB")


def table(*rows: tuple[str, ...]) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(number, {LETTERS[at]: text for at, text in enumerate(row) if text})
        for number, row in enumerate(rows, 1)
    )


@given(
    st.integers(1, 99_999),
    st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(QUESTIONS)), min_size=1).map(
        lambda pairs: {letter: question for question, letter in {q: a for a, q in pairs}.items()}
    ),
)
def test_columns_are_said_in_sentences_and_read_back(header: int, questions: dict[str, Question]) -> None:
    columns = Columns(header, questions)
    assert columns_said(sentences(columns)) == columns


@pytest.mark.parametrize(
    "said",
    [
        (), ("header = 1",), ("header = 0", "A = trainer"), ("A = name",), ("A = trainer", "B = trainer"),
        ("A = trainer", "A = missing"), ("a = trainer",), ("A=trainer",), ("header = none", "A = trainer"),
    ],
)  # fmt: skip
def test_what_says_no_columns_is_none(said: tuple[str, ...]) -> None:
    assert columns_said(said) is None


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("5", 5), ("5.0", 5), (" 4 ", 4), ("4/5", 4), ("3 - good", 3), ("2 (weak)", 2), ("1,0", 1), ("6", None),
        ("0", None), ("10", None), ("4.5", None), ("good", None), ("", None), ("4 5", None), ("12.10.2018", None),
    ],
)  # fmt: skip
def test_a_mark_is_written_as_a_number_from_1_to_5(text: str, mark: int | None) -> None:
    assert mark_written(text) == mark


@pytest.mark.parametrize(
    "headings",
    [
        ("How useful was the training?", "Fits my own work", "The trainers", "Organisation", "What will you use?",
         "What was missing?"),
        ("Cik noderīgas bija mācības?", "Atbilst manam darbam", "Pasniedzēji", "Organizācija", "Ko izmantosiet?",
         "Kā pietrūka?"),
        ("Насколько полезно?", "Подходит для работы", "Преподаватели", "Организация", "Что вы используете?",
         "Чего не хватало?"),
        ("Qanchalik foydali?", "Ishingizga mosmi?", "Oʻqituvchilar", "Tashkil etilishi", "Nimadan foydalanasiz?",
         "Nima yetishmadi?"),
        ("Қанчалик фойдали?", "Ишингизга мосми?", "Ўқитувчилар", "Ташкил этилиши", "Нимадан фойдаланасиз?",
         "Нима етишмади?"),
    ],
)  # fmt: skip
def test_headings_in_five_languages_are_guessed(headings: tuple[str, ...]) -> None:
    rows = table(headings, ("5", "4", "5", "3", "the map", "time"), ("4", "4", "5", "3", "", ""))
    assert columns_guessed(rows) == Columns(1, dict(zip(LETTERS, QUESTIONS, strict=True)))


def test_a_heading_over_what_is_no_such_answer_is_not_guessed() -> None:
    rows = table(("Name", "Trainer", "Comments"), ("Aziz", "Ozols", "4"), ("Dilnoza", "Ozols", "5"))
    assert columns_guessed(rows).questions == {}


def test_rows_become_answers_and_empty_ones_none() -> None:
    rows = table(("Feedback",), ("x", "Useful", "Missing"), ("a", "5", "time"), ("b",), ("c", "4/5"))
    found = answers_of(rows, Columns(2, {"B": "usefulness", "C": "missing"}), file="f.csv")
    assert found.answers == (
        (3, Answer({"usefulness": 5}, {"missing": "time"})),
        (5, Answer({"usefulness": 4}, {})),
    )


def test_a_single_odd_mark_is_said_and_a_column_of_them_is_refused() -> None:
    rows = table(("Useful", "Trainer"), ("5", "good"), ("very", "bad"), ("4", "5"))
    found = answers_of(rows, Columns(1, {"A": "usefulness"}), file="f.csv")
    assert [(one.code, one.where, one.severity) for one in found.problems] == [
        ("feedback.odd_marks", Place("f.csv", row=3, column="A"), "warning")
    ]
    refused = answers_of(rows, Columns(1, {"A": "usefulness", "B": "trainer"}), file="f.csv")
    assert (refused.answers, [one.code for one in refused.problems]) == ((), ["feedback.no_marks"])


def test_a_table_without_answers_is_none() -> None:
    found = answers_of(table(("Useful",), ("",)), Columns(1, {"A": "usefulness"}), file="f.csv")
    assert [problem.code for problem in found.problems] == ["feedback.no_answers"]
