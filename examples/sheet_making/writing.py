"""Grids as files, the same bytes every time: fixed dates, sorted members, no compression."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import docx
import openpyxl
import xlwt
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from sheet_making.grid import Grid, SignInList

WRITTEN_ON = datetime(2018, 12, 3, 9, 0, tzinfo=UTC)
_NAIVE = WRITTEN_ON.replace(tzinfo=None)


def bytes_of(made: SignInList) -> bytes:
    """The list in the format its file name says."""
    suffix = made.file.rpartition(".")[2]
    if suffix in ("csv", "tsv"):
        return _delimited(made)
    return {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "docx": _docx}[suffix](made)


def _delimited(made: SignInList) -> bytes:
    ((_, grid),) = made.tabs
    rows, columns = grid.size
    lines = []
    for row in range(1, rows + 1):
        texts = [grid.text(row, column) for column in range(1, columns + 1)]
        lines.append(made.delimiter.join(_quoted(text, made.delimiter) for text in texts))
    mark = "\ufeff" if made.encoding == "utf-16-le" else ""
    return (mark + "\r\n".join(lines) + "\r\n").encode(made.encoding)


def _quoted(text: str, delimiter: str) -> str:
    if delimiter in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _xlsx(made: SignInList) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, grid in made.tabs:
        tab = book.create_sheet(name)
        for (row, column), text in grid.cells.items():
            cell = tab.cell(row, column, text)
            cell.font = Font(bold=row in grid.bold)
            cell.alignment = Alignment(wrap_text=row in grid.bold, vertical="top")
        for first_row, first, last_row, last in grid.merges:
            tab.merge_cells(start_row=first_row, start_column=first, end_row=last_row, end_column=last)
        for column in range(1, grid.size[1] + 1):
            tab.column_dimensions[get_column_letter(column)].width = 6 if column == 1 + grid.left else 22
    book.properties.creator = "training example"
    book.properties.created = book.properties.modified = _NAIVE
    raw = io.BytesIO()
    book.save(raw)
    return _fixed(raw.getvalue(), {"docProps/core.xml": _core_dates})


def _xls(made: SignInList) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    plain, strong = xlwt.XFStyle(), xlwt.easyxf("font: bold on; alignment: wrap on")
    for name, grid in made.tabs:
        tab = book.add_sheet(name)
        merged = {(row, column): (last_row, last) for row, column, last_row, last in grid.merges}
        for (row, column), text in sorted(grid.cells.items()):
            style = strong if row in grid.bold else plain
            if (row, column) in merged:
                last_row, last = merged[row, column]
                tab.write_merge(row - 1, last_row - 1, column - 1, last - 1, text, style)
            else:
                tab.write(row - 1, column - 1, text, style)
        for column in range(grid.size[1]):
            tab.col(column).width = 256 * (6 if column == grid.left else 22)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _ods(made: SignInList) -> bytes:
    book = OpenDocumentSpreadsheet()
    for name, grid in made.tabs:
        table = Table(name=name)
        rows, columns = grid.size
        starts = {(row, column): (last_row, last) for row, column, last_row, last in grid.merges}
        covered = {
            (row, column)
            for first_row, first, last_row, last in grid.merges
            for row in range(first_row, last_row + 1)
            for column in range(first, last + 1)
        } - starts.keys()
        for row in range(1, rows + 1):
            line = TableRow()
            for column in range(1, columns + 1):
                line.addElement(_ods_cell(grid, row, column, starts, covered))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    raw = io.BytesIO()
    book.write(raw)
    return _fixed(raw.getvalue(), {"meta.xml": _ods_dates})


def _ods_cell(
    grid: Grid,
    row: int,
    column: int,
    starts: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> Element:
    if (row, column) in covered:
        return CoveredTableCell()
    value = grid.cells.get((row, column), "")
    span = {}
    if (row, column) in starts:
        last_row, last = starts[row, column]
        span = {"numbercolumnsspanned": last - column + 1, "numberrowsspanned": last_row - row + 1}
    if value == "":
        return TableCell(**span)
    if isinstance(value, int):
        cell = TableCell(valuetype="float", value=value, **span)
    else:
        cell = TableCell(valuetype="string", **span)
    cell.addElement(P(text=str(value)))
    return cell


def _docx(made: SignInList) -> bytes:
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(10)
    for text in made.before:
        document.add_paragraph(text)
    for _, grid in made.tabs:
        rows, columns = grid.size
        table = document.add_table(rows, columns, style="Table Grid")
        for (row, column), value in grid.cells.items():
            table.cell(row - 1, column - 1).text = str(value)
        for first_row, first, last_row, last in grid.merges:
            table.cell(first_row - 1, first - 1).merge(table.cell(last_row - 1, last - 1))
    for text in made.after:
        document.add_paragraph(text)
    _without_what_is_not_used(document)
    document.core_properties.author = "training example"
    document.core_properties.created = document.core_properties.modified = _NAIVE
    raw = io.BytesIO()
    document.save(raw)
    return _fixed(raw.getvalue(), {"docProps/core.xml": _core_dates})


def _without_what_is_not_used(document: Document) -> None:
    """The template's pictures and hundreds of styles would be most of the file."""
    for owner in (document.part.rels, document.part.package.rels):
        for key, relation in list(owner.items()):
            if relation.reltype.rpartition("/")[2] in ("stylesWithEffects", "customXml", "thumbnail"):
                del owner[key]
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in (
            "Normal",
            "DefaultParagraphFont",
            "TableNormal",
            "TableGrid",
            "NoList",
        ):
            styles.remove(style)
    latent = styles.find(qn("w:latentStyles"))
    if latent is not None:
        styles.remove(latent)


def _core_dates(xml: bytes) -> bytes:
    stamp = WRITTEN_ON.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, xml)


def _ods_dates(xml: bytes) -> bytes:
    stamp = WRITTEN_ON.strftime("%Y-%m-%dT%H:%M:%S").encode()
    return re.sub(rb"(<(?:meta:creation-date|dc:date)[^>]*>)[^<]*", rb"\g<1>" + stamp, xml)


def _fixed(archive: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same members with one date, stored; what a writer stamps with today is set to ``WRITTEN_ON``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        names = old.namelist()
        first = [name for name in ("mimetype", "[Content_Types].xml") if name in names]
        for name in first + sorted(set(names) - set(first)):
            content = old.read(name)
            if name in changes:
                content = changes[name](content)
            member = zipfile.ZipInfo(name, date_time=WRITTEN_ON.timetuple()[:6])
            member.external_attr = 0o600 << 16
            new.writestr(member, content)
    return out.getvalue()
