"""Questions in plain SQL, for answers somebody waits for: with hundreds of values the ORM takes longer than the
database."""

import json
from collections.abc import Collection, Sequence
from typing import Any, Final

from django.db import connection

Condition = tuple[str, list[Any]]
"""What follows a column, with ``%s`` for each of the values beside it."""


def rows(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement finds; ``%s`` stands for each of the values."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def one_of(values: Collection[int] | Collection[str]) -> Condition:
    """That a column holds one of these values."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [_array(values)]
    return f"IN {_AMONG}", [json.dumps([*values])]


def none_of(values: Collection[int] | Collection[str]) -> Condition:
    """That a column, which is never null, holds none of these values."""
    if connection.vendor == "postgresql":
        return "<> ALL(%s)", [_array(values)]
    return f"NOT IN {_AMONG}", [json.dumps([*values])]


_AMONG: Final = "(SELECT value FROM json_each(%s))"
"""SQLite takes some ten thousands of values at most, one by one; of one text it takes any number, as fast."""


def _array(values: Collection[int] | Collection[str]) -> str:
    """The values as PostgreSQL reads an array: one text is sent, read and planned sooner than hundreds of values."""
    return "{" + ",".join([str(one) if isinstance(one, int) else _quoted(one) for one in values]) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
