"""Reads sign-in sheets as people keep them: every person's row with its place, every skipped row with its reason.

``read_sheet`` never raises for what a file holds: a doubt or a refusal is a ``Problem`` of the reading.
"""

from karvon.files.readers.sign_in_sheet.dates import day_written
from karvon.files.readers.sign_in_sheet.marks import mark_means
from karvon.files.readers.sign_in_sheet.reading import read_sheet

__all__ = ["day_written", "mark_means", "read_sheet"]
