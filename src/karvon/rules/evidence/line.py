"""A line: one name as written in one place, before it is kept."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from karvon.rules.evidence.sheet import PersonRow, SheetTable

NAME_FIELDS = ("name", "surname", "given_name", "middle_name")


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A row as it is compared and kept: where it stands and what its cells say."""

    table: str
    row: int
    block: str
    page: int | None
    name: str
    cells: Mapping[str, str]
    marks: Mapping[str, str]


def written_name(cells: Mapping[str, str], columns: Mapping[str, str]) -> str:
    """The whole name in the order the sheet writes it: its name columns from left to right, joined by a space."""
    named = [field for field in NAME_FIELDS if cells.get(field, "").strip()]
    named.sort(key=lambda field: (len(columns.get(field, "")), columns.get(field, "")))
    return (
        " ".join(cells[field].strip() for field in named)
        if len(named) > 1
        else "".join(cells[f] for f in named)
    )


def written_line(row: PersonRow, table: SheetTable) -> WrittenLine:
    return WrittenLine(
        table=row.sheet,
        row=row.row,
        block=row.block,
        page=row.page,
        name=written_name(row.cells, table.columns),
        cells=dict(row.cells),
        marks=dict(row.marks),
    )


def recognition_key(salt: bytes, *, event: str, day: date | None, cells: Mapping[str, str], nth: int) -> str:
    """Recognises a line again in a corrected sheet: HMAC-SHA-256 of event, day, cells in NFC, n-th equal line."""
    said = [event, day.isoformat() if day else "", str(nth)]
    said += [f"{field}\x1f{unicodedata.normalize('NFC', cells[field])}" for field in sorted(cells)]
    return hmac.new(salt, "\x1e".join(said).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class KeptLine:
    """What is known of a line kept earlier; ``cells`` is empty once erased."""

    line: str
    table: str
    row: int
    block: str
    cells: Mapping[str, str]
    marks: Mapping[str, str]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which kept line each new row is: by its cells, else by its place; ``None`` where it is new.

    ``gone`` are the kept lines in use that no row is any more.
    """

    kept: tuple[KeptLine | None, ...]
    gone: tuple[str, ...]


def align(rows: Sequence[WrittenLine], kept: Iterable[KeptLine]) -> Alignment:
    """Recognise the lines of a sheet in a corrected version of it.

    Equal cells come first (the n-th of several equal rows is the n-th of the equal lines), then the same
    place among what is left. A line is recognised at most once.
    """
    free = sorted(kept, key=lambda line: (line.retired, line.table, line.row, line.block, line.line))
    by_cells: dict[tuple[tuple[str, str], ...], list[KeptLine]] = {}
    for line in free:
        if line.cells:
            by_cells.setdefault(_said(line.cells), []).append(line)
    found: list[KeptLine | None] = []
    taken: set[str] = set()
    for row in rows:
        same = by_cells.get(_said(row.cells), [])
        found.append(same.pop(0) if same else None)
        if (line_found := found[-1]) is not None:
            taken.add(line_found.line)
    by_place = {
        (line.table, line.row, line.block): line
        for line in free
        if line.line not in taken and not line.retired
    }
    for index, row in enumerate(rows):
        if found[index] is None and (line_there := by_place.pop((row.table, row.row, row.block), None)):
            found[index] = line_there
            taken.add(line_there.line)
    gone = tuple(line.line for line in free if line.line not in taken and not line.retired)
    return Alignment(tuple(found), gone)


def _said(cells: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((field, unicodedata.normalize("NFC", text)) for field, text in cells.items()))
