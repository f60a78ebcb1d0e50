"""Each way of telling who is who, run as a process of its own: it reads rows and writes ``row_id,cluster_id``."""

import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.people_generator import write

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
PEERS: Final = ROOT / ".venv" / "peers" / "bin" / "python"
TUNED_ON: Final = (1, 2, 3)
"""Seeds the peers' thresholds were chosen on: ``python -m bench.people_peers --tune`` repeats it."""
LEARNED_ON: Final = 4
"""The seed whose labelled pairs recordlinkage's regression learns from."""
MEMORY_OF_SPLINK: Final = "3GB"
"""What DuckDB may use under Splink before it spills to disk; without a cap a million rows did not end."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    cpu_seconds: float
    megabytes: float


class Failed(Exception):
    """A method's process ended badly; says how."""


@dataclass(frozen=True, slots=True)
class Method:
    """``script`` is one of ``bench/peers`` or, for Karvon, the name of an engine."""

    name: str
    script: str
    options: tuple[str, ...] = ()
    keys: bool = False
    """Whether it is handed Karvon's folded features instead of the rows."""
    karvon: bool = False
    tried: tuple[float, ...] = ()
    """Thresholds among which ``--tune`` chooses."""

    def command(self, rows: Path, out: Path) -> list[str]:
        """What is run."""
        if self.karvon:
            return [sys.executable, "-m", "bench.people_peers_karvon", self.script, str(rows), str(out)]
        return [str(PEERS), str(HERE / "peers" / f"{self.script}.py"), str(rows), str(out), *self.options]


BUILT_IN: Final = Method("Karvon, built-in engine", "built-in", karvon=True)
BULK: Final = Method("Karvon, karvon[bulk] on DuckDB", "duckdb", karvon=True)
SPLINK_GENERIC: Final = Method(
    "Splink, generic features",
    "splink_rows",
    ("--fields", "generic", "--memory", MEMORY_OF_SPLINK),
    tried=(0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95),
)
SPLINK_KEYS: Final = Method(
    "Splink, our keys",
    "splink_rows",
    ("--fields", "keys", "--memory", MEMORY_OF_SPLINK),
    keys=True,
    tried=(0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.98),
)
SPLINK_GREEDY: Final = Method(
    "Splink, our keys, our clustering",
    "splink_rows",
    ("--fields", "keys", "--clustering", "greedy", "--memory", MEMORY_OF_SPLINK),
    keys=True,
    tried=(-4, -3, -2.5, -2, -1.5, -1, 0, 1),
)
LOGISTIC: Final = Method(
    "recordlinkage, logistic",
    "record_linkage",
    tried=(0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9),
)
METHODS: Final = (
    BUILT_IN,
    Method("exact, small letters", "exact"),
    Method("anyascii + token_sort >= 90", "token_sort", tried=(84, 86, 88, 90, 92, 95)),
    LOGISTIC,
    Method(
        "nomenklatura logic-v2 (rigour)", "logic_v2", tried=(0.78, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.95)
    ),
    SPLINK_GENERIC,
    SPLINK_KEYS,
    SPLINK_GREEDY,
)


def run(command: list[str]) -> Cost:
    """Run a process and watch it; raises ``Failed`` with the end of what it said."""
    with TemporaryDirectory(prefix="karvon-bench-") as folder:
        figures = Path(folder) / "figures.json"
        watch = [sys.executable, str(HERE / "people_peers_watched.py"), str(figures)]
        done = subprocess.run(
            [*watch, *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Failed(" ".join(done.stdout.strip().splitlines()[-1:]) or f"code {done.returncode}")
        return Cost(**json.loads(figures.read_text("utf-8")))


def keys_of(rows: Path, keys: Path) -> Cost:
    """Write Karvon's folded features of rows, as the peers are handed them."""
    return run([sys.executable, "-m", "bench.people_peers_keys", str(rows), str(keys)])


def read_clusters(path: Path, column: str = "cluster_id") -> dict[str, str]:
    """Row id -> cluster."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["row_id"]: row[column] for row in csv.DictReader(file)}


def learned(method: Method, folder: Path) -> Method:
    """The method with what it has to learn beforehand from labelled pairs."""
    if method.script != LOGISTIC.script:
        return method
    model = folder / "model.json"
    if not model.exists():
        write(folder / "learn", seed=LEARNED_ON, people=2300)
        gold = ("--learn", str(folder / "learn" / "gold.csv"))
        run([*Method("", method.script, gold).command(folder / "learn" / "rows.csv", model)])
    return Method(method.name, method.script, ("--model", str(model)), tried=method.tried)
