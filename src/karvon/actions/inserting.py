"""Writing many plain rows at once."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, Final

from django.db import connection, models

_BATCH: Final = 5000
_PLAIN: Final = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)
"""Kinds of columns whose values go to the database as they are."""


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as values of these columns (a foreign key by its ``_id``), in their order.

    For tables written by the ten thousand (keys, links, matches): several times faster than making an object
    of each row. Columns left out must allow NULL or be made by the database. Constraints and triggers hold.
    """
    fields = [_field(model, column) for column in columns]
    prepared = [(at, _remembered(prepare)) for at, field in enumerate(fields) if (prepare := _prepare(field))]
    quote = connection.ops.quote_name
    named = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({named}) VALUES ({places})"  # noqa: S608  # names of ours
    remaining = iter(rows)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, _BATCH)):
            cursor.executemany(statement, [_prepared(row, prepared) for row in batch] if prepared else batch)


def measure_tables(*tables: type[models.Model]) -> None:
    """Tell PostgreSQL how many rows these tables hold now; call it after writing very many.

    It plans by what it last measured, and a table that was empty then makes a search take hours. SQLite plans
    without measuring.
    """
    if connection.vendor == "postgresql":
        named = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {named}")


def _field(model: type[models.Model], column: str) -> Any:
    field = model._meta.get_field(column.removesuffix("_id") if column != "id" else "id")
    if field.is_relation and not column.endswith("_id"):
        raise ValueError(f"{model.__name__}.{column}: give the related row by {column}_id")
    return field


def _prepared(row: Sequence[Any], prepared: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for at, prepare in prepared:
        values[at] = prepare(values[at])
    return values


def _remembered(prepare: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Days, hours and the like come again and again; what cannot be looked up (JSON) is prepared each time."""
    known: dict[Any, Any] = {}

    def remembered(value: Any) -> Any:
        try:
            return known[value]
        except KeyError:
            found = known[value] = prepare(value)
            return found
        except TypeError:
            return prepare(value)

    return remembered


def _prepare(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, _PLAIN) and not isinstance(field, models.BigAutoField):
        return None
    return lambda value: field.get_db_prep_save(value, connection)
