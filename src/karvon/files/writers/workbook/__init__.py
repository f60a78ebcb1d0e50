"""Tables as a workbook (.xlsx) of any length, written without holding it in memory."""

from karvon.files.writers.workbook.workbook import Cell, Column, Sheet, sheet_title, write_workbook

__all__ = ["Cell", "Column", "Sheet", "sheet_title", "write_workbook"]
