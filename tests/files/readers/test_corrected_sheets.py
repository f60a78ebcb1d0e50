"""A sheet read as a person says it is to be read: header, columns, days and single rows."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.files.readers.conftest import Write

from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.rules.evidence.sheet import DayColumn

MESSY = """Uzbekistan,,,
List,who,what,when
1,Aziz Karimov,Suvtaminot,+
2,Dilnoza Yusupova,Suvtaminot,-
,Total 2,,
3,Guest of honour,Ministry,+
"""


def _names(path: Path, *said: str) -> list[str]:
    return [row.cells.get("name", "") for row in read_sheet(path, corrections=said).rows]


def test_a_header_and_columns_that_nobody_could_guess(text: Write) -> None:
    path = text(MESSY)
    reading = read_sheet(
        path, corrections=("header = 2", "A = number", "B = name", "C = organisation", "D = day 2018-10-10")
    )
    (table,) = reading.tables
    assert (table.header_rows, dict(table.columns), table.days) == (
        (2,), {"number": "A", "name": "B", "organisation": "C"}, (DayColumn("D", "when", date(2018, 10, 10)),),
    )  # fmt: skip
    assert [(row.row, row.cells["name"], dict(row.marks)) for row in table.rows] == [
        (3, "Aziz Karimov", {"D": "+"}), (4, "Dilnoza Yusupova", {"D": "-"}), (6, "Guest of honour", {"D": "+"}),
    ]  # fmt: skip
    assert [(row.row, row.reason) for row in table.skipped] == [(1, "title"), (5, "total")]


def test_a_row_is_taken_in_and_another_left_out(text: Write) -> None:
    path = text(
        "No,Full name,Organisation,Position\n1,Aziz Karimov,Water,engineer\n2,Rest Group,Water,engineer\n"
        "3,Dilnoza Yusupova,Heat,engineer\n,Guests of honour:,,\n"
    )
    assert _names(path) == ["Aziz Karimov", "Rest Group", "Dilnoza Yusupova"]
    said = ("row 3 = nobody", "row 5 = person", "row 1 = person")
    assert _names(path, *said) == ["Aziz Karimov", "Dilnoza Yusupova", "Guests of honour:"]
    (table,) = read_sheet(path, corrections=said).tables
    assert [(row.row, row.reason) for row in table.skipped] == [(3, "left_out")]


def test_rows_stand_on_the_page_of_the_scan_that_was_said(text: Write) -> None:
    path = text("Name,Company\nAziz Karimov,a\nDilnoza Yusupova,b\nBobur Saidov,c\nMalika Rahimova,d\n")
    pages = [row.page for row in read_sheet(path, corrections=("page 2 = row 3", "page 4 = row 5")).rows]
    assert pages == [None, 2, 2, 4]
    assert [row.page for row in read_sheet(path).rows] == [None] * 4


def test_a_row_without_a_name_is_nobody_whatever_is_said(text: Write) -> None:
    path = text("No,Name,Organisation\n1,Aziz Karimov,Water\n2,,Water\n")
    assert _names(path, "row 3 = person", "row 1 = person", "row 99 = person") == ["Aziz Karimov"]


def test_a_column_holds_one_thing_and_a_thing_stands_in_one_column(text: Write) -> None:
    path = text("Name,Contact,Company\nWater works,Aziz Karimov,a\nHeat supply,Dilnoza Yusupova,b\n")
    reading = read_sheet(path, corrections=("B = name", "A = organisation"))
    assert [dict(row.cells) for row in reading.rows] == [
        {"name": "Aziz Karimov", "organisation": "Water works"},
        {"name": "Dilnoza Yusupova", "organisation": "Heat supply"},
    ]
    passed_over = read_sheet(path, corrections=("B = name", "A = nothing", "C = nothing"))
    assert {key for row in passed_over.rows for key in row.cells} == {"name"}


def test_a_list_without_a_column_of_names_says_so(text: Write) -> None:
    path = text("No,Name,Organisation\n1,Aziz Karimov,Water\n")
    reading = read_sheet(path, corrections=("B = nothing",))
    assert (reading.rows, [problem.code for problem in reading.problems]) == ((), ["sheet.no_name_column"])


def test_a_list_without_headings_begins_in_its_first_row(text: Write) -> None:
    path = text("Aziz;Karimov\nDilnoza;Yusupova\n")
    reading = read_sheet(path, corrections=("header = none", "A = given_name", "B = surname"))
    assert [(row.row, dict(row.cells)) for row in reading.rows] == [
        (1, {"given_name": "Aziz", "surname": "Karimov"}), (2, {"given_name": "Dilnoza", "surname": "Yusupova"}),
    ]  # fmt: skip


def test_each_sheet_of_a_workbook_has_corrections_of_its_own(xlsx: Write) -> None:
    people = [["Nr", "x"], [1, "Aziz Karimov"], [2, "Dilnoza Yusupova"]]
    path = xlsx({"Day 1": people, "Day 2": people})
    reading = read_sheet(path, corrections=("Day 1!header = 1", "Day 1!B = name", "Day 2!B = name"))
    assert [(table.sheet, len(table.rows)) for table in reading.tables] == [("Day 1", 2), ("Day 2", 2)]


def test_corrections_of_side_by_side_lists_reach_their_own_block(xlsx: Write) -> None:
    names = ("Aziz Karimov", "Dilnoza Yusupova", "Sherzod Sharipov", "Gulnora Rahimova")
    rows = [["No", "Name", "Sign", "", "No", "Name", "Sign"]]
    rows += [[str(n), name, "", "", str(n + 4), f"{name}a", ""] for n, name in enumerate(names, 1)]
    path = xlsx(rows)
    assert len(read_sheet(path).rows) == 8
    assert _names(path, "Sheet1!F = nothing") == [*names]


def test_a_file_kept_under_its_hash_is_read_by_the_name_it_came_with(text: Write, tmp_path: Path) -> None:
    path = text("Name\tOrganisation\nAziz Karimov\tWater, heat\n", file="0a1b")
    reading = read_sheet(path, name="list.tsv")
    assert ([dict(row.cells) for row in reading.rows], reading.problems) == (
        [{"name": "Aziz Karimov", "organisation": "Water, heat"}], (),
    )  # fmt: skip


SAID = st.lists(
    st.one_of(
        st.integers(1, 9).map(lambda row: f"header = {row}"),
        st.just("header = none"),
        st.tuples(
            st.sampled_from("ABCDEZ"), st.sampled_from(("name", "surname", "day", "nothing", "date"))
        ).map(lambda pair: f"{pair[0]} = {pair[1]}"),
        st.tuples(st.integers(1, 9), st.sampled_from(("person", "nobody"))).map(
            lambda pair: f"row {pair[0]} = {pair[1]}"
        ),
    ),
    max_size=6,
)


@given(SAID)
def test_whatever_is_said_each_row_is_read_or_skipped_once(said: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_text(MESSY, encoding="utf-8")
        reading = read_sheet(path, corrections=said)
    seen: list[Any] = [row.row for row in reading.rows]
    seen += [row.row for table in reading.tables for row in table.skipped]
    assert len(seen) == len(set(seen))
    assert reading.rows or reading.problems


@pytest.mark.parametrize("said", [(), ("header = 2",), ("B = name",)])
def test_reading_twice_gives_the_same(text: Write, said: tuple[str, ...]) -> None:
    path = text(MESSY)
    assert read_sheet(path, corrections=said) == read_sheet(path, corrections=said)
