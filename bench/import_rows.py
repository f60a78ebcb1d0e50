"""Importing 10,000 rows of sign-in sheets: read, kept, linked, counted, as a user runs it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Row, timed
from bench.folder import write_folder
from bench.home import empty_home, karvon

ROWS = 10_000


def measure(rows: int = ROWS) -> list[Row]:
    with TemporaryDirectory(prefix="karvon-bench-") as name, empty_home() as environment:
        folder = Path(name) / "large"
        write_folder(folder, rows=rows)
        _, first = timed(lambda: karvon("import", folder, environment=environment))
        _, again = timed(lambda: karvon("import", folder, environment=environment))
    return [
        Row(f"import of {rows:,} rows, with a new database", first, None, "s", 15),
        Row("the same folder again", again, None, "s", None),
    ]


if __name__ == "__main__":  # a smaller or larger import: python -m bench.import_rows ROWS
    for row in measure(int(sys.argv[1])):
        print(row)
