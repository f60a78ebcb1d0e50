"""``python -m bench.web``: the website on a made-up programme, beside the figures published of pretix and Indico.

Seconds and milliseconds are processor time of Karvon's own processes, so that whoever else uses the machine counts
little; wall time stands behind where a person would wait. Peers are not run: their figures were measured
earlier on two cores (`bench.web_peers`) and judge nothing. Fails when a figure of ours is over its bar.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench.folder import write_folder
from bench.home import KARVON, empty_home, karvon
from bench.memory import resident_megabytes
from bench.web_peers import PUBLISHED

ROWS: Final = 10_000
ROOT: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; no bar: for information."""

    name: str
    figure: float
    unit: str
    bar: float | None = None
    peer: str = ""
    note: str = ""

    @property
    def over(self) -> bool:
        return self.bar is not None and self.figure > self.bar


def main(rows: int = ROWS) -> int:
    found: list[Line] = []
    with TemporaryDirectory(prefix="karvon-bench-") as name:
        folder = Path(name)
        found += _import(folder / "small", rows=rows // 10)
        with empty_home() as environment:
            found += _import(folder / "large", rows=rows, environment=environment)
            pages = json.loads(_python("bench.web_pages", str(folder / "large"), environment=environment))
            found += _pages(pages)
            found += _running(environment, pages["sessions"])
    print(table(found))
    return 1 if any(line.over for line in found) else 0


def _import(folder: Path, *, rows: int, environment: dict[str, str] | None = None) -> list[Line]:
    with ExitStack() as held:
        environment = environment or held.enter_context(empty_home())
        write_folder(folder, rows=rows)
        karvon("check", environment=environment)  # the tables are there, as in life
        home = environment
        wall, cpu = _spent(lambda: karvon("import", folder, environment=home))
    bar = {1_000: 2.0, 10_000: 15.0}.get(rows)
    note = f"{wall:.1f} s on the clock; read, kept, linked, counted"
    return [Line(f"import of {rows:,} rows of sheets", cpu, "s", bar, f"import {rows:,}", note)]


def _pages(said: dict[str, Any]) -> list[Line]:
    spellings = ", ".join(f"{typed} {number}" for typed, number in said["found"].items())
    differ = len(set(said["found"].values())) - 1 + (0 in said["found"].values())
    who = f"{said['people']:,} people on {said['lines']:,} lines"
    book = said["workbook_bytes"] / 1_000_000
    return [
        Line("list of people: SQL statements", said["statements"], "", 8, "list statements", who),
        Line("list of people: processor time", said["list_cpu"] * 1000, "ms", 25, "list CPU"),
        Line("list of people: HTML", said["list_bytes"] / 1000, "KB", 60, "list HTML"),
        Line("workbook of everybody", said["workbook_cpu"], "s", 5, "workbook", f"{who}; {book:.1f} MB"),
        Line("all assets, gzip", said["assets"] / 1000, "KB", 150, "assets"),
        Line("search of a name: processor time", said["search_cpu"] * 1000, "ms", 50, "search"),
        *(
            Line(
                f"page of a figure by {by}: processor time",
                cpu * 1000,
                "ms",
                note="counted anew at each look",
            )
            for by, cpu in said["figure_cpu"].items()
        ),
        Line(
            "page of doubts: processor time",
            said["doubts_cpu"] * 1000,
            "ms",
            300,
            note=f"{said['doubts']:,} left",
        ),
        Line("a correction of attendance: processor time", said["correction_cpu"] * 1000, "ms", 500),
        Line("spellings that find other people", differ, "", 0, "search", f"people found: {spellings}"),
        Line("names that are not kept as written", said["names_changed"], "", 0, "names"),
    ]


def _running(environment: dict[str, str], sessions: list[str]) -> list[Line]:
    """What can be seen of a running server: its start, its pages in a browser, four people writing, its rest."""
    from bench.web_axe import violations
    from bench.web_writers import EACH, all_at_once

    with Path(environment["KARVON_HOME"], "bench.log").open("w+b") as log:
        began = time.perf_counter()
        server = subprocess.Popen(
            [KARVON, "serve", "--address", "127.0.0.1:0", "--language", "en"],
            env=environment, stdout=subprocess.PIPE, stderr=log, encoding="utf-8",
        )  # fmt: skip
        try:
            assert server.stdout is not None
            here = server.stdout.readline().split()[4].rstrip("/")
            _first_page(f"{here}/en/-/sign-in/")
            wall, cpu = time.perf_counter() - began, _cpu_of(server.pid)
            memory = resident_megabytes(server.pid)
            rules, nodes, pages = violations(here, sessions[0])
            said = all_at_once(int(here.rpartition(":")[2]), sessions)
            afterwards = resident_megabytes(server.pid)
        finally:
            server.terminate()
            server.wait()
        log.seek(0)
        complaints = log.read().decode()
    errors = sum(number for what, number in said.items() if what.startswith("error"))
    locked = complaints.count("database is locked")
    became = ", ".join(f"{what} {number}" for what, number in sorted(said.items()))
    where = f"{pages} pages: 390 and 1280 px, light and dark"
    return [
        Line("axe: rules broken on list pages", len(rules), "", 0, "axe", where),
        Line("axe: nodes", nodes, "", 0, "axe", " ".join(sorted(rules))),
        Line("4 people writing at once on SQLite: errors", errors, "", 0, "writing", became),
        Line("... of them 'database is locked'", locked, "", 0, "writing"),
        Line("... writes that came to nothing", 4 * EACH - said.total(), "", 0, "writing"),
        Line("cold start to the first page", cpu, "s", 2, "cold start", f"{wall:.1f} s on the clock"),
        Line("memory at rest", memory, "MB", 150, "memory"),
        Line("memory after all of this", afterwards, "MB", 250, "memory"),
    ]


def _first_page(url: str) -> None:
    import urllib.request

    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own server
        assert answer.status == 200


def _spent(call: Callable[[], object]) -> tuple[float, float]:
    """Wall time, and processor time of the processes the call waited for."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    call()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _cpu_of(process: int) -> float:
    """Processor time a running process has taken, from Linux's own account."""
    import os

    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _python(module: str, *arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], check=False, cwd=ROOT, capture_output=True, encoding="utf-8",
        env={**environment, "DJANGO_SETTINGS_MODULE": "karvon.server.settings"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module}: {done.stderr}")
    return done.stdout


def table(lines: list[Line]) -> str:
    heads = ("", "Karvon", "bar", "", "pretix*", "Indico*", "")
    cells = [heads]
    for line in lines:
        peer = PUBLISHED.get(line.peer)
        figure = f"{line.figure:.1f}" if line.figure % 1 and line.figure < 100 else f"{line.figure:.0f}"
        verdict = "" if line.bar is None else "OVER" if line.over else "ok"
        bar = "" if line.bar is None else f"<= {line.bar:g} {line.unit}".rstrip()
        theirs = (peer.pretix, peer.indico) if peer else ("", "")
        cells.append((line.name, f"{figure} {line.unit}".rstrip(), bar, verdict, *theirs, line.note))
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    shown = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    shown.insert(1, "-" * len(shown[0]))
    published = (
        "* published figures, measured earlier and elsewhere; not run here. Our times are processor time."
    )
    return "\n".join([*shown, published])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])) if len(sys.argv) > 1 else main())
