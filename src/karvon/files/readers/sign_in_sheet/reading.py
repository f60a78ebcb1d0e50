"""From a file to people: opens it, finds the tables of people on each sheet, reads them, says what is doubtful."""

import pathlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from karvon.files.readers.sign_in_sheet.blocks import side_by_side
from karvon.files.readers.sign_in_sheet.correcting import (
    body_of,
    headed_layout,
    said_layout,
    with_columns,
    with_pages,
    with_rows,
)
from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, is_blank, letter
from karvon.files.readers.sign_in_sheet.headings import is_hxl
from karvon.files.readers.sign_in_sheet.headless import guessed_layout, unheaded_layout
from karvon.files.readers.sign_in_sheet.layout import Layout, good_enough, is_candidate, layout_at
from karvon.files.readers.sign_in_sheet.lead import lead_reasons
from karvon.files.readers.sign_in_sheet.likeness import likeness
from karvon.files.readers.sign_in_sheet.opening import Opened, open_grids
from karvon.files.readers.sign_in_sheet.rows import BodyRows
from karvon.files.readers.sign_in_sheet.scores import with_scores
from karvon.rules.evidence.corrections import SheetCorrections, about
from karvon.rules.evidence.sheet import SheetReading, SheetTable
from karvon.rules.problems import Place, Problem, Refused

_FIRST_ROWS: Final = 120
_TITLE_ROWS: Final = 25
_MOST_DOUBTS: Final = 200
_MOST_TRIALS: Final = 150


def read_sheet(path: pathlib.Path, *, corrections: Sequence[str] = (), name: str = "") -> SheetReading:
    """The people of a sign-in sheet: xlsx, xls, ods, csv, tsv, docx or an exported html table.

    ``corrections`` are a person's word about it (`rules.evidence.corrections`), which goes before what the reader
    would say; ``name`` is what people call the file, where it does not lie under its name.

    Guarantees: never raises for what the file is or holds; each row of a table's span is returned or skipped
    exactly once; a cell's text is exactly the cell's text; no people are returned from a sheet that is no list of
    people, unless a person says that it is one. A reading without rows always carries a problem that says why.
    """
    try:
        opened = open_grids(path, name=name)
    except Refused as refusal:
        return SheetReading(problems=refusal.problems)
    return read_grids(opened, Place(file=name or path.name), corrections)


def read_grids(opened: Opened, here: Place, corrections: Sequence[str] = ()) -> SheetReading:
    """The people of a file that was opened."""
    tables: list[SheetTable] = []
    problems = list(opened.problems)
    without: list[Grid] = []
    before: Layout | None = None
    for grid in opened.grids:
        said = about(grid.sheet, corrections)
        found, doubts, last = _read_grid(
            grid, here, before if opened.kind in ("docx", "html") else None, said
        )
        before = last or before
        if grid.hidden and not said:
            if any(table.rows for table in found):
                problems.append(Problem("sheet.hidden_sheet", Place(here.file, grid.sheet), {}, "warning"))
        elif found:
            tables.extend(found)
            problems.extend(doubts)
        elif any(not all(map(is_blank, row)) for row in grid.rows):
            without.append(grid)
    if tables:
        if any(table.rows for table in tables):
            problems = [
                replace(p, severity="warning") if p.code == "sheet.no_name_column" else p for p in problems
            ]
        problems.extend(
            Problem("sheet.other_sheet", Place(here.file, grid.sheet), {}, "warning") for grid in without
        )
        if not any(table.rows for table in tables) and not any(
            p.code in ("sheet.placeholders", "sheet.no_name_column") for p in problems
        ):
            for table in tables:
                problems.append(
                    Problem(
                        "sheet.empty_table",
                        Place(here.file, table.sheet, table.header_rows[0] if table.header_rows else None),
                    )
                )
    elif without:
        problems.append(Problem("sheet.no_people", here))
    elif not any(p.code == "sheet.hidden_sheet" for p in problems):
        problems.append(Problem("sheet.empty_file", here))
    return SheetReading(tuple(tables), tuple(problems))


def _read_grid(
    grid: Grid, here: Place, before: Layout | None, said: SheetCorrections
) -> tuple[list[SheetTable], list[Problem], Layout | None]:
    grid = _without_trailing_blanks(grid)
    tables: list[SheetTable] = []
    problems: list[Problem] = []
    layout = _first_layout(grid, 0) if said.header is None else said_layout(grid, said.header)
    if layout is None:
        layout = _going_on(grid, before) or unheaded_layout(grid) or guessed_layout(grid)
        if layout is None and said.columns:
            layout = headed_layout(grid, said)
        if layout is None:
            return [], [], None
        if layout.guessed and layout.names and not said:
            place = Place(here.file, grid.sheet, column=letter(layout.names[0]))
            problems.append(Problem("sheet.no_header", place, {}, "warning"))
    last, start = layout, 0
    while layout is not None:
        blocks = side_by_side(grid, layout) if said.header is None else (layout,)
        blocks = tuple(with_columns(grid, block, said) for block in blocks)
        blocks = tuple(block for block in blocks if block.names) or blocks[:1]
        first_header = layout.header[0] if layout.header else max(start, layout.first)
        ends: list[int] = []
        following: Layout | None = None
        lead = lead_reasons(grid, start, first_header, 0, grid.width)
        read: list[tuple[Layout, BodyRows]] = []
        for position, block in enumerate(blocks):
            end = len(grid.rows) if position == 0 else ends[0]
            name = letter(block.left) if len(blocks) > 1 else ""
            body = body_of(
                grid,
                block,
                block.body if block.header else max(start, layout.first),
                end,
                block=name,
                watch_next=position == 0 and said.header is None,
            )
            if position == 0:
                following = body.next_table
                ends.append(body.end)
            read.append((block, body))
        for position, (block, body) in enumerate(read):
            body.skipped[:0] = lead if position == 0 else ()
            with_rows(grid, block, body, said)
            with_pages(body, said)
            block = with_scores(grid, block, body, said)
            tables.append(_table(grid, block, body))
            problems.extend(_doubts(grid, block, body, here))
        start = ends[0]
        last, layout = layout, following
    return tables, problems, last


def _table(grid: Grid, layout: Layout, body: BodyRows) -> SheetTable:
    return SheetTable(
        sheet=grid.sheet,
        header_rows=tuple(grid.number(index) for index in layout.header),
        columns={f: letter(c) for f, c in layout.fields.items()},
        days=layout.days,
        rows=tuple(body.rows),
        skipped=tuple(body.skipped),
    )


def _doubts(grid: Grid, layout: Layout, body: BodyRows, here: Place) -> list[Problem]:
    problems: list[Problem] = []
    if not layout.names:
        header = grid.number(layout.header[0]) if layout.header else None
        return [Problem("sheet.no_name_column", Place(here.file, grid.sheet, header))]
    if body.placeholders:
        place = Place(here.file, grid.sheet, body.placeholders[0])
        severity = "warning" if body.rows else "error"
        problems.append(Problem("sheet.placeholders", place, {"n": len(body.placeholders)}, severity))  # type: ignore[arg-type]
    email = layout.fields.get("email")
    if email is not None:
        addresses = [row.cells.get("email", "") for row in body.rows]
        problems.extend(
            Problem("sheet.broken_email", Place(here.file, grid.sheet, row.row, letter(email)), {}, "warning")
            for row, address in zip(body.rows, addresses, strict=True)
            if address and ("@" not in address or address.rstrip().endswith((".con", ".cmo", "@", ".")))
        )
    for position in body.looked_at[:_MOST_DOUBTS]:
        row = body.rows[position]
        name = " ".join(row.cells[f] for f in ("given_name", "surname", "name") if f in row.cells)
        place = Place(here.file, grid.sheet, row.row, letter(layout.names[0]))
        if "\ufffd" in name:
            problems.append(Problem("sheet.damaged_letters", place, {}, "warning"))
        elif likeness(name) == "no":
            problems.append(Problem("sheet.odd_name", place, {}, "warning"))
    return problems


def _without_trailing_blanks(grid: Grid) -> Grid:
    rows = grid.rows
    end = len(rows)
    while end and all(map(is_blank, rows[end - 1])):
        end -= 1
    return grid if end == len(rows) else replace(grid, rows=rows[:end])


def _first_layout(grid: Grid, start: int) -> Layout | None:
    """The first header under which people stand; a later one wins when nobody stands between the two."""
    found: Layout | None = None
    trials = 0
    for index in _likely_header_rows(grid, start):
        if (
            found is not None
            and (
                index > found.header[-1] + _TITLE_ROWS
                # a later header, which begins one row above at most, has people between it and this one
                or _names_anybody(found, grid.rows[found.body : index - 1])
            )
        ):
            break
        row = grid.rows[index]
        if not is_candidate(row, 0, grid.width):
            continue
        trials += 1
        if trials > _MOST_TRIALS:
            break
        layout = layout_at(grid, index, 0, grid.width)
        if layout is None or not good_enough(layout):
            continue
        if found is None or (layout.header[0] > found.header[-1] and _outdoes(grid, layout, found)):
            found = layout
    return found


def _outdoes(grid: Grid, later: Layout, earlier: Layout) -> bool:
    """The earlier "header" was a title or a form field: nobody is named between it and the later one."""
    if _names_anybody(earlier, grid.rows[earlier.body : later.header[0]]):
        return False
    return len(later.fields) + len(later.days) >= len(earlier.fields) + len(earlier.days) or (
        later.likeness.filled > 0 and earlier.likeness.no > 0.1
    )


def _names_anybody(layout: Layout, rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether somebody's name stands in the layout's columns in one of these rows."""
    return any(
        isinstance(cell := row[c], str) and likeness(cell) in ("strong", "shape")
        for row in rows
        for c in layout.names
    )


def _likely_header_rows(grid: Grid, start: int) -> list[int]:
    """The first rows that are not blank, and later ones that follow a gap or a nearly empty row."""
    likely: list[int] = []
    seen, gap = 0, True
    for index in range(start, len(grid.rows)):
        row: list[Cell] = grid.rows[index]
        filled = len(row) - row.count("")
        if filled:
            if seen < _FIRST_ROWS or gap:
                likely.append(index)
            seen += 1
        gap = filled <= 2
    return likely


def _going_on(grid: Grid, before: Layout | None) -> Layout | None:
    """The layout of the table before, for one that goes on after a page break without its header."""
    if before is None or before.right != grid.width or not grid.rows:
        return None
    if is_hxl(grid.rows[0]):
        return None
    texts = [str(row[before.names[0]]) for row in grid.rows if not is_blank(row[before.names[0]])]
    fine = [text for text in texts if likeness(text) in ("strong", "shape", "unknown")]
    if not texts or len(fine) < 0.8 * len(texts):
        return None
    return replace(before, header=())
