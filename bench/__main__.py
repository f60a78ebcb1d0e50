"""``python -m bench [SECTION ...]``: measure, print one table, fail when something is over its bar."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Final

from bench import Row, measured, table, timed

SECTIONS: Final = (
    "sheets",
    "counting",
    "report",
    "import_rows",
    "incremental",
    "start_up",
    "memory",
    "environment",
)


def main(wanted: list[str]) -> int:
    if unknown := set(wanted) - set(SECTIONS):
        print(
            f"No such section: {', '.join(sorted(unknown))}. There is: {', '.join(SECTIONS)}", file=sys.stderr
        )
        return 2
    rows: list[Row] = []
    failed: list[str] = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as alone:
        for section in wanted or SECTIONS:
            print(f"{section} ...", end=" ", file=sys.stderr, flush=True)
            try:
                found, took = timed(alone.submit(measured, section).result)
            except Exception as failure:  # the others are still worth measuring
                failed.append(section)
                print(f"failed: {failure!r}", file=sys.stderr)
            else:
                rows += found
                print(f"{took:.0f} s", file=sys.stderr)
    print(table(rows))
    return 1 if failed or any(row.over for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
