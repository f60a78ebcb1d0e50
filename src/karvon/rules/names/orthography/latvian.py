"""Latvian renderings: Jūldaševs, Džahongirs, Husanovs; j is the glide, ž and dž are j of the one alphabet."""

import re

_PLAIN = str.maketrans("āēīōūģķļņŗ", "aeiougklnr")
_MARKS = re.compile("[āēīūčšžģķļņ]")
_ENDINGS = re.compile("(?:[oe]vs|[aeiou]js|[ei]j|ičs|ija)\\b|j[eao]v[sa]\\b")


def writes(text: str) -> bool:
    """Whether the lower-case text shows letters only Latvian has."""
    return _MARKS.search(text) is not None


def spells(text: str) -> bool:
    """Whether the lower-case text shows letters only Latvian has, or its endings: Karimovs, Dmitrijs, Musajeva."""
    return writes(text) or _ENDINGS.search(text) is not None


def read(word: str) -> str:
    """Read a lower-case word without the masculine -s after a consonant or j (Karimovs, Dmitrijs)."""
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "aeiouāēīōū":
        word = word[:-1]
    word = word.translate(_PLAIN)
    word = word.replace("dž", "\1").replace("ž", "\1").replace("j", "y").replace("\1", "j")
    word = word[:-1].replace("ts", "c") + word[-1:]
    for spelling, sound in (("šč", "š"), ("kh", "h"), ("sh", "š"), ("w", "v"), ("x", "h"), ("q", "k")):
        if spelling in word:
            word = word.replace(spelling, sound)
    return word.replace("'", "")
