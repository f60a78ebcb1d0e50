"""Opens a file by what it holds, not by what it is called, and hands out its sheets as grids."""

import os
import pathlib
import stat
from dataclasses import dataclass, field
from typing import Final

from karvon.files.readers.sign_in_sheet import delimited, markup, word, workbook
from karvon.files.readers.sign_in_sheet.grid import Grid
from karvon.files.readers.sign_in_sheet.limits import MEBIBYTE, MOST_TEXT_BYTES, MOST_WORKBOOK_BYTES
from karvon.files.readers.sign_in_sheet.package import Package, kind_of_package
from karvon.rules.problems import Place, Problem, Refused

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SCANS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"RIFF", b"BM")
_TEXT_ENDINGS: Final = {".csv", ".tsv", ".tab", ".txt", ".psv", ""}
_ENDINGS: Final = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "xls": {".xls", ".xlt"},
    "ods": {".ods", ".ots"},
    "docx": {".docx", ".docm", ".dotx"},
    "html": {".html", ".htm"},
    "text": _TEXT_ENDINGS,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """The grids of a file, and what was doubtful in opening it."""

    kind: str
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = field(default=())


def open_grids(path: pathlib.Path, *, name: str = "") -> Opened:
    """All sheets or tables of a file; ``name`` is what people call it, where it does not lie under its name.

    Raises ``Refused`` with one clear problem for a file that cannot or must not be read: missing, a folder, not
    allowed, empty, too big, encrypted, damaged, of another kind. Memory stays bounded for any content.
    """
    here = Place(file=name or path.name)
    called = pathlib.Path(here.file).suffix.lower()
    data = _bytes_of(path, here)
    kind = _kind(data, here)
    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()
    match kind:
        case "xlsx" | "ods" | "docx":
            package = Package.open(data, here)
            if kind == "docx":
                grids = word.read(package, here)
            else:
                grids, problems = workbook.read_package(package, kind, path, here)
        case "xls":
            grids, problems = workbook.read_old(data, here)
        case "html":
            grids, problems = markup.read(data, here)
        case _:
            grids, problems = delimited.read(data, here, ending=called)
    if called not in _ENDINGS[kind]:
        problems = (
            *problems,
            Problem("sheet.other_format", here, {"format": _FORMAT_NAMES[kind]}, "warning"),
        )
    return Opened(kind, grids, problems)


_FORMAT_NAMES: Final = {
    "xlsx": "XLSX",
    "xls": "XLS",
    "ods": "ODS",
    "docx": "DOCX",
    "html": "HTML",
    "text": "CSV",
}


def _bytes_of(path: pathlib.Path, here: Place) -> bytes:
    try:
        about = path.stat()
    except FileNotFoundError:
        raise Refused(Problem("sheet.missing_file", here)) from None
    except (OSError, ValueError) as error:
        raise Refused(Problem("sheet.unreadable_file", here, {"reason": _reason(error)})) from None
    if stat.S_ISDIR(about.st_mode):
        raise Refused(Problem("sheet.is_folder", here))
    if not stat.S_ISREG(about.st_mode):
        raise Refused(Problem("sheet.not_a_file", here))
    if about.st_size == 0:
        raise Refused(Problem("sheet.empty_file", here))
    try:
        with path.open("rb") as stream:
            data = stream.read(min(MOST_WORKBOOK_BYTES, about.st_size + 1) + 1)
    except OSError as error:
        raise Refused(Problem("sheet.unreadable_file", here, {"reason": _reason(error)})) from None
    is_text = not data.startswith((b"PK", _OLE))
    limit = MOST_TEXT_BYTES if is_text else MOST_WORKBOOK_BYTES
    if max(len(data), about.st_size) > limit:
        facts = {"size": about.st_size // MEBIBYTE, "limit": limit // MEBIBYTE}
        raise Refused(Problem("sheet.too_big", here, facts))
    return data


def _reason(error: Exception) -> str:
    return os.strerror(error.errno) if isinstance(error, OSError) and error.errno else type(error).__name__


def _kind(data: bytes, here: Place) -> str:
    if data.startswith(b"PK"):
        return kind_of_package(data, here)
    if data.startswith(_OLE):
        if _utf16("EncryptedPackage") in data:
            raise Refused(Problem("sheet.encrypted", here))
        if _utf16("WordDocument") in data:
            raise Refused(Problem("sheet.old_word", here))
        if _utf16("Workbook") in data or _utf16("Book") in data:
            return "xls"
        raise Refused(Problem("sheet.unknown_format", here))
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"):
        return "xls"  # a bare BIFF stream of very old programs
    if data.startswith(_SCANS):
        raise Refused(Problem("sheet.scan", here))
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<style", b"<body")):
        return "html"
    if start.startswith((b"{\\rtf", b"<?xml", b'{"', b"[{", b"\x7felf", b"mz\x90")):
        raise Refused(Problem("sheet.unknown_format", here))
    return "text"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")
