"""What a file that somebody brings is, by what it holds: a list to be read, or a signed scan to be looked at."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from karvon.files.readers.sign_in_sheet.opening import Opened, open_grids
from karvon.rules.problems import Place, Problem, Refused

BroughtKind = Literal["sheet", "scan"]
_SCANS: Final = (
    (b"\xff\xd8\xff", "JPEG", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", "PNG", (".png",)),
    (b"%PDF-", "PDF", (".pdf",)),
)
_ENDINGS_OF_SCANS: Final = frozenset(ending for _, _, endings in _SCANS for ending in endings)
_NOT_IN_NAMES: Final = frozenset('<>:"/\\|?*')
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file by its content; ``name`` is fit to be kept under, and ends as its content asks."""

    kind: BroughtKind
    name: str
    opened: Opened | None = None
    """The grids of a list."""


def brought_file(path: Path, *, name: str) -> BroughtFile:
    """Whether these bytes are a list or a scan. Raises `Refused` with the remedy for anything else.

    What a file is called decides nothing, but a picture that is called a list is refused: somebody was wrong about
    one of the two.
    """
    called = fit_name(name)
    ending = Path(called).suffix.lower()
    here = Place(file=called)
    with path.open("rb") as opened:
        begins = opened.read(1024)
    for magic, format_name, endings in _SCANS:
        if magic in (begins if format_name == "PDF" else begins[: len(magic)]):
            if ending not in _ENDINGS_OF_SCANS:
                raise Refused(
                    Problem("bringing.picture_as_list", here, {"format": format_name, "ending": endings[0]})
                )
            return BroughtFile("scan", called if ending in endings else f"{Path(called).stem}{endings[0]}")
    if ending in _ENDINGS_OF_SCANS:
        raise Refused(Problem("bringing.no_picture", here, {"ending": ending}))
    return BroughtFile("sheet", called, open_grids(path, name=called))


def fit_name(name: str) -> str:
    """The last part of a name in NFC, without signs that other systems refuse; never empty, never hidden."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join("_" if sign in _NOT_IN_NAMES else sign for sign in last if sign.isprintable()).strip(
        " .~$"
    )
    stem, dot, ending = kept.rpartition(".")
    if dot and stem.strip() and len(ending) <= 8:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1].strip()}.{ending}"
    return kept[:_LONGEST_NAME].strip() or "list"
