"""The organisation's own Word file, filled with the fields of a report."""

from karvon.files.writers.template.filling import MOST_BYTES, Template, fill, open_template, unknown_fields

__all__ = ["MOST_BYTES", "Template", "fill", "open_template", "unknown_fields"]
