"""Bringing in a programme folder."""

from pathlib import Path

from karvon.actions.describing import Described, Entry, Wanted, keep_folder
from karvon.actions.journal import COMMAND, Actor
from karvon.actions.staging import Progress, silent
from karvon.files.programme_folder import RegisterFiles, read_folder
from karvon.queries.corrections import exported_corrections
from karvon.queries.feedback import exported_answers
from karvon.queries.register import exported_decisions, exported_lines, exported_signatures


def import_folder(
    folder: Path, *, by: Actor = COMMAND, replace: bool = False, progress: Progress = silent
) -> Described:
    """Make the records say what the programme folder says, whole or not at all.

    Importing the same folder again changes nothing; running an import that was cut again completes it. Raises
    `Refused` with every problem found and nothing changed; also where the programme was changed here since the last
    folder, unless the folder is to ``replace`` that.
    """
    progress("folder", 0, 1)
    reading = read_folder(folder)
    key = reading.description.programme.key
    register = None if _is_known(key, reading.register) else reading.register
    wanted = Wanted(reading.description, reading.files, register=register, problems=reading.problems)
    entry = Entry("import_folder", by, object_kind="programme", object_key=key)
    return keep_folder(wanted, entry, replace_edited=replace, progress=progress)


def _is_known(programme: str, register: RegisterFiles | None) -> bool:
    """Whether the register that came with the folder is this installation's own."""
    return (
        register is not None
        and register.lines == exported_lines(programme)
        and register.signatures == exported_signatures(programme)
        and register.decisions == exported_decisions(programme)
        and register.corrections == exported_corrections(programme)
        and register.answers == exported_answers(programme)
    )
