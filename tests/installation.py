"""An installation of Karvon of one test's own, for commands run as a user runs them."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

KARVON = Path(sys.executable).with_name("karvon")
"""The command as it was installed."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and a database nobody else uses; ``environment`` leads any command to them."""

    home: Path
    environment: dict[str, str]

    def karvon(self, *arguments: str | Path, input: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; what it printed and its exit code."""
        return subprocess.run(
            [KARVON, *map(str, arguments)],
            env=self.environment, capture_output=True, encoding="utf-8", input=input,
        )  # fmt: skip


@contextmanager
def fresh_installation(home: Path, *, untouched: bool = False) -> Iterator[Installation]:
    """A database of its own without any rows, on the engine of this test run, and no other file.

    Making one takes seconds, so it is a copy of one that a command made for this process of tests. ``untouched``,
    there is neither folder nor table: the first command has to make everything.
    """
    environment = {**os.environ, "KARVON_HOME": str(home), "PYTHONUTF8": "1"}
    cluster = os.environ.get("DATABASE_URL", "")
    if not cluster:
        if not untouched:
            home.mkdir(mode=0o700, parents=True)
            shutil.copy2(_file_made_by_a_command(), home)
        yield Installation(home, environment)
        return
    name = f"own_{uuid.uuid4().hex}"
    template = "template1" if untouched else _database_made_by_a_command(cluster)
    with psycopg.connect(cluster, autocommit=True) as administration:
        administration.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield Installation(home, {**environment, "DATABASE_URL": f"{cluster.rpartition('/')[0]}/{name}"})
        finally:
            administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _file_made_by_a_command() -> Path:
    """The database of an installation nobody has used; it goes with this process of tests."""
    home = Path(tempfile.mkdtemp(prefix="karvon-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    _first_command(home)
    (database,) = home.glob("*.sqlite3*")
    return database


@cache
def _database_made_by_a_command(cluster: str) -> str:
    """The database of an installation nobody has used; it goes with the cluster."""
    name = f"made_{uuid.uuid4().hex}"
    with psycopg.connect(cluster, autocommit=True) as administration:
        administration.execute(f'CREATE DATABASE "{name}"')
    with tempfile.TemporaryDirectory(prefix="karvon-test-") as home:
        _first_command(Path(home), DATABASE_URL=f"{cluster.rpartition('/')[0]}/{name}")
    return name


def _first_command(home: Path, **more: str) -> None:
    environment = {**os.environ, "KARVON_HOME": str(home), "PYTHONUTF8": "1", **more}
    subprocess.run([KARVON, "check"], env=environment, check=True, capture_output=True)
