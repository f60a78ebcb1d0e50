"""Lists of participants as plain csv, one row a line: ``row_id,sheet_id,sheet_date,name,org,...``.

Only ``row_id``, ``sheet_id`` and ``name`` must be there. Cells may be parted by commas, semicolons or tabs, as
spreadsheets of other countries save them; the text is UTF-8, or UTF-16 that says so in its first signs. Nothing a file
may hold stops the reading but what makes its rows unknowable: then ``Refused`` says why. What is odd in a row is said
with its number, and the row is kept.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from karvon.rules.identity.line import IdentityLine
from karvon.rules.names.parse import names_nobody
from karvon.rules.problems import Place, Problem, Refused

NEEDED: Final = ("row_id", "sheet_id", "name")
GROUP_COLUMNS: Final = ("group_id", "sheet_id")
LONGEST_CELL: Final = 500
"""Signs of a cell that are read; no name, organisation or address of a list is as long."""
LONGEST_FIELD: Final = 16 * 1024 * 1024
MOST_BYTES: Final = 1024 * 1024 * 1024

DELIMITERS: Final = (",", ";", "\t")
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_FIELDS: Final = {"name": "name", "org": "organisation", "position": "position", "phone": "phone", "email": "email",
                  "region": "region"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParticipantList:
    """The lines in the order of the file, and what is odd about some of them."""

    lines: tuple[IdentityLine, ...]
    problems: tuple[Problem, ...]


def read_participants(path: Path) -> ParticipantList:
    """The rows of a list. Every row with an id of its own becomes a line, whatever stands in its other cells."""
    problems: list[Problem] = []
    return ParticipantList(tuple(each_participant(path, problems)), tuple(problems))


def each_participant(path: Path, problems: list[Problem]) -> Iterator[IdentityLine]:
    """The rows of a list one by one, for lists too long to hold; what is odd about some is added to ``problems``.

    ``Refused`` is raised at the latest after the last row, with every row that makes the list unknowable.
    """
    first: dict[str, int] = {}
    refused: list[Problem] = []
    copies = _Copies(problems)
    for number, row in _rows(path, NEEDED):
        here = Place(file=path.name or str(path), row=number)
        line = row["row_id"].strip()
        if not line:
            refused.append(Problem("people_rows.no_row_id", here))
            continue
        if line in first:
            refused.append(Problem("people_rows.same_row_id", here, {"first": first[line]}))
            continue
        first[line] = number
        copies.see(row, here)
        yield _line(line, row, here, problems)
    if refused:
        raise Refused(*refused)
    copies.say()
    if not first:
        problems.append(Problem("people_rows.no_rows", Place(file=path.name or str(path)), {}, "warning"))


def read_groups(path: Path) -> dict[str, tuple[str, ...]]:
    """The sheets of every group, groups and sheets in the order of the file; a sheet named twice is one."""
    found: dict[str, dict[str, None]] = {}
    refused = []
    for number, row in _rows(path, GROUP_COLUMNS):
        group, sheet = row["group_id"].strip(), _CONTROL.sub("", row["sheet_id"]).strip()
        if group and sheet:
            found.setdefault(group, {})[sheet] = None
        else:
            refused.append(
                Problem("people_rows.half_a_group", Place(file=path.name or str(path), row=number))
            )
    if not found and not refused:
        refused.append(Problem("people_rows.no_rows", Place(file=path.name or str(path))))
    if refused:
        raise Refused(*refused)
    return {group: tuple(sheets) for group, sheets in found.items()}


class _Copies:
    """Rows of one sheet that say the same in every cell but their id, said once with their number.

    Only rows that follow one another with the same ``sheet_id`` are held, so that long lists take no memory.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._sheet = ""
        self._seen: dict[tuple[str, ...], list[Place]] = {}

    def see(self, row: Mapping[str, str], here: Place) -> None:
        if row["sheet_id"] != self._sheet:
            self.say()
            self._sheet = row["sheet_id"]
        said = tuple(cell.strip() for column, cell in row.items() if column != "row_id")
        self._seen.setdefault(said, []).append(here)

    def say(self) -> None:
        for places in self._seen.values():
            if len(places) > 1:
                facts = {"n": len(places) - 1}
                self._problems.append(Problem("people_rows.copies", places[0], facts, "warning"))
        self._seen = {}


def _line(line: str, row: dict[str, str], here: Place, problems: list[Problem]) -> IdentityLine:
    cells = {}
    for column, field in _FIELDS.items():
        text = row.get(column, "")
        if len(text) > LONGEST_CELL:
            problems.append(
                Problem("people_rows.long_cell", here, {"column": column, "limit": LONGEST_CELL}, "warning")
            )
            text = text[:LONGEST_CELL]
        if _CONTROL.search(text):
            problems.append(Problem("people_rows.control_signs", here, {"column": column}, "warning"))
            text = _CONTROL.sub("", text)
        cells[field] = text
    name = cells["name"].strip()
    if not name or names_nobody(name):
        problems.append(Problem("people_rows.no_name", here, {}, "warning"))
    elif not any(sign.isalpha() for sign in name):
        problems.append(Problem("people_rows.number_for_name", here, {}, "warning"))
    sheet = row["sheet_id"]
    if _CONTROL.search(sheet):
        problems.append(Problem("people_rows.control_signs", here, {"column": "sheet_id"}, "warning"))
        sheet = _CONTROL.sub("", sheet)
    return IdentityLine(line=line, sheet=sheet.strip(), on=_day(row, here, problems), **cells)


def _day(row: dict[str, str], here: Place, problems: list[Problem]) -> date | None:
    text = row.get("sheet_date", "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(Problem("people_rows.broken_date", here, {}, "warning"))
        return None


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Number of the line a record starts on, and its cells by column."""
    here = Place(file=path.name or str(path))
    text = _text(path, here)
    # a cell may be longer than csv reads by itself; the limit is the process's and only ever raised
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_FIELD))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, needed), strict=True)
    try:
        columns = [cell.strip().lower() for cell in next(reader, [])]
        missing = [column for column in needed if column not in columns]
        if missing:
            raise Refused(
                Problem(
                    "people_rows.missing_columns",
                    here,
                    {"columns": ", ".join(missing), "needed": ", ".join(needed)},
                )
            )
        twice = sorted({column for column in columns if column and columns.count(column) > 1})
        if twice:
            raise Refused(Problem("people_rows.column_twice", here, {"columns": ", ".join(twice)}))
        started = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(columns):
                    raise Refused(
                        Problem(
                            "people_rows.uneven_row",
                            Place(file=path.name or str(path), row=started),
                            {"found": len(cells), "columns": len(columns)},
                        )
                    )
                yield started, dict(zip(columns, cells, strict=True))
            started = reader.line_num + 1
    except csv.Error as error:
        raise Refused(
            Problem("people_rows.broken_csv", Place(file=path.name or str(path), row=reader.line_num))
        ) from error


def _delimiter(text: str, needed: tuple[str, ...]) -> str:
    """What parts the columns of the first line: the sign with which every needed one is found, else the comma."""
    first = text.lstrip("\r\n").split("\n", 1)[0].split("\r", 1)[0]
    for sign in DELIMITERS:
        columns = {cell.strip().strip('"').strip().lower() for cell in first.split(sign)}
        if columns.issuperset(needed):
            return sign
    return DELIMITERS[0]


def _text(path: Path, here: Place) -> str:
    try:
        if path.is_dir():
            raise Refused(Problem("people_rows.is_folder", here))
        if path.stat().st_size > MOST_BYTES:
            raise Refused(Problem("people_rows.too_big", here, {"limit": MOST_BYTES // 1024 // 1024}))
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused(Problem("people_rows.missing_file", here)) from error
    except OSError as error:
        raise Refused(Problem("people_rows.unreadable_file", here)) from error
    if not data.strip():
        raise Refused(Problem("people_rows.empty_file", here))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Refused(Problem("people_rows.not_csv", here))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Refused(Problem("people_rows.not_utf8", here)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(
            Problem("people_rows.not_utf8", Place(file=path.name or str(path), row=line))
        ) from error
    return text
