"""A table of a report as WordprocessingML that needs no style of the file it is put into."""

from html import escape
from typing import Final

from karvon.files.reports.document import Badge, Row, Table, Words, runs_of

_NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EDGES: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
    for edge in ("top", "bottom", "insideH")
)
_ALIGN: Final = {"start": "left", "end": "right", "centre": "center"}


def table_xml(table: Table) -> str:
    """The table over the whole width, its header repeated on every page, its name for a screen reader."""
    shares = [column.share or 0.7 for column in table.columns]
    widths = [round(5000 * share / sum(shares)) for share in shares]
    head = "".join(
        _cell(column.head, width, _ALIGN[column.align], strong=True)
        for column, width in zip(table.columns, widths, strict=True)
    )
    rows = "".join(_row(row, table, widths) for row in table.rows)
    grid = "".join("<w:gridCol/>" for _ in widths)
    return (
        f"<w:tbl {_NAMESPACE}><w:tblPr>"
        f'<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_EDGES}</w:tblBorders>'
        f'<w:tblCaption w:val="{escape(table.caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _row(row: Row, table: Table, widths: list[int]) -> str:
    if row.look == "section":
        return f"<w:tr>{_cell(row.cells[0], 5000, 'left', strong=True, span=len(widths))}</w:tr>"
    cells = "".join(
        _cell(cell, width, _ALIGN[column.align], strong=row.look == "total")
        for cell, width, column in zip(row.cells, widths, table.columns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(words: Words | Badge, width: int, align: str, *, strong: bool = False, span: int = 1) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="pct"/>{spans}</w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{_runs(words, strong=strong)}</w:p></w:tc>'
    )


def _runs(words: Words | Badge, *, strong: bool) -> str:
    if isinstance(words, Badge):
        detail = f". {words.detail}" if words.detail else ""
        return _run(words.words, strong=True) + (_run(detail, strong=False) if detail else "")
    return "".join(
        _run(run.text, strong=strong or run.look == "strong", breaks=run.breaks) for run in runs_of(words)
    )


def _run(text: str, *, strong: bool, breaks: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if strong else ""
    line = "<w:br/>" if breaks else ""
    return f'<w:r>{look}{line}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
