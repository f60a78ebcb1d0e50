"""A worded document as PDF/A-2a and PDF/UA-1, set by typst with its embedded fonts alone."""

from karvon.files.writers.pdf.typesetting import picture_png, write_pdf

__all__ = ["picture_png", "write_pdf"]
