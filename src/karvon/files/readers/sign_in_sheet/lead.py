"""The rows above a header: titles and lines about the event."""

from typing import Final

from karvon.files.readers.sign_in_sheet.grid import Grid, is_blank
from karvon.files.readers.sign_in_sheet.headings import is_hxl
from karvon.rules.evidence.sheet import SkippedRow, SkipReason

_MOST_TITLES: Final = 3


def lead_reasons(grid: Grid, start: int, end: int, left: int, right: int) -> list[SkippedRow]:
    """Why each row above a header is no person: blank, a title, or a line about the event."""
    found: list[SkippedRow] = []
    titles = 0
    for index in range(start, end):
        row = grid.rows[index][left:right]
        filled = [cell for cell in row if not is_blank(cell)]
        reason: SkipReason
        if not filled:
            reason = "blank"
        elif is_hxl(row):
            reason = "hxl"
        elif (
            len(filled) == 1 and isinstance(filled[0], str) and ":" not in filled[0] and titles < _MOST_TITLES
        ):
            reason, titles = "title", titles + 1
        else:
            reason = "metadata"
        found.append(SkippedRow(grid.sheet, grid.number(index), reason))
    return found
