"""A worded document as an editable Word file."""

from karvon.files.writers.word.document import write_docx

__all__ = ["write_docx"]
