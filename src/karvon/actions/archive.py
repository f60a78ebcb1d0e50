"""A programme folder that comes as one packed file."""

import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings

from karvon.actions.describing import Described
from karvon.actions.evidence import import_folder
from karvon.actions.journal import Actor
from karvon.actions.staging import Progress, silent
from karvon.files.programme_folder import read_folder
from karvon.files.programme_folder.unpacking import unpack_folder
from karvon.records import models as records
from karvon.rules.problems import Problem, Refused


def import_archive(
    archive: IO[bytes], *, programme: str = "", replace: bool = False, by: Actor, progress: Progress = silent
) -> Described:
    """Import the folder that is packed in ``archive``, whole or not at all; nothing else is left behind.

    With ``programme`` it has to be of that one, else of one that is not here yet; ``replace`` as in `import_folder`.
    Raises `Refused` with every problem found.
    """
    below = Path(settings.KARVON_HOME) / "incoming"
    below.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="folder-", dir=below) as place:
        folder = unpack_folder(archive, Path(place))
        found = read_folder(folder).description.programme.key
        if programme and found != programme:
            raise Refused(Problem("editing.archive_other", facts={"found": found}))
        if not programme and records.Programme.objects.filter(key=found).exists():
            raise Refused(Problem("editing.archive_there", facts={"found": found}))
        return import_folder(folder, by=by, replace=replace, progress=progress)
