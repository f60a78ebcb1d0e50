"""A private PostgreSQL cluster on a socket in a temporary folder, for as long as a command runs.

``python -m tests.postgres -- COMMAND`` runs the command with ``DATABASE_URL`` set and gives its exit code.
Nothing listens on the network. The cluster compares text as Latvians do (where y stands beside i), so that
a table or a query that relies on the order of bytes shows itself.
"""

import os
import pwd
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from tests.programs import IN_CI, postgres_folder

UNPRIVILEGED = ("postgres", "nobody")
"""Who the server runs as when we are root: PostgreSQL refuses root."""
CARELESS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "statement_timeout=120s",
    "listen_addresses=",
)
"""The data lives for minutes, so it need not survive a power cut; and no TCP. Without autovacuum plans do not
change with the moment: it would find tables empty that a test fills and rolls back, and a search planned for empty
tables takes hours on full ones. A statement that hangs all the same is an error that names itself."""


@contextmanager
def private_cluster(programs: Path) -> Iterator[str]:
    """A running cluster; gives its ``DATABASE_URL``. It is stopped, and its folder removed, at the end."""
    with tempfile.TemporaryDirectory(prefix="karvon-pg-") as name:
        folder = Path(name)
        owner = _owner()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        subprocess.run(
            [str(programs / "initdb"), "-D", str(data), "-U", "karvon", "-A", "trust", "-E", "UTF8", "--no-sync",
             *_collation(programs)],
            check=True, stdout=subprocess.DEVNULL, cwd=folder, **_as(owner),
        )  # fmt: skip
        options = [part for option in CARELESS for part in ("-c", option)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options],
                stdout=log, stderr=subprocess.STDOUT, cwd=folder, start_new_session=True, **_as(owner),
            )  # fmt: skip
        try:
            _wait(folder, server)
            yield f"postgres://karvon@{quote(str(folder), safe='')}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # a fast shutdown: clients are sent away
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers."""
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            psycopg.connect(host=str(folder), user="karvon", dbname="postgres", connect_timeout=30).close()
        except psycopg.OperationalError:
            try:
                server.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def _owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED if name in known)


def _as(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def _collation(programs: Path) -> list[str]:
    """Latvian order where the server has ICU (15 and later), else the order of code points."""
    options = subprocess.run([programs / "initdb", "--help"], capture_output=True, text=True).stdout
    icu = ["--locale-provider=icu", "--icu-locale=lv"] if "--icu-locale" in options else []
    return ["--locale=C.UTF-8", *icu]


def _stop(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def main(arguments: Sequence[str], *, programs: Path | None, in_ci: bool = IN_CI) -> int:
    command = list(arguments[1:] if arguments[:1] == ["--"] else arguments)
    if programs is None:
        verdict = "FAILED, under CI nothing may be missing" if in_ci else "SKIPPED"
        reason = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        print(f"\n*** The tests on PostgreSQL were {verdict}: {reason}\n", file=sys.stderr)  # noqa: T201
        return 1 if in_ci else 0
    signal.signal(signal.SIGTERM, _stop)  # so that the cluster is taken down with us
    with private_cluster(programs) as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], programs=postgres_folder()))
