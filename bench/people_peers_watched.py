"""Run a command and write what it took: ``python bench/people_peers_watched.py FIGURES.json COMMAND ...``.

A process of its own and of nothing but the standard library: a child's account of its largest memory begins with that
of whoever started it. Memory is the largest seen of the command and all it started, shared pages counted once; for a
command that starts nothing it is the operating system's own account, which misses no moment.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

SECONDS_BETWEEN_LOOKS = 0.5


def proportional_megabytes(process: int) -> float:
    """Memory of a process and of all it started; a page that n of them share counts 1/n in each."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)
    return own + sum(proportional_megabytes(int(child)) for child in children)


class Watch(Thread):
    """Looks at the memory of a process now and then."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.largest = 0.0
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(SECONDS_BETWEEN_LOOKS):
            self.largest = max(self.largest, proportional_megabytes(self.process))


def main(figures: Path, command: list[str]) -> int:
    started = time.perf_counter()
    process = subprocess.Popen(command)
    watch = Watch(process.pid)
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    watch.ended.set()
    took = {
        "seconds": seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "megabytes": max(watch.largest, used.ru_maxrss / 1024),
    }
    figures.write_text(json.dumps(took), "utf-8")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
