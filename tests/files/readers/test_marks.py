"""Marks in day columns, as coordinators of several countries write them."""

import pytest

from karvon.files.readers.sign_in_sheet import mark_means


@pytest.mark.parametrize(
    "mark",
    [
        "P",
        "p",
        "+",
        "X",
        "x",
        "х",
        "1",
        "✓",
        "✔",
        "√",
        "Present",
        "yes",
        "Y",
        "jā",
        "klāt",
        "да",
        "П",
        "был",
        "bor",
        "ha",
        "keldi",
        "бор",
        "oui",
        "sí",
        "hadir",
        "8",
        "4,5",
        "9:05",
        "TRUE",
    ],
)
def test_a_mark_of_presence(mark: str) -> None:
    assert mark_means(mark) == "present"


@pytest.mark.parametrize(
    "mark",
    [
        "",
        " ",
        "A",
        "a",
        "-",
        "–",
        "0",
        "Absent",
        "nē",
        "нет",
        "отсутствовал",
        "yoʻq",
        "йўқ",
        "не явился",
        "nav",
        "✗",
        "FALSE",
    ],
)
def test_a_mark_of_absence(mark: str) -> None:
    assert mark_means(mark) == "absent"


@pytest.mark.parametrize(
    "mark", ["H", "L", "late", "WO", "б", "отпуск", "slims", "sick", "?", "12/15", "see note", "excused"]
)
def test_a_mark_that_leaves_it_open(mark: str) -> None:
    assert mark_means(mark) == "unclear"
