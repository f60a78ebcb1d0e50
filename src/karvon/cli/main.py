"""The command ``karvon``: its commands are imported only when they are called."""

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from karvon import __version__
from karvon.cli.language import asked_language, forget_language, raw

if TYPE_CHECKING:
    from karvon.rules.problems import Problem

COMMANDS: Final[Mapping[str, str]] = {
    "init": "karvon.cli.folder:init",
    "import": "karvon.cli.folder:import_",
    "export": "karvon.cli.folder:export",
    "sheet": "karvon.cli.sheet:sheet",
    "people": "karvon.cli.people:people",
    "results": "karvon.cli.results:results",
    "trace": "karvon.cli.results:trace",
    "report": "karvon.cli.publishing:report",
    "publish": "karvon.cli.publishing:publish",
    "withdraw": "karvon.cli.publishing:withdraw",
    "account": "karvon.cli.accounts:account",
}
"""Name of the command -> where it lives; the server adds those that open its doors."""


class Commands(click.Group):
    """A group whose commands are found by name and imported when needed."""

    def __init__(self, where: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self.where = dict(where)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.where)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.where:
            return None
        module, _, name = self.where[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None


def command_line(more: Mapping[str, str] | None = None) -> Commands:
    """The whole command line; ``more`` are commands of higher floors."""
    group = Commands({**COMMANDS, **(more or {})}, name="karvon", help=raw("help_karvon"))
    return click.version_option(__version__, prog_name="karvon")(group)


def run(group: Commands, arguments: Sequence[str] | None = None) -> None:
    """Run it; problems become sentences on standard error and exit code 2, and nothing has changed.

    With ``KARVON_DEBUG=1`` what nobody foresaw is shown whole.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karvon.server.settings")
    from karvon.rules.problems import Refused

    look_for_garbage_seldom()
    forget_language()
    try:
        group.main(args=arguments, standalone_mode=True)
    except Refused as refused:
        report_problems(refused.problems)
    except Exception as error:
        if os.environ.get("KARVON_DEBUG", "") not in ("", "0"):
            raise
        report_problems([_foreseen(error)])
    else:
        return
    sys.exit(2)


def look_for_garbage_seldom() -> None:
    """What every process of ours begins with, commands and servers: tens of thousands of lines stay until the end, and
    looking for garbage among them takes a tenth of an import.
    """
    gc.set_threshold(100_000, 50, 50)


def _for_its_owner_only(connection: Any) -> None:
    """An embedded database holds names and sessions: only the account it belongs to reads it.

    What lies beside it while it is open gets the same rights from SQLite.
    """
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        with suppress(OSError):  # not there, or somebody else's
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)


def _foreseen(error: Exception) -> "Problem":
    """What the machine refused, as a problem: a disk, a database; else that nobody foresaw it."""
    from django.db.utils import DatabaseError

    from karvon.rules.problems import Place, Problem

    why = " ".join(str(error).split())[:200]
    if isinstance(error, DatabaseError):
        return Problem("terminal.database_failed", Place(), {"why": why})
    if isinstance(error, OSError):
        return Problem(
            "terminal.write_failed", Place(file=str(error.filename or "")), {"why": error.strerror or why}
        )
    return Problem("terminal.unforeseen", Place(), {"kind": type(error).__name__})


def report_problems(problems: Sequence[Any], language: str | None = None) -> None:
    """Each problem as a sentence with its place, on standard error."""
    from karvon.rules.wording import problem_text

    for problem in problems:
        click.echo(printable(problem_text(problem, language or asked_language())), err=True)


def printable(text: str) -> str:
    """Without signs that would steer a terminal: what somebody typed may stand in a sentence."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def _behind(connection: Any) -> bool:
    """Whether a migration is not applied: told by names alone, for to read what they do takes a while."""
    import pkgutil
    from importlib.util import find_spec

    from django.apps import apps
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    for app in apps.get_app_configs():
        folder = find_spec(f"{app.name}.migrations")
        places = folder.submodule_search_locations if folder else None
        if any((app.label, one.name) not in applied for one in pkgutil.iter_modules(places or ())):
            return True
    return False


def open_records() -> None:
    """Start Django and bring the database up to date, once, before a command asks or changes anything."""
    import django

    # all of it goes when the command ends, and looking through it first takes as long as a tenth of an import; without
    # records nothing is that large, and what bulk linking loads wants to be taken down in order
    atexit.register(gc.freeze)

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.utils import OperationalError

    from karvon.rules.problems import Place, Problem, Refused

    try:
        if _behind(connection):
            call_command("migrate", verbosity=0, interactive=False)
        _for_its_owner_only(connection)
    except OperationalError as error:
        why = " ".join(str(error).split())
        raise Refused(Problem("terminal.no_database", Place(), {"why": why})) from error
