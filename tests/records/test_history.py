"""History stays as it was written: the database refuses to change it, through Django and past it."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from tests.records.world import NOON, World

from karvon.records import models as records
from karvon.records.triggers import APPEND_ONLY, install_triggers

HISTORY = [
    records.JournalEntry,
    records.Decision,
    records.Edition,
    records.EditionFile,
    records.EditionRelease,
    records.AttendanceCorrection,
]
CHANGES: dict[type[models.Model], dict[str, object]] = {
    records.JournalEntry: {"action": "nothing"},
    records.Decision: {"verdict": "different"},
    records.Edition: {"digest": "other"},
    records.EditionFile: {"language": "en"},
    records.EditionRelease: {"step": "withdrawn"},
    records.AttendanceCorrection: {"value": "trainer"},
}


def refuses(change: Callable[[], object], because: str) -> bool:
    """Whether the database refuses the change with this reason; nothing of it is left behind."""
    try:
        with transaction.atomic():
            change()
    except IntegrityError as refusal:
        return because in str(refusal)
    return False


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def kept_as(model: type[models.Model]) -> str:
    return f"{model._meta.db_table} is append-only"


def test_the_tables_of_history_are_these() -> None:
    assert {model._meta.model_name for model in HISTORY} == set(APPEND_ONLY)


@pytest.mark.parametrize("model", HISTORY)
class TestHistory:
    def test_is_not_changed_through_django(self, world: World, model: type[models.Model]) -> None:
        rows = model._default_manager.all()
        before = list(rows.values())
        assert refuses(lambda: rows.update(**CHANGES[model]), kept_as(model))
        assert refuses(lambda: world.row(model).save(), kept_as(model))
        assert list(rows.values()) == before

    def test_is_not_deleted_through_django(self, world: World, model: type[models.Model]) -> None:
        rows = model._default_manager.all()
        assert refuses(lambda: rows._raw_delete(using=rows.db), kept_as(model))
        assert rows.count() == 1

    def test_is_not_changed_by_plain_sql(self, world: World, model: type[models.Model]) -> None:
        table = model._meta.db_table
        assert refuses(lambda: execute(f"UPDATE {table} SET id = id"), kept_as(model))
        assert refuses(lambda: execute(f"UPDATE {table} SET id = id + 1000"), kept_as(model))

    def test_is_not_deleted_by_plain_sql(self, world: World, model: type[models.Model]) -> None:
        assert refuses(lambda: execute(f"DELETE FROM {model._meta.db_table}"), kept_as(model))

    def test_is_not_replaced(self, world: World, model: type[models.Model]) -> None:
        """SQLite's INSERT OR REPLACE removes a row without asking the trigger on delete; upserts update."""
        table = model._meta.db_table
        names = [field.column for field in model._meta.concrete_fields]
        quoted = ", ".join(f'"{name}"' for name in names)
        if connection.vendor == "sqlite":
            replacement = f"INSERT OR REPLACE INTO {table} ({quoted}) SELECT {quoted} FROM {table}"
        else:
            replacement = (
                f"INSERT INTO {table} ({quoted}) SELECT {quoted} FROM {table} "
                f"ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id"
            )
        assert refuses(lambda: execute(replacement), kept_as(model))


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("model", HISTORY)
def test_history_is_not_truncated(transactional_db: None, model: type[models.Model]) -> None:
    assert refuses(lambda: execute(f"TRUNCATE {model._meta.db_table} CASCADE"), "is append-only")


def test_history_grows(world: World) -> None:
    records.JournalEntry.objects.create(at=NOON, via="web", action="export")
    assert list(records.JournalEntry.objects.values_list("action", flat=True)) == ["import", "export"]


def test_who_stands_in_the_journal_cannot_be_deleted(world: World) -> None:
    with pytest.raises(ProtectedError):
        world.user.delete()


ERASED = {"body": None, "salt": None, "erased_at": NOON}
ONLY_ERASED = "a payload can only be erased"


def test_a_payload_can_be_erased_and_keeps_its_digest(world: World) -> None:
    rows = records.Payload.objects.filter(pk=world.payload("digest").pk)
    rows.update(**ERASED)
    assert rows.values("body", "salt", "erased_at", "digest").get() == {**ERASED, "digest": "digest"}


def test_an_erased_payload_stays_erased(world: World) -> None:
    rows = records.Payload.objects.filter(pk=world.payload().pk)
    rows.update(**ERASED)
    assert refuses(lambda: rows.update(body={"name": "Anna"}, salt=b"salt", erased_at=None), ONLY_ERASED)
    assert refuses(lambda: rows.update(erased_at="2026-01-01T00:00Z"), ONLY_ERASED)


@pytest.mark.parametrize(
    "change",
    [
        {"body": {"name": "Ilze"}},
        {"salt": b"other"},
        {"digest": "other"},
        {**ERASED, "digest": "other"},
        {**ERASED, "erased_at": None},
        {**ERASED, "salt": b"salt"},
        {**ERASED, "body": {}},
        {**ERASED, "id": 999_999},
    ],
    ids=lambda change: "+".join(f"{name}={value!r}" for name, value in change.items() if name not in ERASED),
)
def test_a_payload_is_not_changed_in_any_other_way(world: World, change: dict[str, object]) -> None:
    rows = records.Payload.objects.filter(pk=world.payload().pk)
    assert refuses(lambda: rows.update(**change), ONLY_ERASED)


def test_a_payload_is_not_deleted(world: World) -> None:
    alone = world.payload()
    assert refuses(alone.delete, ONLY_ERASED)
    assert refuses(lambda: execute(f"DELETE FROM records_payload WHERE id = {alone.pk}"), ONLY_ERASED)


def test_a_payload_is_whole_or_erased(db: None) -> None:
    def made(**values: object) -> Callable[[], object]:
        return lambda: records.Payload.objects.create(digest="d", **values)

    assert refuses(made(body={"name": "Anna"}), "payload_whole_or_erased")
    assert refuses(made(salt=b"salt"), "payload_whole_or_erased")
    assert refuses(made(), "payload_whole_or_erased")
    assert refuses(made(body={"name": "Anna"}, salt=b"salt", erased_at=NOON), "payload_whole_or_erased")


def test_installing_the_triggers_again_changes_nothing(world: World) -> None:
    install_triggers()
    install_triggers()
    assert refuses(lambda: records.JournalEntry.objects.update(action="nothing"), "is append-only")
