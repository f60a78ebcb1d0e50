"""One sheet as a grid of cells, whatever file format it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from karvon.files.readers.sign_in_sheet.limits import MOST_CELLS
from karvon.rules.problems import Place, Problem, Refused

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a workbook's cell holds; an empty cell is ``""``."""

MIDNIGHT: Final = time()


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, 0-based, both ends inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet from A1 on; every row is equally wide.

    ``numbers`` are the rows' numbers as in the file where they are not simply 1, 2, 3 ...: the physical
    lines of delimited text.
    """

    sheet: str
    rows: list[list[Cell]]
    merges: tuple[Span, ...] = ()
    numbers: Sequence[int] | None = None
    hidden: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def number(self, index: int) -> int:
        """The 1-based row of the file for a row of the grid."""
        return self.numbers[index] if self.numbers is not None else index + 1


def equally_wide(rows: list[list[Cell]], place: Place) -> list[list[Cell]]:
    """The rows padded with empty cells on the right; raises ``Refused`` when that would fill the memory."""
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise Refused(Problem("sheet.too_many_cells", place, {"cells": width * len(rows)}))
    for row in rows:
        if len(row) < width:
            row.extend([""] * (width - len(row)))
    return rows


def letter(index: int) -> str:
    """Column letters of a 0-based column: 0 -> A, 26 -> AA."""
    letters, n = "", index + 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column(letters: str) -> int:
    """The 0-based column of its letters."""
    n = 0
    for sign in letters.upper():
        n = n * 26 + ord(sign) - 64
    return n - 1


def cell_text(cell: Cell) -> str:
    """A cell's text: text unchanged, whole numbers without decimals, dates as ISO 8601."""
    if type(cell) is str:
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat(" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Nothing a person would see: empty, or white space only."""
    return type(cell) is str and (not cell or cell.isspace())
