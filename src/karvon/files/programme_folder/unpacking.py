"""A programme folder that came as a zip archive: unpacked whole or refused, whatever the archive tries."""

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Final

from karvon.files.programme_folder.from_toml import NAME as TOML
from karvon.files.programme_folder.schema import WORKBOOK
from karvon.rules.problems import Problem, Refused

LARGEST: Final = 100_000_000
"""Bytes of an archive."""
LARGEST_UNPACKED: Final = 500_000_000
MOST_FILES: Final = 10_000
_BEGINNINGS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1
_PIECE: Final = 1 << 20
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def unpack_folder(archive: IO[bytes], into: Path) -> Path:
    """Unpack the archive below ``into`` and return the folder that holds the description.

    The folder may be the archive itself or one below it. Raises `Refused` for what is no zip archive, whatever it is
    called, for one that is damaged, protected or too large, packed or unpacked, and for one that holds links or leads
    elsewhere. What is read is counted, not what the archive says of itself.
    """
    archive.seek(0, 2)
    if archive.tell() > LARGEST:
        raise _refused("archive_too_large", n=LARGEST // 1_000_000)
    archive.seek(0)
    if archive.read(4) not in _BEGINNINGS:
        raise _refused("no_archive")
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = _entries(opened)
            root = _root([path for _, path in entries])
            left = LARGEST_UNPACKED
            for entry, path in entries:
                if path.is_relative_to(root):
                    left = _unpack(opened, entry, into / path, left)
    except Refused:
        raise
    except _BROKEN as error:
        raise _refused("archive_damaged") from error
    return into / root


def _entries(opened: zipfile.ZipFile) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """The files of the archive with their paths, every one of them safe."""
    files = [entry for entry in opened.infolist() if not entry.is_dir()]
    if len(files) > MOST_FILES:
        raise _refused("archive_too_many", n=MOST_FILES)
    found: list[tuple[zipfile.ZipInfo, PurePosixPath]] = []
    taken: set[str] = set()
    for entry in files:
        name = _name(entry)
        if entry.flag_bits & _ENCRYPTED:
            raise _refused("archive_encrypted")
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise _refused("archive_link", found=name)
        parts = name.split("/")
        if any(part in ("", ".", "..") or not part.isprintable() for part in parts) or ":" in parts[0]:
            raise _refused("archive_outside", found=name)
        if parts[0] == "__MACOSX" or parts[-1] == ".DS_Store":
            continue
        if name.casefold() in taken:
            raise _refused("archive_twice", found=name)
        taken.add(name.casefold())
        found.append((entry, PurePosixPath(*parts)))
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """The path with ``/``; older programs write names in the letters of DOS, in this field Cyrillic ones."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        said = raw.decode("utf-8", "replace")
        ours = all(letter < "\u0600" or "\u2000" <= letter < "\u2200" for letter in said)
        name = said if ours else raw.decode("cp866")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _root(paths: Sequence[PurePosixPath]) -> PurePosixPath:
    """The folder of the description: the archive itself, or one folder in it."""
    roots = {path.parent for path in paths if path.name in (TOML, WORKBOOK) and len(path.parts) <= 2}
    if not roots:
        raise _refused("archive_no_folder")
    return min(roots, key=lambda root: (len(root.parts), str(root)))


def _unpack(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Write one file; how many bytes may still come."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as packed, target.open("xb") as out:
        while piece := packed.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise _refused("archive_bomb", n=LARGEST_UNPACKED // 1_000_000)
            out.write(piece)
    return left


def _refused(what: str, **facts: str | int) -> Refused:
    return Refused(Problem(f"editing.{what}", facts=facts))
