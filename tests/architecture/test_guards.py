"""The guards of the test suite guard."""

import socket
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection, transaction
from django.test import Client
from django.urls import path
from tests.guards import WRITE, LeavesTheMachine, WriteFromElsewhere

from karvon.records.models import Programme, User
from karvon.server import settings as karvon_settings


def function_of(module: str, source: str) -> Any:
    """The function ``write`` of a module of this name that is no test's."""
    made = ModuleType(module)
    exec(compile(source, f"{module}.py", "exec"), made.__dict__)  # noqa: S102
    return made.write


def written_by(module: str) -> Any:
    """A function of a module of this name that changes records."""
    return function_of(module, "def write(rows): return rows.update(lead='anna')")


VIEW = """
from django.http import HttpResponse
from karvon.records.models import Programme, User
from karvon.server import settings as karvon_settings
def write(request):
    return HttpResponse(Programme.objects.update(lead="anna"))
"""
urlpatterns = [path("write", function_of("somebody.elses.views", VIEW))]


@pytest.mark.parametrize(
    "module", ["karvon.queries.results", "karvon.web.visits", "karvon.cli.main", "karvon.server"]
)
@pytest.mark.django_db
def test_a_write_from_another_floor_is_refused(module: str) -> None:
    with pytest.raises(WriteFromElsewhere, match=f"{module} wrote to records_programme"):
        written_by(module)(Programme.objects.all())


@pytest.mark.parametrize(
    "module", ["karvon.actions", "karvon.actions.visits", "karvon.records.migrations.0002_more"]
)
@pytest.mark.django_db
def test_actions_and_migrations_write(module: str) -> None:
    assert written_by(module)(Programme.objects.all()) == 0


@pytest.mark.django_db
def test_a_test_writes_what_it_needs() -> None:
    Programme.objects.create(key="a")
    assert Programme.objects.update(lead="anna") == 1


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_a_request_does_not_write_though_a_test_sends_it(client: Client) -> None:
    with pytest.raises(WriteFromElsewhere, match="request"):
        client.get("/write")


@pytest.mark.django_db
def test_django_notes_when_somebody_signed_in_and_strengthens_a_hash_and_writes_nothing_else() -> None:
    user = User.objects.create(username="anna")
    signed_in = function_of(
        "karvon.web.somewhere",
        "from django.contrib.auth.models import update_last_login\n"
        "def write(user): return update_last_login(None, user)",
    )
    signed_in(user)
    renamed = function_of("karvon.web.somewhere", "def write(user): user.save(update_fields=['username'])")
    with (
        pytest.raises(WriteFromElsewhere, match=r"karvon\.web\.somewhere wrote to records_user"),
        transaction.atomic(),
    ):
        renamed(user)
    weak = PBKDF2PasswordHasher().encode("seven wooden camels", "salt", iterations=2)
    User.objects.update(password=weak)
    checked = function_of(
        "karvon.web.somewhere", "def write(user): return user.check_password('seven wooden camels')"
    )
    assert checked(User.objects.get())
    assert User.objects.get().password != weak
    assert User.objects.get().last_login is not None


@pytest.mark.parametrize(
    "statement",
    [
        'INSERT INTO "records_line" (id) VALUES (1)',
        "insert or replace into records_line values (1)",
        'UPDATE "records_line" SET x = 1',
        'DELETE FROM "records_line"',
        "TRUNCATE TABLE records_line",
        "COPY records_line FROM STDIN",
        "WITH old AS (SELECT 1) DELETE FROM records_line",
    ],
)
def test_every_way_to_write_is_seen(statement: str) -> None:
    assert WRITE.search(statement)


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT * FROM "records_line" FOR UPDATE OF "records_line"',
        "CREATE TRIGGER t BEFORE UPDATE ON records_line BEGIN SELECT 1; END",
        'INSERT INTO "django_session" SELECT 1',
    ],
)
def test_reading_is_no_writing(statement: str) -> None:
    assert not WRITE.search(statement)


def test_no_test_reaches_another_machine() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as speaker, pytest.raises(LeavesTheMachine):
        speaker.connect(("192.0.2.1", 9))


def test_the_data_folder_is_the_tests_own() -> None:
    assert Path(settings.KARVON_HOME).name.startswith("karvon-test-")
    assert not Path(settings.KARVON_HOME).is_relative_to(Path.home() / ".local")


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
def test_the_test_database_is_a_file_of_the_tests_own() -> None:
    assert Path(connection.settings_dict["NAME"]).is_relative_to(settings.KARVON_HOME)


def test_only_tests_keep_passwords_by_one_round() -> None:
    """The settings leave it to Django, whose rounds grow with every version."""
    assert not hasattr(karvon_settings, "PASSWORD_HASHERS")
    assert PBKDF2PasswordHasher.iterations >= 1_000_000
