"""Scholarly and official transliteration of Cyrillic (ISO 9): Ûldašev, Džahongir, Âkubov, Ŝukin, Èlër, Ķodirov."""

import re
import unicodedata

_MARKS = re.compile("[âûŝèĭḩḥ]")
_LETTERS = str.maketrans({"â": "ya", "û": "yu", "ŝ": "š", "ë": "yo", "ö": "o", "ŭ": "o", "ğ": "g", "ġ": "g"})


def spells(text: str) -> bool:
    """Whether the lower-case text shows letters that only this transliteration has."""
    return _MARKS.search(text) is not None


def read(word: str) -> str:
    """Read a lower-case word: j is the glide, ž and dž are j of the one alphabet."""
    word = word.translate(_LETTERS)
    word = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", word)
        if not unicodedata.combining(letter) or letter == "\u030c"
    )
    word = unicodedata.normalize("NFC", word)
    word = word.replace("dž", "\1").replace("ž", "\1").replace("j", "y").replace("\1", "j")
    return word.replace("q", "k").replace("x", "h").replace("'", "")
