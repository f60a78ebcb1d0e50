"""Figures with their rule, bounds, parts and rows; statements with their verdicts."""
