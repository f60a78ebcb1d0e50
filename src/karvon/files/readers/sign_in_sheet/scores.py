"""Columns of test scores: found after everything else is read, so that they change nothing of who is on a list."""

from dataclasses import replace
from functools import cache
from typing import Final

from karvon import catalog
from karvon.files.readers.sign_in_sheet.grid import Grid, column
from karvon.files.readers.sign_in_sheet.layout import Layout, heading_stack
from karvon.files.readers.sign_in_sheet.rows import BodyRows, column_text
from karvon.files.readers.sign_in_sheet.words import fold, without_hints
from karvon.rules.attendance import ScoreField, score_read
from karvon.rules.evidence.corrections import SheetCorrections

_MOSTLY: Final = 0.5
"""Of the cells that say anything in a column of scores, more than so many are numbers."""


def with_scores(grid: Grid, layout: Layout, body: BodyRows, said: SheetCorrections) -> Layout:
    """The layout with its columns of scores; the people's rows get their cells.

    A column is one only where nothing else was found in it, its heading is one of the catalogue's, whole, no other
    column has such a heading, and what stands below is numbers. What a person said of columns goes before.
    """
    taken = {*layout.fields.values(), *layout.day_columns, *_said(said)}
    told = {means.means for _, means in said.columns}
    found: dict[ScoreField, list[int]] = {}
    for at in range(layout.left, layout.right) if layout.header and body.rows else ():
        field = _score_field([text for _, text in heading_stack(grid, layout, at)])
        if field is not None and at not in taken and field not in told and field not in layout.fields:
            found.setdefault(field, []).append(at)
    index = {grid.number(place): place for place in range(len(grid.rows))} if found else {}
    fields = dict(layout.fields)
    for field, columns in found.items():
        texts = {row.row: column_text(grid.rows[index[row.row]][columns[0]]) for row in body.rows}
        filled = [text for text in texts.values() if text.strip()]
        numbers = sum(score_read(text) is not None for text in filled)
        if len(columns) > 1 or not filled or numbers <= _MOSTLY * len(filled):
            continue
        fields[field] = columns[0]
        body.rows = [
            replace(row, cells={**row.cells, field: texts[row.row]}) if texts[row.row].strip() else row
            for row in body.rows
        ]
    return replace(layout, fields=fields) if len(fields) > len(layout.fields) else layout


def _said(said: SheetCorrections) -> set[int]:
    return {column(name) for name, _ in said.columns}


def _score_field(headings: list[str]) -> ScoreField | None:
    """The score a column's headings name: the lowest alone, or all of them from top to bottom."""
    known = _headings()
    for text in (*headings[-1:], " ".join(headings)):
        if found := known.get(fold(without_hints(text)).rstrip(" %")):
            return found
    return None


@cache
def _headings() -> dict[str, ScoreField]:
    words = catalog.load("score_words")
    return {
        **{fold(text): "score_before" for text in words["before"]},
        **{fold(text): "score_after" for text in words["after"]},
    }
