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

from tests.small_folder import small_folder

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
def fresh_installation(
    home: Path, *, untouched: bool = False, imported: bool = False
) -> Iterator[Installation]:
    """A database of its own without any rows, on the engine of this test run, and no other file.

    Making one takes seconds, so it is a copy of one that a command made for this process of tests. ``untouched``,
    there is neither folder nor table: the first command has to make everything. ``imported``, a command has imported
    the small folder (`tests.small_folder`) into it.
    """
    environment = {**os.environ, "KARVON_HOME": str(home), "PYTHONUTF8": "1"}
    cluster = os.environ.get("DATABASE_URL", "")
    made = None if untouched else _made_by_a_command(cluster, imported)
    if made is not None:
        shutil.copytree(made.home, home)
        home.chmod(0o700)
    if not cluster:
        yield Installation(home, environment)
        return
    name, template = f"own_{uuid.uuid4().hex}", "template1" if made is None else made.database
    with psycopg.connect(cluster, autocommit=True) as administration:
        administration.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield Installation(home, {**environment, "DATABASE_URL": f"{cluster.rpartition('/')[0]}/{name}"})
        finally:
            administration.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass(frozen=True, slots=True)
class Made:
    """An installation to copy: its folder, and its database where that is no file in it."""

    home: Path
    database: str = ""


@cache
def _made_by_a_command(cluster: str, imported: bool) -> Made:
    """An installation nobody has used, or one with the small folder; it goes with this process or the cluster."""
    folder = Path(tempfile.mkdtemp(prefix="karvon-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Made(folder / "home", f"made_{uuid.uuid4().hex}" if cluster else "")
    environment = {**os.environ, "KARVON_HOME": str(made.home), "PYTHONUTF8": "1"}
    if cluster:
        with psycopg.connect(cluster, autocommit=True) as administration:
            administration.execute(f'CREATE DATABASE "{made.database}"')
        environment["DATABASE_URL"] = f"{cluster.rpartition('/')[0]}/{made.database}"
    command = ["import", small_folder(folder / "given")] if imported else ["check"]
    subprocess.run([KARVON, *command], env=environment, check=True, capture_output=True)
    return made
