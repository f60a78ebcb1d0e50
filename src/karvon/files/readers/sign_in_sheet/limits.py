"""How big a sign-in sheet may be: far above any real one, low enough that a hostile file hurts nobody."""

from typing import Final

MEBIBYTE: Final = 1024 * 1024
MOST_TEXT_BYTES: Final = 32 * MEBIBYTE
MOST_WORKBOOK_BYTES: Final = 64 * MEBIBYTE
MOST_UNPACKED_BYTES: Final = 256 * MEBIBYTE
MOST_ZIP_ENTRIES: Final = 10_000
MOST_LINES: Final = 1_100_000
"""Lines of delimited text: a whole sheet saved with all its empty rows still opens."""
MOST_CELLS: Final = 12_000_000
"""Cells of one sheet's used rectangle, empty ones too: a million rows of ten columns still open."""
