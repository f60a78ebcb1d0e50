"""A workbook row by row: rows go to their sheets as they come, and from disk into the package at the end.

Written here rather than by openpyxl because lists are long: openpyxl takes about ten microseconds a cell, which makes
six seconds of ten thousand people and their attendances. What is written is the least that spreadsheets need.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Final
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from karvon.files.writers.delimited import RUNS

Cell = str | int | Decimal | date | None
MOST_ROWS: Final = 1_048_576
"""Rows of a sheet that spreadsheets open; a longer one goes on in a sheet of its own."""
MOST_LETTERS: Final = 32_767
"""Letters of a cell that spreadsheets open."""
_FIRST_DAY: Final = date(1899, 12, 30).toordinal()
_SURE_DAY: Final = date(1900, 3, 1)
"""Spreadsheets believe in a 29 February 1900: earlier days are written as text."""
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""
_LOOKS_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\]")
_BYTES_AT_ONCE: Final = 1 << 20
_PLAIN, _HEADING, _DAY, _QUOTED = range(4)


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    width: int = 14
    """In letters, as spreadsheets measure."""


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    columns: tuple[Column, ...]


def write_workbook(sheets: Sequence[Sheet], rows: Iterable[tuple[int, Sequence[Cell]]]) -> IO[bytes]:
    """The workbook as a file that is gone when closed, at its beginning; each row names its sheet by number.

    Numbers stay numbers and days stay days. Text is text, whatever it begins with: it stands in the cell exactly as
    it was and is never a formula, and what a spreadsheet might run is marked as quoted, so that it stays text when
    somebody edits the cell. The same rows give the same bytes.
    """
    parts = [_Part(sheet) for sheet in sheets]
    going_on = list(parts)
    try:
        for number, cells in rows:
            if going_on[number].rows == MOST_ROWS:
                again = sum(part.sheet is sheets[number] for part in parts) + 1
                going_on[number] = _Part(sheets[number], again)
                parts.append(going_on[number])
            going_on[number].add(cells)
        return _package(parts)
    finally:
        for part in parts:
            part.kept.close()


def sheet_title(text: str) -> str:
    """The text as a sheet may be called: at most 31 letters, and none that a spreadsheet refuses."""
    return _NO_TITLE.sub(" ", text).strip(" '")[:31].strip(" '") or "-"


class _Part:
    """A sheet that is being written, on the disk."""

    def __init__(self, sheet: Sheet, again: int = 1) -> None:
        self.sheet = sheet
        self.title = sheet_title(sheet.title)
        if again > 1:
            self.title = f"{self.title[:25]} ({again})"
        self.rows = 1
        self.kept: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when the workbook is whole
        self.waiting: list[str] = [_row(1, [column.heading for column in sheet.columns], style=_HEADING)]

    def add(self, cells: Sequence[Cell]) -> None:
        self.rows += 1
        self.waiting.append(_row(self.rows, cells))
        if len(self.waiting) >= 500:
            self.put_down()

    def put_down(self) -> None:
        self.kept.write("".join(self.waiting).encode())
        self.waiting.clear()

    def pieces(self) -> Iterable[bytes]:
        self.put_down()
        self.kept.seek(0)
        widths = "".join(
            f'<col min="{at}" max="{at}" width="{column.width}" customWidth="1"/>'
            for at, column in enumerate(self.sheet.columns, start=1)
        )
        yield (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f"<cols>{widths}</cols><sheetData>"
        ).encode()
        while piece := self.kept.read(_BYTES_AT_ONCE):
            yield piece
        last = f"{_letter(len(self.sheet.columns))}{self.rows}"
        yield f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode()


def _row(number: int, cells: Sequence[Cell], *, style: int = _PLAIN) -> str:
    said = [f'<row r="{number}">']
    for at, cell in enumerate(cells, start=1):
        if cell is None or cell == "":
            continue
        where = f"{_letter(at)}{number}"
        if isinstance(cell, str):
            marked = style or (_QUOTED if cell.startswith(RUNS) else _PLAIN)
            styled = f' s="{marked}"' if marked else ""
            said.append(
                f'<c r="{where}"{styled} t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
            )
        elif isinstance(cell, date):
            if cell < _SURE_DAY:
                said.append(f'<c r="{where}" t="inlineStr"><is><t>{cell.isoformat()}</t></is></c>')
            else:
                said.append(f'<c r="{where}" s="{_DAY}"><v>{cell.toordinal() - _FIRST_DAY}</v></c>')
        else:
            said.append(f'<c r="{where}"><v>{cell if isinstance(cell, int) else format(cell, "f")}</v></c>')
    said.append("</row>")
    return "".join(said)


def _text(text: str) -> str:
    """As XML holds it: what no cell can hold is shown by a mark, what is too long ends with one."""
    if _NO_TEXT.search(text):
        text = _NO_TEXT.sub("�", text)
    if len(text) > MOST_LETTERS:
        text = f"{text[: MOST_LETTERS - 1]}…"
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return escape(text, {"\r": "&#13;"})


_LETTERS: Final[dict[int, str]] = {}


def _letter(column: int) -> str:
    """A, B ... Z, AA ..."""
    known = _LETTERS.get(column)
    if known is None:
        left, place = divmod(column - 1, 26)
        known = _LETTERS[column] = (_letter(left) if left else "") + chr(ord("A") + place)
    return known


_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OF: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES: Final = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _package(parts: Sequence[_Part]) -> IO[bytes]:
    out: IO[bytes] = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    numbered = list(enumerate(parts, start=1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_OF}.worksheet+xml"/>'
        for n, _ in numbered
    )
    listed = "".join(
        f'<sheet name={quoteattr(part.title)} sheetId="{n}" r:id="rId{n}"/>' for n, part in numbered
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in numbered
    )
    around = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OF}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_OF}.styles+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        f'<Relationship Id="rId{len(parts) + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    }
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=4) as package:
        for name, said in around.items():
            package.writestr(_entry(name), f"{_XML}{said}")
        package.writestr(_entry("xl/styles.xml"), _STYLES)
        for n, part in numbered:
            with package.open(_entry(f"xl/worksheets/sheet{n}.xml"), "w", force_zip64=True) as opened:
                for piece in part.pieces():
                    opened.write(piece)
    out.seek(0)
    return out


def _entry(name: str) -> ZipInfo:
    """With no hour in it, so that the same rows give the same bytes."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry
