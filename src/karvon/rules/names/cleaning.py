"""A cell as typed -> words of one script each: what no orthography can see is repaired first."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 160
"""Characters of a cell that are read; a name or an organisation is hardly longer."""
PASTED = 1000
"""A cell of more characters is a pasted page: it names nothing."""

APOSTROPHES = "'`´ʹʻʼʽʾʿˈˊˋ‘’‛′‵＇ʽ՚ꞌ"
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]+")
_SPACE = re.compile(r"\s+")

# Letters that print alike. Lower and upper case are listed apart: "H" is Н, but "h" is no Cyrillic letter of ours.
_LATIN_AS_CYRILLIC = dict(
    zip("aceopxyijsABCEHIKMOPTXYJS", "асеорхуіјѕАВСЕНІКМОРТХУЈЅ", strict=True),
) | {"i": "і", "I": "І", "k": "к", "m": "м", "t": "т"}
_CYRILLIC_AS_LATIN = dict(
    zip("асеорхуіјѕАВСЕНІКМОРТХУЈЅкмт", "aceopxyijsABCEHIKMOPTXYJSkmt", strict=True),
)
_DIGIT_AS_LATIN = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "8": "b", "9": "g"}
_DIGIT_AS_CYRILLIC = {"0": "о", "3": "з", "4": "ч", "6": "б", "8": "в", "1": "і"}


def is_cyrillic(letter: str) -> bool:
    """Whether the letter belongs to the Cyrillic blocks."""
    return "Ѐ" <= letter <= "ԯ"


def is_latin(letter: str) -> bool:
    """Whether the letter is Latin, with or without marks."""
    return letter.isalpha() and letter < "ɐ"


def clean(text: str) -> str:
    """NFKC, one apostrophe, single spaces, no control or direction marks, at most ``LONGEST`` characters.

    Nothing is left of a pasted page.
    """
    if len(text) > LONGEST:
        if len(text) > PASTED:
            return ""
        text = text[:LONGEST]
    if text.isascii() and text.isprintable():
        return _SPACE.sub(" ", text.replace("`", "'")).strip()
    text = unicodedata.normalize("NFC", _APOSTROPHE.sub("'", text).replace("№", " "))
    text = unicodedata.normalize("NFKC", text)
    text = "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
    return _SPACE.sub(" ", text).strip()[:LONGEST]


@lru_cache(maxsize=200_000)
def one_script(word: str, *, neighbours: str = "") -> str:
    """The word with look-alike letters of the other script and digits put right.

    The script is that of its letters without a look-alike, then of most letters, then of its ``neighbours``
    (``"c"`` Cyrillic, ``"l"`` Latin): a lone initial "A" beside Cyrillic words is a Cyrillic one.
    """
    if word.isascii() and word.isalpha() and neighbours != "c":
        return word
    if not any(letter.isalpha() for letter in word):
        return word
    sure_cyrillic = sure_latin = cyrillic = latin = 0
    for letter in word:
        if is_cyrillic(letter):
            cyrillic += 1
            sure_cyrillic += letter not in _CYRILLIC_AS_LATIN
        elif is_latin(letter):
            latin += 1
            sure_latin += letter not in _LATIN_AS_CYRILLIC
    if sure_cyrillic != sure_latin:
        to_cyrillic = sure_cyrillic > sure_latin
    elif cyrillic and latin:
        to_cyrillic = cyrillic > latin or (cyrillic == latin and neighbours == "c")
    elif neighbours and not sure_cyrillic and not sure_latin:
        to_cyrillic = neighbours == "c"
    else:
        to_cyrillic = cyrillic > latin
    alike = _LATIN_AS_CYRILLIC if to_cyrillic else _CYRILLIC_AS_LATIN
    digits = _DIGIT_AS_CYRILLIC if to_cyrillic else _DIGIT_AS_LATIN
    if cyrillic + latin > 1:
        return "".join(alike.get(letter) or digits.get(letter) or letter for letter in word)
    return "".join(alike.get(letter, letter) for letter in word)


def script_of(text: str) -> str:
    """``"c"`` when most letters are Cyrillic ones, else ``"l"``; ``""`` without letters."""
    cyrillic = sum(map(is_cyrillic, text))
    latin = sum(map(is_latin, text))
    if not cyrillic and not latin:
        return ""
    return "c" if cyrillic > latin else "l"
