"""Writes sheets as people keep them, for the tests of their reader."""

import pathlib
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

Write = Callable[..., pathlib.Path]


@pytest.fixture
def xlsx(tmp_path: pathlib.Path) -> Write:
    """``xlsx(rows, merges=["A1:C1"])`` or ``xlsx({"Day 1": rows, "Day 2": rows})``."""

    def write(
        rows: Sequence[Sequence[Any]] | dict[str, Sequence[Sequence[Any]]],
        *,
        merges: Sequence[str] = (),
        file: str = "list.xlsx",
        hidden: Sequence[str] = (),
    ) -> pathlib.Path:
        sheets = rows if isinstance(rows, dict) else {"Sheet1": rows}
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, listed in sheets.items():
            sheet = book.create_sheet(name)
            for number, row in enumerate(listed, 1):
                for at, cell in enumerate(row, 1):
                    if cell is not None and cell != "":
                        sheet.cell(number, at, cell)
            for span in merges:
                sheet.merge_cells(span)
            if name in hidden:
                sheet.sheet_state = "hidden"
        path = tmp_path / file
        book.save(path)
        return path

    return write


@pytest.fixture
def text(tmp_path: pathlib.Path) -> Write:
    """``text("Name,Email\\n...", encoding="cp1257", file="list.csv")``."""

    def write(content: str | bytes, *, encoding: str = "utf-8", file: str = "list.csv") -> pathlib.Path:
        path = tmp_path / file
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
