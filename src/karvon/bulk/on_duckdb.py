"""The join on DuckDB, inside this process, in bounded memory: what does not fit goes to disk."""

from pathlib import Path

import duckdb

from karvon.bulk.joining import COLUMNS, pairs_statement

FILE_SIZE = "4MB"
"""One task's share of pairs."""


class DuckDB:
    """An engine of ``memory`` (as ``"1GB"``) and so many ``threads``."""

    def __init__(self, *, memory: str, threads: int) -> None:
        self._memory = memory
        self._threads = threads

    def __call__(self, *, keys: Path, pairs: Path) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self._memory,
            "threads": self._threads,
            "temp_directory": str(keys.with_name("spill")),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
        }
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS)
        with duckdb.connect(":memory:", config=settings) as engine:
            engine.execute(
                f"CREATE TABLE keys AS SELECT * FROM read_csv({_quoted(keys / '*.csv')}, header = false, "  # noqa: S608
                f"auto_detect = false, columns = {{{columns}}})"
            )
            pairs.mkdir()
            engine.execute(
                f"COPY ({pairs_statement()}) TO {_quoted(pairs)} (FORMAT csv, HEADER false, "
                f"FILE_SIZE_BYTES '{FILE_SIZE}', OVERWRITE_OR_IGNORE true)"
            )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
