"""What the database itself refuses: changing history, contract shares over 100 %.

SQLite rebuilds a table to add a column and silently drops its triggers, so they are installed anew after
every ``migrate``.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

APPEND_ONLY: Final = (
    "journalentry",
    "decision",
    "edition",
    "editionfile",
    "editionrelease",
    "attendancecorrection",
)
PAYLOAD: Final = "payload"
SHARES: Final = (("visitshare", "visit"), ("eventshare", "event"))
OVER_100: Final = "100.0005"
"""Shares keep three decimals; SQLite sums them as floating point."""


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
    verbs = _POSTGRES_VERBS if connection.vendor == "postgresql" else _SQLITE_VERBS
    with connection.cursor() as cursor:
        for table in (*APPEND_ONLY, PAYLOAD):
            on = f" ON records_{table}" if connection.vendor == "postgresql" else ""
            for verb in verbs:
                cursor.execute(f"DROP TRIGGER IF EXISTS {_keeper(table, verb)}{on}")


def _keeper(table: str, verb: str) -> str:
    return f"records_{table}_keeps_{verb}"


# --- SQLite

_SQLITE_VERBS: Final = ("update", "delete", "insert")
"""Insert, too: INSERT OR REPLACE takes a row away without asking the trigger on delete."""
_ERASES: Final = (
    "NEW.body IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL "
    "AND OLD.erased_at IS NULL AND NEW.digest = OLD.digest AND NEW.id = OLD.id"
)


def _sqlite(existing: set[str]) -> Iterator[str]:
    for table in (*APPEND_ONLY, PAYLOAD):
        if f"records_{table}" in existing:
            for verb in _SQLITE_VERBS:
                yield from _sqlite_keeper(table, verb)
    for table, owner in SHARES:
        if f"records_{table}" in existing:
            for verb in ("insert", "update"):
                yield from _sqlite_sum(table, owner, verb)


def _sqlite_keeper(table: str, verb: str) -> Iterator[str]:
    name = _keeper(table, verb)
    when = ""
    if verb == "insert":
        when = f"WHEN EXISTS (SELECT 1 FROM records_{table} WHERE id = NEW.id) "
    elif verb == "update" and table == PAYLOAD:
        when = f"WHEN NOT ({_ERASES}) "
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON records_{table} {when}"
        f"BEGIN SELECT RAISE(ABORT, '{_refusal(table)}'); END"
    )


def _sqlite_sum(table: str, owner: str, verb: str) -> Iterator[str]:
    name = f"records_{table}_sum_{verb}"
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield (
        f"CREATE TRIGGER {name} AFTER {verb.upper()} ON records_{table} WHEN "
        f"(SELECT SUM(percent) FROM records_{table} WHERE {owner}_id = NEW.{owner}_id) > {OVER_100} "
        f"BEGIN SELECT RAISE(ABORT, 'shares sum to more than 100 per cent'); END"
    )


def _refusal(table: str) -> str:
    return "a payload can only be erased" if table == PAYLOAD else f"records_{table} is append-only"


# --- PostgreSQL

_POSTGRES_VERBS: Final = ("update", "delete", "truncate")


def _postgres(existing: set[str]) -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION karvon_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation'; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION karvon_payload() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF {_ERASES} THEN RETURN NEW; END IF; END IF; "
        f"RAISE EXCEPTION '{_refusal(PAYLOAD)}' USING ERRCODE = 'check_violation'; END $$"
    )
    for table in (*APPEND_ONLY, PAYLOAD):
        if f"records_{table}" in existing:
            for verb in _POSTGRES_VERBS:
                yield from _postgres_keeper(table, verb)
    for table, owner in SHARES:
        if f"records_{table}" in existing:
            yield from _postgres_sum(table, owner)


def _postgres_keeper(table: str, verb: str) -> Iterator[str]:
    name = _keeper(table, verb)
    function = "karvon_payload" if table == PAYLOAD else "karvon_append_only"
    each = "STATEMENT" if verb == "truncate" else "ROW"
    yield f"DROP TRIGGER IF EXISTS {name} ON records_{table}"
    yield (
        f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON records_{table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function}()"
    )


def _postgres_sum(table: str, owner: str) -> Iterator[str]:
    """The owner's row is locked first, so that of two transactions at once the second sees the first's share."""
    yield (
        f"CREATE OR REPLACE FUNCTION karvon_{table}_sum() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM 1 FROM records_{owner} WHERE id = NEW.{owner}_id FOR NO KEY UPDATE; "
        f"IF (SELECT SUM(percent) FROM records_{table} WHERE {owner}_id = NEW.{owner}_id) > {OVER_100} THEN "
        f"RAISE EXCEPTION 'shares sum to more than 100 per cent' USING ERRCODE = 'check_violation'; END IF; "
        f"RETURN NEW; END $$"
    )
    name = f"records_{table}_sum"
    yield f"DROP TRIGGER IF EXISTS {name} ON records_{table}"
    yield (
        f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE ON records_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION karvon_{table}_sum()"
    )
