"""What every peer's script reads and writes, so that all are judged alike.

A script is run as ``SCRIPT ROWS.csv OUT.csv`` and writes ``row_id,cluster_id``. With ``--try T ...`` it writes a column
of clusters for each threshold instead: that is how its own threshold was chosen, on lists that are not judged.
"""

import argparse
import csv
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """The command line."""

    rows: Path
    out: Path
    tried: tuple[float, ...]
    options: dict[str, str]

    def thresholds(self, chosen: float) -> tuple[float, ...]:
        """The ones to try, or the chosen one alone."""
        return self.tried or (chosen,)


def told(*options: str) -> Told:
    """Read the command line; ``options`` are further ``--name VALUE`` ones."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--try", dest="tried", type=float, nargs="+", default=())
    for option in options:
        parser.add_argument(f"--{option}", default="")
    given = vars(parser.parse_args())
    return Told(given["rows"], given["out"], tuple(given["tried"]), {o: given[o] for o in options})


def read(path: Path) -> list[Row]:
    """The rows of a csv file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, *, ids: Sequence[str], clusters: dict[float, Sequence[Hashable]]) -> None:
    """One column of clusters a threshold; a single one is called ``cluster_id``."""
    heads = ["cluster_id"] if len(clusters) == 1 else [f"{threshold:g}" for threshold in clusters]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["row_id", *heads])
        out.writerows(zip(ids, *clusters.values(), strict=True))


def components(number: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Plain transitive closure: for each position the smallest one it hangs together with."""
    parent = list(range(number))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for a, b in pairs:
        one, two = sorted((root(a), root(b)))
        parent[two] = one
    return [root(at) for at in range(number)]


def linked(
    number: int, scored: Sequence[tuple[int, int, float]], thresholds: Iterable[float]
) -> dict[float, Sequence[Hashable]]:
    """Components of the pairs at or above each threshold."""
    return {
        threshold: components(number, ((a, b) for a, b, score in scored if score >= threshold))
        for threshold in thresholds
    }


def ascii_words(text: str) -> list[str]:
    """What the usual recipe makes of a name: ASCII letters, small, in words."""
    return re.findall(r"[a-z0-9]+", anyascii(text).lower().replace("'", "").replace("`", ""))


def digits(text: str) -> str:
    """A telephone number without its country: the last nine digits, eight for Latvia's."""
    found = re.sub(r"\D", "", text)
    return found[-8:] if found.startswith("371") else found[-9:]


def pairs_within(
    rows: Sequence[Row], keys: Iterable[Callable[[Row], Iterable[str]]], *, largest: int
) -> set[tuple[int, int]]:
    """Positions that share a key; a key of more than ``largest`` rows says too little."""
    pairs: set[tuple[int, int]] = set()
    for key in keys:
        blocks: dict[str, list[int]] = {}
        for at, row in enumerate(rows):
            for value in set(key(row)):
                if value:
                    blocks.setdefault(value, []).append(at)
        for block in blocks.values():
            if len(block) <= largest:
                pairs.update((a, b) for place, a in enumerate(block) for b in block[place + 1 :])
    return pairs
