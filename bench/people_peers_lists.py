"""Every method on the same made-up lists, each in a process of its own; judged here, all alike."""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Final

from bench.people import FIRST_SEED, GROUPS, SHEETS
from bench.people_dev import read, scored
from bench.people_generator import write
from bench.people_peers_methods import (
    METHODS,
    TUNED_ON,
    Cost,
    Failed,
    Method,
    keys_of,
    learned,
    read_clusters,
    run,
)
from bench.people_peers_tables import Table, aligned

PEOPLE: Final = 2300
HEADS: Final = (
    "",
    "P",
    "R",
    "pairwise F1",
    "B-cubed F1",
    "people counted",
    "report error",
    "CPU s",
    "MB",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One method on one list."""

    precision: float
    recall: float
    f1: float
    b_cubed: float
    counted: float
    """People counted too many, as a share of the true ones."""
    report_error: float
    cost: Cost


@dataclass(frozen=True, slots=True)
class Made:
    """A list on disk and its truth."""

    rows: Path
    keys: Path
    sheet_of: dict[str, str]
    person_of: dict[str, str]


def made(folder: Path, seed: int) -> tuple[Made, Cost]:
    """Write one list and Karvon's keys of it, with what the keys took."""
    write(folder, seed=seed, people=PEOPLE)
    rows, gold = read(str(folder / "rows.csv")), read(str(folder / "gold.csv"))
    cost = keys_of(folder / "rows.csv", folder / "keys.csv")
    return (
        Made(
            rows=folder / "rows.csv",
            keys=folder / "keys.csv",
            sheet_of={row["row_id"]: row["sheet_id"] for row in rows},
            person_of={row["row_id"]: row["person_id"] for row in gold},
        ),
        cost,
    )


def report_error(sheet_of: dict[str, str], person: dict[str, str], found: dict[str, str]) -> float:
    """The mean error of the number of people on sixty sheets: the same groups of sheets as ``bench.people`` asks."""
    on_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for row, sheet in sheet_of.items():
        on_sheet[sheet].append(row)
    draw = random.Random(SHEETS)
    errors = []
    for _ in range(GROUPS):
        sheets = draw.sample(sorted(on_sheet), min(SHEETS, len(on_sheet)))
        asked = [row for sheet in sheets for row in on_sheet[sheet]]
        true = len({person[row] for row in asked})
        errors.append(abs(len({found[row] for row in asked}) - true) / true)
    return mean(errors)


def judged(method: Method, one: Made, out: Path) -> Judged:
    """Run a method on a list and judge it."""
    cost = run(method.command(one.keys if method.keys else one.rows, out))
    found = read_clusters(out)
    figures = scored(one.person_of, found)
    return Judged(
        precision=figures["P"],
        recall=figures["R"],
        f1=figures["F1"],
        b_cubed=figures["bF1"],
        counted=figures["count_error"],
        report_error=report_error(one.sheet_of, one.person_of, found),
        cost=cost,
    )


def line(name: str, of_seeds: Sequence[Judged]) -> tuple[str, ...]:
    """The means over the seeds; of memory, the largest."""
    return (
        name,
        f"{mean(one.precision for one in of_seeds):.3f}",
        f"{mean(one.recall for one in of_seeds):.3f}",
        f"{mean(one.f1 for one in of_seeds):.3f}",
        f"{mean(one.b_cubed for one in of_seeds):.3f}",
        f"{mean(one.counted for one in of_seeds):+.1%}",
        f"{mean(one.report_error for one in of_seeds):.2%}",
        f"{mean(one.cost.cpu_seconds for one in of_seeds):.1f}",
        f"{max(one.cost.megabytes for one in of_seeds):.0f}",
    )


def measure(seeds: int) -> Iterator[Table]:
    """Every method on so many lists."""
    with TemporaryDirectory(prefix="karvon-bench-") as name:
        folder = Path(name)
        lists = [made(folder / str(seed), seed) for seed in range(FIRST_SEED, FIRST_SEED + seeds)]
        lines, failed = [], []
        for method in METHODS:
            print(f"  {method.name} ...", file=sys.stderr, flush=True)
            try:
                ready = learned(method, folder)
                lines.append(line(method.name, [judged(ready, one, folder / "out.csv") for one, _ in lists]))
            except Failed as failure:
                failed.append(f"{method.name}: {failure}")
                lines.append((method.name, *["-"] * (len(HEADS) - 1)))
        number = mean(len(one.person_of) for one, _ in lists)
        folding = mean(cost.cpu_seconds for _, cost in lists)
        yield Table(
            f"Made-up lists: means of seeds {FIRST_SEED} to {FIRST_SEED + seeds - 1}, "
            f"{number:,.0f} rows of {PEOPLE:,} fictitious people each",
            aligned(HEADS, lines),
            (
                f"Report error: how far the number of people on {SHEETS} sheets is off, mean of {GROUPS} groups.",
                f"CPU of whole processes; making our keys for Splink took {folding:.1f} s more. MB: the largest seen.",
                "recordlinkage learned from labelled pairs of another list; all thresholds were chosen on other lists.",
                *failed,
            ),
            tuple(failed),
        )


def tune() -> Iterator[Table]:
    """Each peer's F1 by threshold, on lists that are not judged: how the thresholds in ``bench/peers`` were chosen."""
    with TemporaryDirectory(prefix="karvon-bench-") as name:
        folder = Path(name)
        lists = [made(folder / str(seed), seed)[0] for seed in TUNED_ON]
        for method in METHODS:
            if not method.tried:
                continue
            ready = learned(method, folder)
            columns = [f"{threshold:g}" for threshold in method.tried]
            f1: defaultdict[str, list[float]] = defaultdict(list)
            b_cubed: defaultdict[str, list[float]] = defaultdict(list)
            for one in lists:
                command = ready.command(one.keys if method.keys else one.rows, folder / "out.csv")
                run([*command, "--try", *columns])
                for column in columns:
                    figures = scored(one.person_of, read_clusters(folder / "out.csv", column))
                    f1[column].append(figures["F1"])
                    b_cubed[column].append(figures["bF1"])
            yield Table(
                f"{method.name}: by threshold, means of seeds {', '.join(map(str, TUNED_ON))}",
                aligned(
                    ("threshold", "pairwise F1", "B-cubed F1"),
                    [(c, f"{mean(f1[c]):.3f}", f"{mean(b_cubed[c]):.3f}") for c in columns],
                ),
            )
