"""A corrected version beside the sheet it replaces: lines that stay, changed, came and went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from karvon.queries.bringing import KeptRow
from karvon.rules.attendance import ScoreField
from karvon.rules.evidence.line import KeptLine, WrittenLine, align, said_by, written_name


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that says something else now; ``asks``: somebody's word rests on it and must be confirmed."""

    line: str
    row: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    asks: bool


@dataclass(frozen=True, slots=True)
class Compared:
    same: int
    moved: int
    """Of these, how many stand in another row."""
    changed: tuple[ChangedLine, ...]
    added: tuple[tuple[int, str], ...]
    """Row and name."""
    removed: tuple[tuple[int, str], ...]

    @property
    def asks(self) -> bool:
        return any(line.asks for line in self.changed)


def compare(kept: Sequence[KeptRow], written: Sequence[WrittenLine]) -> Compared:
    """What the new version says of each line; a line is recognised as `rules.evidence.line.align` does."""
    alignment = align(written, [row.kept for row in kept])
    by_line = {row.kept.line: row for row in kept}
    same = moved = 0
    changed, added = [], []
    for line, found in zip(written, alignment.kept, strict=True):
        if found is None:
            added.append((line.row, line.name))
        elif _stays(found, line):
            same += 1
            moved += (found.table, found.row, found.block) != (line.table, line.row, line.block)
        else:
            before, after = _differ(found.cells, line.cells, found.marks, line.marks)
            row = by_line[found.line]
            asks = bool(row.decisions or row.signed) and said_by(found.cells) != said_by(line.cells)
            changed.append(ChangedLine(found.line, line.row, before, after, asks))
    removed = [
        (by_line[line].kept.row, written_name(by_line[line].kept.cells, {})) for line in alignment.gone
    ]
    return Compared(same, moved, tuple(changed), tuple(added), tuple(removed))


def _stays(found: KeptLine, line: WrittenLine) -> bool:
    """Whether the line says all it said, test scores and marks included."""
    scores = [[cells.get(field) for field in get_args(ScoreField)] for cells in (found.cells, line.cells)]
    return (
        said_by(found.cells) == said_by(line.cells)
        and scores[0] == scores[1]
        and dict(found.marks) == dict(line.marks)
    )


def _differ(
    old: Mapping[str, str], new: Mapping[str, str], old_marks: Mapping[str, str], new_marks: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells that differ, beside the name."""
    fields = [
        field
        for field in dict.fromkeys((*old, *new))
        if old.get(field) != new.get(field) and field != "number"
    ]
    letters = [at for at in dict.fromkeys((*old_marks, *new_marks)) if old_marks.get(at) != new_marks.get(at)]
    named = [] if {"name", "surname", "given_name"} & set(fields) else [written_name(new, {})]
    return (
        (*named, *(old.get(field, "–") for field in fields), *(old_marks.get(at, "–") for at in letters)),
        (*named, *(new.get(field, "–") for field in fields), *(new_marks.get(at, "–") for at in letters)),
    )
