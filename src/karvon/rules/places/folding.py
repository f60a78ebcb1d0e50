"""One form for the spellings of a place: no case, accents, apostrophes or script."""

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "x", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h",
})  # fmt: skip
_REFORMED: Final = str.maketrans({"ş": "sh", "ç": "ch", "š": "sh", "č": "ch", "ž": "j"})
"""Uzbek's reformed letters and Latvian's: their accents tell another sound, the rest is an accent."""
_APOSTROPHES: Final = re.compile("['`´ʻʼʹ‘’‛′ʽ]")
_TOWN: Final = re.compile(r"^(?:g|gor|gorod|city of)\.?\s+|\s+(?:city|shahri|shahar|shaxri|sh\.|pilseta)$")


def fold_place(text: str) -> str:
    """The folded form: Fargʻona, FARG'ONA, Farğona and Фарғона become one."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFC", text).translate(_REFORMED).translate(_CYRILLIC)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.replace("kh", "x").replace("zh", "j")
    return " ".join(re.sub(r"[^\w.]+", " ", text).split())


def without_town(folded: str) -> str:
    """``g. tashkent`` and ``toshkent shahri`` without the word for a town."""
    return _TOWN.sub("", folded).strip()
