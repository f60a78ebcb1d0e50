"""Evidence files by content: written once, found by SHA-256, never changed."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_CHUNK = 1 << 20

_MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".html": "text/html",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the store: its hash is its address."""

    sha256: str
    size: int
    media_type: str


def media_type_of(name: str) -> str:
    """The media type by the file name's ending; ``application/octet-stream`` for endings we do not keep."""
    return _MEDIA_TYPES.get(Path(name).suffix.casefold(), "application/octet-stream")


def stored_path(home: Path, sha256: str) -> Path:
    """Where the file with this hash lies below Karvon's home, whether or not it is there."""
    return home / "evidence" / sha256[:2] / sha256


def digest_of(source: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with source.open("rb") as f:
        while piece := f.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def store(home: Path, source: Path | bytes, *, name: str) -> Stored:
    """Keep these bytes; afterwards they are on disk under their hash, whole.

    They are written beside their place, flushed to the disk and renamed, so that a cut never leaves half a
    file under a hash. Bytes already kept are not written again, and to a sweep are as young as new ones. Raises
    ``OSError`` (a full disk, say) with nothing left behind.
    """
    folder = home / "evidence"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in _pieces(source):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        target = stored_path(home, digest.hexdigest())
        if not _kept_again(target):
            target.parent.mkdir(exist_ok=True, mode=0o700)
            os.chmod(temporary, 0o400)
            os.replace(temporary, target)
            _flush_folder(target.parent)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return Stored(digest.hexdigest(), size, media_type_of(name))


def sweep(home: Path, *, keep: Iterable[str], before: datetime) -> int:
    """Remove files no record knows and leftovers of cut writes, both from before a moment; returns how many.

    A file is stored before its record is committed, so ``before`` must lie further back than any import lasts.
    """
    known = set(keep)
    removed = 0
    for path in _files(home / "evidence"):
        target = path.with_name(path.name.removeprefix(_LEAVING))
        leaving = path.with_name(_LEAVING + target.name)
        if path != leaving and (target.name in known or not _older(path, before)):
            continue
        with suppress(FileNotFoundError):  # another sweep was first
            path.replace(leaving)  # from here on, whoever stores the same bytes writes them anew
            if target.name not in known and _older(leaving, before):
                leaving.unlink()
                removed += 1
            else:  # stored again since the first look, or an earlier sweep was cut
                leaving.replace(target)
    return removed


_LEAVING = ".leaving-"


def _files(evidence: Path) -> Iterator[Path]:
    """Every file of the store and every leftover."""
    with suppress(FileNotFoundError), os.scandir(evidence) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                with os.scandir(entry) as files:
                    yield from (Path(file.path) for file in files)
            elif entry.name.startswith(".incoming-"):
                yield Path(entry.path)


def _older(path: Path, before: datetime) -> bool:
    return path.stat().st_mtime < before.timestamp()


def _kept_again(target: Path) -> bool:
    """Whether the file is kept already; if so, no sweep takes it for one that was left long ago."""
    try:
        os.utime(target)
    except FileNotFoundError:
        return False
    except PermissionError:  # of another account of this machine
        return True
    return True


def _pieces(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as f:
        while piece := f.read(_CHUNK):
            yield piece


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
