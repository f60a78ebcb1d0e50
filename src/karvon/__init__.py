"""Karvon runs exchange programmes and proves their results."""

__version__ = "0.1.0"
