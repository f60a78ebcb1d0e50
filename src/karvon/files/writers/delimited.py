"""Comma-separated tables, row by row: plain for programs, and one a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

RUNS: Final = tuple("=+-@\t\r\n＝＋－＠")
"""What a cell begins with that a spreadsheet may take for a formula; full-width signs are read as their narrow ones."""
_ROWS_AT_ONCE: Final = 200

Cell = str | int | None


def csv_lines(
    rows: Iterable[Sequence[Cell]], *, for_spreadsheet: bool = False, separator: str = ","
) -> Iterator[bytes]:
    """The table as UTF-8 in pieces of some rows each; memory does not grow with their number.

    ``for_spreadsheet`` begins with a byte-order mark, so that Excel reads UTF-8, and neutralises text that a
    spreadsheet would run as a formula. Without it every cell is exactly what it was.
    """
    piece = io.StringIO(newline="")
    table = csv.writer(piece, delimiter=separator, lineterminator="\r\n")
    if for_spreadsheet:
        piece.write("\ufeff")
    for number, row in enumerate(rows, start=1):
        table.writerow([neutralised(cell) if for_spreadsheet else cell for cell in row])
        if number % _ROWS_AT_ONCE == 0:
            yield piece.getvalue().encode()
            piece.seek(0)
            piece.truncate()
    if piece.tell():
        yield piece.getvalue().encode()


def neutralised(cell: Cell) -> Cell:
    """A text that begins like a formula gets an apostrophe before it; numbers and other text stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell
