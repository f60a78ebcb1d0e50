"""Who is who beside other tools, in one run: ``make bench-people`` or ``python -m bench.people_peers [SECTION ...]``.

``--seeds N`` judges N made-up lists (5), ``--sizes 100000 1000000`` measures lists of so many rows, ``--sizes 0`` none.
Ends with code 1 when Karvon misses a bar or a method could not be run. ``--tune`` prints instead how the peers'
thresholds were chosen. The peers live in ``.venv/peers``, which ``make bench-people`` installs.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from bench import measured, people_peers_bars, people_peers_lists, people_peers_sizes
from bench.people_peers_methods import PEERS
from bench.people_peers_tables import Table, of_rows

SIZES: Final = (100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    seeds: int
    sizes: tuple[int, ...]


SECTIONS: Final[dict[str, Callable[[Asked], Iterable[Table]]]] = {
    # a further section is a line: its name, and what gives its tables (people_peers_tables.of_rows makes one of Rows)
    "lists": lambda asked: people_peers_lists.measure(asked.seeds),
    "bars": lambda asked: people_peers_bars.measure(asked.seeds),
    "names": lambda _: people_peers_bars.real_names(),
    "febrl": lambda _: people_peers_bars.febrl_sets(),
    "arrivals": lambda _: [of_rows("30 new lines against 10,000 kept ones", measured("incremental"))],
    "sizes": lambda asked: people_peers_sizes.measure(asked.sizes),
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.people_peers", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--tune", action="store_true")
    told = parser.parse_args(arguments)
    if unknown := set(told.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}; there is: {', '.join(SECTIONS)}")
    if not PEERS.exists():
        parser.error("the peers are not installed: `make bench-people` installs them")
    if told.tune:
        for table in people_peers_lists.tune():
            print(table.shown(), flush=True)
        return 0
    asked = Asked(told.seeds, tuple(size for size in told.sizes if size))
    missed: list[str] = []
    for section in told.sections or SECTIONS:
        print(f"{section} ...", file=sys.stderr, flush=True)
        for table in SECTIONS[section](asked):
            print(table.shown(), flush=True)
            missed += table.missed
    print("\n" + (f"MISSED: {'; '.join(missed)}" if missed else "Every bar is reached."))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
