"""Parts of a name, folded: surnames without gender endings, fathers' names without patronymic endings."""

import re
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from karvon.catalog import load
from karvon.rules.names.cleaning import clean
from karvon.rules.names.orthography import fold, orthography_of

Gender = Literal["", "f", "m"]

_PATRONYMIC = re.compile("^(.{2,}?)(?:(o|e)?(vič|vna)|(ič|ična|inična))$")
_PATRONYMIC_ENDINGS = ("ovič", "evič", "ovna", "evna")
SON = frozenset({"ogli", "ugli", "oglu", "uglu", "ugl", "ogl", "uli", "ogil", "ugil", "uly"})
DAUGHTER = frozenset({"kizi", "kiz", "kize", "kzi", "gizi", "kizy"})
_SLAVIC = re.compile("(?:[oe]v|in|sk[io]|enko|čuk|ian)$")
_SLAVIC_FEMININE = re.compile("(?:[oe]va|ina|ska)$")


def without_case_ending(word: str) -> str:
    """A folded word without the Latvian masculine -s (-š) after a consonant: vitols -> vitol, kalninš -> kalnin.

    -skis is -ski: Домбровский, Dombrovskis.
    """
    if len(word) > 4 and (
        (word[-1] == "s" and word[-2] not in "aeiouys") or (word[-1] == "š" and word[-2] == "n")
    ):
        return word[:-1]
    return word[:-1] if word.endswith("skis") else word


@lru_cache(maxsize=200_000)
def surname_stem(word: str) -> tuple[str, Gender]:
    """The surname both sexes share, and the gender its ending shows: karimova -> karimov, f; paka -> pak, f."""
    word = without_case_ending(word)
    if len(word) > 4 and _SLAVIC_FEMININE.search(word):
        if word.endswith("ska"):
            return word[:-1] + "i", "f"
        return word[:-1], "f"
    if len(word) > 3 and re.search("(?:[oe]v|ski)$", word):
        return word, "m"
    if len(word) > 3 and word[-1] in "ae":
        known = borne_by_both()
        if word not in known:
            # Latvian women: Paka of Pak, Ozola of Ozols, Eglīte of Eglītis
            if word[:-1] in known:
                return word[:-1], "f"
            if word[:-1] + "is" in known:
                return word[:-1] + "is", "f"
    return word, ""


@cache
def borne_by_both() -> frozenset[str]:
    """Folded surnames of the catalogue without Slavic endings, in the form men bear."""
    words = (clean(word) for block in load("names/surnames")["shares"].values() for word in block.split())
    folded = (without_case_ending(fold(word, orthography_of(word))) for word in words)
    return frozenset(word for word in folded if not _SLAVIC.search(word))


def looks_like_surname(word: str) -> bool:
    """Whether a folded word ends as surnames of the region do (-ov, -eva, -in, -ski, -enko)."""
    word = without_case_ending(word)
    return len(word) > 3 and bool(_SLAVIC.search(word) or _SLAVIC_FEMININE.search(word))


@lru_cache(maxsize=100_000)
def father_of(word: str) -> tuple[str, Gender]:
    """The father's name in a folded patronymic and the gender its ending shows; ``("", "")`` for other words.

    >>> father_of("abdulaevič"), father_of("kamolovna"), father_of("fozilogli")
    (('abdula', 'm'), ('kamol', 'f'), ('fozil', 'm'))
    """
    word = without_case_ending(word)
    for endings, gender in ((("ogli", "ugli", "oglu", "uglu"), "m"), (("kizi",), "f")):
        for ending in endings:
            if len(word) > len(ending) + 2 and word.endswith(ending):
                return word[: -len(ending)], "m" if gender == "m" else "f"
    if len(word) > 4 and (found := _PATRONYMIC.match(word)):
        return found[1], "f" if word.endswith("na") else "m"
    return "", ""


def nearly_child(word: str) -> Gender:
    """The gender a word like oʻgʻli or qizi with one slip shows; ``""`` for other words."""
    if 3 <= len(word) <= 6:
        if any(OSA.distance(word, full) <= 1 for full in ("ogli", "ugli", "oglu")):
            return "m"
        if OSA.distance(word, "kizi") <= 1:
            return "f"
    return ""


def nearly_father_of(word: str) -> tuple[str, Gender]:
    """As ``father_of`` for a patronymic whose ending carries one slip (xolmatoivč)."""
    exact = father_of(word)
    if exact[0] or len(word) < 7:
        return exact
    for length in (4, 3, 5):
        for ending in _PATRONYMIC_ENDINGS:
            if OSA.distance(word[-length:], ending) <= 1 and not looks_like_surname(word):
                return word[:-length], "f" if ending.endswith("na") else "m"
    return "", ""
