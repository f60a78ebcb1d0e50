"""A workbook row by row: rows go to their sheets as they come, and are not held in memory."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from karvon.files.writers.delimited import RUNS

Cell = str | int | Decimal | date | None
MOST_ROWS: Final = 1_048_576
"""Rows of a sheet that spreadsheets open; a longer one goes on in a sheet of its own."""
MOST_LETTERS: Final = 32_767
"""Letters of a cell that spreadsheets open."""
_SURE_DAY: Final = date(1900, 3, 1)
"""Spreadsheets believe in a 29 February 1900: earlier days are written as text."""
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""
_NO_TITLE: Final = re.compile(r"[\[\]:*?/\\]")
_NO_HOUR: Final = datetime(1980, 1, 1, tzinfo=UTC)


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
    out: IO[bytes] = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"created": _NO_HOUR})
        looks = _Looks(
            heading=book.add_format({"bold": True}),
            day=book.add_format({"num_format": 14}),
            quoted=book.add_format({"num_format": 49, "quote_prefix": True}),
        )
        parts = [_Part(book, looks, sheet) for sheet in sheets]
        going_on = list(parts)
        for number, cells in rows:
            if going_on[number].rows == MOST_ROWS:
                again = sum(part.sheet is sheets[number] for part in parts) + 1
                going_on[number] = _Part(book, looks, sheets[number], again)
                parts.append(going_on[number])
            going_on[number].add(cells)
        for part in parts:
            part.frame()
    out.seek(0)
    return out


def sheet_title(text: str) -> str:
    """The text as a sheet may be called: at most 31 letters, and none that a spreadsheet refuses."""
    return _NO_TITLE.sub(" ", text).strip(" '")[:31].strip(" '") or "-"


@dataclass(frozen=True, slots=True)
class _Looks:
    heading: Format
    day: Format
    quoted: Format


class _Part:
    """A sheet that is being written."""

    def __init__(self, book: Workbook, looks: _Looks, sheet: Sheet, again: int = 1) -> None:
        self.sheet, self.looks = sheet, looks
        title = sheet_title(sheet.title)
        self.page = book.add_worksheet(f"{title[:25]} ({again})" if again > 1 else title)
        for at, column in enumerate(sheet.columns):
            self.page.set_column(at, at, column.width)
            self.page.write_string(0, at, column.heading, looks.heading)
        self.rows = 1

    def add(self, cells: Sequence[Cell]) -> None:
        for at, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                self.page.write_string(
                    self.rows, at, _text(cell), self.looks.quoted if cell.startswith(RUNS) else None
                )
            elif not isinstance(cell, date):
                self.page.write_number(self.rows, at, cell)
            elif cell < _SURE_DAY:
                self.page.write_string(self.rows, at, cell.isoformat())
            else:
                self.page.write_datetime(self.rows, at, cell, self.looks.day)
        self.rows += 1

    def frame(self) -> None:
        """Headings stay in sight and narrow the list."""
        self.page.freeze_panes(1, 0)
        self.page.autofilter(0, 0, self.rows - 1, len(self.sheet.columns) - 1)


def _text(text: str) -> str:
    """As cells hold it: lines break as in spreadsheets, what no cell can hold is shown by a mark, what is too long
    ends with one."""
    if _NO_TEXT.search(text):
        text = _NO_TEXT.sub("�", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"
