"""The programme folder: ``programme.toml`` or ``programme.xlsx``, ``sheets/``, ``documents/``, ``register/``.

The format is described for people in ``docs/guides/programme-folder.md``.
"""

from karvon.files.programme_folder.files import FolderFile
from karvon.files.programme_folder.reading import FolderReading, read_folder

__all__ = ["FolderFile", "FolderReading", "read_folder"]
