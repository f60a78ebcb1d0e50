"""Lists without any header: recognised only when nearly every cell of a column is plainly a person's name."""

from typing import Final

from karvon.files.readers.sign_in_sheet.grid import Cell, Grid, cell_text, is_blank
from karvon.files.readers.sign_in_sheet.headings import kind_of
from karvon.files.readers.sign_in_sheet.layout import Layout
from karvon.files.readers.sign_in_sheet.likeness import column_likeness, likeness
from karvon.files.readers.sign_in_sheet.words import words
from karvon.rules.evidence.sheet import Field

_SAMPLE: Final = 300
_FEWEST: Final = 3


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
        if likely.strong >= 0.6 and likely.strong + likely.shape >= 0.85 and several >= 0.8:
            fields: dict[Field, int] = {"name": c}
            fields.update(_others(rows, c, grid.width))
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
