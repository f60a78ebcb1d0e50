"""What the columns of a table of feedback hold: a question each, said by few sentences or guessed from headings.

The sentences stand with the document in a programme folder as they are:

    header = 1              the headings stand in row 1
    B = usefulness          column B holds the marks of that question
    F = missing             column F holds answers in words

Columns of which nothing is said are passed over.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, cast

from karvon import catalog
from karvon.rules.feedback.answers import BEST, COMMENTS, LONGEST_COMMENT, MARKS, Answer, Comment, Mark
from karvon.rules.problems import Place, Problem

Question = Literal["usefulness", "relevance", "trainer", "organisation", "will_use", "missing"]
QUESTIONS: Final[tuple[Question, ...]] = (*MARKS, *COMMENTS)
MOST_ANSWERS: Final = 5_000
_SAID: Final = re.compile(r"(?P<spot>header|[A-Z]{1,3}) = (?P<means>[a-z_]+|[1-9]\d{0,4})")
_MARK: Final = re.compile(r"\s*([1-5])(?:[.,]0+)?(?:\s*/\s*5)?\s*(?:[^\d\s.,/].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Columns:
    """The row of the headings, and the question of each column that holds one."""

    header: int
    questions: Mapping[str, Question]
    """By the letter of the column."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table: its number in the file, and its cells by the letter of their column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableAnswers:
    """The answers of a table in the order of its rows, and what is odd about it; an error means that it is none."""

    answers: tuple[tuple[int, Answer], ...] = ()
    """With the row each stands in."""
    problems: tuple[Problem, ...] = ()


def sentences(columns: Columns) -> tuple[str, ...]:
    """The columns as sentences: the headings first, the columns from left to right."""
    ordered = sorted(columns.questions.items(), key=lambda item: (len(item[0]), item[0]))
    return (f"header = {columns.header}", *(f"{letter} = {question}" for letter, question in ordered))


def columns_said(said: Iterable[str]) -> Columns | None:
    """What the sentences say; ``None`` where one says nothing, a question stands twice, or none is asked."""
    header, questions = 1, dict[str, Question]()
    for text in said:
        found = _SAID.fullmatch(text)
        if found is None:
            return None
        spot, means = found["spot"], found["means"]
        if spot == "header" and means.isdigit():
            header = int(means)
        elif spot != "header" and means in QUESTIONS and spot not in questions:
            questions[spot] = cast(Question, means)
        else:
            return None
    twice = len(set(questions.values())) < len(questions)
    return None if twice or not questions else Columns(header, questions)


def columns_guessed(rows: Sequence[TableRow]) -> Columns:
    """The columns by their headings, where what stands below is such an answer; each question once, from the left.

    The headings are taken to stand in the first row that says something in two columns.
    """
    at = next((n for n, row in enumerate(rows) if len(row.cells) > 1), 0)
    header = rows[at] if rows else TableRow(1, {})
    below = rows[at + 1 :]
    questions: dict[str, Question] = {}
    for letter in sorted(header.cells, key=lambda letter: (len(letter), letter)):
        question = _asks(header.cells[letter])
        filled = [row.cells[letter] for row in below if letter in row.cells]
        if question is None or not filled or question in questions.values():
            continue
        marks = sum(mark_written(text) is not None for text in filled)
        if (question in MARKS) == (2 * marks > len(filled)):
            questions[letter] = question
    return Columns(header.number, questions)


def answers_of(rows: Sequence[TableRow], columns: Columns, *, file: str) -> TableAnswers:
    """The answers below the headings; a row that answers nothing is none.

    Refused is a table without a single answer, one with far too many, and a column of marks in which most cells are
    no mark from 1 to 5. A single cell that is none is passed over and said.
    """
    below = [row for row in rows if row.number > columns.header]
    wrong: list[Problem] = []
    odd: list[Problem] = []
    for letter, question in columns.questions.items():
        filled = [(row.number, row.cells[letter]) for row in below if letter in row.cells]
        unread = [(number, text) for number, text in filled if mark_written(text) is None]
        if question in COMMENTS or not unread:
            continue
        where = Place(file=file, column=letter, row=unread[0][0])
        if 2 * len(unread) > len(filled):
            wrong.append(Problem("feedback.no_marks", where, {"n": len(unread)}))
        else:
            odd.append(Problem("feedback.odd_marks", where, {"n": len(unread)}, "warning"))
    found = [(row.number, said) for row in below if (said := _answer(row, columns))]
    if not found and not wrong:
        wrong.append(Problem("feedback.no_answers", Place(file=file)))
    if len(found) > MOST_ANSWERS:
        wrong.append(Problem("feedback.too_long", Place(file=file), {"most": MOST_ANSWERS}))
    return TableAnswers((), tuple(wrong)) if wrong else TableAnswers(tuple(found), tuple(odd))


def mark_written(text: str) -> int | None:
    """The mark a cell states: ``5``, ``5.0``, ``4/5``, ``5 - very good``; ``None`` for anything else."""
    found = _MARK.fullmatch(text)
    return int(found[1]) if found and 1 <= int(found[1]) <= BEST else None


def _answer(row: TableRow, columns: Columns) -> Answer:
    marks: dict[Mark, int] = {}
    words: dict[Comment, str] = {}
    for letter, question in columns.questions.items():
        text = row.cells.get(letter, "").strip()
        if question in MARKS:
            if (mark := mark_written(text)) is not None:
                marks[question] = mark
        elif text:
            words[cast(Comment, question)] = text[:LONGEST_COMMENT]
    return Answer(marks, words)


def _asks(heading: str) -> Question | None:
    """The question a heading asks, by the longest beginning of it that the catalogue knows."""
    said = f" {_folded(heading)}"
    found = [
        (len(begins), question)
        for question, beginnings in _beginnings()
        for begins in beginnings
        if f" {begins}" in said
    ]
    return max(found)[1] if found else None


@cache
def _beginnings() -> tuple[tuple[Question, tuple[str, ...]], ...]:
    listed = catalog.load("feedback_words")["questions"]
    return tuple((question, tuple(_folded(text) for text in listed[question])) for question in QUESTIONS)


def _folded(text: str) -> str:
    """Without case, accents, apostrophes and marks between words."""
    apart = unicodedata.normalize("NFKD", re.sub("['`´ʻʼʽ‘’‛′]", "", text.casefold()))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in bare).split())
