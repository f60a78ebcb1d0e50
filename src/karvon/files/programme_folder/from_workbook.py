"""``programme.xlsx`` -> raw records with the cell of every field: one tab per kind of record, one row per record."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from karvon.files.programme_folder import hints
from karvon.files.programme_folder.raw import Findings, RawRecord
from karvon.files.programme_folder.schema import BY_NAME, Field, Kind
from karvon.files.programme_folder.schema import WORKBOOK as NAME
from karvon.files.programme_folder.suggesting import listed, nearest
from karvon.files.programme_folder.to_toml import number_text
from karvon.rules.problems import Place

_UNPACKED: Final = 200_000_000
_ENCRYPTED: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container of an encrypted workbook (and an old .xls) begins."""
_TAGGED: Final = re.compile(r"(?P<name>.+?)\s*(?:\.|[(\[])(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z]{2,8})*)[)\]]?")
_ROWS: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Cell:
    value: Any
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    field: Field
    tag: str = ""
    """Of a text in one language."""


def records_of_workbook(data: bytes, findings: Findings) -> list[RawRecord]:
    """Every record of the workbook; problems of the file, of tabs, headings and cells go to the findings."""
    if not _can_be_opened(data, findings):
        return []
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        tabs = [
            (sheet.title, _rows(sheet, findings))
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
        findings.add("workbook_damaged", Place(NAME), what=type(error).__name__)
        return []
    return list(_records(tabs, findings))


def _can_be_opened(data: bytes, findings: Findings) -> bool:
    if data.startswith(_ENCRYPTED):
        findings.add("workbook_encrypted", Place(NAME))
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        findings.add("workbook_damaged", Place(NAME), what="zip")
        return False
    if unpacked > _UNPACKED:
        findings.add("workbook_bomb", Place(NAME), n=unpacked // 1_000_000)
        return False
    return True


def _rows(sheet: Any, findings: Findings) -> list[list[_Cell]]:
    """The filled cells of every row that has any; formulas and error values are refused here."""
    rows = []
    for row in sheet.iter_rows():
        cells = [_Cell(c.value, c.row, c.column) for c in row if _filled(c.value)]
        for cell in (c for c in row if _filled(c.value)):
            where = Place(NAME, sheet.title, cell.row, get_column_letter(cell.column))
            if cell.data_type == "f":
                findings.add("formula", where)
            elif cell.data_type == "e":
                findings.add("cell_error", where, found=str(cell.value))
            elif isinstance(cell.value, str) and ("\0" in cell.value or "_x0000_" in cell.value):
                findings.add("nul", where)
        if cells:
            rows.append(cells)
        if len(rows) > _ROWS:
            findings.add("too_many_rows", Place(NAME, sheet.title), most=_ROWS)
            return rows[:_ROWS]
    return rows


def _filled(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _records(tabs: list[tuple[str, list[list[_Cell]]]], findings: Findings) -> Iterator[RawRecord]:
    seen: dict[str, str] = {}
    for title, rows in tabs:
        if title.startswith("#") or hints.fold(title) in hints.guide_titles():
            continue
        kind = hints.kind_by_title().get(hints.fold(title))
        where = Place(NAME, title)
        if kind is None:
            if rows:
                near = nearest(title, BY_NAME)
                findings.add("unknown_tab", where, found=title, suggestion=near, allowed=listed(BY_NAME))
        elif kind.name in seen:
            findings.add("tab_twice", where, first=seen[kind.name], kind=kind.name)
        else:
            seen[kind.name] = title
            yield from _records_of_tab(kind, title, [r for r in rows if not _is_comment(r)], findings)


def _is_comment(row: list[_Cell]) -> bool:
    return isinstance(row[0].value, str) and row[0].value.startswith("#")


def _records_of_tab(
    kind: Kind, title: str, rows: list[list[_Cell]], findings: Findings
) -> Iterator[RawRecord]:
    if not rows:
        return
    columns = _columns(kind, title, rows[0], findings)
    for row in rows[1:]:
        values: dict[str, Any] = {}
        for cell in row:
            column = columns.get(cell.column)
            if column is not None:
                _put(values, column, cell.value)
            elif cell.column not in (heading.column for heading in rows[0]):
                where = Place(NAME, title, cell.row, get_column_letter(cell.column))
                findings.add("cell_without_heading", where, found=str(cell.value)[:60])
        yield RawRecord(kind, values, _places(title, row[0].row, columns))


def _columns(kind: Kind, title: str, headings: list[_Cell], findings: Findings) -> dict[int, _Column]:
    fields = dict(hints.columns(kind))
    found: dict[int, _Column] = {}
    for heading in headings:
        where = Place(NAME, title, heading.row, get_column_letter(heading.column))
        column = _column(kind, str(heading.value), fields)
        if column is None:
            near = nearest(str(heading.value), fields)
            allowed = ", ".join(fields)
            findings.add("unknown_column", where, found=str(heading.value), suggestion=near, allowed=allowed)
        elif any((column.name, column.tag) == (other.name, other.tag) for other in found.values()):
            findings.add("column_twice", where, found=str(heading.value))
        else:
            found[heading.column] = column
    return found


def _column(kind: Kind, heading: str, fields: Mapping[str, Field]) -> _Column | None:
    known, heading = hints.column_by_title(kind.name), heading.strip().removesuffix("*").strip()
    name = known.get(hints.fold(heading))
    if name is not None:
        return _Column(name, fields[name])
    tagged = _TAGGED.fullmatch(heading)
    name = known.get(hints.fold(tagged["name"])) if tagged else None
    if tagged is None or name is None or fields[name].shape != "text":
        return None
    return _Column(name, fields[name], tagged["tag"])


def _put(values: dict[str, Any], column: _Column, value: Any) -> None:
    """The cell's value, in the shape a TOML file would have it, at its place in the record."""
    field = column.field
    if field.shape == "text":
        values.setdefault(field.name, {})[column.tag] = _word(value)
    elif field.shape == "money":
        part = column.name.removeprefix(f"{field.name}_")
        values.setdefault(field.name, {})[part] = _number(value) if part == "amount" else _word(value)
    elif column.name.startswith("scope_"):
        values.setdefault("scope", {})[field.name] = _plain(field, value)
    else:
        values[field.name] = _plain(field, value)


def _plain(field: Field, value: Any) -> Any:
    if field.many:
        items = value.split(";") if isinstance(value, str) else [value]
        return [_single(field, item) for item in items if _filled(item)]
    return _single(field, value)


def _single(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()
    return _READERS.get(field.shape, _as_word)(field, value)


def _word(value: Any) -> Any:
    """Text, or the text Excel made a number of (a contract number, a sector code)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return number_text(Decimal(repr(value)))


def _as_word(field: Field, value: Any) -> Any:
    return _word(value)


def _number(value: Any) -> Any:
    if isinstance(value, str):
        text = re.sub(r"[\s\u00a0\u202f%]", "", value).replace(",", ".")
        try:
            return Decimal(text)
        except InvalidOperation:
            return value
    return Decimal(repr(value)) if isinstance(value, float) else value


def _choice(field: Field, value: Any) -> Any:
    return (
        hints.choice_by_word(field.choices).get(hints.fold(value), value) if isinstance(value, str) else value
    )


def _yes_no(field: Field, value: Any) -> Any:
    return hints.yes_no_words().get(hints.fold(value), value) if isinstance(value, str) else value


def _day(field: Field, value: Any) -> Any:
    return value


def _named(field: Field, value: Any) -> Any:
    """``LV-79: 60; erdf: 40`` as a table; ``-`` as an empty one."""
    if isinstance(value, str) and value in ("-", "–", "—"):
        return {}
    if field.shape == "head_count" and not (isinstance(value, str) and ":" in value):
        return _number(value)
    if not isinstance(value, str):
        return _word(value)
    table: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in value.split(";"))):
        name, colon, number = part.partition(":")
        if not colon or name.strip() in table:
            return value
        table[name.strip()] = _number(number)
    return table


_READERS: Final[Mapping[str, Callable[[Field, Any], Any]]] = {
    "choice": _choice,
    "yes_no": _yes_no,
    "day": _day,
    "whole": lambda field, value: _number(value),
    "decimal": lambda field, value: _number(value),
    "shares": _named,
    "parameters": _named,
    "head_count": _named,
}


def _places(title: str, row: int, columns: Mapping[int, _Column]) -> Callable[[str], Place]:
    """The cell of a field: of its column for the language, part or condition named, else of its first."""
    letters: dict[str, str] = {}
    for number, column in sorted(columns.items()):
        name = column.field.name
        if column.name.startswith("scope_"):
            name = f"scope.{name}"
        for called in (name, f"{name}.{column.tag}", name.split(".")[0]):
            letters.setdefault(called, get_column_letter(number))

    def where(field: str) -> Place:
        called = field
        while called and called not in letters:
            called = called.rpartition(".")[0]
        return Place(NAME, title, row, letters.get(called, ""), field)

    return where
