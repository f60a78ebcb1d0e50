"""The files a description names: there, inside the folder, not empty, each proved by its hash."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from karvon.files.programme_folder.raw import Findings
from karvon.rules.problems import Place
from karvon.rules.programme.description import ProgrammeDescription

Where = Callable[[str, str, str], Place]
"""The place of a field of a record: kind, key, field."""
_PASSED_OVER = ("README", "README.md", "README.txt", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A sheet, scan or document as it lies in the folder."""

    path: str
    """Path in the folder, with ``/``."""
    source: Path
    sha256: str
    size: int


def named_files(description: ProgrammeDescription) -> Iterator[tuple[str, str, str, str]]:
    """Kind, key and field of every record that names a file, and the file's path."""
    for sheet in description.sheets:
        yield "sheet", sheet.key, "file", sheet.file
        if sheet.scan:
            yield "sheet", sheet.key, "scan", sheet.scan
    for document in description.documents:
        yield "document", document.key, "file", document.file


def check_files(
    folder: Path, description: ProgrammeDescription, findings: Findings, where: Where
) -> tuple[FolderFile, ...]:
    """Every file the description names, by path. Missing, foreign and empty ones are problems."""
    found: dict[str, FolderFile | None] = {}
    for kind, key, field, path in named_files(description):
        if path not in found:
            found[path] = _opened(folder, path, findings, where(kind, key, field))
        elif found[path] is None and not (folder / path).exists():
            findings.add("file_missing", where(kind, key, field), found=path)
    files = {path: file for path, file in found.items() if file is not None}
    _warn_of_copies(files, description, findings, where)
    if not findings.refused:  # else a refused record may be the one that names it
        _warn_of_unnamed(folder, found.keys(), findings)
    return tuple(files[path] for path in sorted(files))


def _opened(folder: Path, path: str, findings: Findings, where: Place) -> FolderFile | None:
    source = folder / path
    try:
        if not source.resolve(strict=True).is_relative_to(folder.resolve()):
            findings.add("file_outside", where, found=path, folder=path.split("/")[0])
            return None
        status = source.stat()
        if not stat.S_ISREG(status.st_mode):
            findings.add("not_a_file", where, found=path)
            return None
        if status.st_size == 0:
            findings.add("file_empty", where, found=path)
            return None
        with source.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        findings.add("file_missing", where, found=path)
        return None
    except (OSError, RuntimeError, ValueError) as error:
        findings.add(
            "file_unreadable", where, found=path, reason=getattr(error, "strerror", None) or str(error)
        )
        return None
    return FolderFile(path, source, digest, status.st_size)


def _warn_of_copies(
    files: dict[str, FolderFile], description: ProgrammeDescription, findings: Findings, where: Where
) -> None:
    first: dict[str, str] = {}
    for sheet in description.sheets:
        if sheet.file in files:
            earlier = first.setdefault(files[sheet.file].sha256, sheet.file)
            if earlier != sheet.file:
                findings.warn(
                    "same_bytes", where("sheet", sheet.key, "file"), found=sheet.file, first=earlier
                )


def _warn_of_unnamed(folder: Path, named: object, findings: Findings) -> None:
    """A sheet that lies in the folder and proves nothing is likely forgotten."""
    for below in ("sheets", "documents"):
        for parent, folders, names in os.walk(folder / below):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                path = (Path(parent) / name).relative_to(folder).as_posix()
                hidden = name.startswith((".", "~$", "._")) or name in _PASSED_OVER
                if not hidden and path not in named:  # type: ignore[operator]  # a view of keys
                    findings.warn("file_unnamed", Place(path), found=path, kind=below.removesuffix("s"))
