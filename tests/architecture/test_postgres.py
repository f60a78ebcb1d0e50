"""The private PostgreSQL: there for one command, on no network, gone afterwards; missing only aloud."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.postgres import main
from tests.programs import IN_CI, postgres_folder

ASK = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as c:
    for name in ("data_directory", "listen_addresses", "unix_socket_directories"):
        print(c.execute(f"SHOW {name}").fetchone()[0])
    print(c.execute("SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['i', 'y', 'j']) x").fetchone()[0])
raise SystemExit(7)
"""


def test_the_cluster_lives_as_long_as_the_command() -> None:
    if not postgres_folder() and not IN_CI:
        pytest.skip("SKIPPED ALOUD: PostgreSQL is not installed (Debian: apt-get install postgresql)")
    done = subprocess.run(
        [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c", ASK],
        cwd=Path(__file__).parent.parent.parent, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 7, done.stderr
    data, addresses, sockets, sorted_letters = done.stdout.splitlines()
    assert addresses == ""
    assert Path(data).parent == Path(sockets)
    assert not Path(sockets).exists()
    assert sorted_letters in {"iyj", "ijy"}


def test_without_postgres_the_run_says_that_it_was_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--", "false"], programs=None, in_ci=False) == 0
    assert "The tests on PostgreSQL were SKIPPED: PostgreSQL is not installed" in capsys.readouterr().err


def test_under_ci_missing_postgres_is_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--", "true"], programs=None, in_ci=True) == 1
    assert "FAILED" in capsys.readouterr().err
