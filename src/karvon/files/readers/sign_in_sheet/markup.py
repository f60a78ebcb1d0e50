"""Tables of an HTML page: many systems export one under the name of a workbook."""

from html.parser import HTMLParser

from karvon.files.readers.sign_in_sheet.delimited import decode
from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, Span, equally_wide
from karvon.files.readers.sign_in_sheet.limits import MOST_CELLS
from karvon.rules.problems import Place, Problem


def read(data: bytes, here: Place) -> tuple[tuple[Grid, ...], tuple[Problem, ...]]:
    """One grid per table that holds no other table, named ``Table 1`` ..."""
    text, problems = decode(data, here)
    parser = _Tables(here)
    parser.feed(text)
    parser.close()
    return tuple(Grid(f"Table {n}", *table) for n, table in enumerate(parser.done, 1)), problems


class _Tables(HTMLParser):
    def __init__(self, here: Place) -> None:
        super().__init__(convert_charrefs=True)
        self._here = here
        self.done: list[tuple[list[list[Cell]], tuple[Span, ...]]] = []
        self._rows: list[list[Cell]] | None = None
        self._merges: list[Span] = []
        self._held: dict[tuple[int, int], bool] = {}
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._rows, self._merges, self._held, self._cell = [], [], {}, None
        elif self._rows is None:
            return
        elif tag == "tr":
            self._end_cell()
            self._rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            given = dict(attrs)
            self._cell, self._spans = [], (_span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._rows is not None:
            self._end_cell()
            self.done.append((equally_wide(self._rows, self._here), tuple(self._merges)))
            self._rows = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None or self._rows is None:
            return
        if not self._rows:
            self._rows.append([])
        row, top = self._rows[-1], len(self._rows) - 1
        while (top, len(row)) in self._held:
            row.append("")
        down, wide = self._spans
        if down > 1 or wide > 1:
            self._merges.append(Span(top, len(row), top + down - 1, len(row) + wide - 1))
            for below in range(top + 1, top + down):
                self._held.update(((below, c), True) for c in range(len(row), len(row) + wide))
        self._cells += wide
        if self._cells <= MOST_CELLS:
            row.append("".join(self._cell).strip())
            row.extend([""] * (wide - 1))
        self._cell = None


def _span(written: str | None) -> int:
    return min(int(written), 200) if written and written.isdigit() and int(written) else 1
