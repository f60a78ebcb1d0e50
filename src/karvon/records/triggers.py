"""What the database itself refuses: changing history, contract shares over 100 %.

SQLite rebuilds a table to add a column and silently drops its triggers, so they are installed anew after
every ``migrate``.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

APPEND_ONLY: Final = ("journalentry", "decision", "edition", "editionfile")
SHARES: Final = (("visitshare", "visit_id"), ("eventshare", "event_id"))


def install_triggers(sender: object = None, using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Install every trigger on this database, replacing what is there. Safe to repeat."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    statements = _postgres(existing) if connection.vendor == "postgresql" else _sqlite(existing)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def lift_triggers(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the append-only triggers away, for a test database that is about to be flushed."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in _append_only_names():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _append_only_names() -> Iterator[tuple[str, str]]:
    for table in (*APPEND_ONLY, "payload"):
        for verb in ("update", "delete"):
            yield f"records_{table}_keeps_{verb}", f"records_{table}"


def _sqlite(existing: set[str]) -> Iterator[str]:
    for table in APPEND_ONLY:
        if f"records_{table}" not in existing:
            continue
        for verb in ("update", "delete"):
            name = f"records_{table}_keeps_{verb}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON records_{table} "
                f"BEGIN SELECT RAISE(ABORT, 'records_{table} is append-only'); END"
            )
    if "records_payload" in existing:
        yield "DROP TRIGGER IF EXISTS records_payload_keeps_update"
        yield (
            "CREATE TRIGGER records_payload_keeps_update BEFORE UPDATE ON records_payload "
            "WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL "
            "AND OLD.erased_at IS NULL AND NEW.digest = OLD.digest AND NEW.id = OLD.id) "
            "BEGIN SELECT RAISE(ABORT, 'a payload can only be erased'); END"
        )
        yield "DROP TRIGGER IF EXISTS records_payload_keeps_delete"
        yield (
            "CREATE TRIGGER records_payload_keeps_delete BEFORE DELETE ON records_payload "
            "BEGIN SELECT RAISE(ABORT, 'a payload can only be erased'); END"
        )
    for table, owner in SHARES:
        if f"records_{table}" not in existing:
            continue
        for verb in ("insert", "update"):
            name = f"records_{table}_sum_{verb}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} AFTER {verb.upper()} ON records_{table} "
                f"WHEN (SELECT SUM(percent) FROM records_{table} WHERE {owner} = NEW.{owner}) > 100.0005 "
                f"BEGIN SELECT RAISE(ABORT, 'shares sum to more than 100 per cent'); END"
            )


def _postgres(existing: set[str]) -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION karvon_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION karvon_payload() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'UPDATE' AND NEW.body IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL "
        "AND OLD.erased_at IS NULL AND NEW.digest = OLD.digest AND NEW.id = OLD.id THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'a payload can only be erased' USING ERRCODE = 'check_violation'; END $$"
    )
    for table, owner in SHARES:
        yield (
            f"CREATE OR REPLACE FUNCTION karvon_{table}_sum() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF (SELECT SUM(percent) FROM records_{table} WHERE {owner} = NEW.{owner}) > 100.0005 THEN "
            f"RAISE EXCEPTION 'shares sum to more than 100 per cent' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN NEW; END $$"
        )
    for name, table in _append_only_names():
        if table not in existing:
            continue
        function = "karvon_payload" if table == "records_payload" else "karvon_append_only"
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        verb = name.rpartition("_")[2].upper()
        yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    for table, _owner in SHARES:
        if f"records_{table}" not in existing:
            continue
        name = f"records_{table}_sum"
        yield f"DROP TRIGGER IF EXISTS {name} ON records_{table}"
        yield (
            f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON records_{table} "
            f"FOR EACH ROW EXECUTE FUNCTION karvon_{table}_sum()"
        )
