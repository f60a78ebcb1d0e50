"""What holds for every grid of text, whatever is written in it."""

import csv
import io
import pathlib
import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st

from karvon.files.readers.sign_in_sheet import mark_means, read_sheet

WORDS = st.sampled_from(
    [
        "Name", "Surname", "Ф.И.О.", "Vārds, uzvārds", "Email", "No", "Organisation", "Day 1", "10.10.2018",
        "Anvar Karimov", "Olga Petrova", "Jānis Ozoliņš", "Total", "Kopā", "Note:", "Group A", "#contact+name",
        "P", "x", "1", "12", "a@example.org", "Heat Company", "", "", "", " ", "Name 1", "Participants",
        "Prepared by:",
    ]
)  # fmt: skip
CELLS = WORDS | st.text(st.characters(exclude_characters="\0\r\n", exclude_categories=("Cs",)), max_size=12)
GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=14)
)
HEADED = GRIDS.map(lambda grid: [["Name", "Email", "Day 1", "Day 2", "Phone", "Sex"][: len(grid[0])], *grid])


def written(folder: str, grid: list[list[str]]) -> pathlib.Path:
    stream = io.StringIO()
    csv.writer(stream, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(grid)
    path = pathlib.Path(folder) / "grid.tsv"
    path.write_text(stream.getvalue(), "utf-8", newline="")
    return path


@settings(max_examples=150, deadline=None)
@given(GRIDS | HEADED)
def test_each_row_is_a_person_or_skipped_exactly_once_and_texts_are_unchanged(grid: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reading = read_sheet(written(folder, grid))
    assert reading.rows or reading.problems
    headers = [table.header_rows for table in reading.tables]
    if headers and len(headers) == len(set(headers)):  # blocks side by side share rows
        told = [row for table in reading.tables for row in table.header_rows]
        told += [row.row for row in reading.rows]
        told += [row.row for table in reading.tables for row in table.skipped]
        filled = [number for number, row in enumerate(grid, 1) if any(cell.strip() for cell in row)]
        assert sorted(told) == list(range(1, max(filled) + 1))
    for table in reading.tables:
        for row in table.rows:
            for field, text in row.cells.items():
                assert text == grid[row.row - 1][ord(table.columns[field]) - 65]
            for letter, mark in row.marks.items():
                assert mark == grid[row.row - 1][ord(letter) - 65]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_reading(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "list.csv"
        path.write_bytes(data)
        reading = read_sheet(path)
    assert reading.rows or reading.problems


@given(st.text(max_size=10))
def test_any_mark_means_something(mark: str) -> None:
    assert mark_means(mark) in ("present", "absent", "unclear")
