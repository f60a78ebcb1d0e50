"""Write a programme folder: whole or not at all, and the same facts to the same bytes."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from karvon.files.programme_folder.files import named_files
from karvon.files.programme_folder.from_toml import NAME as TOML
from karvon.files.programme_folder.register import register_bytes
from karvon.files.programme_folder.to_toml import toml_of
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.description import ProgrammeDescription
from karvon.rules.programme.ordering import in_canonical_order
from karvon.rules.programme.register import RegisterFiles

_OURS: Final = frozenset({TOML, "sheets", "documents", "register"})


def write_folder(
    description: ProgrammeDescription,
    folder: Path,
    *,
    files: Mapping[str, Path | bytes],
    register: RegisterFiles | None = None,
) -> None:
    """Write the folder: ``programme.toml``, every file the description names, and the register.

    ``files`` gives the content of each path the description names. The folder appears whole: it is written
    beside its place and renamed. An earlier export is replaced when nothing in it would be lost; any other
    folder that is not empty is refused, as is a file that was not given or lies outside. Nothing has changed
    when ``Refused`` is raised.
    """
    parts: dict[str, Path | bytes] = {TOML: toml_of(in_canonical_order(description)).encode()}
    parts |= _contents(description, files)
    if register is not None:
        parts |= register_bytes(register)
    _refuse_foreign(folder, parts.keys())
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            whole = Path(beside) / "whole"
            _write(whole, parts)
            _swap(whole, folder, aside=Path(beside) / "before")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(Problem("folder.cannot_write", Place(str(folder)), {"reason": reason})) from error


def _contents(
    description: ProgrammeDescription, files: Mapping[str, Path | bytes]
) -> dict[str, Path | bytes]:
    problems, contents = [], {}
    for kind, key, field, path in named_files(description):
        where = Place(key=f"{kind}[{key}].{field}")
        parts = path.split("/")
        if parts[0] not in ("sheets", "documents") or any(part in ("", ".", "..") for part in parts):
            problems.append(
                Problem("folder.file_outside", where, {"found": path, "folder": "sheets, documents"})
            )
        elif path not in files:
            problems.append(Problem("folder.file_missing", where, {"found": path}))
        else:
            contents[path] = files[path]
    if problems:
        raise Refused(*problems)
    return contents


def _refuse_foreign(folder: Path, written: Iterable[str]) -> None:
    """Refuse a place where something would be lost: a file, a foreign folder, a file we do not write again."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Refused(Problem("folder.no_folder", Place(str(folder))))
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / TOML).is_file() or {entry.name for entry in folder.iterdir()} - _OURS:
        raise Refused(Problem("folder.folder_not_empty", Place(str(folder))))
    again = set(written)
    for below in ("sheets", "documents"):
        for path in sorted(
            p.relative_to(folder).as_posix() for p in (folder / below).rglob("*") if not p.is_dir()
        ):
            if path not in again:
                raise Refused(Problem("folder.would_be_lost", Place(str(folder)), {"found": path}))


def _write(whole: Path, parts: Mapping[str, Path | bytes]) -> None:
    for below in ("", "sheets", "documents"):
        (whole / below).mkdir(parents=True, exist_ok=True)
    for path, content in parts.items():
        target = whole / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as opened:
            if isinstance(content, bytes):
                opened.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, opened)
            opened.flush()
            os.fsync(opened.fileno())


def _swap(whole: Path, folder: Path, *, aside: Path) -> None:
    """Put the new folder in the place of the old one; the old one comes back when that fails."""
    if folder.exists():
        folder.rename(aside)
    try:
        whole.rename(folder)
    except BaseException:  # an interruption too: what stays aside would be swept with the new folder
        if aside.exists() and not folder.exists():
            aside.rename(folder)
        raise
