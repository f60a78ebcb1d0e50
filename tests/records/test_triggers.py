"""Triggers are there after every ``migrate``, also where SQLite has rebuilt a table and dropped them."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from tests.records.world import NOON, World, tables

from karvon.records import models as records
from karvon.records.triggers import APPEND_ONLY, PAYLOAD, SHARES, lift_triggers

pytestmark = pytest.mark.django_db(transaction=True)
VERBS = ("update", "delete", "insert" if connection.vendor == "sqlite" else "truncate")
KEEPERS = {f"records_{table}_keeps_{verb}" for table in (*APPEND_ONLY, PAYLOAD) for verb in VERBS}
SUMS = (
    {f"records_{table}_sum_{verb}" for table, _ in SHARES for verb in ("insert", "update")}
    if connection.vendor == "sqlite"
    else {f"records_{table}_sum" for table, _ in SHARES}
)

LOADER = MigrationLoader(None, ignore_no_migrations=True)
EARLIER = sorted(name for app, name in LOADER.disk_migrations if app == "records")


def triggers(table: str = "") -> set[str]:
    """The names of the triggers on this database, or on one table of it."""
    listed = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(listed)
        return {name for name, of in cursor.fetchall() if not table or of == table}


@pytest.fixture
def a_column_more() -> Iterator[None]:
    """A later migration's column, with a default, on the journal: SQLite rebuilds the table for it."""
    field = models.TextField(default="")
    field.set_attributes_from_name("remark")
    field.model = records.JournalEntry
    with connection.schema_editor() as editor:
        editor.add_field(records.JournalEntry, field)
    yield
    lift_triggers()
    with connection.schema_editor() as editor:
        editor.remove_field(records.JournalEntry, field)


def test_every_trigger_is_there_after_migrate() -> None:
    assert triggers() == KEEPERS | SUMS


def test_migrating_again_keeps_them() -> None:
    call_command("migrate", verbosity=0)
    assert triggers() == KEEPERS | SUMS


def test_at_every_step_of_the_way_up_the_triggers_are_there() -> None:
    """An installation may be upgraded from any step; whichever it was, what its last migrate installs is the same."""
    call_command("migrate", "records", "zero", verbosity=0)
    assert [name for name in connection.introspection.table_names() if name.startswith("records_")] == []
    for step in EARLIER:
        call_command("migrate", "records", step, verbosity=0)
        there = connection.introspection.table_names()
        kept = {name for name in KEEPERS if name.partition("_keeps_")[0] in there}
        assert (step, kept - triggers()) == (step, set())
    call_command("migrate", verbosity=0)
    assert triggers() == KEEPERS | SUMS
    assert len(World().known) == len(tables())


def test_lifting_takes_the_keepers_and_leaves_the_sums() -> None:
    lift_triggers()
    assert triggers() == SUMS


@pytest.mark.only_on("sqlite")
def test_a_rebuilt_table_has_lost_its_triggers(a_column_more: None) -> None:
    """Why they are installed after every migrate; when this fails, Django has learnt to keep them."""
    assert triggers("records_journalentry") == set()


def test_after_a_column_more_and_migrate_the_triggers_are_back(a_column_more: None) -> None:
    call_command("migrate", verbosity=0)
    assert triggers() == KEEPERS | SUMS
    with connection.cursor() as cursor:  # the model does not know the column
        cursor.execute(
            "INSERT INTO records_journalentry (at, via, action, object_kind, object_key, facts, remark) "
            "VALUES (%s, 'command', 'import', '', '', '{}', '')",
            [NOON],
        )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        records.JournalEntry.objects.update(action="nothing")
    assert records.JournalEntry.objects.get().action == "import"


def test_the_flush_between_tests_empties_history_first() -> None:
    records.JournalEntry.objects.create(at=NOON, via="command", action="import")
    assert records.JournalEntry.objects.count() == 1


def test_the_flush_between_tests_empties_history_then() -> None:
    """Written again by the test above when the order is turned: each finds the tables empty, triggers in place."""
    assert records.JournalEntry.objects.count() == 0
    assert triggers() == KEEPERS | SUMS


@pytest.mark.only_on("postgresql")
def test_a_share_waits_for_another_transaction_that_gives_one_of_the_same_event() -> None:
    """Else both would see their own share only, and the event would be paid twice."""
    event, (first, second) = World().event, _two_contracts()
    other = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})
    give = "INSERT INTO records_eventshare (event_id, contract_id, percent) VALUES (%s, %s, 30)"
    try:
        other.execute(give, [event.pk, first.pk])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                cursor.execute(give, [event.pk, second.pk])
        other.commit()
    finally:
        other.close()
    with pytest.raises(IntegrityError, match="more than 100"), connection.cursor() as cursor:
        cursor.execute(give, [event.pk, second.pk])


def _two_contracts() -> tuple[records.Contract, records.Contract]:
    programme, funder = records.Programme.objects.get(), records.Organisation.objects.all()[0]
    first, second = (
        records.Contract.objects.create(programme=programme, key=key, number=key, funder=funder)
        for key in ("erdf", "third")
    )
    return first, second
