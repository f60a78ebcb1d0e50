"""An installation of Karvon of one test's own, for commands run as a user runs them."""

import os
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
def fresh_installation(home: Path) -> Iterator[Installation]:
    """On the engine of this test run: an empty folder, and on PostgreSQL a database of its own without any rows.

    On SQLite commands make their database themselves. On PostgreSQL that takes seconds, so there it is a copy of one
    that a command made for this process of tests.
    """
    environment = {**os.environ, "KARVON_HOME": str(home), "PYTHONUTF8": "1"}
    cluster = os.environ.get("DATABASE_URL", "")
    if not cluster:
        yield Installation(home, environment)
        return
    name = f"own_{uuid.uuid4().hex}"
    with psycopg.connect(cluster, autocommit=True) as administration:
        administration.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_made_by_a_command(cluster)}"')
        try:
            yield Installation(home, {**environment, "DATABASE_URL": f"{cluster.rpartition('/')[0]}/{name}"})
        finally:
            administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _made_by_a_command(cluster: str) -> str:
    """A database as a command makes it in an installation nobody has used; it goes with the cluster."""
    name = f"made_{uuid.uuid4().hex}"
    with psycopg.connect(cluster, autocommit=True) as administration:
        administration.execute(f'CREATE DATABASE "{name}"')
    url = f"{cluster.rpartition('/')[0]}/{name}"
    with tempfile.TemporaryDirectory(prefix="karvon-test-") as home:
        environment = {**os.environ, "KARVON_HOME": home, "PYTHONUTF8": "1", "DATABASE_URL": url}
        subprocess.run([KARVON, "check"], env=environment, check=True, capture_output=True)
    return name
