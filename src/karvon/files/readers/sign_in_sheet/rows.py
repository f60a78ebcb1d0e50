"""Reads the rows under a header: who is a person, and why the others are not."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import Final, cast

from karvon.files.readers.sign_in_sheet.dates import serial_day
from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, cell_text, is_blank, letter
from karvon.files.readers.sign_in_sheet.headings import is_hxl
from karvon.files.readers.sign_in_sheet.layout import Layout, good_enough, is_candidate, layout_at
from karvon.files.readers.sign_in_sheet.likeness import is_example, is_placeholder, likeness
from karvon.files.readers.sign_in_sheet.words import fold, opens_with, words
from karvon.rules.evidence.sheet import Field, PersonRow, SkippedRow, SkipReason

_PLAIN_NAME: Final = re.compile(
    r"[^\W\d_]+(?:['ʻʼ’`‘-][^\W\d_]+)*\.?(?: [^\W\d_]+(?:['ʻʼ’`‘-][^\W\d_]+)*\.?){1,4}"
)
_LONGEST_NAME: Final = 90
_MOST_HEADER_TRIALS: Final = 60


@dataclass(slots=True)
class BodyRows:
    """What the rows of one table came to."""

    rows: list[PersonRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    placeholders: list[int] = field(default_factory=list)
    """Rows of the file that hold a placeholder or an example instead of a name."""
    looked_at: list[int] = field(default_factory=list)
    """Positions in ``rows`` of people who were not plainly people."""
    next_table: Layout | None = None
    end: int = 0
    """One past the last row of the grid that was read."""


@cache
def _watched() -> frozenset[str]:
    """First words, lower case, of everything that is no name: only rows that begin with one are looked at closely."""
    known = words()
    listed = (
        *known.headers,
        *known.total,
        *known.note,
        *known.section,
        *known.placeholder,
        *known.nobody,
        *known.example,
    )
    return frozenset(entry.split()[0] for entry in listed if entry) | known.organisation


def read_body(
    grid: Grid, layout: Layout, start: int, end: int, *, block: str = "", watch_next: bool = True
) -> BodyRows:
    """Every row from ``start`` to ``end`` as a person or as skipped, each exactly once.

    Stops early where another table of people begins; ``next_table`` is then its layout.
    """
    body = BodyRows(end=end)
    sheet, left, right = grid.sheet, layout.left, layout.right
    columns = _text_columns(grid, layout, start, end)
    names = [columns[c] for c in layout.names]
    fields: list[tuple[Field, list[str]]] = [(f, columns[c]) for f, c in layout.fields.items()]
    keys = tuple(f for f, _ in fields)
    letters = tuple(letter(c) for c in layout.day_columns)
    values = zip(*(texts for _, texts in fields), strict=True)
    marks = zip(*(columns[c] for c in layout.day_columns), strict=True) if letters else repeat(())
    numbers = grid.numbers[start:end] if grid.numbers is not None else range(start + 1, end + 1)
    judge = _Judge(grid, layout, start, end, names, columns)
    ordinary = _ordinary(names, _rows_to_look_at(grid, layout, columns, start, end))
    keep = body.rows.append
    last, trials = -1, _MOST_HEADER_TRIALS if watch_next else 0
    # One pass over plain tuples: what differs from row to row was decided column by column above.
    for offset, (is_ordinary, number, texts, days) in enumerate(
        zip(ordinary, numbers, values, marks, strict=False)
    ):
        if not is_ordinary:
            judge.people, judge.last_person = len(body.rows), last
            row = grid.rows[start + offset]
            if trials and is_candidate(row, left, right):
                trials -= 1
                found = layout_at(grid, start + offset, left, right)
                if (
                    found is not None
                    and found.header[0] >= start
                    and good_enough(found)
                    and not judge.is_repeated(row)
                ):
                    _stop_before(body, found, grid, max(found.header[0], start), start + last + 1)
                    break
            reason = judge.reason(offset)
            if reason is not None:
                body.skipped.append(SkippedRow(sheet, number, reason))
                if judge.was_placeholder:
                    body.placeholders.append(number)
                continue
            body.looked_at.append(len(body.rows))
        last = offset
        cells = dict(zip(keys, texts, strict=True))
        if "" in texts:
            cells = {key: text for key, text in cells.items() if text}
        marked = dict(zip(letters, days, strict=True))
        if "" in days:
            marked = {at: mark for at, mark in marked.items() if mark}
        keep(PersonRow(sheet, number, cells, marked, None, block))
    return body


def _ordinary(names: list[list[str]], closely: set[int]) -> list[bool]:
    """Which rows are plainly people: nothing but letters where the name stands, no watched word."""
    watched = _watched()
    if len(names) == 1:
        plain = _PLAIN_NAME.fullmatch
        flags = [
            plain(name) is not None and name.split(" ", 1)[0].lower() not in watched for name in names[0]
        ]
    else:
        parts = [[text.isalpha() and text.lower() not in watched for text in column] for column in names]
        flags = [all(row) for row in zip(*parts, strict=True)]
    for offset in closely:
        flags[offset] = False
    return flags


def _stop_before(body: BodyRows, following: Layout, grid: Grid, header: int, earliest: int) -> None:
    """Ends a table where another one begins; a title right above the other's header belongs to that."""
    end = header
    while end > earliest and not all(map(is_blank, grid.rows[end - 1])):
        end -= 1
    body.next_table, body.end = following, end if end > earliest else header
    cut = grid.number(body.end)
    body.skipped = [skipped for skipped in body.skipped if skipped.row < cut]
    body.placeholders = [row for row in body.placeholders if row < cut]


def _text_columns(grid: Grid, layout: Layout, start: int, end: int) -> dict[int, list[str]]:
    """Each column the table needs as texts; cells of white space only are empty, merged cells go down."""
    rows = grid.rows[start:end]
    columns: dict[int, list[str]] = {}
    wanted = {*layout.fields.values(), *layout.day_columns}
    every = list(zip(*rows, strict=True)) or [()] * grid.width
    for c in wanted:
        cells = list(every[c])
        texts = (
            cells
            if set(map(type, cells)) <= {str}
            else _texts_of(cells, as_days=c == layout.fields.get("date"))
        )
        columns[c] = _without_white_space(cast(list[str], texts))
    shared = wanted - set(layout.names) - set(layout.day_columns) - {layout.fields.get("number")}
    for span in grid.merges:
        if span.bottom > span.top and span.left in shared and span.left == span.right:
            first = span.top - start
            if 0 <= first < len(rows):
                for offset in range(first + 1, min(span.bottom - start + 1, len(rows))):
                    columns[span.left][offset] = columns[span.left][offset] or columns[span.left][first]
    return columns


def _rows_to_look_at(
    grid: Grid, layout: Layout, columns: dict[int, list[str]], start: int, end: int
) -> set[int]:
    """Rows that need a close look whatever stands in the name column: unnumbered ones, ``Prepared by: ...``."""
    closely: set[int] = set()
    if "number" in layout.fields:
        has_digit = re.compile(r"\d").search
        closely.update(
            i
            for i, text in enumerate(columns[layout.fields["number"]])
            if not text.isdigit() and not has_digit(text)
        )
    first = next((c for c in sorted(layout.headings) if c not in layout.names), layout.left)
    totals = words().total
    for offset, row in enumerate(grid.rows[start:end]):
        cell = row[first]
        if type(cell) is str and cell and (cell[-1] == ":" or cell.lower() in totals):
            closely.add(offset)
    return closely


def _texts_of(cells: list[Cell], *, as_days: bool) -> list[str]:
    if as_days:  # a day that lost its format shows as a serial number
        days = (serial_day(cell) if type(cell) in (int, float) else None for cell in cells)  # type: ignore[arg-type]
        return [day.isoformat() if day else cell_text(cell) for cell, day in zip(cells, days, strict=True)]
    return [
        cell if type(cell) is str
        else "%d" % cell if type(cell) is float and cell % 1 == 0 and abs(cell) < 1e15  # noqa: UP031 (twice as fast)
        else cell_text(cell)
        for cell in cells
    ]  # fmt: skip


def row_texts(row: Sequence[Cell], layout: Layout) -> dict[str, str]:
    """Field -> text of one row as the rows of a table are read; fields without text are absent."""
    return {
        field: text
        for field, c in layout.fields.items()
        if (text := _texts_of([row[c]], as_days=field == "date")[0]).strip()
    }


def column_text(cell: Cell) -> str:
    """One cell's text as the rows of a table are read."""
    return _texts_of([cell], as_days=False)[0]


def _without_white_space(texts: list[str]) -> list[str]:
    return ["" if text.isspace() else text for text in texts] if any(map(str.isspace, texts)) else texts


class _Judge:
    """Knows the table so far, and says of a row that is not plainly a person what it is."""

    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        start: int,
        end: int,
        names: list[list[str]],
        columns: dict[int, list[str]],
    ) -> None:
        self._grid, self._layout, self._start = grid, layout, start
        self._names, self._columns = names, columns
        self._left, self._right = layout.left, layout.right
        self._single = len(names) == 1
        self.people = 0
        self.last_person = -1
        self.was_placeholder = False
        self._follows_at = self._none_before = -1
        number = layout.fields.get("number")
        self._number = columns.get(number) if number is not None else None
        self._typical = self._typical_fill(start, end)
        self._merged = {
            (span.top, span.left): span.right
            for span in grid.merges
            if span.top == span.bottom and span.right > span.left
        }
        shown = [text for text in names[0][:300] if text]
        self._several_words = sum(" " in text.strip() for text in shown) >= 0.7 * len(shown)
        self._mixed_case = sum(text.isupper() for text in shown) <= 0.4 * len(shown)
        self._marked = set(layout.day_columns)
        self._answers = {
            c for f, c in layout.fields.items() if f in ("email", "phone", "sex", "signature", "date")
        }

    def _typical_fill(self, start: int, end: int) -> int:
        sizes = Counter(
            filled
            for row in self._grid.rows[start : min(end, start + 300)]
            if (filled := sum(not is_blank(cell) for cell in row[self._left : self._right]))
        )
        named = [size for size, count in sizes.items() for _ in range(count)]
        return sorted(named)[len(named) // 2] if named else 0

    def is_repeated(self, row: Sequence[Cell]) -> bool:
        """The header once more, as at the top of a printed page."""
        headings = self._layout.headings
        said = {c: fold(cell_text(row[c])) for c in range(self._left, self._right) if not is_blank(row[c])}
        same = sum(
            1
            for c, text in said.items()
            if text and c in headings and (text == headings[c] or text in headings[c])
        )
        named = any(said.get(c) and said[c] in headings.get(c, "") for c in self._layout.names)
        return bool(said) and named and same >= 0.6 * len(said)

    def reason(self, offset: int) -> SkipReason | None:
        """Why a row is no person, or ``None`` when it is one."""
        self.was_placeholder = False
        index = self._start + offset
        row = self._grid.rows[index][self._left : self._right]
        filled = [i for i, cell in enumerate(row) if not is_blank(cell)]
        if not filled:
            return "blank"
        if is_hxl(row):
            return "hxl"
        if self.is_repeated(self._grid.rows[index]):
            return "repeated_header"
        texts = [column[offset].strip() for column in self._names]
        name = " ".join(text for text in reversed(texts) if text)
        first = cell_text(row[filled[0]]).strip()
        if not name:
            return self._without_name(row, filled, first, index)
        return self._with_name(offset, index, row, filled, first, name)

    def _without_name(self, row: list[Cell], filled: list[int], first: str, index: int) -> SkipReason:
        texts = [cell_text(row[i]).strip() for i in filled if isinstance(row[i], str)]
        if any(
            opens_with(text, "total") and not opens_with(text, "weekday")
            for text in texts[:2]
            if len(text) < 60
        ):
            return "total"
        number = self._layout.fields.get("number")
        if len(filled) == 1:
            at = self._left + filled[0]
            if (
                not isinstance(row[filled[0]], str)
                or (at == number and (len(first) < 3 or any(sign.isdigit() for sign in first)))
                or at in self._marked
                or at in self._answers
            ):
                return "nameless"
            if (
                len(first) > 70
                or (opens_with(first, "note") and not opens_with(first, "section"))
                or first.startswith("*")
            ):
                return "note"
            if not any(sign.isalpha() for sign in first):
                return "nameless"
            return "section" if self._people_may_follow(index) else "note"
        if (
            texts
            and ((opens_with(texts[0], "note") and not opens_with(texts[0], "section")) or len(texts[0]) > 70)
            and (len(filled) <= max(2, self._typical // 2))
        ):
            return "note"
        return "nameless"

    def _with_name(
        self, offset: int, index: int, row: list[Cell], filled: list[int], first: str, name: str
    ) -> SkipReason | None:
        if is_placeholder(name) or is_example(name) or is_example(first):
            self.was_placeholder = True
            return "nameless"
        like = likeness(name)
        alone = len(filled) == 1
        few = len(filled) <= max(1, self._typical // 2)
        if self._is_total(name, first, like):
            return "total"
        if not any(sign.isalpha() for sign in name):
            return "nameless"
        if len(name) > _LONGEST_NAME:
            return "note"
        if self._single and not isinstance(self._grid.rows[index][self._layout.names[0]], str):
            return "nameless"
        if (few or alone) and self._is_note(name, first, like):
            return "note"
        if first is not name and first.endswith(":") and opens_with(first, "note"):
            return "note"
        if alone and self._typical > 1 and self._is_section(index, filled, name, like, offset):
            return "section" if self._people_may_follow(index) else "note"
        if self._is_signing_off(offset, index, filled):
            return "note"
        if like == "no" and self._typical <= 2 and self._is_no_name_in_list(name):
            return "note" if not self._people_may_follow(index) else "section"
        return None

    def _is_total(self, name: str, first: str, like: str) -> bool:
        for text in (name, first):
            if opens_with(text, "total") and likeness(text) != "strong":
                return like != "strong" or text is first
        return False

    def _is_note(self, name: str, first: str, like: str) -> bool:
        for text in (first, name):
            if text.startswith("*") or (
                opens_with(text, "note") and (":" in text or likeness(text) != "strong")
            ):
                return True
        return like == "no" and (":" in name or len(name.split()) > 6)

    def _is_section(self, index: int, filled: list[int], name: str, like: str, offset: int) -> bool:
        at = self._left + filled[0]
        wide = self._merged.get((index, at), at) - at
        if wide >= 1 and (wide + 1 >= 0.5 * (self._right - self._left) or at not in self._layout.names):
            return like != "strong" or opens_with(name, "section") or at not in self._layout.names
        if at not in self._layout.names:
            return True
        if name.endswith(":") or like == "no" or (opens_with(name, "section") and like != "strong"):
            return True
        if like == "strong" and not name.isupper():
            return False
        after_gap = offset > 0 and not any(column[offset - 1] for column in self._names)
        if after_gap and self._typical > 2 and like != "strong":
            return True
        # "LATVIA" above the people of Latvia: one word, or capitals, where names are not written so
        return (self._single and " " not in name and self._several_words) or (
            name.isupper() and self._mixed_case
        )

    def _is_signing_off(self, offset: int, index: int, filled: list[int]) -> bool:
        """A name below the list that signs for it: no number where all others have one, after a gap."""
        if self.people < 2 or offset - self.last_person < 2 or self._number is None:
            return False
        before = self._number[: self.last_person + 1]
        numbered = sum(map(bool, before)) >= 0.9 * self.people
        return numbered and not self._number[offset] and len(filled) <= max(2, self._typical // 2)

    def _is_no_name_in_list(self, name: str) -> bool:
        return name.endswith((":", ".")) and len(name.split()) > 3

    def _people_may_follow(self, index: int) -> bool:
        """Whether a row with a name comes soon after."""
        begin = index - self._start + 1
        if self._follows_at >= begin:
            return True
        end = min(begin + 40, len(self._names[0]))
        for offset in range(max(begin, self._none_before), end):  # no row is looked at twice
            text = " ".join(column[offset] for column in self._names).strip()
            if text and not opens_with(text, "total") and not opens_with(text, "note"):
                row = self._grid.rows[self._start + offset][self._left : self._right]
                if (
                    self._typical <= 1
                    or sum(not is_blank(cell) for cell in row) > 1
                    or likeness(text) == "strong"
                ):
                    self._follows_at = offset
                    return True
        self._none_before = max(self._none_before, end)
        return False
