"""Karvon's folded features of rows, for a peer that has no folding of its own: ``ROWS.csv KEYS.csv``.

Everything a line says, in one alphabet: names in parts, loose forms under which spellings meet, initials, patronymic,
gender, organisation, position, place, telephone and address. What tells surname from given name is measured on the
first lines, as the engine in bulk does.
"""

import csv
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

from bench.people_dev import lines_of
from karvon.rules.identity.features import Features
from karvon.rules.identity.line import IdentityLine
from karvon.rules.identity.snapshot import read_and_measure, read_lines
from karvon.rules.names.orthography.settled import loose

COLUMNS: Final = (
    "row_id", "sheet_id", "surname", "surname_loose", "given", "given_loose", "given_initial", "father", "father_loose",
    "father_initial", "gender", "org", "position", "place", "phone", "email",
)  # fmt: skip
MEASURED: Final = 20_000
AT_ONCE: Final = 5_000


def keys_of(f: Features) -> tuple[str, ...]:
    """One line's folded values, in the order of ``COLUMNS``."""
    return (
        f.line, f.sheet, f.surname, loose(f.surname), f.given, loose(f.given), f.given_initial, f.father,
        loose(f.father), f.father_initial, f.gender, f.organisation.key, f.position, f.place, f.phone, f.email,
    )  # fmt: skip


def lines_in(path: Path) -> Iterator[IdentityLine]:
    """The rows of a csv file as identity sees them, a few at a time."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        while rows := list(islice(reader, AT_ONCE)):
            yield from lines_of(rows)


def read_in(path: Path) -> Iterator[Features]:
    """The features of all rows."""
    lines = lines_in(path)
    read, snapshot = read_and_measure(list(islice(lines, MEASURED)), number=1)
    shares = snapshot.tables["given_share"]
    yield from read
    while more := list(islice(lines, AT_ONCE)):
        yield from read_lines(more, shares=shares)


def main(source: Path, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(chain([COLUMNS], map(keys_of, read_in(source))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
