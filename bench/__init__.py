"""Benchmarks, each beside its peer or its floor, measured in the same run: ``make bench``.

A section is a module with ``measure() -> list[Row]``; it runs in a process of its own.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. ``bar`` limits the ratio to the peer where there is one, else Karvon's figure itself;
    ``None`` means that the figure is for information."""

    name: str
    karvon: float
    peer: float | None
    unit: str
    bar: float | None

    @property
    def ratio(self) -> float | None:
        return self.karvon / self.peer if self.peer else None

    @property
    def over(self) -> bool:
        measured = self.karvon if self.ratio is None else self.ratio
        return self.bar is not None and measured > self.bar


def measured(section: str) -> list[Row]:
    """The rows of one section."""
    rows: list[Row] = import_module(f"bench.{section}").measure()
    return rows


def seconds(call: Callable[[], object], *, times: int = 5) -> float:
    """The median wall time of so many calls."""
    return median(timed(call)[1] for _ in range(times))


def timed(call: Callable[[], T]) -> tuple[T, float]:
    """What the call gave, and its wall time in seconds."""
    started = time.perf_counter()
    result = call()
    return result, time.perf_counter() - started


def table(rows: list[Row]) -> str:
    """One line per measurement, figures side by side."""
    heads = ("", "Karvon", "peer or floor", "ratio", "bar", "")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    shown = [
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
            ]
        )
        for line in lines
    ]
    return "\n".join([shown[0], "-" * len(shown[0]), *shown[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    bar = "" if row.bar is None else f"<= {row.bar:g}" + ("x" if row.ratio is not None else f" {row.unit}")
    return (
        row.name,
        f"{row.karvon:.3g} {row.unit}" if row.karvon < 100 else f"{row.karvon:.0f} {row.unit}",
        "" if row.peer is None else f"{row.peer:.3g} {row.unit}",
        "" if row.ratio is None else f"{row.ratio:.2f}x",
        bar,
        "" if row.bar is None else "OVER" if row.over else "ok",
    )
