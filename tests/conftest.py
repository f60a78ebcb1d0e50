"""Every test runs on SQLite; those that touch the database run again on PostgreSQL.

``make test`` does both. ``python -m tests.postgres -- python -m pytest`` is the second run alone: where
``DATABASE_URL`` names PostgreSQL, tests that touch no database are left out.
"""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

HOME = Path(tempfile.mkdtemp(prefix="karvon-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["KARVON_HOME"] = str(
    HOME
)  # before the settings are read: never the data of whoever runs the tests
if "karvon.server.settings" in sys.modules:
    raise pytest.UsageError(
        "Karvon's settings were read before the tests could give it a folder of their own"
    )

import django  # noqa: E402

os.environ["DJANGO_SETTINGS_MODULE"] = "karvon.server.settings"
django.setup()
del os.environ["DJANGO_SETTINGS_MODULE"]  # the processes of xdist make folders of their own in the same way

from django.conf import settings as django_settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends.signals import connection_created  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402

from karvon.records.triggers import lift_triggers  # noqa: E402
from tests.guards import guard_connection, refuse_other_machines  # noqa: E402
from tests.installation import Installation, fresh_installation  # noqa: E402
from tests.programs import IN_CI, program  # noqa: E402
from tests.small_folder import small_folder  # noqa: E402

BROWSER_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
LANGUAGES = frozenset({"en", "lv", "ru", "uz", "uz-cyrl", "uz-Cyrl"})
OUR_DATABASE = frozenset({"db", "transactional_db", "live_server"})
OWN_DATABASE = frozenset({"installation", "imported", "untouched"})
TESTS = Path(__file__).parent
LONG = ("browser", "server", "cli", "actions", "web", "records")
ON_POSTGRES = connection.vendor == "postgresql"

if TYPE_CHECKING:
    from playwright.sync_api import Browser

django_settings.PASSWORD_HASHERS = ["tests.hashing.OneRound"]
connection_created.connect(guard_connection, dispatch_uid="tests-guard")
sys.addaudithook(refuse_other_machines)
hypothesis_settings.register_profile("karvon", deadline=None, derandomize=IN_CI)
hypothesis_settings.load_profile("karvon")

if not ON_POSTGRES:  # a file, as in life: in memory, locks and journal would be others
    connection.settings_dict["TEST"]["NAME"] = str(HOME / "test.sqlite3")


def uses_our_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db") or OUR_DATABASE & set(getattr(item, "fixturenames", ())))


def touches_database(item: pytest.Item) -> bool:
    return uses_our_database(item) or bool(OWN_DATABASE & set(getattr(item, "fixturenames", ())))


def belongs_to_this_run(item: pytest.Item) -> bool:
    engines = {engine for mark in item.iter_markers("only_on") for engine in mark.args} or {connection.vendor}
    again = touches_database(item) and not item.get_closest_marker("browser") and not is_a_translation(item)
    return connection.vendor in engines and (again or not ON_POSTGRES)


def is_a_translation(item: pytest.Item) -> bool:
    """Whether it tries in one more language what is tried in Russian: words do not change with the engine."""
    given = getattr(item, "callspec", None)
    languages = {given.params.get(name) for name in ("code", "language")} & LANGUAGES if given else set()
    return bool(languages - {"ru"})


def longest_first(item: pytest.Item) -> int:
    """What takes long begins first, so that at the end no process works alone; else the order stays."""
    folder = item.path.relative_to(TESTS).parts[0]
    return LONG.index(folder) if folder in LONG else len(LONG)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if not belongs_to_this_run(item)]
    out = set(left_out)
    items[:] = sorted((item for item in items if item not in out), key=longest_first)
    config.hook.pytest_deselected(items=left_out)


def pytest_report_header() -> str:
    return f"database: {connection.vendor}"


@pytest.fixture(autouse=True)
def _history_can_be_flushed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift what keeps history append-only before a test's own data are flushed; the flush installs it again."""
    if not uses_our_database(request.node):
        yield
        return
    request.getfixturevalue("db")  # made before us, so that it is torn down after us
    yield
    if not connection.in_atomic_block:
        lift_triggers()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A data folder and database of this test's own, to run commands in."""
    with fresh_installation(tmp_path / "home") as own:
        yield own


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Installation]:
    """One into which a command has imported the small folder, which lies in ``given`` of the test's folder."""
    small_folder(tmp_path / "given")
    with fresh_installation(tmp_path / "home", imported=True) as own:
        yield own


@pytest.fixture
def untouched(tmp_path: Path) -> Iterator[Installation]:
    """An installation in which no command has run: neither data folder nor tables."""
    with fresh_installation(tmp_path / "home", untouched=True) as own:
        yield own


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's browser; Playwright's own cannot be fetched everywhere."""
    return program("chromium", "chromium-browser", "google-chrome", package="chromium")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator["Browser"]:
    """One for all tests of a process: a second one could not be started beside it."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # what should come comes at once; a busy machine is no mistake
    # its loop runs while fixtures write
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=os.environ.get("KARVON_CHROMIUM", chromium), args=BROWSER_ARGUMENTS
        )
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, to open Word reports as their readers do."""
    return program("soffice", "libreoffice", package="libreoffice-writer")


@pytest.fixture(scope="session")
def pdftotext() -> str:
    return program("pdftotext", package="poppler-utils")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    return program("pdftoppm", package="poppler-utils")
