"""Tables in Word: fixed widths, a header row that repeats on each page, rows that do not break."""

from collections.abc import Callable
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from karvon.files.drawing.svg import text_width
from karvon.files.reports.document import Badge, Column, Row, Run, Table, Words, runs_of
from karvon.files.writers.word.styles import TONES

TEXT_WIDTH: Final = 166.0
"""Millimetres between the margins."""
_ALIGNED: Final = {
    "start": WD_ALIGN_PARAGRAPH.LEFT,
    "end": WD_ALIGN_PARAGRAPH.RIGHT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
}
SHORT_TABLE: Final = 6
"""Tables of at most so many rows are kept on one page."""
_INK: Final = "14344F"
_SIZE: Final = 9.0
_MILLIMETRES_PER_POINT: Final = 25.4 / 72

WriteCell = Callable[[WordParagraph, Words], None]


def add_table(word: WordDocument, table: Table, *, write_cell: WriteCell) -> None:
    """The table at the end of the document; its caption is its name for a screen reader."""
    grid = word.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    grid.autofit = False
    widths = column_widths(table)
    _frame(grid, table.caption, widths)
    head, *written = grid._tbl.tr_lst
    for tc, column, width in zip(head.tc_lst, table.columns, widths, strict=True):
        _fill(_Cell(tc, grid), Run(column.head, "strong"), column, width, write_cell)
    _row_properties(head, "w:tblHeader", "w:cantSplit")
    _edges(head, bottom=8, top=12, colour=_INK)
    _keep_with_next(head)
    for place, (row, tr) in enumerate(zip(table.rows, written, strict=True), start=1):
        _row(row, tr, table, grid, widths, write_cell)
        last = place == len(table.rows)
        leads = row.look == "section" or (not last and table.rows[place].look == "detail")
        if not last and (leads or len(table.rows) <= SHORT_TABLE):
            _keep_with_next(tr)


def column_widths(table: Table) -> list[float]:
    """Millimetres per column, summing to the text's width: shares share what the others leave."""
    shares = [column.share for column in table.columns]
    own = [0.0 if share else _longest(table, place) for place, share in enumerate(shares)]
    room = TEXT_WIDTH - sum(own)
    whole = sum(share or 0 for share in shares)
    if not whole:
        return [TEXT_WIDTH * width / sum(own) for width in own]
    return [room * share / whole if share else width for share, width in zip(shares, own, strict=True)]


def _longest(table: Table, place: int) -> float:
    lines = [table.columns[place].head]
    for row in table.rows:
        if row.look != "section":
            lines += _lines(row.cells[place])
    return min(max(text_width(line, _SIZE) for line in lines) * _MILLIMETRES_PER_POINT + 4.5, 40.0)


def _lines(cell: Words | Badge) -> list[str]:
    if isinstance(cell, Badge):
        return [cell.words]
    lines = [""]
    for run in runs_of(cell):
        if run.breaks:
            lines.append("")
        lines[-1] += run.text
    return lines


def _row(
    row: Row, tr: Any, table: Table, grid: WordTable, widths: list[float], write_cell: WriteCell
) -> None:
    if row.look == "section":
        for extra in tr.tc_lst[1:]:
            tr.remove(extra)
        cell = _Cell(tr.tc_lst[0], grid)
        _fill(cell, row.cells[0], Column(""), TEXT_WIDTH, write_cell, above=7, bold=True)
        tr.tc_lst[0].grid_span = len(table.columns)
    else:
        for tc, words, column, width in zip(tr.tc_lst, row.cells, table.columns, widths, strict=True):
            _fill(_Cell(tc, grid), words, column, width, write_cell, bold=row.look == "total")
    _row_properties(tr, "w:cantSplit")
    total = row.look == "total"
    _edges(tr, bottom=6 if total else 4, colour=_INK if total else "C3CCD4")


def _fill(
    cell: _Cell,
    words: Words | Badge,
    column: Column,
    width: float,
    write_cell: WriteCell,
    *,
    bold: bool = False,
    above: float = 2.5,
) -> None:
    cell.width = Mm(width)
    paragraph = cell.paragraphs[0]
    paragraph._p.get_or_add_pPr().style = "TableText"
    paragraph.alignment = _ALIGNED[column.align]
    paragraph.paragraph_format.space_before = Pt(above)
    paragraph.paragraph_format.space_after = Pt(2.5)
    if isinstance(words, Badge):
        _badge(paragraph, words)
    else:
        write_cell(paragraph, words)
    if bold:
        for run in paragraph.runs:
            run.bold = True


def _badge(paragraph: WordParagraph, badge: Badge) -> None:
    ground, letters = TONES[badge.tone]
    run = paragraph.add_run(f"\u00a0{badge.words}\u00a0")
    run.bold = True
    run.font.color.rgb = letters
    run._r.get_or_add_rPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{ground}"/>')
    )
    if badge.detail:
        detail = paragraph.add_run()
        detail.add_break()
        detail.add_text(badge.detail)
        detail._r.get_or_add_rPr().style = "Muted"


def _frame(grid: WordTable, caption: str, widths: list[float]) -> None:
    """Fixed columns, narrow inner margins, and the caption as the table's own name."""
    properties = grid._tbl.tblPr
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    )
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
    properties.append(margins)
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    properties.append(
        parse_xml(f'<w:tblLook {nsdecls("w")} w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
                  'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>')
    )  # fmt: skip
    properties.append(named)
    for column, width in zip(grid._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)


def _row_properties(tr: Any, *names: str) -> None:
    properties = tr.get_or_add_trPr()
    for name in names:
        properties.append(OxmlElement(name))


def _edges(tr: Any, *, bottom: int, colour: str, top: int = 0) -> None:
    """Lines above and below, in eighths of a point."""
    above = f'<w:top w:val="single" w:sz="{top}" w:space="0" w:color="{colour}"/>' if top else ""
    below = f'<w:bottom w:val="single" w:sz="{bottom}" w:space="0" w:color="{colour}"/>'
    for tc in tr.tc_lst:
        tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{above}{below}</w:tcBorders>"))


def _keep_with_next(tr: Any) -> None:
    for tc in tr.tc_lst:
        for p in tc.p_lst:
            p.get_or_add_pPr().keepNext_val = True
