"""The list typed at an event's desk, as the file it is kept in: a CSV that the reader of sheets reads."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Final, cast, get_args

from karvon.rules.attendance.typed import TypedRow
from karvon.rules.programme.description import Role

HEADINGS: Final = ("No.", "Name", "Organisation", "Position", "Role")
FIRST_ROW: Final = 2
"""The row of the file in which the first person stands."""
_THERE, _NOT_THERE = "+", "-"


def desk_list_bytes(rows: Sequence[TypedRow], *, days: Sequence[date] = ()) -> bytes:
    """The list as UTF-8; ``days`` get a column each. The same rows give the same bytes."""
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([*HEADINGS, *(day.isoformat() for day in days)])
    for number, row in enumerate(rows, start=1):
        marks = [_THERE if day in row.days else _NOT_THERE for day in days]
        table.writerow([number, row.name, row.organisation, row.position, row.role, *marks])
    return text.getvalue().encode()


def read_desk_list(data: bytes) -> tuple[TypedRow, ...] | None:
    """The rows of a list written by `desk_list_bytes`; ``None`` for any other file."""
    try:
        heading, *rows = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
        days = [date.fromisoformat(cell) for cell in heading[len(HEADINGS) :]]
        if tuple(heading[: len(HEADINGS)]) != HEADINGS or any(len(row) != len(heading) for row in rows):
            return None
        return tuple(_row(row, days) for row in rows)
    except (
        ValueError,
        csv.Error,
    ):  # another encoding, no rows at all, a heading that is no day, an unknown role
        return None


def _row(cells: Sequence[str], days: Sequence[date]) -> TypedRow:
    _number, name, organisation, position, role, *marks = cells
    if role and role not in get_args(Role):
        raise ValueError(role)
    there = tuple(day for day, mark in zip(days, marks, strict=True) if mark == _THERE)
    return TypedRow(name, organisation, position, cast(Role, role), there)
