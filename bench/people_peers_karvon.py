"""Karvon as the peers are run: ``python -m bench.people_peers_karvon ENGINE ROWS.csv OUT.csv``."""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.people_peers_keys import lines_in
from karvon.rules.identity.line import IdentityLine


def clusters(engine: str, lines: Iterable[IdentityLine]) -> Iterator[tuple[str, str]]:
    """(row, cluster), by the built-in engine or by the one in bulk."""
    if engine == "built-in":
        from karvon.rules.identity.resolve import resolve

        for group in resolve(lines).groups:
            for line in group:
                yield line, group[0]
    else:
        from karvon import bulk

        for line, cluster, _ in bulk.resolve(lines, engine="duckdb"):
            yield line, cluster


def main(engine: str, source: Path, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["row_id", "cluster_id"])
        out.writerows(clusters(engine, lines_in(source)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
