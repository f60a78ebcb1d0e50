"""Where a name stands in a list: the same on every engine, whichever script it is written in."""

import re
import unicodedata
from typing import Final

from karvon.rules.names.cleaning import clean, is_cyrillic, one_script, script_of

LONGEST_KEY: Final = 100
NAMELESS: Final = "\U0010fffd"
"""Sorts after every name: of somebody whose name is erased, or was never written."""
_AFTER_YA: Final = str.maketrans("ёўқғҳ", "е\u0450\u0451\u0452\u0453")
"""The Uzbek letters end the alphabet in this order; ё stands with е."""
_PLAIN: Final = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_BETWEEN: Final = re.compile(r"[^\w]+|_+")


def order_key(name: str) -> str:
    """Sorting these by code point sorts the names: Latin from a to z, then Cyrillic from а to ҳ, then who has none.

    Capitals, apostrophes and the marks of Latin letters say nothing of the place, so that Oʻktamov stands by
    Oktamov and Šarma by Sarma; a look-alike letter of the other script stands for the one that was meant. Personal
    text like the name itself.

    >>> sorted(["Якубов", "Žukova", "Ёлкин", "zoirov", "Екимов", "Oʻrinov", "Ozod"], key=order_key)
    ['Oʻrinov', 'Ozod', 'zoirov', 'Žukova', 'Екимов', 'Ёлкин', 'Якубов']
    """
    if name.isascii() and not any(letter.isdigit() for letter in name):
        plain = name.replace("'", "").replace("`", "").lower()
        return " ".join(_BETWEEN.sub(" ", plain).split())[:LONGEST_KEY].rstrip() or NAMELESS
    cleaned = clean(name)
    script = script_of(cleaned)
    words = (one_script(word, neighbours=script) for word in cleaned.replace("'", "").split())
    key = " ".join(_BETWEEN.sub(" ", "".join(map(_plain, " ".join(words).casefold()))).split())
    return key[:LONGEST_KEY].rstrip() or NAMELESS


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter
    if is_cyrillic(letter):
        return letter.translate(_AFTER_YA)
    apart = unicodedata.normalize("NFD", letter)
    return "".join(one for one in apart if not unicodedata.combining(one)).translate(_PLAIN)
