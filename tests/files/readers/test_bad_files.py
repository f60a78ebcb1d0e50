"""Whatever a file is or holds, its reading ends in a clear problem and never in an error of the program."""

import io
import pathlib
import struct
import zipfile
from collections.abc import Callable

import pytest

from karvon import catalog
from karvon.files.readers.sign_in_sheet import read_sheet
from karvon.files.readers.sign_in_sheet.limits import MEBIBYTE, MOST_TEXT_BYTES
from karvon.rules.problems import Place, Problem
from karvon.rules.wording import LANGUAGES, problem_text

Write = Callable[..., pathlib.Path]
LIST = [["Name", "Email"], ["Anvar Karimov", "a@example.org"], ["Olga Petrova", "o@example.org"]]


def refused(path: pathlib.Path) -> str:
    """The code of the only problem of a file that must be refused."""
    reading = read_sheet(path)
    assert reading.tables == ()
    assert len(reading.problems) == 1
    assert all(problem_text(reading.problems[0], language) for language in LANGUAGES)
    return reading.problems[0].code


def test_a_missing_file(tmp_path: pathlib.Path) -> None:
    assert refused(tmp_path / "none.xlsx") == "sheet.missing_file"


def test_a_folder(tmp_path: pathlib.Path) -> None:
    assert refused(tmp_path) == "sheet.is_folder"


def test_an_impossible_name(tmp_path: pathlib.Path) -> None:
    assert refused(tmp_path / ("x" * 5000)) == "sheet.unreadable_file"


def test_an_empty_file(text: Write) -> None:
    assert refused(text("")) == "sheet.empty_file"


def test_a_file_of_line_ends_only(text: Write) -> None:
    assert refused(text("\r\n\r\n;;;\r\n")) == "sheet.empty_file"


def test_an_encrypted_workbook(text: Write) -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    )
    assert refused(text(data, file="list.xlsx")) == "sheet.encrypted"


def test_an_encrypted_ods(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", "\x00\x01nonsense")
    assert refused(path) == "sheet.encrypted"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(xlsx: Write, share: float) -> None:
    path = xlsx(LIST)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refused(path) == "sheet.damaged"


def test_a_workbook_with_a_damaged_part(xlsx: Write) -> None:
    path = xlsx(LIST)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert refused(path) == "sheet.damaged"


def test_a_truncated_old_workbook(text: Write) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le") + bytes(500)
    assert refused(text(data, file="list.xls")) == "sheet.damaged"


def test_a_zip_bomb_is_never_unpacked(xlsx: Write) -> None:
    path = xlsx(LIST)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/image1.bin", "w", force_zip64=True) as stream,
    ):
        for _ in range(300):
            stream.write(bytes(MEBIBYTE))
    assert path.stat().st_size < 2 * MEBIBYTE
    assert refused(path) == "sheet.unpacks_too_big"


def test_a_zip_that_lies_about_its_size(xlsx: Write) -> None:
    path = xlsx(LIST)
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data + b" " * (20 * MEBIBYTE) if name.endswith("sheet1.xml") else data)
        size = target.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(packed.getvalue().replace(struct.pack("<L", size), struct.pack("<L", 1000)))
    assert refused(path) == "sheet.damaged"


def test_a_big_text_is_refused_before_it_is_read(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as stream:
        stream.write(b"Name,Email\n")
        stream.truncate(200 * MEBIBYTE)  # a sparse file: as long as a real one
    reading = read_sheet(path)
    assert [(p.code, dict(p.facts)) for p in reading.problems] == [
        ("sheet.too_big", {"size": 200, "limit": MOST_TEXT_BYTES // MEBIBYTE})
    ]


def test_a_short_text_with_one_endless_line(text: Write) -> None:
    content = "Name,Email\n" + "Anvar Karimov,a@example.org\n" * 20_000 + "," * 200_000
    assert refused(text(content)) == "sheet.too_many_cells"


def test_a_text_of_millions_of_short_lines(text: Write) -> None:
    assert refused(text("a\n" * 2_000_000)) == "sheet.too_many_lines"


def test_a_cell_at_the_far_corner(xlsx: Write) -> None:
    path = xlsx(LIST)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert refused(path) == "sheet.too_many_cells"


def test_a_million_formatted_rows_without_content(xlsx: Write) -> None:
    path = xlsx(LIST)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    empty = b"".join(b'<row r="%d"><c r="XFD%d" s="0"/></row>' % (n, n) for n in range(900_000, 1_000_000))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", empty + b"</sheetData>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert len(read_sheet(path).rows) == 2


def test_an_ods_that_repeats_a_cell_a_million_times(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "list.ods"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    kind = 'office:value-type="string" table:number-columns-repeated="16384"'
    cell = f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>"
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">'
        f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    assert refused(path) == "sheet.too_many_cells"


def test_a_document_that_defines_entities(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "list.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>')
    assert refused(path) == "sheet.damaged"


def test_nul_bytes_in_a_text(text: Write) -> None:
    assert refused(text(b"Name,Email\nAnvar\0 Karimov,a@example.org\n\0\0\0" * 40)) == "sheet.nul_bytes"


def test_bytes_that_are_no_text(text: Write) -> None:
    assert refused(text(bytes(range(1, 256)) * 20)) == "sheet.no_text"


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"%PDF-1.7", "sheet.scan"),
        (b"\x89PNG\r\n\x1a\n", "sheet.scan"),
        (b"\xff\xd8\xff\xe0", "sheet.scan"),
        (b"{\\rtf1", "sheet.unknown_format"),
        (b'<?xml version="1.0"?><a/>', "sheet.unknown_format"),
    ],
)
def test_other_kinds_of_files(text: Write, start: bytes, code: str) -> None:
    assert refused(text(start + b"some more content", file="list.csv")) == code


def test_an_old_word_document(text: Write) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500)
    assert refused(text(data, file="list.doc")) == "sheet.old_word"


def test_a_zip_of_something_else(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refused(path) == "sheet.unknown_format"


def test_a_formula_that_was_never_calculated_is_a_doubt(xlsx: Write) -> None:
    reading = read_sheet(xlsx([*LIST, ["=A2", "x@example.org"]]))
    assert [(p.code, str(p.where), p.facts["n"]) for p in reading.problems] == [
        ("sheet.formula_without_value", "list.xlsx!Sheet1: A4", 1)
    ]
    assert {s.row: s.reason for s in reading.tables[0].skipped} == {4: "nameless"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_sentence_in_every_language(language: str) -> None:
    wording = catalog.load(f"problems/sheet/{language}")
    assert sorted(wording) == sorted(catalog.load("problems/sheet/en"))
    facts = {
        "n": 2,
        "size": 200,
        "limit": 32,
        "reason": "-",
        "format": "XLS",
        "encoding": "a",
        "other": "b",
        "cells": 9,
        "lines": 9,
    }
    for code in wording:
        sentence = problem_text(Problem(f"sheet.{code}", Place("list.xlsx", "Sheet1", 7), facts), language)
        assert "list.xlsx!Sheet1!7" in sentence
        assert sentence.endswith(".")
