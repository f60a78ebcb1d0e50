"""Lists whose names stand under no heading: recognised only when the cells of a column are plainly people's names."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, cell_text, is_blank
from karvon.files.readers.sign_in_sheet.headings import heading_text, is_hxl, kind_of, names_day
from karvon.files.readers.sign_in_sheet.layout import Layout, good_enough, layout_at
from karvon.files.readers.sign_in_sheet.likeness import column_likeness, likeness
from karvon.files.readers.sign_in_sheet.words import words
from karvon.rules.evidence.sheet import Field

_SAMPLE: Final = 300
_FEWEST: Final = 3
_FIRST_ROWS: Final = 40
_STAND_IN: Final = "Name"
_MANY_DAYS: Final = 3
_TAGS_OF_DEEDS: Final = frozenset(
    {
        "activity", "sector", "subsector", "reached", "targeted", "affected", "beneficiary", "indicator", "item",
        "output", "capacity", "population", "value", "loc", "crisis", "inneed", "modality", "cause", "impact",
    }
)  # fmt: skip
_TAGS: Final = {
    "contact": "Name", "person": "Name", "org": "Organisation", "country": "Country", "adm1": "Region",
    "email": "Email", "phone": "Phone", "given": "First name", "family": "Surname", "surname": "Surname",
    "first": "First name", "last": "Surname", "title": "Position", "sex": "Sex", "date": "Date",
}  # fmt: skip


def unheaded_layout(grid: Grid) -> Layout | None:
    """The layout of a table whose header heads everything but the names, or heads them by the day.

    Only where the other headings are days with marks under them or what is asked of people, and the cells under
    the empty head are names; or where HXL tags are the only header.
    """
    tried = 0
    for index, row in enumerate(grid.rows[:_FIRST_ROWS]):
        filled = [c for c, cell in enumerate(row) if not is_blank(cell)]
        if len(filled) < 2 or tried > 8:
            continue
        if is_hxl(row):
            if any(_tag(cell)[0] in _TAGS_OF_DEEDS for cell in row):
                return None  # who does what where: the contact is no participant
            layout = _under(grid, index, dict(enumerate(map(_tag_in_words, row))))
            if (
                layout is not None
                and layout.likeness.filled
                and layout.likeness.no < 0.2
                and good_enough(layout)
            ):
                return layout
            return None
        days = [c for c in filled if names_day(row[c]) or _is_day_number(row[c])]
        asked = [c for c in filled if kind_of(heading_text(row[c])) in _ASKED]
        if (len(days) < _MANY_DAYS and len(asked) < 2) or len(days) + len(asked) < 0.6 * len(filled):
            continue
        tried += 1
        c = _column_of_names(grid, index, days)
        layout = None if c is None else _under(grid, index, {c: _STAND_IN})
        if layout is None or not good_enough(layout):
            continue
        told = [
            cell for row in grid.rows[layout.body : layout.body + _SAMPLE] for cell in _marks(row, layout)
        ]
        if len(layout.days) >= _MANY_DAYS and any(isinstance(cell, str) for cell in told):
            return layout
        if len(asked) >= 2 and layout.likeness.strong + layout.likeness.shape >= 0.8:
            return layout
    return None


_ASKED: Final = frozenset(
    {"number", "organisation", "position", "phone", "email", "sex", "signature", "role", "person_context"}
)


def _marks(row: Sequence[Cell], layout: Layout) -> list[Cell]:
    return [row[c] for c in layout.day_columns if not is_blank(row[c])]


def _is_day_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and cell in range(1, 32)


def _tag(cell: Cell) -> list[str]:
    """``#contact+name`` as ``contact``, ``name``."""
    return cell_text(cell).strip().lower().lstrip("# ").split("+")


def _tag_in_words(cell: Cell) -> str:
    """``#contact+name`` as the heading it stands for; empty where the tag says nothing of people."""
    tag, *attributes = _tag(cell)
    for part in (*attributes, tag):
        if part in _TAGS and not (part == "title" and tag not in ("contact", "person")):
            return _TAGS[part]
    return ""


def _column_of_names(grid: Grid, index: int, days: Sequence[int]) -> int | None:
    """The first column whose head is empty, or speaks of days above names, and whose cells are names."""
    rows = [row for row in grid.rows[index + 1 : index + 1 + _SAMPLE] if not all(map(is_blank, row))]
    end = min(days) if len(days) >= _MANY_DAYS else min(grid.width, 12)
    for c in range(end):
        head = grid.rows[index][c]
        if not is_blank(head) and not (
            len(days) >= _MANY_DAYS and kind_of(heading_text(head)) in ("", "date")
        ):
            continue
        texts = [text for row in rows if (text := cell_text(row[c])).strip()]
        likely = column_likeness(texts)
        if (
            len(texts) < max(2, 0.6 * len(rows))
            or likely.no > 0.2
            or all(text.strip().isdigit() for text in texts)
        ):
            continue
        if likely.strong + likely.shape >= 0.5 or len(days) >= _MANY_DAYS:
            return c
    return None


def _under(grid: Grid, index: int, heads: dict[int, str]) -> Layout | None:
    """The layout as if these cells stood in the header row."""
    row = [heads.get(c, cell) for c, cell in enumerate(grid.rows[index])]
    rows = [*grid.rows[:index], row, *grid.rows[index + 1 :]]
    return layout_at(replace(grid, rows=rows), index, 0, grid.width)


def guessed_layout(grid: Grid) -> Layout | None:
    """The layout of a list without a header, or ``None`` when no column is plainly one of names.

    Titles above the list, alone in their rows, are passed over.
    """
    start = _past_titles(grid)
    rows = [row for row in grid.rows[start : start + _SAMPLE] if not all(map(is_blank, row))]
    for c in range(min(grid.width, 12)):
        texts = [cell_text(row[c]) for row in rows]
        filled = [text for text in texts if text.strip()]
        if len(filled) < max(_FEWEST, 0.7 * len(rows)) or _is_headed(rows, c):
            continue
        likely = column_likeness(filled)
        several = sum(1 for text in filled if len(text.split()) > 1) / len(filled)
        fields: dict[Field, int] = {"name": c}
        fields.update(_others(rows, c, grid.width))
        needed = 0.3 if {"email", "phone"} & fields.keys() else 0.6
        if likely.strong >= needed and likely.strong + likely.shape >= 0.85 and several >= 0.8:
            return Layout((), 0, grid.width, fields, (), (), {}, 0.0, likely, guessed=True, first=start)
    return None


def _past_titles(grid: Grid) -> int:
    """The first row that is no title: more than one cell, or text that looks like a name."""
    for index, row in enumerate(grid.rows[:20]):
        filled = [cell for cell in row if not is_blank(cell)]
        if len(filled) > 1 or (filled and likeness(cell_text(filled[0])) != "no"):
            return index
    return 0


def _is_headed(rows: list[list[Cell]], c: int) -> bool:
    """Whether the first cell is a word that names the column, though no word for people: ``Author``, ``Director``."""
    first = next((cell_text(row[c]).strip() for row in rows if not is_blank(row[c])), "")
    lead = [cell_text(cell).strip() for cell in rows[0] if not is_blank(cell)]
    known = sum(1 for text in lead if kind_of(text))
    return (
        kind_of(first) in ("never", "thing", "organisation", "position")
        or likeness(first) in ("no",)
        or (known >= max(1, len(lead) // 2))
        or (likeness(first) == "unknown" and len(lead) > 1)
    )


def _others(rows: list[list[Cell]], name: int, width: int) -> dict[Field, int]:
    found: dict[Field, int] = {}
    places = words().organisation
    for c in range(width):
        texts = [cell_text(row[c]).strip() for row in rows if not is_blank(row[c])]
        if c == name or len(texts) < 0.5 * len(rows):
            continue
        if all("@" in text and " " not in text for text in texts):
            found.setdefault("email", c)
        elif all(text.isdigit() and len(text) <= 4 for text in texts) and c < name:
            found.setdefault("number", c)
        elif all(
            len(text) >= 7 and sum(sign.isdigit() for sign in text) >= 0.6 * len(text) for text in texts
        ):
            found.setdefault("phone", c)
        elif sum(any(part in places for part in text.casefold().split()) for text in texts) >= 0.5 * len(
            texts
        ):
            found.setdefault("organisation", c)
    return found
