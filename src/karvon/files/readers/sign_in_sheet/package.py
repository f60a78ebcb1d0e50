"""Zipped formats (xlsx, ods, docx): what they are, and unpacking them without being blown up."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from karvon.files.readers.sign_in_sheet.limits import MEBIBYTE, MOST_UNPACKED_BYTES, MOST_ZIP_ENTRIES
from karvon.rules.problems import Place, Problem, Refused

_CHUNK: Final = 4 * MEBIBYTE
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def kind_of_package(data: bytes, here: Place) -> str:
    """``xlsx``, ``ods`` or ``docx``; raises ``Refused`` for any other zip, a damaged or an encrypted one."""
    package = Package.open(data, here)
    names = package.names
    if "[Content_Types].xml" in names or "xl/workbook.xml" in names or "word/document.xml" in names:
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "word/document.xml" in names:
            return "docx"
        if any(name.startswith("xl/") and name.endswith("workbook.xml") for name in names):
            return "xlsx"
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise Refused(Problem("sheet.encrypted", here))
        mimetype = package.read("mimetype") if "mimetype" in names else b"spreadsheet"
        if b"spreadsheet" in mimetype:
            return "ods"
    raise Refused(Problem("sheet.unknown_format", here))


@dataclass(frozen=True, slots=True)
class Package:
    """An opened zip whose entries, taken together, unpack to a bounded size."""

    data: bytes
    archive: zipfile.ZipFile
    names: frozenset[str]
    here: Place

    @classmethod
    def open(cls, data: bytes, here: Place) -> "Package":
        """Raises ``Refused`` when the zip is damaged, encrypted, or declares to unpack beyond the limits."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
            entries = archive.infolist()
        except _BROKEN:
            raise Refused(Problem("sheet.damaged", here)) from None
        if len(entries) > MOST_ZIP_ENTRIES or sum(e.file_size for e in entries) > MOST_UNPACKED_BYTES:
            raise Refused(Problem("sheet.unpacks_too_big", here, {"limit": MOST_UNPACKED_BYTES // MEBIBYTE}))
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise Refused(Problem("sheet.encrypted", here))
        return cls(data, archive, frozenset(e.filename for e in entries), here)

    def chunks(self, name: str) -> Iterator[bytes]:
        """One entry, piece by piece. An entry that unpacks to another size than it declares is damaged."""
        try:
            with self.archive.open(name) as stream:
                while piece := stream.read(_CHUNK):
                    yield piece
        except _BROKEN:
            raise Refused(Problem("sheet.damaged", self.here)) from None

    def read(self, name: str) -> bytes:
        """One whole entry; raises ``Refused`` when it is damaged."""
        return b"".join(self.chunks(name))

    def check_all(self, *, besides: frozenset[str]) -> None:
        """Unpacks everything once more than declared sizes promise, so that nobody downstream is surprised."""
        for entry in self.archive.infolist():
            if entry.filename not in besides and re.search(
                r"\.(xml|rels|vml)$", entry.filename, re.IGNORECASE
            ):
                for _ in self.chunks(entry.filename):
                    pass
