"""Comma-separated tables: exact for programs, harmless for spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karvon.files.writers.delimited import csv_lines, neutralised

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8))
def test_the_table_for_programs_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    said = b"".join(csv_lines(rows)).decode()
    assert list(csv.reader(io.StringIO(said, newline=""))) == rows


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8))
def test_no_cell_for_a_spreadsheet_begins_like_a_formula(rows: list[list[str]]) -> None:
    said = b"".join(csv_lines(rows, for_spreadsheet=True, separator=";")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(said, newline=""), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n") and cell] == []
    assert [cell.removeprefix("'") for cell in cells] == [
        cell.removeprefix("'") for row in rows for cell in row
    ]


@pytest.mark.parametrize("typed", ["=1+1", "+7 901", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(typed: str) -> None:
    assert neutralised(typed) == f"'{typed}"


@pytest.mark.parametrize("cell", ["Karimov", "'=1", "a=1", "", 7, -7, None])
def test_other_cells_stay_as_they_are(cell: str | int | None) -> None:
    assert neutralised(cell) == cell


def test_a_long_table_comes_in_pieces() -> None:
    pieces = list(csv_lines([[number] for number in range(1_000)]))
    assert len(pieces) == 5
    assert b"".join(pieces).decode().split() == [str(number) for number in range(1_000)]
