"""Columns of test scores on a sheet: found by whole headings over numbers only, and never at the cost of a person."""

from pathlib import Path

import pytest

from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.rules.evidence.sheet import SheetTable

PEOPLE = ("Aziz Karimov", "Dilnoza Yusupova", "Bekzod Tursunov")


def read(tmp_path: Path, *rows: tuple[str, ...], corrections: tuple[str, ...] = ()) -> SheetTable:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    (table,) = read_sheet(path, corrections=corrections).tables
    return table


def sheet(before: str, after: str, *scores: tuple[str, str]) -> tuple[tuple[str, ...], ...]:
    return (
        ("No", "Full name", "Organisation", before, after),
        *(
            (str(number), name, "Suvtaminot", *pair)
            for number, (name, pair) in enumerate(zip(PEOPLE, scores, strict=True), 1)
        ),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pre-test", "Post-test"), ("Pre-test score (max 40)", "POST-TEST SCORE, %"), ("Tests pirms", "Tests pēc"),
        ("Тест до", "Тест после"), ("Входное тестирование", "Выходное тестирование"),
        ("Oldingi test", "Keyingi test"), ("Олдинги тест", "Кейинги тест"),
    ],
)  # fmt: skip
def test_headings_in_five_languages_name_both_tests(tmp_path: Path, before: str, after: str) -> None:
    table = read(tmp_path, *sheet(before, after, ("12", "30,5"), ("", "28"), ("7", "")))
    assert (table.columns["score_before"], table.columns["score_after"]) == ("D", "E")
    assert [(row.cells.get("score_before"), row.cells.get("score_after")) for row in table.rows] == [
        ("12", "30,5"), (None, "28"), ("7", None),
    ]  # fmt: skip
    assert [row.cells["name"] for row in table.rows] == list(PEOPLE)


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        ("Before", "After", ("12", "30")),  # of what, nobody knows
        ("Pre-test date", "Pre-test room", ("12", "30")),
        ("Pre-test", "Pre test", ("12", "30")),  # two columns of one test
        ("Pre-test", "Post-test", ("yes", "passed")),
    ],
)
def test_any_other_heading_and_what_is_no_number_is_left_alone(
    tmp_path: Path, before: str, after: str, cells: tuple[str, str]
) -> None:
    table = read(tmp_path, *sheet(before, after, cells, cells, cells))
    assert set(table.columns) & {"score_before", "score_after"} == set()
    assert [row.cells["name"] for row in table.rows] == list(PEOPLE)


def test_who_says_what_a_column_holds_is_believed(tmp_path: Path) -> None:
    rows = sheet("Result 1", "Post-test", ("12", "30"), ("8", "28"), ("-", "25"))
    table = read(tmp_path, *rows, corrections=("D = score_before", "E = nothing"))
    assert (table.columns.get("score_before"), table.columns.get("score_after")) == ("D", None)
    assert [row.cells.get("score_before") for row in table.rows] == ["12", "8", "-"]
    assert [row.cells["name"] for row in table.rows] == list(PEOPLE)
