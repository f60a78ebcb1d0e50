"""A list as cells on squared paper, before any file format; it remembers who stands on which row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Cell = str | int


@dataclass(frozen=True, slots=True)
class Truth:
    """Who stands on a row, in what role, and the name exactly as written there."""

    row: int
    person: str
    role: str
    name: str


@dataclass(slots=True)
class Grid:
    """Rows from 1, columns from 1 (shifted right by ``left`` columns)."""

    left: int = 0
    row: int = 1
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    truths: list[Truth] = field(default_factory=list)
    bold: set[int] = field(default_factory=set)

    def write(self, *texts: Cell, bold: bool = False, merge: int = 0) -> int:
        """One row of texts; ``merge`` joins the first text over so many columns. Returns the row's number."""
        here = self.row
        for column, text in enumerate(texts, start=1 + self.left):
            if text != "":
                self.cells[here, column] = text
        if merge > 1:
            self.merges.append((here, 1 + self.left, here, merge + self.left))
        if bold:
            self.bold.add(here)
        self.row += 1
        return here

    def skip(self, rows: int = 1) -> None:
        self.row += rows

    def join(self, first_row: int, first: int, last_row: int, last: int) -> None:
        self.merges.append((first_row, first + self.left, last_row, last + self.left))

    def person(self, person: str, role: str, name: str, texts: Sequence[Cell]) -> None:
        row = self.write(*texts)
        self.truths.append(Truth(row, person, role, name))

    @property
    def size(self) -> tuple[int, int]:
        return max(row for row, _ in self.cells), max(column for _, column in self.cells)

    def text(self, row: int, column: int) -> str:
        return str(self.cells.get((row, column), ""))


@dataclass(frozen=True, slots=True)
class SignInList:
    """One file of ``sheets/``: its tabs by name ('' in delimited text, ``Table 1`` in a Word file)."""

    file: str
    tabs: tuple[tuple[str, Grid], ...]
    encoding: str = "utf-8"
    delimiter: str = ";"
    before: tuple[str, ...] = ()
    """Paragraphs above the table, in a Word file."""
    after: tuple[str, ...] = ()
    scan: str = ""
    """File name below ``documents/``; '' where nobody scanned the paper."""
    language: str = "en"
    heading: str = ""
    """What the scan is headed with."""
