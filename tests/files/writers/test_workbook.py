"""A workbook says what it was given, to whatever program opens it, and nothing in it runs."""

import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell as ReadCell
from python_calamine import CalamineWorkbook

from karvon.files.writers.workbook import Cell, Column, Sheet, sheet_title, workbook, write_workbook

PEOPLE = Sheet("People", (Column("Name", 30), Column("Said")))
NOTES = Sheet("Notes: of [all]", (Column("Note"),))
RUNS = (
    "=1+1",
    "+998 90 123",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
)


def opened(*rows: tuple[int, list[Cell]], sheets: tuple[Sheet, ...] = (PEOPLE, NOTES)) -> bytes:
    with write_workbook(sheets, rows) as file:
        return file.read()


def test_every_sheet_has_its_headings_and_its_rows_whatever_order_they_come_in() -> None:
    made = load_workbook(BytesIO(opened((0, ['Йўлдошев <&> "Ш"', 1]), (1, ["n"]), (0, ["Oʻtkir", None]))))
    assert {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in made} == {
        "People": [("Name", "Said"), ('Йўлдошев <&> "Ш"', 1), ("Oʻtkir", None)],
        "Notes  of  all": [("Note",), ("n",)],
    }
    assert (made["People"].freeze_panes, made["People"].auto_filter.ref) == ("A2", "A1:B3")


def test_numbers_stay_numbers_and_days_stay_days() -> None:
    made = load_workbook(
        BytesIO(opened((0, [7, Decimal("12.50")]), (0, [date(2018, 10, 10), date(1899, 1, 1)])))
    )
    cells = [
        (cell.value, cell.data_type, cell.is_date)
        for row in made["People"].iter_rows(min_row=2)
        for cell in row
    ]
    assert [(str(value), kind, day) for value, kind, day in cells] == [
        ("7", "n", False), ("12.5", "n", False), ("2018-10-10 00:00:00", "d", True), ("1899-01-01", "s", False),
    ]  # fmt: skip


@pytest.mark.parametrize("text", RUNS)
def test_text_that_begins_like_a_formula_is_that_text_and_marked_as_quoted(text: str) -> None:
    cell = load_workbook(BytesIO(opened((0, [text]))))["People"]["A2"]
    assert isinstance(cell, ReadCell)
    said = (str(cell.value).replace("\r", "\n"), cell.data_type, cell.quotePrefix)
    assert said == (text.replace("\r", "\n"), "s", True)
    assert b"<f>" not in opened((0, [text]))


@given(st.text())
def test_any_text_opens_with_what_it_says(text: str) -> None:
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(opened((0, [f".{text}", 1]))))
        .get_sheet_by_name("People")
        .to_python()
    )
    kept = "".join("�" if c in "\ufffe\uffff" or (c < " " and c not in "\t\n\r") else c for c in f".{text}")
    assert [str(row[1]) for row in rows] == ["Said", "1.0"]
    assert str(rows[1][0]).replace("\r\n", "\n").replace("\r", "\n") == kept.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


def test_a_cell_longer_than_spreadsheets_open_ends_with_a_mark() -> None:
    value = load_workbook(BytesIO(opened((0, ["a" * 40_000]))))["People"]["A2"].value
    assert (len(value), value[-2:]) == (32_767, "a…")


def test_a_list_longer_than_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    made = load_workbook(BytesIO(opened(*[(0, [n, ""]) for n in range(5)])))
    assert {sheet.title: [row[0] for row in sheet.iter_rows(values_only=True)] for sheet in made} == {
        "People": ["Name", 0, 1], "Notes  of  all": ["Note"], "People (2)": ["Name", 2, 3], "People (3)": ["Name", 4],
    }  # fmt: skip


def test_the_same_rows_give_the_same_bytes() -> None:
    assert opened((0, ["a", 1])) == opened((0, ["a", 1]))


def test_a_title_is_one_that_spreadsheets_take() -> None:
    assert [sheet_title(text) for text in ("'a/b'", "x" * 40, "[]", "Odamlar")] == [
        "a b",
        "x" * 31,
        "-",
        "Odamlar",
    ]


def test_libreoffice_opens_it_and_runs_nothing(soffice: str, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(opened(*[(0, [text, 2]) for text in RUNS[:4]]))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "csv", "list.xlsx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "list.csv").read_text().splitlines() == [
        "Name,Said",
        *(f"{text},2" for text in RUNS[:4]),
    ]
