"""The reading of one sign-in sheet: tables, person rows with their place, skipped rows with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from karvon.rules.problems import Problem

Field = Literal[
    "name", "surname", "given_name", "middle_name", "organisation", "position", "email", "phone", "country",
    "region", "date", "sex", "signature", "hours", "role", "number",
    "score_before", "score_after",
]  # fmt: skip
SkipReason = Literal[
    "title", "metadata", "blank", "hxl", "section", "total", "note", "repeated_header", "nameless",
    "left_out",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayColumn:
    """A column of marks; ``day`` where its header can be read as a date, ``label`` as written."""

    letter: str
    label: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row that names a person, its cells exactly as written."""

    sheet: str
    row: int
    cells: Mapping[str, str]
    """Field -> text exactly as written; fields without text are absent."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Day column letter -> mark exactly as written."""
    page: int | None = None
    block: str = ""
    """First column letter of the block, where several stand side by side."""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    sheet: str
    row: int
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class SheetTable:
    sheet: str
    header_rows: tuple[int, ...]
    columns: Mapping[str, str]
    """Field -> column letter."""
    days: tuple[DayColumn, ...] = ()
    rows: tuple[PersonRow, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What was found in one file; no table with rows and at least one problem means it was refused."""

    tables: tuple[SheetTable, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        return tuple(row for table in self.tables for row in table.rows)
