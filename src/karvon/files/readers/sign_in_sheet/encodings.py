"""Which encoding a text was written in, decided by the alphabets of the people Karvon serves.

Guessers of bytes read Latvian cp1257 as cp1250 without complaint; so candidates are few, and each is judged by
how much like words of its own languages its letters read.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from karvon.files.readers.sign_in_sheet.east_asian import east_asian

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORDS: Final = re.compile(r"[^\W\d_]+")
_CONTROLS: Final = re.compile("[\x80-\x9f]")
_CYRILLIC_WEIGHTS: Final = {
    letter: weight
    for letters, weight in (
        ("оаеинтрсл", 1.0),
        ("вкмдпуяью", 0.85),
        ("ызбгчйхжш", 0.6),
        ("цэщфёўқғҳ", 0.4),
        ("ъіїєґ", 0.25),
    )
    for letter in letters
}
_BALTIC_WEIGHTS: Final = {
    letter: weight
    for letters, weight in (
        ("āēīšņļ", 1.0),
        ("ūžčģķėįų", 0.9),
        ("ąęõäöü", 0.75),
        ("éóß", 0.5),
        ("łńśźżćōåøæŗ", 0.2),
    )
    for letter in letters
}
_WESTERN_WEIGHTS: Final = {
    letter: weight
    for letters, weight in (
        ("éáíóúñèàçäöü", 0.92),
        ("êëôãõåøæßù", 0.8),
        ("âîïûìòœÿ", 0.45),
        ("ðþýš", 0.1),
        ("ž", 0.3),
    )
    for letter in letters
}
_POLISH_WEIGHTS: Final = dict.fromkeys("łśżźąęćń", 0.95) | {"ó": 0.9}
_TURKISH_WEIGHTS: Final = dict.fromkeys("şğı", 1.0) | dict.fromkeys("öüç", 0.9) | {"â": 0.3}
_PLAIN_SIGNS: Final = frozenset("–—‘’‚“”„«»…•·№§°©®™€£±×½¼¾²³¹\xa0ªº¡¿´`‹›†‡¨¸\u200b✓")
_CANDIDATES: Final = (
    ("cp1251", _CYRILLIC_WEIGHTS, True),
    ("koi8-r", _CYRILLIC_WEIGHTS, True),
    ("cp866", _CYRILLIC_WEIGHTS, True),
    ("cp1257", _BALTIC_WEIGHTS, False),
    ("cp1252", _WESTERN_WEIGHTS, False),
    ("cp1250", _POLISH_WEIGHTS, False),
    ("iso8859-2", _POLISH_WEIGHTS, False),
    ("cp1254", _TURKISH_WEIGHTS, False),
)
_LIKE_WORDS: Final = 0.6
_CLEAR_LEAD: Final = 0.06
_SAMPLE: Final = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was read in; ``doubt`` names another one that is nearly as likely."""

    text: str
    name: str
    doubt: str = ""


def likeliest(data: bytes) -> Decoded | None:
    """The text of the bytes, or ``None`` when they are no text.

    A byte order mark decides; then UTF-16 by its NULs; then valid UTF-8; then cp1251, koi8-r, cp866, cp1257,
    cp1252 (which holds latin-1), cp1250, iso8859-2 or cp1254 by their letters, unless these read like no words and
    the bytes are pairs of Chinese, Japanese or Korean.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name)
    sample = data[:65536]
    nuls = sample.count(0)
    if nuls:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if nuls >= len(sample) * 0.2 and min(even, odd) <= max(even, odd) * 0.1:
            return _strictly(data[: len(data) // 2 * 2], "utf-16-be" if even > odd else "utf-16-le")
        return _utf16_without_spaces(data) if nuls < 64 else None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _by_letters(data)


def _strictly(data: bytes, name: str) -> Decoded | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        try:  # a file cut in the middle of a letter still shows its lines
            text = (
                data[: len(data) // 2 * 2].decode(name)
                if name.startswith("utf-16")
                else data.decode("utf-8", "replace")
            )
        except UnicodeDecodeError:
            return None
    return None if "\0" in text else Decoded(text, name)


def _utf16_without_spaces(data: bytes) -> Decoded | None:
    """UTF-16 of Cyrillic has NULs only at digits, blanks and line ends: all of them on one side."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or min(even, odd):
        return None
    found = _strictly(data, "utf-16-be" if even else "utf-16-le")
    if found is None:
        return None
    letters = _WORDS.findall(found.text)
    natural = sum(len(w) for w in letters if all(ord(c) < 0x600 for c in w))
    return found if natural >= 0.5 * len(found.text.replace(" ", "")) * 0.6 else None


def _by_letters(data: bytes) -> Decoded | None:
    if sum(data.count(bytes([control])) for control in (*range(1, 9), *range(14, 26))) > len(data) * 0.01:
        return None
    scored: list[tuple[float, str, str]] = []
    first = next((at for at, byte in enumerate(data) if byte > 127), 0)
    sample = data[:_SAMPLE] + data[max(_SAMPLE, first - 100) : first + _SAMPLE]
    for name, weights, cyrillic in _CANDIDATES:
        text = sample.decode(name, "replace")
        scored.append((_likeness(text, weights, cyrillic=cyrillic), name, text))
    scored.sort(key=lambda item: -item[0])
    best, second = scored[0], scored[1]
    if best[0] < _LIKE_WORDS and (pairs := east_asian(data, sample)):
        return Decoded(*pairs)
    doubtful = (best[0] - second[0] < _CLEAR_LEAD or best[0] < 0.35) and best[2] != second[2]
    return Decoded(data.decode(best[1], "replace"), best[1], second[1] if doubtful else "")


def _likeness(text: str, weights: dict[str, float], *, cyrillic: bool) -> float:
    """How much the non-ASCII letters of a text read like words of the alphabet: 0 to 1."""
    total, count = 0.0, 0
    for word in _WORDS.findall(text):
        if word.isascii():
            continue
        foreign = [sign for sign in word.casefold() if not sign.isascii()]
        count += len(foreign)
        worth = sum(weights.get(sign, 0.0) for sign in foreign)
        if cyrillic:
            if len(foreign) != len(word):
                worth *= 0.1  # Latin and Cyrillic in one word
            if len(word) > 1 and not (word.islower() or word.isupper() or word.istitle()):
                worth *= 0.2
        else:
            if len(word) >= 3 and len(foreign) > 0.6 * len(word):
                worth *= 0.1
            if not (word.islower() or word.isupper() or word[1:].islower()):
                worth *= 0.5
        total += worth
    odd = sum(1 for sign in text if sign > "\x7f" and not sign.isalpha() and sign not in _PLAIN_SIGNS)
    count += 2 * odd
    count += 20 * len(_CONTROLS.findall(text))  # nobody types them: the wrong table of letters
    return total / count if count else 0.0
