"""Composing an export: the description, the files by their hash, and the register of lines."""

from pathlib import Path

from django.conf import settings

from karvon.files.evidence_store import stored_path
from karvon.files.programme_folder import RegisterFiles, write_folder
from karvon.queries.corrections import exported_corrections
from karvon.queries.feedback import exported_answers
from karvon.queries.programme_description import describe
from karvon.queries.register import (
    current_snapshot,
    exported_decisions,
    exported_lines,
    exported_signatures,
    stored_files,
)
from karvon.rules.problems import Place, Problem, Refused


def export_folder(programme: str, folder: Path) -> None:
    """Write the programme as a folder that carries line and person ids, decisions and the snapshot.

    Importing it elsewhere and exporting again gives the same bytes. Raises `Refused` when the folder is in
    the way or a stored file is missing.
    """
    description = describe(programme)
    if description is None:
        raise Refused(Problem("terminal.unknown_programme", Place(key=programme), {"there": ""}))
    files = {
        path: stored_path(settings.KARVON_HOME, sha256) for path, sha256 in stored_files(programme).items()
    }
    for path, source in files.items():
        if not source.is_file():
            raise Refused(Problem("terminal.file_missing", Place(file=path), {"sha256": source.name}))
    register = RegisterFiles(
        lines=exported_lines(programme),
        decisions=exported_decisions(programme),
        snapshot=current_snapshot(programme),
        signatures=exported_signatures(programme),
        corrections=exported_corrections(programme),
        answers=exported_answers(programme),
    )
    write_folder(description, folder, files=files, register=register)
