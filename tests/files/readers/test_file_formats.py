"""The same list in every format and encoding people send."""

import pathlib
from collections.abc import Callable, Sequence

import docx
import pytest
import xlwt
from odf import opendocument
from odf import table as odf_table
from odf import text as odf_text

from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.rules.evidence.sheet import SheetReading

Write = Callable[..., pathlib.Path]

ROWS = [
    ["Nr.", "Vārds, uzvārds", "Iestāde"],
    ["1", "Anna Bērziņa", "Rīgas ūdens"],
    ["2", "Jānis Ozoliņš", "Šķirotava"],
    ["3", "Līga Kļaviņa", "Ģipša rūpnīca"],
]
PEOPLE = [(2, "Anna Bērziņa"), (3, "Jānis Ozoliņš"), (4, "Līga Kļaviņa")]


def names(reading: SheetReading) -> list[tuple[int, str]]:
    return [(row.row, row.cells["name"]) for row in reading.rows]


def write_ods(path: pathlib.Path, rows: Sequence[Sequence[str]]) -> pathlib.Path:
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="Lapa1")
    for row in rows:
        line = odf_table.TableRow()
        for cell in row:
            box = odf_table.TableCell(valuetype="string")
            box.addElement(odf_text.P(text=cell))
            line.addElement(box)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))
    return path


def write_xls(path: pathlib.Path, rows: Sequence[Sequence[str]]) -> pathlib.Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Lapa1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            sheet.write(r, c, cell)
    book.save(str(path))
    return path


def write_docx(path: pathlib.Path, rows: Sequence[Sequence[str]]) -> pathlib.Path:
    document = docx.Document()
    document.add_paragraph("Dalībnieku saraksts")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, written in zip(table.add_row().cells, row, strict=True):
            cell.text = written
    document.save(str(path))
    return path


def test_ods(tmp_path: pathlib.Path) -> None:
    reading = read_sheet(write_ods(tmp_path / "saraksts.ods", ROWS))
    assert names(reading) == PEOPLE
    assert reading.tables[0].sheet == "Lapa1"


def test_old_xls(tmp_path: pathlib.Path) -> None:
    reading = read_sheet(write_xls(tmp_path / "saraksts.xls", ROWS))
    assert names(reading) == PEOPLE
    assert reading.problems == ()


def test_a_table_in_a_word_document(tmp_path: pathlib.Path) -> None:
    reading = read_sheet(write_docx(tmp_path / "saraksts.docx", ROWS))
    assert names(reading) == PEOPLE
    assert [row.sheet for row in reading.rows] == ["Table 1"] * 3
    assert dict(reading.tables[0].columns) == {"number": "A", "name": "B", "organisation": "C"}


def test_merged_cells_of_a_word_table_keep_their_columns(tmp_path: pathlib.Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=5, cols=4)
    written = [
        ["Training of trainers", "", "", ""],
        ["No", "Name", "Organisation", "Signature"],
        ["1", "Anvar Karimov", "Heat Company", ""],
        ["2", "Olga Petrova", "", ""],
        ["Total: 2", "", "", ""],
    ]
    for r, row in enumerate(written):
        for c, cell in enumerate(row):
            if cell:
                table.cell(r, c).text = cell
    table.cell(0, 0).merge(table.cell(0, 3))
    table.cell(4, 0).merge(table.cell(4, 3))
    table.cell(2, 2).merge(table.cell(3, 2))
    path = tmp_path / "list.docx"
    document.save(str(path))
    reading = read_sheet(path)
    assert [(row.row, row.cells["name"], row.cells["organisation"]) for row in reading.rows] == [
        (3, "Anvar Karimov", "Heat Company"),
        (4, "Olga Petrova", "Heat Company"),
    ]
    assert {s.row: s.reason for s in reading.tables[0].skipped} == {1: "title", 5: "total"}


def test_a_word_table_that_goes_on_after_a_page_break(tmp_path: pathlib.Path) -> None:
    document = docx.Document()
    for rows in ([["No", "Name"], ["1", "Anvar Karimov"]], [["2", "Olga Petrova"], ["3", "Ivan Ozolins"]]):
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, written in zip(table.add_row().cells, row, strict=True):
                cell.text = written
        document.add_page_break()
    path = tmp_path / "list.docx"
    document.save(str(path))
    reading = read_sheet(path)
    assert [(row.sheet, row.row, row.cells["name"]) for row in reading.rows] == [
        ("Table 1", 2, "Anvar Karimov"),
        ("Table 2", 1, "Olga Petrova"),
        ("Table 2", 2, "Ivan Ozolins"),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1257", "iso8859-13"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_latvian_text_in_any_encoding(text: Write, encoding: str, delimiter: str) -> None:
    content = "\r\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS
    )
    reading = read_sheet(text(content, encoding=encoding))
    assert names(reading) == PEOPLE
    assert reading.problems == ()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]
)
def test_russian_text_in_any_encoding(text: Write, encoding: str) -> None:
    content = "Фамилия;Имя;Организация\nКаримов;Анвар;Махсустранс\nПЕТРОВА;ОЛЬГА;Министерство\n"
    reading = read_sheet(text(content, encoding=encoding))
    assert [(r.cells["surname"], r.cells["given_name"]) for r in reading.rows] == [
        ("Каримов", "Анвар"), ("ПЕТРОВА", "ОЛЬГА"),
    ]  # fmt: skip
    assert reading.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_uzbek_letters_survive(text: Write, encoding: str) -> None:
    reading = read_sheet(text("Ф.И.Ш.\nҒайрат Тўраев\nҚодир Ҳакимов\nНодира Юсупова", encoding=encoding))
    assert names(reading) == [(2, "Ғайрат Тўраев"), (3, "Қодир Ҳакимов"), (4, "Нодира Юсупова")]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_letters_are_not_taken_for_baltic_ones(text: Write, encoding: str) -> None:
    content = "Nom;Prénom;Société\nLefèvre;François;Énergie\nGarcía;José;Señal\nMüller;Jürgen;Wärme\n"
    reading = read_sheet(text(content, encoding=encoding))
    assert [(r.cells["surname"], r.cells["given_name"]) for r in reading.rows] == [
        ("Lefèvre", "François"), ("García", "José"), ("Müller", "Jürgen"),
    ]  # fmt: skip


def test_a_doubtful_encoding_is_said(text: Write) -> None:
    reading = read_sheet(text(b"Name,Email\nAnna Be\xe8ka,a@example.org\nJohn Smith,j@example.org\n"))
    assert [row.cells["name"] for row in reading.rows] == ["Anna Beèka", "John Smith"]
    assert [(p.code, p.severity) for p in reading.problems] == [("sheet.encoding_doubt", "warning")]


def test_rows_of_delimited_text_are_physical_lines(text: Write) -> None:
    reading = read_sheet(
        text(
            'Name,Organisation\n"Anvar Karimov","Heat\nCompany\nTashkent"\nOlga Petrova,Water\n\nIvan Ozolins,X\n'
        )
    )
    assert names(reading) == [(2, "Anvar Karimov"), (5, "Olga Petrova"), (7, "Ivan Ozolins")]
    assert reading.rows[0].cells["organisation"] == "Heat\nCompany\nTashkent"


def test_excels_own_line_about_the_delimiter(text: Write) -> None:
    reading = read_sheet(text("sep=;\nName;Email\nAnvar Karimov;a@example.org\nOlga Petrova;o@example.org\n"))
    assert names(reading) == [(3, "Anvar Karimov"), (4, "Olga Petrova")]


def test_a_comma_inside_a_name_is_no_delimiter(text: Write) -> None:
    reading = read_sheet(text("Name\nKarimov, Anvar\nPetrova, Olga\nOzolins, Ivan\n"))
    assert names(reading) == [(2, "Karimov, Anvar"), (3, "Petrova, Olga"), (4, "Ozolins, Ivan")]


def test_a_quote_that_is_never_closed_loses_nobody(text: Write) -> None:
    lines = [f"{n},Anvar Karimov,Heat" for n in range(300)]
    reading = read_sheet(text('No,Name,Organisation\n0,Olga Petrova,"Heat\n' + "\n".join(lines) + "\n"))
    assert len(reading.rows) == 301
    assert [p.code for p in reading.problems] == ["sheet.open_quote"]


def test_content_counts_not_the_ending(tmp_path: pathlib.Path) -> None:
    path = write_xls(tmp_path / "list.xls", ROWS).rename(tmp_path / "list.csv")
    reading = read_sheet(path)
    assert names(reading) == PEOPLE
    assert [(p.code, p.facts["format"]) for p in reading.problems] == [("sheet.other_format", "XLS")]


def test_a_web_page_under_the_name_of_a_workbook(text: Write) -> None:
    page = "<html><body><table><tr><th>No</th><th>Name</th></tr><tr><td>1</td><td>Anvar Karimov</td></tr></table>"
    reading = read_sheet(text(page, file="export.xls"))
    assert names(reading) == [(2, "Anvar Karimov")]
    assert [(p.code, p.facts["format"]) for p in reading.problems] == [("sheet.other_format", "HTML")]
