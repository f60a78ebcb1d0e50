"""Tables side by side under one row of headers."""

import itertools
from dataclasses import replace
from typing import Final

from karvon.files.readers.sign_in_sheet.grid import Grid, is_blank
from karvon.files.readers.sign_in_sheet.layout import Layout, good_enough, layout_at

_NEAR: Final = 400


def side_by_side(grid: Grid, layout: Layout) -> tuple[Layout, ...]:
    """The blocks of a header row, each with its own columns; one block when the table is a single one."""
    if not layout.header or layout.guessed:
        return (layout,)
    anchor = next(
        (
            i
            for i in layout.header
            if any(c in layout.names and not is_blank(grid.rows[i][c]) for c in layout.names)
        ),
        layout.header[0],
    )
    for borders in (_by_repetition(layout), _by_gaps(grid, layout)):
        if len(borders) < 2:
            continue
        edges = [*borders, layout.right]
        edges[0] = layout.left
        found = [layout_at(grid, anchor, a, b) for a, b in itertools.pairwise(edges)]
        kept = [block for block in found if block is not None and good_enough(block)]
        if len(kept) == len(found) and len(kept) > 1 and any(block.likeness.filled for block in kept):
            header = tuple(sorted({i for block in kept for i in block.header}))
            return tuple(replace(block, header=header) for block in kept)
    return (layout,)


def _by_repetition(layout: Layout) -> list[int]:
    """Left edges where the headings begin to repeat: ``No Name Sign | No Name Sign``."""
    headings = layout.headings
    first = min(layout.names)
    again = [c for c, text in sorted(headings.items()) if text == headings.get(first) and c != first]
    if not again or first not in headings:
        return []
    edges: list[int] = []
    for position in (first, *again):
        back = 0
        while (
            position - back - 1 not in (first, *again)
            and first - back - 1 >= layout.left
            and headings.get(first - back - 1)
            and headings.get(position - back - 1) == headings.get(first - back - 1)
        ):
            back += 1
        edges.append(position - back)
    return edges


def _by_gaps(grid: Grid, layout: Layout) -> list[int]:
    """Left edges of stretches of columns between columns that are empty in header and body."""
    rows = grid.rows[layout.header[0] : layout.body + _NEAR]
    empty = [all(is_blank(row[c]) for row in rows) for c in range(layout.left, layout.right)]
    edges, was_empty = [], True
    for offset, is_empty in enumerate(empty):
        if was_empty and not is_empty:
            edges.append(layout.left + offset)
        was_empty = is_empty
    return edges
