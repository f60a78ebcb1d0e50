"""Tables of a docx, each as a grid; merged cells keep their place."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, Span, equally_wide
from karvon.files.readers.sign_in_sheet.package import Package
from karvon.rules.problems import Place, Problem, Refused

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read(package: Package, here: Place) -> tuple[Grid, ...]:
    """One grid per table, in reading order, named ``Table 1``, ``Table 2`` ...; tables inside cells come after.

    Deleted text of tracked changes is left out, inserted text is kept.
    """
    text = package.read("word/document.xml")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused(Problem("sheet.damaged", here))
    package.check_all(besides=frozenset({"word/document.xml"}))
    if _STRICT[1:-1].encode() in text:
        text = text.replace(_STRICT[1:-1].encode(), _W[1:-1].encode())
    try:
        document = ElementTree.fromstring(text)  # noqa: S314 (no DTD gets here)
    except (ElementTree.ParseError, RecursionError):
        raise Refused(Problem("sheet.damaged", here)) from None
    return tuple(_grid(table, f"Table {n}", here) for n, table in enumerate(document.iter(_W + "tbl"), 1))


def _grid(table: ElementTree.Element, name: str, here: Place) -> Grid:
    rows: list[list[Cell]] = []
    merges: list[Span] = []
    open_down: dict[
        int, tuple[int, int]
    ] = {}  # left column -> (top row, right column) of a cell merged downwards
    for index, row in enumerate(_parts(table, "tr")):
        cells: list[Cell] = [""] * _number(row, "trPr/gridBefore")
        for cell in _parts(row, "tc"):
            left, wide = len(cells), max(1, _number(cell, "tcPr/gridSpan"))
            right = left + wide - 1
            merge = cell.find(_path("tcPr/vMerge"))
            continues = merge is not None and merge.get(_W + "val", "continue") == "continue"
            if continues and left in open_down:
                top, was_right = open_down[left]
                merges = [m for m in merges if (m.top, m.left) != (top, left)]
                merges.append(Span(top, left, index, was_right))
                cells.extend([""] * wide)
                continue
            open_down.pop(left, None)
            if merge is not None:
                open_down[left] = (index, right)
            if wide > 1:
                merges.append(Span(index, left, index, right))
            cells.append(_text(cell))
            cells.extend([""] * (wide - 1))
        rows.append(cells)
    return Grid(name, equally_wide(rows, Place(here.file, name)), tuple(merges))


def _parts(element: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    """Rows of a table or cells of a row, also where content controls or tracked changes wrap them."""
    for child in element:
        if child.tag == _W + tag:
            yield child
        elif child.tag in (_W + "sdt", _W + "sdtContent", _W + "customXml", _W + "ins"):
            yield from _parts(child, tag)


def _path(path: str) -> str:
    return "/".join(_W + step for step in path.split("/"))


def _number(element: ElementTree.Element, path: str) -> int:
    found = element.find(_path(path))
    value = found.get(_W + "val", "0") if found is not None else "0"
    return min(int(value), 1000) if value.isdigit() else 0


def _text(cell: ElementTree.Element) -> str:
    return "\n".join("".join(_runs(paragraph)) for paragraph in _paragraphs(cell)).rstrip("\n")


def _paragraphs(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in element:
        if child.tag == _W + "p":
            yield child
        elif child.tag != _W + "tbl":
            yield from _paragraphs(child)


def _runs(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag == _W + "tab":
            yield "\t"
        elif child.tag in (_W + "br", _W + "cr"):
            yield "\n"
        elif child.tag == _W + "noBreakHyphen":
            yield "‑"
        elif child.tag not in (_W + "del", _W + "moveFrom", _W + "instrText", _W + "pPr", _W + "rPr"):
            yield from _runs(child)
