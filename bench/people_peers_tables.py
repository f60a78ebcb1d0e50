"""What ``bench.people_peers`` prints: tables, and figures of Karvon beside what they must and should reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench import Row
from bench import table as rows_as_text


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; ``missed`` are the names of the bars that were not reached in it."""

    title: str
    text: str
    notes: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def shown(self) -> str:
        """What is printed."""
        return "\n".join(["", self.title, "=" * len(self.title), self.text, *self.notes])


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of Karvon's. Without ``least`` (the bar) nothing is asked of it; ``aim`` is what it should reach."""

    name: str
    figure: float
    least: float | None
    aim: float | None = None
    higher: bool = False
    """Whether more is better."""
    form: str = "{:.3f}"

    def reaches(self, limit: float) -> bool:
        """Whether the figure is as good as this."""
        return self.figure >= limit if self.higher else self.figure <= limit

    @property
    def missed(self) -> bool:
        """Whether the bar was not reached."""
        return self.least is not None and not self.reaches(self.least)

    def cells(self) -> tuple[str, ...]:
        """The line of a table."""
        sign = ">=" if self.higher else "<="
        limits = [
            "" if limit is None else f"{sign} {self.form.format(limit)}" for limit in (self.least, self.aim)
        ]
        if self.missed:
            mark = "MISSED"
        elif self.aim is not None and self.reaches(self.aim):
            mark = "aim reached"
        else:
            mark = "" if self.least is None else "ok"
        return self.name, self.form.format(self.figure), *limits, mark


def of_bars(title: str, bars: Sequence[Bar], *, notes: tuple[str, ...] = ()) -> Table:
    """Figures beside their bars."""
    text = aligned(("", "Karvon", "bar", "aim", ""), [bar.cells() for bar in bars])
    return Table(title, text, notes, tuple(bar.name for bar in bars if bar.missed))


def of_rows(title: str, rows: list[Row]) -> Table:
    """Rows as ``python -m bench`` prints them."""
    return Table(title, rows_as_text(rows), missed=tuple(row.name for row in rows if row.over))


def aligned(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Columns under their heads: the first to the left, figures to the right."""
    cells = [tuple(heads), *map(tuple, lines)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(heads))]
    shown = [
        "  ".join(
            [line[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(line[1:], widths[1:], strict=True))]
        ).rstrip()
        for line in cells
    ]
    return "\n".join([shown[0], "-" * max(map(len, shown)), *shown[1:]])
