"""The guide for servers is followed as it stands, in a folder instead of a machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.installation import KARVON
from tests.postgres import private_cluster
from tests.programs import postgres_folder
from tests.server.guide import DEPLOY, GUIDE, ROOT, SCRIPTS, below, blocks, installed
from tests.small_folder import PROGRAMME, small_folder


def test_every_block_can_be_read_by_the_shell() -> None:
    assert len(blocks()) == 14
    for heading, block in blocks():
        checked = subprocess.run(["sh", "-n"], input=block, encoding="utf-8", capture_output=True)
        assert (heading, checked.stderr) == (heading, "")


def test_every_block_is_sound() -> None:
    shellcheck = installed("shellcheck", package="shellcheck")
    for heading, block in blocks():
        text = f"#!/bin/sh\nset -e\n{block}"
        checked = subprocess.run(
            [shellcheck, "--severity=warning", "-"], input=text, encoding="utf-8", capture_output=True
        )
        assert (heading, checked.stdout) == (heading, "")


def test_the_guide_and_the_folder_name_the_same_files() -> None:
    named = set(re.findall(r"\bdeploy/([\w.@-]+\w)", GUIDE.read_text("utf-8")))
    assert named == {path.name for path in DEPLOY.iterdir()}


def test_every_address_and_command_the_guide_names_is_there() -> None:
    text = GUIDE.read_text("utf-8")
    assert {"/-/health/"} == set(
        re.findall(r"(?:127\.0\.0\.1:8000|karvon\.example\.org)(/-/\S*?/)(?=[\s`])", text)
    )
    for link in re.findall(r"\]\(([^)#h][^)#]*)", text):
        assert (link, (GUIDE.parent / link).exists()) == (link, True)


@dataclass(frozen=True, slots=True)
class Machine:
    """A folder in which the guide is followed. Whoever runs the tests stands in for root, karvon and postgres;
    PostgreSQL, where it is used, is a real one of this test's own.
    """

    root: Path
    engine: str
    environment: dict[str, str]

    def follow(self, heading: str, *, only: str = "") -> str:
        """Run the commands under a heading (of a block that holds ``only``) and give what they printed."""
        text = "".join(block for above, block in blocks() if above == heading and only in block)
        assert text
        text = below(self.root, text).replace("--group=karvon ", "")
        text = text.replace("runuser -u postgres -- ", "").replace("createuser karvon\n", ":\n")  # is there
        text = re.sub(r"^(?:chgrp|systemctl) .*\n", "", text, flags=re.MULTILINE)
        if self.engine == "sqlite":
            text = re.sub(r"^(?:createdb|psql) .*\n(?: +.*\n)*", "", text, flags=re.MULTILINE)
        printed = self.run("sh", "-euxc", text)
        self.adopt()
        return printed

    def run(self, *command: str | Path) -> str:
        done = subprocess.run(
            command, env=self.environment, cwd=self.root, encoding="utf-8", capture_output=True
        )
        assert (command, done.returncode) == (command, 0), done.stderr
        return done.stdout

    def adopt(self) -> None:
        """What was just installed speaks of this folder and this database server."""
        paths = [self.root / "usr/local" / folder / name for folder in ("bin", "sbin") for name in SCRIPTS]
        paths.append(self.root / "etc/karvon/karvon.env")
        for path in paths:
            if path.exists() and str(self.root) not in (text := path.read_text("utf-8")):
                text = text.replace("%2Fvar%2Frun%2Fpostgresql", self.environment["SOCKET"])
                if self.engine == "sqlite":
                    text = re.sub(r"^DATABASE_URL=.*\n", "", text, flags=re.MULTILINE)
                path.write_text(below(self.root, text))

    def exported(self, name: str) -> dict[str, bytes]:
        """The whole programme, byte for byte."""
        folder = self.root / name
        self.run("karvon", "export", folder)
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }


@pytest.fixture(scope="module")
def socket() -> Iterator[str]:
    """Where a PostgreSQL of these tests' own is reached, as an address writes it."""
    programs = postgres_folder()
    if programs is None:
        pytest.skip("SKIPPED ALOUD: PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with private_cluster(programs) as url:
        yield url.partition("@")[2].rpartition("/")[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    root = tmp_path / "root"
    folders = (
        "etc",
        "opt/karvon/venv/bin",
        "var/lib/karvon",
        "var/backups/karvon",
        "usr/local/bin",
        "usr/local/sbin",
    )
    for folder in folders:
        (root / folder).mkdir(parents=True)
    (root / "opt/karvon/source").symlink_to(ROOT)
    (root / "opt/karvon/venv/bin/karvon").symlink_to(KARVON)
    environment = {
        name: value for name, value in os.environ.items()
        if not name.startswith("KARVON_") and name not in {"DATABASE_URL", "LC_ALL", "LANG"}
    }  # fmt: skip
    environment |= {"KARVON_AS": "", "KARVON_POSTGRES_AS": "", "PYTHONUTF8": "1", "SOCKET": ""}
    environment["PATH"] = f"{root}/usr/local/bin:{root}/usr/local/sbin:{environment['PATH']}"
    if request.param == "sqlite":
        installed("sqlite3", package="sqlite3")
        yield Machine(root, "sqlite", environment)
        return
    socket = request.getfixturevalue("socket")
    environment |= {"SOCKET": socket, "PGHOST": unquote(socket), "PGUSER": "karvon"}
    environment["PATH"] += f":{postgres_folder()}"
    yield (machine := Machine(root, "postgresql", environment))
    for name in databases(machine):
        machine.run("dropdb", name)


def databases(machine: Machine) -> list[str]:
    """Those of PostgreSQL that are called after Karvon."""
    listed = machine.run("psql", "--list", "--no-align", "--tuples-only")
    return re.findall(r"^(karvon\w*)\|", listed, re.MULTILINE)


def set_up(machine: Machine) -> str:
    """Steps 3 and 4, and a programme."""
    if machine.engine == "postgresql":
        machine.follow("3. The database")
    machine.follow("4. The settings", only="install -d")
    said = machine.follow("4. The settings", only="karvon check")
    machine.run("karvon", "import", small_folder(machine.root / "small"))
    return said


def test_the_settings_are_made_for_nobody_else_with_a_key_of_their_own(machine: Machine) -> None:
    said = set_up(machine)
    assert said.startswith(
        f"All is well: database {machine.engine} up to date, {machine.root}/var/lib/karvon"
    )
    settings = machine.root / "etc/karvon/karvon.env"
    assert (settings.stat().st_mode & 0o777, settings.parent.stat().st_mode & 0o777) == (0o640, 0o750)
    (key,) = re.findall(r"^KARVON_SECRET_KEY='([\w-]{60,})'$", settings.read_text("utf-8"), re.MULTILINE)
    assert key not in machine.run("git", "-C", ROOT, "status", "--short")
    assert not (machine.root / "var/lib/karvon/secret-key").exists()


def test_a_backup_brings_back_what_was_there_and_puts_aside_what_is(machine: Machine) -> None:
    set_up(machine)
    before = machine.exported("before")
    copy = Path(machine.follow("8. Backups", only="karvon-backup\n").strip())
    assert copy.parent == machine.root / "var/backups/karvon"
    database = {"sqlite": "karvon.sqlite3", "postgresql": "karvon.sql"}[machine.engine]
    assert {path.name for path in copy.iterdir()} == {database, "karvon.env"}
    assert copy.stat().st_mode & 0o077 == 0

    other = PROGRAMME.replace("A small programme", "Another title")
    machine.run("karvon", "import", small_folder(machine.root / "changed", description=other))
    assert machine.exported("changed-out") != before
    for file in (machine.root / "var/lib/karvon/evidence").rglob("*"):
        if file.is_file():
            file.unlink()
            break

    machine.run("karvon-restore", copy)
    assert machine.exported("after") == before
    aside = (
        [path.name for path in (machine.root / "var/lib/karvon").glob("karvon.sqlite3.before-*")]
        if machine.engine == "sqlite"
        else [name for name in databases(machine) if name.startswith("karvon_before_")]
    )
    assert len(aside) == 1


def test_a_restore_is_tried_beside_and_taken_down(machine: Machine) -> None:
    set_up(machine)
    machine.run("karvon-backup")
    settings = (machine.root / "etc/karvon/karvon.env").read_bytes()
    printed = machine.follow("8. Backups", only="karvon results")
    assert "All is well" in printed
    assert "LV-1" in printed
    assert not (machine.root / "var/lib/karvon/trial").exists()
    assert [path.name for path in (machine.root / "etc/karvon").iterdir()] == ["karvon.env"]
    assert (machine.root / "etc/karvon/karvon.env").read_bytes() == settings
    if machine.engine == "postgresql":
        assert databases(machine) == ["karvon"]


@pytest.mark.parametrize("machine", ["sqlite"], indirect=True)
def test_a_backup_that_was_altered_is_not_restored(machine: Machine) -> None:
    set_up(machine)
    copy = machine.run("karvon-backup").strip()
    before = machine.exported("before")
    file = next(path for path in (machine.root / "var/backups/karvon/evidence").rglob("*") if path.is_file())
    file.chmod(0o600)
    file.write_bytes(b"altered")
    done = subprocess.run(
        [machine.root / "usr/local/sbin/karvon-restore", copy],
        env=machine.environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode != 0, f"{file.name}: FAILED" in done.stdout) == (True, True)
    assert machine.exported("after") == before


@pytest.mark.parametrize("machine", ["sqlite"], indirect=True)
def test_the_last_fourteen_backups_are_kept_and_cut_ones_are_cleared(machine: Machine) -> None:
    set_up(machine)
    backups = machine.root / "var/backups/karvon"
    for day in range(1, 20):
        (backups / f"2020-01-{day:02}T023000Z").mkdir()
    (backups / "2020-01-20T023000Z.unfinished").mkdir()
    made = Path(machine.run("karvon-backup").strip())
    kept = sorted(path.name for path in backups.iterdir() if path.name != "evidence")
    assert kept == [*(f"2020-01-{day:02}T023000Z" for day in range(7, 20)), made.name]


@pytest.mark.parametrize("machine", ["sqlite"], indirect=True)
def test_the_evidence_is_copied_once(machine: Machine) -> None:
    set_up(machine)
    machine.run("karvon-backup")
    kept = machine.root / "var/backups/karvon/evidence"
    first = {path: path.stat().st_ino for path in kept.rglob("*") if path.is_file()}
    shutil.rmtree(next((machine.root / "var/backups/karvon").glob("*Z")))
    machine.run("karvon-backup")
    again = {path: path.stat().st_ino for path in kept.rglob("*") if path.is_file()}
    assert (again, len(first) >= 2) == (first, True)
