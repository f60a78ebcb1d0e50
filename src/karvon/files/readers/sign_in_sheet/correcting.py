"""What a person says about a sheet goes before what the reader would say: header, columns, single rows."""

from dataclasses import replace

from karvon.files.readers.sign_in_sheet.dates import day_written
from karvon.files.readers.sign_in_sheet.grid import Grid, cell_text, column, is_blank, letter
from karvon.files.readers.sign_in_sheet.headings import is_hxl
from karvon.files.readers.sign_in_sheet.headless import guessed_layout
from karvon.files.readers.sign_in_sheet.layout import Layout, layout_at
from karvon.files.readers.sign_in_sheet.likeness import ColumnLikeness
from karvon.files.readers.sign_in_sheet.rows import BodyRows, read_body, row_texts
from karvon.files.readers.sign_in_sheet.words import fold
from karvon.rules.evidence.corrections import SheetCorrections
from karvon.rules.evidence.sheet import DayColumn, PersonRow, SkippedRow


def said_layout(grid: Grid, header: int) -> Layout:
    """The layout whose headings stand in this row of the file; with 0, of a list without headings."""
    if not grid.rows:
        return plain_layout(grid)
    if header == 0:
        return guessed_layout(grid) or plain_layout(grid)
    index = next((i for i in range(len(grid.rows)) if grid.number(i) >= header), len(grid.rows) - 1)
    found = layout_at(grid, index, 0, grid.width)
    if found is not None and index in found.header:
        return found
    headings = {c: text for c, cell in enumerate(grid.rows[index]) if (text := fold(cell_text(cell)))}
    return replace(plain_layout(grid), header=(index,), headings=headings)


def headed_layout(grid: Grid, said: SheetCorrections) -> Layout:
    """The layout of a table nobody found, for which columns were said: headed by the first row that fills them."""
    wanted = [
        at for name, means in said.columns if means.means != "nothing" and (at := column(name)) < grid.width
    ]
    index = next(
        (i for i, row in enumerate(grid.rows) if wanted and not any(is_blank(row[c]) for c in wanted)), None
    )
    return plain_layout(grid) if index is None else said_layout(grid, grid.number(index))


def plain_layout(grid: Grid) -> Layout:
    """A layout that takes no column for anything."""
    return Layout((), 0, grid.width, {}, (), (), {}, 0.0, ColumnLikeness(0), guessed=True)


def with_columns(grid: Grid, layout: Layout, said: SheetCorrections) -> Layout:
    """The layout with its columns as they were said: a column holds one thing, and a thing stands in one column."""
    mine = {
        at: (name, means)
        for name, means in said.columns
        if layout.left <= (at := column(name)) < layout.right
    }
    if not mine:
        return layout
    told = {means.means for _, means in mine.values()}
    fields = {field: c for field, c in layout.fields.items() if c not in mine and field not in told}
    days = {c: day for c, day in zip(layout.day_columns, layout.days, strict=True) if c not in mine}
    for at, (name, means) in sorted(mine.items()):
        if means.means == "day":
            heading = grid.rows[layout.header[-1]][at] if layout.header else ""
            days[at] = DayColumn(name, cell_text(heading), means.day or day_written(heading))
        elif means.means != "nothing":
            fields[means.means] = at
    in_order = sorted(days)
    return replace(layout, fields=fields, days=tuple(days[c] for c in in_order), day_columns=tuple(in_order))


def body_of(grid: Grid, layout: Layout, start: int, end: int, *, block: str, watch_next: bool) -> BodyRows:
    """The rows under a header; nobody where no column holds names."""
    if layout.names:
        return read_body(grid, layout, start, end, block=block, watch_next=watch_next)
    skipped = [
        SkippedRow(
            grid.sheet,
            grid.number(i),
            "blank" if all(map(is_blank, grid.rows[i])) else "hxl" if is_hxl(grid.rows[i]) else "nameless",
        )
        for i in range(start, end)
    ]
    return BodyRows(skipped=skipped, end=end)


def with_rows(grid: Grid, layout: Layout, body: BodyRows, said: SheetCorrections) -> None:
    """Take in and leave out the rows that were named; a row without a name stays skipped, whatever was said."""
    if not (said.people or said.nobody) or not layout.names:
        return
    looked_at = {body.rows[at].row for at in body.looked_at}
    rows = [row for row in body.rows if row.row not in said.nobody]
    out = [SkippedRow(grid.sheet, row.row, "left_out") for row in body.rows if row.row in said.nobody]
    block = body.rows[0].block if body.rows else ""
    for skipped in body.skipped:
        taken = _person(grid, layout, skipped.row, block) if skipped.row in said.people else None
        if taken is not None:
            rows.append(taken)
        else:
            out.append(
                replace(skipped, reason="left_out")
                if skipped.row in said.nobody and skipped.row in body.placeholders
                else skipped
            )
    body.rows = sorted(rows, key=lambda row: row.row)
    body.skipped = sorted(out, key=lambda row: row.row)
    body.placeholders = [row for row in body.placeholders if row not in said.people | said.nobody]
    body.looked_at = [
        at for at, row in enumerate(body.rows) if row.row in looked_at and row.row not in said.people
    ]


def with_pages(body: BodyRows, said: SheetCorrections) -> None:
    """Put each row on its page of the scan, where it is said where the pages begin."""
    if said.pages:
        body.rows = [replace(row, page=said.page_of(row.row)) for row in body.rows]


def _person(grid: Grid, layout: Layout, number: int, block: str) -> PersonRow | None:
    index = next((i for i in range(len(grid.rows)) if grid.number(i) == number), None)
    if index is None or index in layout.header:
        return None
    row = grid.rows[index]
    cells = row_texts(row, layout)
    if not any(field in cells for field in ("name", "surname", "given_name")):
        return None
    marks = {letter(c): text for c in layout.day_columns if (text := cell_text(row[c])).strip()}
    return PersonRow(grid.sheet, number, cells, marks, None, block)
