"""xlsx, xls and ods through calamine, after a look at what it would be made to unpack."""

import io
import pathlib
import re
from typing import Final
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, Span, column
from karvon.files.readers.sign_in_sheet.limits import MOST_CELLS
from karvon.files.readers.sign_in_sheet.package import Package
from karvon.rules.problems import Place, Problem, Refused

_UNCACHED: Final = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_BEYOND_Z: Final = re.compile(rb' r="[A-Z]{2}')
_WIDE: Final = re.compile(rb'\br="([A-Z]{2,3})\d')
_REFERENCE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ODS_REPEAT: Final = re.compile(rb'number-(?:rows|columns)-repeated="(\d{4,})"')
_ODS_UNCACHED: Final = re.compile(
    rb"<table:table-cell\b(?=[^<>]*table:formula=)(?![^<>]*office:(?:value-type|value|string-value))[^<>]*>"
)
_OVERLAP: Final = 4096


def read_package(
    package: Package, kind: str, path: pathlib.Path, here: Place
) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    """The sheets of an xlsx or ods; raises ``Refused`` when it is damaged or would fill the memory."""
    problems = _look_into_xlsx(package, here) if kind == "xlsx" else _look_into_ods(package, here)
    return _sheets(package.data, path if path.suffix.lower() == f".{kind}" else None, here), tuple(problems)


def read_old(data: bytes, here: Place) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    """The sheets of an xls."""
    return _sheets(data, None, here), ()


def _sheets(data: bytes, path: pathlib.Path | None, here: Place) -> tuple[Grid, ...]:
    try:
        # Straight from the disk is faster, but then calamine goes by the ending.
        book = CalamineWorkbook.from_path(path) if path else CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = []
        for index, about in enumerate(book.sheets_metadata):
            if about.typ not in (SheetTypeEnum.WorkSheet, SheetTypeEnum.MacroSheet):
                continue
            sheet = book.get_sheet_by_index(index)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise _too_wide(Place(here.file, about.name), sheet.total_height * sheet.total_width)
            grids.append(_grid(sheet, hidden=about.visible != SheetVisibleEnum.Visible))
        return tuple(grids)
    except Refused:
        raise
    except PasswordError:
        raise Refused(Problem("sheet.encrypted", here)) from None
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError):
        raise Refused(Problem("sheet.damaged", here)) from None
    except BaseException as panic:
        if type(panic).__name__ == "PanicException":  # the reader gave up: not an Exception, so named here
            raise Refused(Problem("sheet.damaged", here)) from None
        raise


def _grid(sheet: CalamineSheet, *, hidden: bool) -> Grid:
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    merges = tuple(
        Span(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Grid(sheet.name, rows, merges, hidden=hidden)


def _too_wide(place: Place, cells: int) -> Refused:
    return Refused(Problem("sheet.too_many_cells", place, {"cells": cells}))


def _look_into_xlsx(package: Package, here: Place) -> list[Problem]:
    """Unpacks each part once, so that declared sizes are proved, and finds formulas nobody has calculated."""
    names = _sheet_names(package)
    package.check_all(besides=frozenset(names))
    problems: list[Problem] = []
    for part, name in names.items():
        uncached, first, widest, last_row, tail = 0, "", 0, 0, b""
        for piece in package.chunks(part):
            text = tail + piece
            formulas = _UNCACHED.finditer(text) if b"<f" in text or b":f" in text else ()
            for found in formulas:
                if found.end() <= len(tail):
                    continue
                uncached += 1
                if not first:
                    before = _REFERENCE.findall(text, max(0, found.start() - _OVERLAP), found.start())
                    first = b"".join(before[-1]).decode() if before else ""
            for letters in set(_WIDE.findall(text)) if _BEYOND_Z.search(text) else ():
                widest = max(widest, column(letters.decode()) + 1)
            end = max(text.rfind(b"</c>"), text.rfind(b":c>"))
            if end >= 0 and (rows := _REFERENCE.findall(text, max(0, end - 8 * _OVERLAP), end)):
                last_row = max(last_row, int(rows[-1][1]))
            tail = text[-_OVERLAP:]
        if widest > 26 and widest * last_row > MOST_CELLS:
            widest = _widest_valued(package, part)
        if max(widest, 1) * last_row > MOST_CELLS:
            raise _too_wide(Place(here.file, name), widest * last_row)
        if uncached:
            place = Place(here.file, name, key=first)
            problems.append(Problem("sheet.formula_without_value", place, {"n": uncached}, "warning"))
    return problems


def _widest_valued(package: Package, part: str) -> int:
    """The last column with a value, when formatted but empty cells reach far to the right."""
    widest, tail = 1, b""
    for piece in package.chunks(part):
        text = tail + piece
        for letters in set(re.findall(rb'<(?:\w+:)?c\b[^<>]*\br="([A-Z]{1,3})\d+"[^<>/]*>', text)):
            widest = max(widest, column(letters.decode()) + 1)
        tail = text[-_OVERLAP:]
    return widest


def _sheet_names(package: Package) -> dict[str, str]:
    """Path of each worksheet's part -> the sheet's name."""
    workbook = next((n for n in package.names if n.endswith("xl/workbook.xml")), "")
    if not workbook:
        return {}
    relations = re.sub(r"([^/]+)$", r"_rels/\1.rels", workbook)
    targets: dict[str, str] = {}
    try:
        if relations in package.names:
            for relation in ElementTree.fromstring(_harmless(package, relations)):  # noqa: S314 (no DTD gets here)
                targets[relation.get("Id", "")] = relation.get("Target", "")
        names: dict[str, str] = {}
        for element in ElementTree.fromstring(_harmless(package, workbook)).iter():  # noqa: S314 (no DTD gets here)
            if element.tag.endswith("}sheet"):
                target = next(
                    (targets[v] for k, v in element.items() if k.endswith("}id") and v in targets), ""
                )
                part = target.lstrip("/") if target.startswith("/") else "xl/" + target
                if part in package.names:
                    names[part] = element.get("name", "")
    except ElementTree.ParseError:
        raise Refused(Problem("sheet.damaged", package.here)) from None
    return names


def _harmless(package: Package, part: str) -> bytes:
    text = package.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused(Problem("sheet.damaged", package.here))
    return text


def _look_into_ods(package: Package, here: Place) -> list[Problem]:
    package.check_all(besides=frozenset({"content.xml"}))
    content = _harmless(package, "content.xml")
    if _ODS_REPEAT.search(content):
        _check_ods_repeats(content, here)
    uncached = len(_ODS_UNCACHED.findall(content))
    return [Problem("sheet.formula_without_value", here, {"n": uncached}, "warning")] if uncached else []


def _check_ods_repeats(content: bytes, here: Place) -> None:
    """Repeated cells and rows may say "a million times": count the rectangle that has content."""
    name, row, height, width, used = "", 0, 0, 0, 0
    rows_at = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):  # noqa: S314 (no DTD gets here)
            tag = element.tag
            if event == "start":
                if tag == rows_at + "table":
                    name, row, height, width = element.get(rows_at + "name", ""), 0, 0, 0
                elif tag == rows_at + "table-row":
                    used = 0
                continue
            if tag == rows_at + "table-row":
                used, position = 0, 0
                for cell in element:
                    position += int(cell.get(rows_at + "number-columns-repeated", 1))
                    if len(cell) or cell.get(office + "value-type"):
                        used = position
                row += int(element.get(rows_at + "number-rows-repeated", 1))
                if used:
                    height, width = row, max(width, used)
                if height * width > MOST_CELLS:
                    raise _too_wide(Place(here.file, name), height * width)
                element.clear()
    except (ElementTree.ParseError, ValueError):
        raise Refused(Problem("sheet.damaged", here)) from None
