"""The Word file as a zip whose bytes depend on its content alone."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

_FIRST = ("[Content_Types].xml", "_rels/.rels")


def settled_zip(written: bytes) -> bytes:
    """The same parts in a fixed order, dated 1980 and stored: deflate differs from one zlib to the next."""
    out = BytesIO()
    with ZipFile(BytesIO(written)) as source, ZipFile(out, "w", ZIP_STORED) as target:
        names = sorted(source.namelist(), key=lambda name: (name not in _FIRST, name))
        for name in names:
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
