"""A list on the desk as it is read now: its sheets with every cell, and what the reader makes of them."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings

from karvon.files.evidence_store import stored_path
from karvon.files.readers.sign_in_sheet.grid import cell_text, letter
from karvon.files.readers.sign_in_sheet.opening import Opened, open_grids
from karvon.files.readers.sign_in_sheet.reading import read_grids
from karvon.queries.bringing import DeskFile
from karvon.rules.evidence.line import WrittenLine, written_line
from karvon.rules.evidence.sheet import PersonRow, SheetReading, SheetTable, SkippedRow
from karvon.rules.problems import Place, Problem, Refused

ROWS_SHOWN: Final = 100
MOST_COLUMNS: Final = 40
"""Columns of a sheet that are shown; those beyond hold no list of people."""
_OPENED: Final = 3
"""Files kept open in memory: somebody who corrects a list asks for it again and again."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the file as it stands there."""

    number: int
    cells: tuple[str, ...]
    people: tuple[int, ...]
    """Places, among all rows read, of the people it names: several where lists stand side by side."""
    skipped: str
    """Why it names nobody; '' where it does, or where it is a heading."""
    heading: bool
    outside: bool
    """No table of people reaches it."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list with its corrections, as it would be kept."""

    sheets: tuple[str, ...]
    """Names of the workbook's sheets that are not empty."""
    reading: SheetReading
    written: tuple[WrittenLine, ...]
    skipped: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.reading.problems if problem.severity == "error")

    def columns_of(self, sheet: str) -> dict[str, str]:
        """Column letter -> field, ``day`` or ``day:2018-10-11``, as the sheet's tables were read."""
        found: dict[str, str] = {}
        for table in self.tables_of(sheet):
            for field, column in table.columns.items():
                found.setdefault(column, field)
            for day in table.days:
                found.setdefault(day.letter, f"day:{day.day.isoformat()}" if day.day else "day")
        return found

    def tables_of(self, sheet: str) -> tuple[SheetTable, ...]:
        return tuple(table for table in self.reading.tables if table.sheet == sheet)


@lru_cache(maxsize=_OPENED)
def _opened(home: str, sha256: str, name: str) -> Opened:
    """Files under their hash never change. Raises `Refused`."""
    return open_grids(stored_path(settings.KARVON_HOME, sha256), name=name)


@lru_cache(maxsize=2 * _OPENED)
def _read(home: str, sha256: str, name: str, corrections: tuple[str, ...]) -> SheetReading:
    try:
        opened = _opened(home, sha256, name)
    except Refused as refused:
        return SheetReading(problems=refused.problems)
    return read_grids(opened, Place(file=name), corrections)


def read_list(file: DeskFile) -> ListRead:
    """The list as it is read now, only of the workbook's sheet it is about where one is named; never raises."""
    home = str(settings.KARVON_HOME)
    reading = _read(home, file.sha256, file.name, file.reading)
    try:
        grids = _opened(home, file.sha256, file.name).grids
    except Refused:
        grids = ()
    tables = tuple(table for table in reading.tables if file.table in ("", table.sheet))
    problems = tuple(p for p in reading.problems if not file.table or p.where.sheet in ("", file.table))
    return ListRead(
        sheets=tuple(grid.sheet for grid in grids if grid.rows),
        reading=SheetReading(tables, problems),
        written=tuple(written_line(row, table) for table in tables for row in table.rows),
        skipped=sum(len(table.skipped) for table in tables),
    )


@dataclass(frozen=True, slots=True)
class SheetShown:
    """One page of a sheet's rows."""

    letters: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    total: int


def last_row(file: DeskFile, sheet: str) -> int:
    """The number of a sheet's last row; 0 for a sheet that is empty or not there."""
    try:
        grids = _opened(str(settings.KARVON_HOME), file.sha256, file.name).grids
    except Refused:
        return 0
    grid = next((grid for grid in grids if grid.sheet == sheet), None)
    return grid.number(len(grid.rows) - 1) if grid is not None and grid.rows else 0


def show_sheet(file: DeskFile, found: ListRead, sheet: str, *, page: int) -> SheetShown:
    """The rows of a sheet from the first on, with who each names; empty for a sheet that is not there."""
    try:
        grids = _opened(str(settings.KARVON_HOME), file.sha256, file.name).grids
    except Refused:
        grids = ()
    grid = next((grid for grid in grids if grid.sheet == sheet), None)
    if grid is None:
        return SheetShown((), (), 0)
    tables = found.tables_of(sheet)
    people: dict[int, list[int]] = {}
    for place, line in enumerate(found.written):
        if line.table == sheet:
            people.setdefault(line.row, []).append(place)
    reasons = {row.row: row.reason for table in tables for row in table.skipped}
    headings = {row for table in tables for row in table.header_rows}
    width = min(
        MOST_COLUMNS, max((c + 1 for row in grid.rows[:500] for c, x in enumerate(row) if x != ""), default=0)
    )
    first = (page - 1) * ROWS_SHOWN
    rows = []
    for index in range(first, min(first + ROWS_SHOWN, len(grid.rows))):
        number = grid.number(index)
        named = tuple(people.get(number, ()))
        rows.append(
            ShownRow(
                number=number,
                cells=tuple(cell_text(cell) for cell in grid.rows[index][:width]),
                people=named,
                skipped="" if named or number in headings else reasons.get(number, ""),
                heading=number in headings and not named,
                outside=not named and number not in headings and number not in reasons,
            )
        )
    return SheetShown(tuple(letter(c) for c in range(width)), tuple(rows), len(grid.rows))


__all__ = ["ListRead", "PersonRow", "SheetShown", "ShownRow", "SkippedRow", "read_list", "show_sheet"]
