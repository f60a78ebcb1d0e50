"""Passport spellings in plain Latin (BGN/PCGN, ISO 9, habit): Yuldashev, Dzhakhongir, Zhakhongir, Khusanov, Iuldashev.

Uzbek Latin without marks is written the same way and reads the same, so plain Latin of both ends here.
"""

import re
import unicodedata

from karvon.rules.names.orthography import uzbek_latin

_SOUNDS = (
    ("shch", "š"), ("sch", "š"), ("dzh", "j"), ("dj", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("tch", "č"),
    ("ck", "k"), ("ph", "f"),
)  # fmt: skip
_MARKS = re.compile("kh|zh|dzh|ya|yu|ye|shch|iy$|ii$")


def spells(text: str) -> bool:
    """Whether the lower-case text shows digraphs of passport spelling."""
    return _MARKS.search(text) is not None


def read(word: str) -> str:
    """Read a lower-case word. x is h as in Uzbek, but ks in Alexander and Maxim."""
    if not word.isascii():
        word = uzbek_latin.read(word)
        word = "".join(
            letter
            for letter in unicodedata.normalize("NFKD", word)
            if not unicodedata.combining(letter) or letter == "\u030c"
        )
        word = unicodedata.normalize("NFC", word)
    if "x" in word:
        word = re.sub("^alex", "aleks", word)
        word = re.sub("^max(?=im)", "maks", word)
        word = re.sub("^xen", "ksen", word)
        word = re.sub("^felix", "feliks", word)
    for spelling, sound in _SOUNDS:
        if spelling in word:
            word = word.replace(spelling, sound)
    return uzbek_latin.read(word)
