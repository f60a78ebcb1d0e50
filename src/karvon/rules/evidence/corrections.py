"""What a person says about the reading of a sheet: which row is the header, what a column holds, who is a person,
where each page of the scan begins.

Corrections are few and plain, so they are kept as short sentences that stand in a programme folder as they are:

    header = 3              the headings stand in row 3
    header = none           the list has no headings
    B = organisation        column B holds organisations, whatever its heading says
    E = day 2018-10-11      column E holds the marks of that day
    F = nothing             column F is passed over
    row 7 = person          row 7 names a person
    row 9 = nobody          row 9 names nobody
    page 2 = row 24         from row 24 on the lines stand on page 2 of the signed scan

In a workbook of several sheets each begins with the sheet's name: ``List 2!B = organisation``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, cast, get_args

from karvon.rules.evidence.sheet import Field

Meaning = Field | Literal["day", "nothing"]
MEANINGS: Final[tuple[Meaning, ...]] = (*get_args(Field), "day", "nothing")
_SAID: Final = re.compile(
    r"(?:(?P<sheet>.*)!)?(?P<spot>header|row [1-9]\d{0,6}|page [1-9]\d{0,3}|[A-Z]{1,3}) = (?P<means>\S+(?: \S+)?)",
    re.DOTALL,
)
LONGEST: Final = 250
_PAGE: Final = "page "


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """What a column of a sheet holds."""

    means: Meaning
    day: date | None = None
    """Of a column of marks, where the day is known."""


@dataclass(frozen=True, slots=True)
class SheetCorrections:
    """All that is said about one sheet of a workbook, or about the one table of another file."""

    header: int | None = None
    """The row of the headings, 0 for a list without; ``None`` where nothing is said."""
    columns: tuple[tuple[str, ColumnMeaning], ...] = ()
    """By the letter of the column."""
    people: frozenset[int] = frozenset()
    nobody: frozenset[int] = frozenset()
    pages: tuple[tuple[int, int], ...] = ()
    """(row, page of the scan that begins with it), by row."""

    def page_of(self, row: int) -> int | None:
        """The page of the scan the row stands on; ``None`` above the first that is said."""
        return next((page for begins, page in reversed(self.pages) if begins <= row), None)

    def __bool__(self) -> bool:
        """Whether anything is said of how the sheet is read."""
        return self.header is not None or bool(self.columns or self.people or self.nobody)


@dataclass(frozen=True, slots=True)
class Correction:
    """One sentence: about the header (``spot`` 'header'), a column (its letter), a row (its number) or a page of the
    scan ('page 2')."""

    sheet: str
    spot: str | int
    means: str
    day: date | None = None

    @property
    def page(self) -> int | None:
        """The page of the scan it is about; ``None`` where it is about something else."""
        is_page = isinstance(self.spot, str) and self.spot.startswith(_PAGE)
        return int(str(self.spot).removeprefix(_PAGE)) if is_page else None

    @property
    def counts_rows(self) -> bool:
        """Whether it holds no longer where rows come in between."""
        return isinstance(self.spot, int) or self.page is not None

    def __str__(self) -> str:
        spot = f"row {self.spot}" if isinstance(self.spot, int) else self.spot
        means = f"{self.means} {self.day.isoformat()}" if self.day else self.means
        return f"{self.sheet}!{spot} = {means}" if self.sheet else f"{spot} = {means}"


def correction(said: str) -> Correction | None:
    """The correction a sentence says; ``None`` where it says none. What is read is written again to the same text."""
    found = _SAID.fullmatch(said)
    if found is None or len(said) > LONGEST:
        return None
    sheet, spot, means = found["sheet"] or "", found["spot"], found["means"]
    if found["sheet"] == "":
        return None
    if spot == "header":
        row = re.fullmatch(r"none|[1-9]\d{0,6}", means)
        return Correction(sheet, "header", means) if row else None
    if spot.startswith("row "):
        number = int(spot.removeprefix("row "))
        return Correction(sheet, number, means) if means in ("person", "nobody") else None
    if spot.startswith(_PAGE):
        return Correction(sheet, spot, means) if re.fullmatch(r"row [1-9]\d{0,6}", means) else None
    kind, _, rest = means.partition(" ")
    if kind == "day" and rest:
        try:
            day = date.fromisoformat(rest)
        except ValueError:
            return None
        return Correction(sheet, spot, "day", day) if day.isoformat() == rest else None
    return Correction(sheet, spot, means) if means in MEANINGS else None


def without_pages(said: Iterable[str]) -> tuple[str, ...]:
    """The sentences that say nothing of pages of a scan."""
    return tuple(text for text in said if (one := correction(text)) is None or one.page is None)


def unreadable(said: Iterable[str]) -> tuple[str, ...]:
    """The sentences that say no correction."""
    return tuple(one for one in said if correction(one) is None)


def about(sheet: str, said: Iterable[str]) -> SheetCorrections:
    """What is said about one sheet; of two sentences about one spot the later holds. Others are passed over."""
    latest = {one.spot: one for text in said if (one := correction(text)) and one.sheet == sheet}
    header = latest.pop("header", None)
    return SheetCorrections(
        header=None if header is None else 0 if header.means == "none" else int(header.means),
        columns=tuple(
            (spot, ColumnMeaning(cast(Meaning, one.means), one.day))
            for spot, one in sorted(latest.items(), key=lambda item: str(item[0]))
            if isinstance(spot, str) and one.page is None
        ),
        people=frozenset(s for s, one in latest.items() if isinstance(s, int) and one.means == "person"),
        nobody=frozenset(s for s, one in latest.items() if isinstance(s, int) and one.means == "nobody"),
        pages=tuple(
            sorted(
                (int(one.means.removeprefix("row ")), one.page)
                for one in latest.values()
                if one.page is not None
            )
        ),
    )


def corrected(said: Iterable[str], *more: Correction) -> tuple[str, ...]:
    """The sentences with others added: about one spot only the latest stays, and they stand in one order."""
    latest: dict[tuple[str, str | int], str] = {}
    for text in (*said, *map(str, more)):
        if one := correction(text):
            latest[one.sheet, one.spot] = str(one)
    return tuple(latest[spot] for spot in sorted(latest, key=_order))


def without(said: Iterable[str], *spots: tuple[str, str | int]) -> tuple[str, ...]:
    """The sentences that speak of other spots (sheet, and header, column or row) than these."""
    return tuple(
        text for text in said if (one := correction(text)) is None or (one.sheet, one.spot) not in spots
    )


def _order(spot: tuple[str, str | int]) -> tuple[str, int, int, str]:
    """By sheet: the header, the columns from left to right, the rows from top to bottom, the pages in their order."""
    sheet, where = spot
    if isinstance(where, int):
        return sheet, 2, where, ""
    if where.startswith(_PAGE):
        return sheet, 3, int(where.removeprefix(_PAGE)), ""
    return (sheet, 0, 0, "") if where == "header" else (sheet, 1, len(where), where)
