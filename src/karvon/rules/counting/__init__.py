"""Counting people once under a funder's rule, with bounds that hold. ``count.py`` is the reference."""
