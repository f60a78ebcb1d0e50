"""What somebody brings as a document: known by what it holds, refused where it runs or is not what it is called."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from karvon.files.readers.brought_file import fit_name
from karvon.rules.problems import Place, Problem, Refused

_LOOKED_AT: Final = 1 << 16
_PROGRAMS: Final = (
    b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"\x00asm", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
"""What programs, scripts and links to programs begin with, on any system, whatever they are called."""
_BEGINNINGS: Final[dict[str, tuple[bytes, ...]]] = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
    ".doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ".xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ".ppt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ".rtf": (b"{\\rtf",),
}
_WITHIN: Final[dict[str, tuple[str, bytes]]] = {
    ".docx": ("word/document.xml", b""),
    ".xlsx": ("xl/workbook.xml", b""),
    ".pptx": ("ppt/presentation.xml", b""),
    ".odt": ("mimetype", b"application/vnd.oasis.opendocument.text"),
    ".ods": ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
    ".odp": ("mimetype", b"application/vnd.oasis.opendocument.presentation"),
}
"""Packages, by a part of theirs and what it begins with."""
_PHONE_PICTURES: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"})
_TEXTS: Final = frozenset({".txt", ".csv", ".tsv"})
TAKEN: Final = tuple(sorted((*_BEGINNINGS, *_WITHIN, *_TEXTS, ".heic", ".webp")))
"""Endings of what is kept as a document."""


@dataclass(frozen=True, slots=True)
class BroughtDocument:
    """A file that may be kept; ``name`` is fit to be kept under."""

    path: Path
    name: str


def brought_document(path: Path, *, name: str) -> BroughtDocument:
    """The file, if it holds what its ending says and nothing in it runs. Raises `Refused` with the remedy.

    Neither macros nor programs are kept, under whatever name. Only its beginning and a package's list are read.
    """
    called = fit_name(name)
    here, ending = Place(file=called), Path(called).suffix.lower()
    with path.open("rb") as opened:
        begins = opened.read(_LOOKED_AT)
    if not begins:
        raise Refused(Problem("documents.empty", here))
    if begins.startswith(_PROGRAMS):
        raise Refused(Problem("documents.program", here))
    if ending not in TAKEN:
        facts = {"ending": ending or "–", "taken": ", ".join(one.removeprefix(".") for one in TAKEN)}
        raise Refused(Problem("documents.unknown_kind", here, facts))
    if ending in _WITHIN:
        _look_within(path, ending, here)
    elif not _holds(begins, ending):
        raise Refused(Problem("documents.not_what_it_is_called", here, {"ending": ending}))
    return BroughtDocument(path, called)


def _holds(begins: bytes, ending: str) -> bool:
    if ending in _TEXTS:
        return _is_text(begins)
    if ending == ".heic":
        return begins[4:8] == b"ftyp" and begins[8:12] in _PHONE_PICTURES
    if ending == ".webp":
        return begins[:4] == b"RIFF" and begins[8:12] == b"WEBP"
    if ending == ".pdf":  # readers look for it within the first kilobyte, and so do those who make them
        return b"%PDF-" in begins[:1024]
    return begins.startswith(_BEGINNINGS[ending])


def _is_text(begins: bytes) -> bool:
    """Text in any of the encodings people save it in: nothing but UTF-16, which says so, holds zeros."""
    return begins.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" not in begins


def _look_within(path: Path, ending: str, here: Place) -> None:
    part, says = _WITHIN[ending]
    wrong = Refused(Problem("documents.not_what_it_is_called", here, {"ending": ending}))
    try:
        with ZipFile(path) as package:
            names = package.namelist()
            if part not in names:
                raise wrong
            with package.open(part) as opened:
                if not opened.read(len(says)).startswith(says):
                    raise wrong
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise wrong from error
    if any(name.lower().endswith("vbaproject.bin") or name.startswith("Basic/") for name in names):
        raise Refused(Problem("documents.macros", here))
