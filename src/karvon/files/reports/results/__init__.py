"""The results report of a programme: what was achieved, under which contract, and what proves it."""

from karvon.files.reports.results.report import compose, render

__all__ = ["compose", "render"]
