"""Colours by class. Each mid-tone keeps a contrast of 3:1 on white and on near-black; the set is
Okabe and Ito's, made for people who see colours differently."""

from typing import Final

FIRST: Final = "#0072b2"
SECOND: Final = "#d55e00"
SHARED: Final = "#75659f"
GREEN: Final = "#0b8f6a"
PINK: Final = "#b8618f"
GREY: Final = "#6b7680"

CLASSES: Final = {
    "kv-first": FIRST,
    "kv-second": SECOND,
    "kv-shared": SHARED,
    "kv-union": GREY,
    "kv-incoming": GREEN,
    "kv-outgoing": FIRST,
    "kv-training": FIRST,
    "kv-partner-meeting": SECOND,
    "kv-site-visit": GREEN,
    "kv-presentation": PINK,
    "kv-route": SECOND,
    "kv-place": SECOND,
    "kv-home": FIRST,
}
"""Class of a mark and its colour when no stylesheet says otherwise."""
