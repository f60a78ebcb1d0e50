"""Bringing in evidence: lists and scans on the desk, corrected, matched, accepted and taken back."""
