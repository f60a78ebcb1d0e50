"""Uzbek Latin of 1995 with every apostrophe habit, and the letters ö ğ ş ç of 2026: Yoʻldoshev, Jahongir, Gʻofurov."""

import re

_SOUNDS = (
    ("o'", "o"), ("g'", "g"), ("s'h", "sh"), ("sh", "š"), ("ch", "č"), ("yo'", "yo"), ("ts", "c"), ("x", "h"),
    ("q", "k"), ("w", "v"), ("ö", "o"), ("õ", "o"), ("ō", "o"), ("ŏ", "o"), ("ŭ", "o"), ("ó", "o"), ("ğ", "g"),
    ("ǵ", "g"), ("ḡ", "g"), ("ş", "š"), ("ș", "š"), ("ç", "č"), ("ñ", "n"), ("ı", "i"), ("i̇", "i"), ("ü", "u"),
    ("'", ""),
)  # fmt: skip
_MARKS = re.compile("[og]'|[öğşçñǵ]")


def spells(text: str) -> bool:
    """Whether the lower-case text (one apostrophe) shows what only Uzbek Latin has."""
    return _MARKS.search(text) is not None


def read(word: str) -> str:
    """Read a lower-case word: x is h, q is k, an apostrophe is no letter."""
    for spelling, sound in _SOUNDS:
        if spelling in word:
            word = word.replace(spelling, sound)
    return word
