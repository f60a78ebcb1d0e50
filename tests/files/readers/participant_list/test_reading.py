"""Lists of participants as csv: what becomes a line, what is said about it, and what is refused."""

from pathlib import Path

import pytest

from karvon.files.readers.participant_list import LONGEST_CELL, read_groups, read_participants
from karvon.rules.problems import Refused

HEADER = "row_id,sheet_id,sheet_date,name,org,position,phone,email,region\n"


def written(folder: Path, text: str | bytes, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def codes(path: Path) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.where.row) for problem in read_participants(path).problems]


def refused(path: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(Refused) as caught:
        read_participants(path)
    return [(problem.code, problem.where.row) for problem in caught.value.problems]


def test_a_row_becomes_a_line_with_all_its_cells(tmp_path: Path) -> None:
    row = "R1,S1,2018-10-10,Umarov Islom,NEK,engineer,971112233,i@example.uz,Tashkent\n"
    (line,) = read_participants(written(tmp_path, HEADER + row)).lines
    assert (line.line, line.sheet, line.name, line.organisation) == ("R1", "S1", "Umarov Islom", "NEK")
    assert (line.position, line.phone, line.email, line.region) == (
        "engineer",
        "971112233",
        "i@example.uz",
        "Tashkent",
    )
    assert str(line.on) == "2018-10-10"


def test_only_row_sheet_and_name_must_be_there_in_any_order(tmp_path: Path) -> None:
    found = read_participants(written(tmp_path, "﻿name,row_id,sheet_id\nA B,1,S\n"))
    assert [(line.line, line.sheet, line.name) for line in found.lines] == [("1", "S", "A B")]
    assert found.problems == ()


def test_odd_rows_are_kept_and_said_with_their_row(tmp_path: Path) -> None:
    long = "x" * 10_000
    text = (
        HEADER
        + "1,S,,,,,,,\n"
        + "2,S,,12345,,,,,\n"
        + f"3,S,,{long},,,,,\n"
        + "4,S,,Uma\x00rov\u202e Islom,,,,,\n"
        + "5,S,10/10/18,Umarov,,,,,\n"
    )
    path = written(tmp_path, text)
    found = read_participants(path)
    assert codes(path) == [
        ("people_rows.no_name", 2),
        ("people_rows.number_for_name", 3),
        ("people_rows.long_cell", 4),
        ("people_rows.control_signs", 5),
        ("people_rows.broken_date", 6),
    ]
    assert [line.line for line in found.lines] == ["1", "2", "3", "4", "5"]
    assert len(found.lines[2].name) == LONGEST_CELL
    assert found.lines[3].name == "Umarov Islom"


def test_a_row_is_where_its_record_starts(tmp_path: Path) -> None:
    text = HEADER + '1,S,,"Umarov\nIslom",,,,,\n2,S,,,,,,,\n'
    assert codes(written(tmp_path, text)) == [("people_rows.no_name", 4)]


def test_every_row_without_an_id_of_its_own_is_named(tmp_path: Path) -> None:
    text = HEADER + "1,S,,A,,,,,\n1,S,,B,,,,,\n,S,,C,,,,,\n"
    assert refused(written(tmp_path, text)) == [("people_rows.same_row_id", 3), ("people_rows.no_row_id", 4)]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "people_rows.empty_file", None),
        (b" \n\n", "people_rows.empty_file", None),
        (b"row_id,name\n1,A\n", "people_rows.missing_columns", None),
        (b"row_id,sheet_id,name\n1,S,A,B\n", "people_rows.uneven_row", 2),
        ("row_id,sheet_id,name\n1,S,Умаров\n".encode("cp1251"), "people_rows.not_utf8", 2),
        (b"row_id,sheet_id,name,name\n1,S,A,B\n", "people_rows.column_twice", None),
        (b"\xff\xfer", "people_rows.not_utf8", None),
        (b"PK\x03\x04\x00", "people_rows.not_csv", None),
        (b'row_id,sheet_id,name\n1,S,"A" B\n', "people_rows.broken_csv", 2),
        (b'row_id,sheet_id,name\n1,S,"A\n', "people_rows.broken_csv", 2),
    ],
)
def test_a_file_whose_rows_cannot_be_known_is_refused(
    tmp_path: Path, content: bytes, code: str, row: int | None
) -> None:
    assert refused(written(tmp_path, content)) == [(code, row)]


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv") == [("people_rows.missing_file", None)]
    assert refused(tmp_path) == [("people_rows.is_folder", None)]


def test_groups_keep_their_order_and_name_a_sheet_once(tmp_path: Path) -> None:
    path = written(tmp_path, "group_id,sheet_id\nB,S2\nA,S1\nB,S1\nB,S2\n")
    assert list(read_groups(path).items()) == [("B", ("S2", "S1")), ("A", ("S1",))]


def test_half_a_group_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_groups(written(tmp_path, "group_id,sheet_id\nB,S2\nA,\n"))
    assert [(p.code, p.where.row) for p in caught.value.problems] == [("people_rows.half_a_group", 3)]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_list_is_read_however_a_spreadsheet_saves_it(
    tmp_path: Path, sign: str, encoding: str, end: str
) -> None:
    rows = [["Row_ID", "sheet_id", "name", "org"], ["1", "S", "Ғуломов Ж.", f'"a{sign} b"'], ["", "", "", ""]]
    text = "".join(sign.join(row) + end for row in rows)
    found = read_participants(written(tmp_path, text.encode(encoding)))
    assert [(line.line, line.name, line.organisation) for line in found.lines] == [
        ("1", "Ғуломов Ж.", f"a{sign} b")
    ]
    assert found.problems == ()


def test_a_list_without_rows_says_so(tmp_path: Path) -> None:
    found = read_participants(written(tmp_path, HEADER))
    assert found.lines == ()
    assert [problem.code for problem in found.problems] == ["people_rows.no_rows"]


def test_groups_without_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        read_groups(written(tmp_path, "group_id,sheet_id\n"))
    assert [problem.code for problem in caught.value.problems] == ["people_rows.no_rows"]


def test_copies_of_a_row_on_one_sheet_are_said_once_with_their_number(tmp_path: Path) -> None:
    text = HEADER + "".join(f"{n},S,,Umarov Islom,,,,,\n" for n in range(5000))
    text += "a,T,,Umarov Islom,,,,,\nb,T,,Umarov Anvar,,,,,\n"
    found = read_participants(written(tmp_path, text))
    assert len(found.lines) == 5002
    assert [(p.code, p.where.row, p.facts) for p in found.problems] == [
        ("people_rows.copies", 2, {"n": 4999})
    ]


def test_invisible_signs_are_taken_from_names_and_sheets(tmp_path: Path) -> None:
    text = HEADER + "1,S\u202e,,A\xadli\u200b Vali\ufeffyev\u061c,,,,,\n"
    found = read_participants(written(tmp_path, text))
    assert [(line.sheet, line.name) for line in found.lines] == [("S", "Ali Valiyev")]
    assert [(p.code, p.facts["column"]) for p in found.problems] == [
        ("people_rows.control_signs", "name"),
        ("people_rows.control_signs", "sheet_id"),
    ]


def test_groups_name_a_sheet_without_its_invisible_signs(tmp_path: Path) -> None:
    path = written(tmp_path, "group_id,sheet_id\nG,S\u202e\nG,S\n")
    assert read_groups(path) == {"G": ("S",)}


def test_a_cell_that_says_there_is_no_name_is_an_empty_name(tmp_path: Path) -> None:
    text = HEADER + "1,S,,нет данных,,,,,\n2,S,,N/A,,,,,\n3,S,,Umarov Islom,,,,,\n"
    assert codes(written(tmp_path, text)) == [("people_rows.no_name", 2), ("people_rows.no_name", 3)]
