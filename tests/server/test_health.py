"""Is it well: one word for strangers, codes in the log, sentences for whoever runs it."""

import logging
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from pytest_django import Settings
from tests.installation import Installation

from karvon.server.health import LEAST_FREE, PATH, problems
from karvon.server.settings import SECURE_REDIRECT_EXEMPT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.KARVON_HOME = tmp_path / "home"
    return tmp_path / "home"


def asked(client: Client | None = None, **meta: str) -> tuple[int, str]:
    answer = (client or Client()).get(PATH, **meta)  # type: ignore[arg-type]
    return answer.status_code, answer.content.decode()


def test_an_installation_that_is_well_says_so_and_nothing_else() -> None:
    answer = Client().get(PATH)
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_it_writes_no_session_and_asks_for_nobody() -> None:
    client = Client()
    client.cookies["sessionid"] = "somebody's"
    assert asked(client) == (200, "ok\n")
    assert Session.objects.count() == 0


def test_it_leaves_no_file_behind(home: Path) -> None:
    (home / "evidence").mkdir(parents=True)
    asked()
    assert list(home.rglob("*")) == [home / "evidence"]


def test_a_missing_step_of_the_database_is_not_well() -> None:
    MigrationRecorder(connection).record_unapplied("records", "0001_initial")
    assert asked() == (503, "not ok\n")
    (problem,) = problems(configured.KARVON_HOME)
    assert (problem.code, problem.facts) == ("server.database_older", {"n": 1})


def test_a_database_of_a_newer_version_is_not_well() -> None:
    MigrationRecorder(connection).record_applied("records", "9999_of_next_year")
    assert asked() == (503, "not ok\n")
    assert [problem.code for problem in problems(configured.KARVON_HOME)] == ["server.database_newer"]


@pytest.mark.only_on("sqlite")
def test_a_database_that_does_not_answer_is_not_well_and_breaks_no_page() -> None:
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE "django_migrations" RENAME COLUMN "applied" TO "gone"')
    client = Client()
    client.cookies["sessionid"] = "somebody's"
    assert asked(client) == (503, "not ok\n")
    assert [problem.code for problem in problems(configured.KARVON_HOME)] == ["server.database_silent"]


def test_an_evidence_folder_that_takes_nothing_is_not_well(home: Path) -> None:
    home.mkdir()
    (home / "evidence").write_text("a file in the way")
    assert asked() == (503, "not ok\n")
    (problem,) = problems(home)
    assert (problem.code, str(problem.where)) == ("server.folder_closed", str(home / "evidence"))


def test_a_disk_that_is_nearly_full_is_not_well(home: Path) -> None:
    assert problems(home, least_free=LEAST_FREE) == ()
    (problem,) = problems(home, least_free=10**18)
    assert (problem.code, problem.facts["least"]) == ("server.disk_full", 10**12)


def test_what_is_wrong_is_logged_once_in_codes(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    home.mkdir()
    (home / "evidence").write_text("a file in the way")
    client = Client()
    with caplog.at_level(logging.WARNING, logger="karvon.server.health"):
        for _ in range(3):
            asked(client)
        (home / "evidence").unlink()
        asked(client)
    assert [record.getMessage() for record in caplog.records if record.name == "karvon.server.health"] == [
        "Health: server.folder_closed",
        "Health: ok again",
    ]


def test_it_is_asked_and_never_told() -> None:
    answer = Client().post(PATH)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert Client().head(PATH).status_code == 200


def test_it_answers_plain_http_on_the_machine_itself_where_all_else_is_sent_to_tls() -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_REDIRECT_EXEMPT=SECURE_REDIRECT_EXEMPT):
        client = Client(headers={"host": "127.0.0.1"})
        assert asked(client) == (200, "ok\n")
        assert client.get("/en/").status_code == 301
        assert client.get("/en/-/health/").status_code == 301


def test_whoever_runs_it_is_told_in_words(installation: Installation) -> None:
    well = installation.karvon("check", "--language", "lv")
    assert (well.returncode, well.stdout.startswith("Viss kārtībā: datubāze ")) == (0, True)
    (installation.home / "evidence").write_text("a file in the way")
    unwell = installation.karvon("check", "--language", "en")
    assert (unwell.returncode, unwell.stdout) == (2, "")
    assert unwell.stderr.startswith(f"Nothing can be written into {installation.home / 'evidence'}: ")
