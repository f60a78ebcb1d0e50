"""Large lists: Karvon beside Splink on DuckDB, each in a process of its own, on the same rows in the same run.

Up to ``BUILT_IN_UP_TO`` rows the built-in engine is measured, at every size the one in bulk. Splink is given Karvon's
keys, which find it far more than its own fields do: "from rows" adds what making them took, as Karvon's time holds
it too, and is what Karvon's is compared with. Splink's memory is capped, and its parameters are learned on a sample.
"""

import csv
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.bulk_rows import rows
from bench.people_dev import scored
from bench.people_peers_methods import (
    BUILT_IN,
    BULK,
    MEMORY_OF_SPLINK,
    SPLINK_GENERIC,
    SPLINK_GREEDY,
    SPLINK_KEYS,
    Cost,
    Failed,
    Method,
    keys_of,
    read_clusters,
    run,
)
from bench.people_peers_tables import Bar, Table, aligned, of_bars

BUILT_IN_UP_TO: Final = 200_000
HEADS: Final = (
    "",
    "s",
    "from rows, s",
    "CPU s",
    "MB",
    "P",
    "R",
    "pairwise F1",
    "B-cubed F1",
    "people counted",
)
COLUMNS: Final = ("row_id", "sheet_id", "sheet_date", "name", "org", "position", "phone", "email", "region")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one of Karvon's engines is held to at one size; aims are shares of what Splink takes in the same run."""

    seconds: float
    megabytes: float
    of_splinks_memory: float


BARS: Final[dict[tuple[str, int], Limits]] = {
    (BUILT_IN.name, 100_000): Limits(40, 2048, 1),
    (BULK.name, 1_000_000): Limits(600, 4096, 0.5),
}
GROWTH_BAR, GROWTH_AIM = 1.2, 1.05


@dataclass(frozen=True, slots=True)
class Measured:
    """One method on one size."""

    method: Method
    number: int
    cost: Cost
    from_rows: float
    """Seconds, those included that making the keys took."""
    figures: dict[str, float]


def write_rows(number: int, path: Path) -> dict[str, str]:
    """Write so many rows; row id -> person."""
    person: dict[str, str] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for line, who in rows(number):
            day = line.on.isoformat() if line.on else ""
            out.writerow(
                (
                    line.line, line.sheet, day, line.name, line.organisation, line.position, line.phone, line.email,
                    line.region,
                )
            )  # fmt: skip
            person[line.line] = str(who)
    return person


def methods_at(number: int) -> tuple[Method, ...]:
    """What is worth running at this size."""
    small = number <= BUILT_IN_UP_TO
    return (BUILT_IN, BULK, SPLINK_GENERIC, SPLINK_KEYS, SPLINK_GREEDY) if small else (BULK, SPLINK_KEYS)


def measure(sizes: Sequence[int]) -> Iterator[Table]:
    """A table for each size, then what is asked of them and how time grows."""
    found: list[Measured] = []
    for number in sorted(sizes):
        of_size, table = at_size(number)
        found += of_size
        yield table
    bars = [bar for one in found for bar in bars_of(one, found)]
    bars += growth(found)
    if bars:
        yield of_bars("Size: what is asked, and how time grows", bars)


def at_size(number: int) -> tuple[list[Measured], Table]:
    """Every method on one list."""
    found, lines, failed = [], [], []
    with TemporaryDirectory(prefix="karvon-bench-") as name:
        source, keys, target = (Path(name) / file for file in ("rows.csv", "keys.csv", "out.csv"))
        person = write_rows(number, source)
        folding = keys_of(source, keys)
        for method in methods_at(number):
            print(f"  {number:,} rows: {method.name} ...", file=sys.stderr, flush=True)
            try:
                cost = run(method.command(keys if method.keys else source, target))
            except Failed as failure:
                failed.append(f"{method.name}: {failure}")
                lines.append((method.name, *["-"] * (len(HEADS) - 1)))
                continue
            seconds = cost.seconds + (folding.seconds if method.keys else 0)
            one = Measured(method, number, cost, seconds, scored(person, read_clusters(target)))
            found.append(one)
            lines.append(shown(one))
    return found, Table(
        f"{number:,} rows of {len(set(person.values())):,} fictitious people",
        aligned(HEADS, lines),
        (
            f"Whole processes. Splink: DuckDB capped at {MEMORY_OF_SPLINK}; making our keys is counted in "
            f"seconds from rows alone, and took {folding.cpu_seconds:.0f} CPU s and {folding.megabytes:.0f} MB.",
            *failed,
        ),
        tuple(failed),
    )


def shown(one: Measured) -> tuple[str, ...]:
    figures, cost = one.figures, one.cost
    return (
        one.method.name,
        f"{cost.seconds:.1f}",
        f"{one.from_rows:.1f}",
        f"{cost.cpu_seconds:.1f}",
        f"{cost.megabytes:.0f}",
        *(f"{figures[name]:.3f}" for name in ("P", "R", "F1", "bF1")),
        f"{figures['count_error']:+.1%}",
    )


def bars_of(one: Measured, everything: Sequence[Measured]) -> Iterator[Bar]:
    """Seconds and memory of one run of Karvon's, beside Splink's of the same size."""
    limits = BARS.get((one.method.name, one.number))
    if limits is None:
        return
    splink = next(
        (other for other in everything if (other.method, other.number) == (SPLINK_KEYS, one.number)), None
    )
    what = f"{one.number:,} rows, {one.method.name.removeprefix('Karvon, ')}"
    seconds, memory = (
        (splink.from_rows, splink.cost.megabytes * limits.of_splinks_memory) if splink else (None, None)
    )
    yield Bar(f"{what}: s", one.cost.seconds, limits.seconds, seconds, form="{:.0f}")
    yield Bar(f"{what}: MB", one.cost.megabytes, limits.megabytes, memory, form="{:.0f}")


def growth(found: Sequence[Measured]) -> Iterator[Bar]:
    """The exponent with which each method's time grows from the smallest to the largest size it was measured at."""
    for method in dict.fromkeys(one.method for one in found):
        of_method = [one for one in found if one.method == method]
        small, large = of_method[0], of_method[-1]
        if small.number == large.number:
            continue
        exponent = math.log(large.cost.seconds / small.cost.seconds) / math.log(large.number / small.number)
        asked = method == BULK and large.number >= 1_000_000
        yield Bar(
            f"{method.name}: exponent from {small.number:,} to {large.number:,} rows",
            exponent,
            GROWTH_BAR if asked else None,
            GROWTH_AIM if asked else None,
            form="{:.2f}",
        )
