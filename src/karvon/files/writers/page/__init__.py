"""A worded document as one self-contained HTML page that asks nothing of anybody."""

from karvon.files.writers.page.page import write_page

__all__ = ["write_page"]
