"""People in bulk: ``python -m bench.bulk [ENGINE:ROWS ...]``, as ``built-in:100000 duckdb:100000 duckdb:1000000``.

Each run is a process of its own that reads a csv file of rows and writes one of clusters. Prints wall and processor
time, the largest memory of the process and its workers (``rss`` counts pages they share in each, ``pss`` once),
pairwise F1 of the clusters, the share of wrong pairs in the certain band, and how time grows with size.
"""

import csv
import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bulk_rows import rows
from bench.people_dev import certain_groups
from karvon import bulk
from karvon.rules.identity.line import IdentityLine
from karvon.rules.identity.resolve import resolve

USUAL = ("built-in:20000", "built-in:100000", "duckdb:20000", "duckdb:100000")
COLUMNS = ("line", "sheet", "name", "organisation", "position", "phone", "email", "region")
SECONDS_BETWEEN_LOOKS = 0.5


def write_rows(number: int, path: Path) -> list[int]:
    """Write so many rows; who wrote each."""
    who = []
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        for line, person in rows(number):
            out.writerow([getattr(line, column) for column in COLUMNS])
            who.append(person)
    return who


def read_rows(path: Path) -> Iterator[IdentityLine]:
    """Rows as they are read, none kept."""
    with path.open(encoding="utf-8", newline="") as file:
        for line, sheet, name, organisation, position, phone, email, region in csv.reader(file):
            yield IdentityLine(
                line=line,
                sheet=sheet,
                name=name,
                organisation=organisation,
                position=position,
                phone=phone,
                email=email,
                region=region,
            )


def assigned(engine: str, lines: Iterable[IdentityLine]) -> Iterator[tuple[str, str, str]]:
    """(line, cluster, certain) by one engine."""
    if engine == "built-in":
        found = resolve(lines)
        certain = certain_groups(found)
        for group in found.groups:
            for line in group:
                yield line, group[0], certain[line]
    else:
        yield from bulk.resolve(lines, engine="spark" if engine == "spark" else "duckdb")


def run(engine: str, source: Path, target: Path) -> None:
    """What a process of its own does."""
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(assigned(engine, read_rows(source)))


def megabytes(process: int) -> tuple[float, float]:
    """Resident memory of a process and of all it started: shared pages counted in each, and once."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return 0.0, 0.0
    figures = dict(line.split()[:2] for line in text.splitlines()[1:])
    rss, pss = int(figures["Rss:"]) / 1024, int(figures["Pss:"]) / 1024
    for child in children:
        more = megabytes(int(child))
        rss, pss = rss + more[0], pss + more[1]
    return rss, pss


def measured(engine: str, source: Path, target: Path) -> dict[str, float]:
    """Run and watch."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bench.bulk", "--run", engine, str(source), str(target)]
    rss = pss = 0.0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            now = megabytes(process.pid)
            rss, pss = max(rss, now[0]), max(pss, now[1])
            time.sleep(SECONDS_BETWEEN_LOOKS)
    if process.returncode:
        raise SystemExit(process.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": time.perf_counter() - started, "cpu_seconds": used, "rss_mb": rss, "pss_mb": pss}


def scored(who: list[int], target: Path) -> dict[str, float]:
    """Pairwise F1 of the clusters, and the share of pairs in the certain band that are two people."""
    together: dict[str, Counter[tuple[str, int]]] = {"cluster": Counter(), "certain": Counter()}
    with target.open(encoding="utf-8", newline="") as file:
        for line, cluster, certain in csv.reader(file):
            person = who[int(line[1:])]
            together["cluster"][cluster, person] += 1
            together["certain"][certain, person] += 1
    hit, said = _pairs(together["cluster"])
    real = sum(n * (n - 1) // 2 for n in Counter(who).values())
    sure, all_sure = _pairs(together["certain"])
    return {
        "P": hit / said,
        "R": hit / real,
        "F1": 2 * hit / (said + real),
        "certain_wrong": 1 - sure / all_sure,
    }


def _pairs(together: Counter[tuple[str, int]]) -> tuple[int, int]:
    groups: Counter[str] = Counter()
    for (group, _), n in together.items():
        groups[group] += n
    return tuple(sum(n * (n - 1) // 2 for n in counts.values()) for counts in (together, groups))  # type: ignore[return-value]


def main(wanted: list[str]) -> None:
    """Print one line per run, then the growth."""
    took: defaultdict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    with TemporaryDirectory(prefix="karvon-bench-") as folder:
        source, target = Path(folder) / "rows.csv", Path(folder) / "clusters.csv"
        for one in wanted or USUAL:
            engine, number = one.split(":")
            who = write_rows(int(number), source)
            figures = measured(engine, source, target)
            for clock in ("seconds", "cpu_seconds"):
                took[engine, clock][int(number)] = figures[clock]
            figures |= scored(who, target)
            print(one, json.dumps({key: round(value, 4) for key, value in figures.items()}), flush=True)
    for (engine, clock), of in took.items():
        for small, large in pairwise(sorted(of)):
            exponent = math.log(of[large] / of[small]) / math.log(large / small)
            print(f"{engine}: {clock} grow from {small} to {large} rows with the exponent {exponent:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(sys.argv[1:])
