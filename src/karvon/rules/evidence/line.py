"""A line: one name as written in one place, before it is kept."""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from karvon.rules.evidence.sheet import PersonRow, SheetTable

NOT_WHO: Final = frozenset({"number", "score_before", "score_after"})
"""Fields that say nothing of who somebody is."""
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
    """The whole name as the sheet writes it: its name column, else the parts from left to right, joined by a space.

    A name column beside a surname column that the name does not hold is a part itself (a given name).
    """
    named = [field for field in NAME_FIELDS if cells.get(field, "").strip()]
    if "name" in named and all(cells[part].strip() in cells["name"] for part in named if part != "name"):
        return cells["name"]
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
    """Recognises a line again in a corrected sheet: HMAC-SHA-256 of event, day, cells in NFC, n-th equal line.

    The running number is left out: it belongs to the place, and a row put in before changes it.
    """
    said = [event, day.isoformat() if day else "", str(nth)]
    said += [f"{field}\x1f{text}" for field, text in said_by(cells)]
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

    Equal cells come first, the running number aside (the n-th of several equal rows is the n-th of the equal
    lines); then an equal name; then the same place among what is left. A line is recognised at most once.
    """
    free = sorted(kept, key=lambda line: (line.retired, line.table, line.row, line.block, line.line))
    found: list[KeptLine | None] = [None] * len(rows)
    _recognise(rows, free, found, said_by)
    _recognise(rows, free, found, _named)
    taken = {line.line for line in found if line is not None}
    by_place = {
        (line.table, line.row, line.block): line
        for line in free
        if line.line not in taken and not line.retired
    }
    for index, row in enumerate(rows):
        if found[index] is None:
            found[index] = by_place.pop((row.table, row.row, row.block), None)
    taken = {line.line for line in found if line is not None}
    return Alignment(tuple(found), tuple(x.line for x in free if x.line not in taken and not x.retired))


Said = tuple[tuple[str, str], ...]


def _recognise(
    rows: Sequence[WrittenLine],
    kept: Iterable[KeptLine],
    found: list[KeptLine | None],
    said: Callable[[Mapping[str, str]], Said],
) -> None:
    """Fill the gaps of ``found`` with kept lines that say the same, each once, in their order."""
    taken = {line.line for line in found if line is not None}
    by_cells: dict[Said, list[KeptLine]] = {}
    for line in kept:
        if line.line not in taken and (text := said(line.cells)):
            by_cells.setdefault(text, []).append(line)
    for index, row in enumerate(rows):
        if found[index] is None and (same := by_cells.get(said(row.cells))):
            found[index] = same.pop(0)


def said_by(cells: Mapping[str, str]) -> Said:
    """What the cells say, in NFC and by field, without the running number and test scores, which come later."""
    return tuple(
        sorted(
            (field, unicodedata.normalize("NFC", text))
            for field, text in cells.items()
            if field not in NOT_WHO
        )
    )


def _named(cells: Mapping[str, str]) -> Said:
    return tuple((field, text) for field, text in said_by(cells) if field in NAME_FIELDS)
