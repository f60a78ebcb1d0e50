"""One page of a scanned PDF as a picture, so that it can lie beside its transcript in a page."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

MOST_PAGES: Final = 200
_PPI: Final = 110.0
_PROBE_PPI: Final = 1.0
_WIDTH_POINTS: Final = 595


def scan_page(pdf: Path, page: int) -> bytes | None:
    """The page (from 1) as PNG, as wide as A4 at 110 dots per inch; ``None`` for what is no page of a readable PDF."""
    return _drawn(pdf, page, _PPI)


@lru_cache(maxsize=64)
def pages_of(pdf: Path) -> int:
    """How many pages a PDF has, at most 200; 0 where it cannot be read. Files under their hash never change."""
    if not _is_there(pdf, 1):
        return 0
    there, missing = 1, 2
    while missing <= MOST_PAGES and _is_there(pdf, missing):
        there, missing = missing, missing * 2
    missing = min(missing, MOST_PAGES + 1)
    while missing - there > 1:
        middle = (there + missing) // 2
        if _is_there(pdf, middle):
            there = middle
        else:
            missing = middle
    return there


def _is_there(pdf: Path, page: int) -> bool:
    return _drawn(pdf, page, _PROBE_PPI) is not None


def _drawn(pdf: Path, page: int, ppi: float) -> bytes | None:
    if not 1 <= page <= MOST_PAGES or not pdf.is_file():
        return None
    source = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#image(read("/{pdf.name}", encoding: none), format: "pdf", page: {page}, width: {_WIDTH_POINTS}pt)'
    )
    try:
        compiler = typst.Compiler(root=str(pdf.parent), ignore_system_fonts=True)
        drawn = compiler.compile(source.encode(), format="png", ppi=ppi)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a damaged PDF may make the drawing library panic, which is no Exception
        return None
    return drawn if isinstance(drawn, bytes) else drawn[0] if drawn else None
