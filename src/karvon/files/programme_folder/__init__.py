"""The programme folder: ``programme.toml`` or ``programme.xlsx``, ``sheets/``, ``documents/``, ``register/``.

The format is described for people in ``docs/guides/programme-folder.md``.
"""

from karvon.files.programme_folder.checked import check_description
from karvon.files.programme_folder.reading import FolderReading, read_folder
from karvon.files.programme_folder.writing import write_folder
from karvon.rules.programme.register import RegisterDecision, RegisterFiles, RegisterLine

__all__ = [
    "FolderReading",
    "RegisterDecision",
    "RegisterFiles",
    "RegisterLine",
    "check_description",
    "read_folder",
    "write_folder",
]
