"""Which lines meet: their keys as a table, the blocks and pairs as one statement any SQL engine runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from karvon.bulk.crew import each
from karvon.bulk.reading import Register
from karvon.rules.identity.candidates import (
    LARGEST_BLOCK,
    LARGEST_LOOSE_BLOCK,
    LOOSEST,
    MOST_LINES,
    Readings,
    alike,
    keys_of,
    readings,
)
from karvon.rules.identity.weights import Weights

PORTION = 20_000
"""Classes of lines whose keys one file holds."""

COLUMNS = (
    ("high", "BIGINT"),
    ("low", "BIGINT"),
    ("said", "INTEGER"),
    ("copies", "INTEGER"),
    ("wordy", "INTEGER"),
)
"""The table ``keys``: a key as two halves of a digest, the class of lines that say the same, how many lines it has,
and whether it meets only short names in a large block."""

PAIRS = f"""
WITH blocks AS (
  SELECT high, low, count(*) AS size
  FROM keys
  GROUP BY high, low
  HAVING count(*) <= {LARGEST_BLOCK} AND sum(copies) BETWEEN 2 AND {MOST_LINES}
),
members AS (
  SELECT keys.high, keys.low, keys.said, keys.copies,
         CASE WHEN blocks.size > {LARGEST_LOOSE_BLOCK} THEN keys.wordy ELSE 0 END AS wordy
  FROM keys JOIN blocks ON keys.high = blocks.high AND keys.low = blocks.low
)
SELECT DISTINCT a.said AS one, b.said AS two
FROM members AS a JOIN members AS b ON a.high = b.high AND a.low = b.low
WHERE (a.said < b.said OR (a.said = b.said AND a.copies > 1)) AND a.wordy + b.wordy < 2
"""  # noqa: S608 - numbers of our own only


class Engine(Protocol):
    """Runs ``PAIRS`` over the csv files in ``keys`` and leaves csv files of pairs in ``pairs``."""

    def __call__(self, *, keys: Path, pairs: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class _Keying:
    register: Register
    classes: list[list[int]]
    surnames: Readings
    given: Readings
    folder: Path


def met_classes(
    register: Register, engine: Engine, *, folder: Path, processes: int
) -> tuple[list[list[int]], Path]:
    """Lines that say the same, as classes of positions, and the folder of files of the classes that meet."""
    keys, pairs = folder / "keys", folder / "pairs"
    keys.mkdir()
    classes = alike(register.read)
    surnames, given = readings(register.read, Weights(register.snapshot))
    shared = _Keying(register=register, classes=classes, surnames=surnames, given=given, folder=keys)
    for _ in each(_write_keys, range(0, len(classes), PORTION), shared=shared, processes=processes):
        pass
    del shared, surnames, given
    if classes:
        engine(keys=keys, pairs=pairs)
    return classes, pairs


def _write_keys(shared: _Keying, start: int) -> None:
    with (shared.folder / f"{start:09d}.csv").open("w", encoding="ascii", newline="\n") as file:
        for number in range(start, min(start + PORTION, len(shared.classes))):
            copies = len(shared.classes[number])
            if copies > MOST_LINES:
                continue
            first = shared.register.read[shared.classes[number][0]]
            for key in dict.fromkeys(keys_of(first, shared.surnames, shared.given)):
                digest = blake2b("\0".join(key).encode(), digest_size=16).digest()
                high = int.from_bytes(digest[:8], "big", signed=True)
                low = int.from_bytes(digest[8:], "big", signed=True)
                wordy = int(key[0] == LOOSEST and first.given != "")
                file.write(f"{high},{low},{number},{copies},{wordy}\n")


def read_pairs(path: Path) -> Iterator[tuple[int, int]]:
    """The classes that meet, of one file an engine left."""
    with path.open(encoding="ascii") as file:
        for row in file:
            one, two = row.split(",")
            yield int(one), int(two)
