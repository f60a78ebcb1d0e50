"""Which lines meet: their keys as a table, the blocks and pairs as one statement any SQL engine runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from karvon.bulk.crew import each
from karvon.bulk.reading import Register
from karvon.rules.identity import candidates as limits
from karvon.rules.identity.candidates import (
    Reach,
    Readings,
    alike,
    is_wordy,
    keys_of,
    reach_of,
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
    ("reach", "INTEGER"),
    ("wordy", "INTEGER"),
)
"""The table ``keys``: a key as two halves of a digest, the class of lines that say the same, how many lines it has,
what becomes of the key's block where it is large, and whether the class then meets only short names."""


def pairs_statement() -> str:
    """What ``candidate_pairs`` finds, as one statement over ``keys``: pairs of classes, and which are only linked."""
    return f"""
WITH blocks AS (
  SELECT high, low, reach,
         sum(CASE WHEN copies > {limits.MOST_LINES} THEN 0 ELSE 1 END) AS size,
         sum(CASE WHEN copies > {limits.MOST_LINES} THEN 0 ELSE copies END) AS lines
  FROM keys
  GROUP BY high, low, reach
  HAVING sum(copies) > 1
),
sized AS (
  SELECT high, low, size, reach,
         lines <= {limits.MOST_LINES} AND size <= CASE
           WHEN reach = {Reach.LOOSEST.value} THEN {limits.LARGEST_LOOSEST_BLOCK} ELSE {limits.LARGEST_BLOCK}
         END AS whole
  FROM blocks
),
members AS (
  SELECT keys.high, keys.low, keys.said, keys.copies,
         CASE WHEN sized.size > {limits.LARGEST_WORDY_BLOCK} THEN keys.wordy ELSE 0 END AS wordy
  FROM keys JOIN sized ON keys.high = sized.high AND keys.low = sized.low
  WHERE sized.whole
),
places AS (
  SELECT keys.high, keys.low, keys.said,
         row_number() OVER (PARTITION BY keys.high, keys.low ORDER BY keys.said) AS place
  FROM keys JOIN sized ON keys.high = sized.high AND keys.low = sized.low
  WHERE NOT sized.whole AND sized.reach = {Reach.TELLING.value}
),
steps AS (
  SELECT high, low, said, place, place + step AS following
  FROM places CROSS JOIN (VALUES {", ".join(f"({step})" for step in range(limits.NEXT + 1))}) AS near (step)
),
met AS (
  SELECT a.said AS one, b.said AS two, 0 AS linked
  FROM members AS a JOIN members AS b ON a.high = b.high AND a.low = b.low
  WHERE (a.said < b.said OR (a.said = b.said AND a.copies > 1)) AND a.wordy + b.wordy < 2
  UNION ALL
  SELECT a.said, b.said, 1
  FROM steps AS a JOIN places AS b ON a.high = b.high AND a.low = b.low AND a.following = b.place
  UNION ALL
  SELECT said, said, 1 FROM keys WHERE copies > {limits.MOST_LINES}
)
SELECT one, two, min(linked) AS linked FROM met GROUP BY one, two
"""  # noqa: S608 - numbers of our own only


class Engine(Protocol):
    """Runs ``pairs_statement`` over the csv files in ``keys`` and leaves csv files of pairs in ``pairs``."""

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
            first = shared.register.read[shared.classes[number][0]]
            for key in dict.fromkeys(keys_of(first, shared.surnames, shared.given)):
                digest = blake2b("\0".join(key).encode(), digest_size=16).digest()
                high = int.from_bytes(digest[:8], "big", signed=True)
                low = int.from_bytes(digest[8:], "big", signed=True)
                wordy = int(is_wordy(key, first))
                file.write(f"{high},{low},{number},{copies},{reach_of(key).value},{wordy}\n")


def read_pairs(path: Path) -> Iterator[tuple[int, int, bool]]:
    """The classes that meet, and whether they are only linked, of one file an engine left."""
    with path.open(encoding="ascii") as file:
        for row in file:
            one, two, linked = row.split(",")
            yield int(one), int(two), int(linked) == 1
