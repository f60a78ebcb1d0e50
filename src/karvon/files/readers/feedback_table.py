"""A table of feedback answers, one participant a row, from any format in which lists are read."""

from pathlib import Path
from typing import Final

from karvon.files.readers.sign_in_sheet.grid import cell_text, letter
from karvon.files.readers.sign_in_sheet.opening import open_grids
from karvon.rules.feedback.columns import TableAnswers, TableRow, answers_of, columns_said
from karvon.rules.problems import Place, Problem, Refused

MOST_COLUMNS: Final = 200
MOST_ROWS: Final = 6_000


def read_rows(path: Path, *, name: str) -> tuple[TableRow, ...]:
    """The rows of the first sheet that has two of them, cells as text; empty rows and cells are left out.

    Raises `Refused` for a file that is no table, or far too large a one.
    """
    grids = [grid for grid in open_grids(path, name=name).grids if not grid.hidden]
    for grid in grids:
        rows = [
            (grid.number(index), row)
            for index, row in enumerate(grid.rows)
            if any(cell_text(cell).strip() for cell in row)
        ]
        if len(rows) < 2:
            continue
        if len(rows) > MOST_ROWS or grid.width > MOST_COLUMNS:
            raise Refused(Problem("feedback.too_long", Place(file=name), {"most": MOST_ROWS}))
        return tuple(
            TableRow(
                number,
                {letter(at): text for at, cell in enumerate(row) if (text := cell_text(cell).strip())},
            )
            for number, row in rows
        )
    raise Refused(Problem("feedback.no_answers", Place(file=name)))


def read_answers(path: Path, *, name: str, reading: tuple[str, ...]) -> TableAnswers:
    """The answers of a table whose columns hold what ``reading`` says. Raises `Refused` where it is no such table."""
    columns = columns_said(reading)
    if columns is None:
        raise Refused(Problem("feedback.columns_unreadable", Place(file=name)))
    found = answers_of(read_rows(path, name=name), columns, file=name)
    if wrong := [problem for problem in found.problems if problem.severity == "error"]:
        raise Refused(*wrong)
    return found
