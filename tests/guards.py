"""What no test may do unnoticed: write to our tables from anywhere but ``karvon.actions``, or leave the machine."""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

TESTS = str(Path(__file__).parent)
WRITE = re.compile(
    r"""\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COPY)"""
    r"""\s+(?:TABLE\s+|ONLY\s+|OR\s+\w+\s+)*["`]?(records_\w+)""",
    re.IGNORECASE,
)
MIGRATING = ("karvon.records.migrations", "django.core.management.commands.flush", "django.db.migrations")
OF_SIGNING_IN = {
    ("records_user", "django.contrib.auth.models", "update_last_login"),
    ("records_user", "django.contrib.auth.base_user", "setter"),
}
"""What Django writes of an account by itself: when somebody signed in, and a password's hash made as strong as
today's are. Table, module and function; nothing else of theirs may write to our tables."""
BROUGHT_BY_DJANGO = "django.core.handlers"
"""A request is being answered: whoever sent it, a test or a browser, does not answer for its writes."""


class WriteFromElsewhere(AssertionError):
    """A table of ours was written outside ``karvon.actions``."""


class LeavesTheMachine(AssertionError):
    """A test tried to reach another machine."""


def refuse_writes_from_elsewhere(
    execute: Callable[..., Any], sql: str, params: Sequence[Any], many: bool, context: dict[str, Any]
) -> Any:
    """An ``execute_wrapper``: our tables are written by actions, by migrations, or by a test itself."""
    if written := WRITE.search(sql):
        _refuse_unless_allowed(written[1], sys._getframe(1))
    return execute(sql, params, many, context)


def _refuse_unless_allowed(table: str, frame: FrameType | None) -> None:
    """The nearest frame of the house, from the statement outwards, decides; records only pass through."""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if (table, module, frame.f_code.co_name) in OF_SIGNING_IN:
            return
        if _within(module, "karvon.actions") or any(_within(module, room) for room in MIGRATING):
            return
        if _within(module, "karvon") and not _within(module, "karvon.records"):
            raise WriteFromElsewhere(f"{module} wrote to {table}; only karvon.actions may")
        if _within(module, BROUGHT_BY_DJANGO):
            raise WriteFromElsewhere(f"A request wrote to {table} outside karvon.actions")
        if frame.f_code.co_filename.startswith(TESTS) and frame.f_code.co_filename != __file__:
            return
        frame = frame.f_back
    raise WriteFromElsewhere(f"{table} was written outside karvon.actions")


def _within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def guard_connection(connection: Any, **_: Any) -> None:
    """Put the refusal on a connection, once; for Django's ``connection_created``."""
    if refuse_writes_from_elsewhere not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_writes_from_elsewhere)


def refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: sockets reach this machine only."""
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""  # a path: a socket in the file system
        if host and host != "localhost" and not str(host).startswith(("127.", "::1")):
            raise LeavesTheMachine(f"Tests use no network, but this one called {host}")
