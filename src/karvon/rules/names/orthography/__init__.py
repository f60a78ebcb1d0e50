"""One file per orthography: each reads a lower-case word into the one alphabet of ``settled``.

A file offers ``spells(text) -> bool`` (marks only this orthography has) and ``read(word) -> str``.
"""

from functools import lru_cache
from typing import Literal

from karvon.rules.names.cleaning import is_cyrillic
from karvon.rules.names.orthography import english, iso9, latvian, russian, uzbek_cyrillic, uzbek_latin
from karvon.rules.names.orthography.settled import settle

Orthography = Literal["uzbek_latin", "uzbek_cyrillic", "russian", "english", "latvian", "iso9"]

_READ = {
    "uzbek_latin": uzbek_latin.read,
    "uzbek_cyrillic": uzbek_cyrillic.read,
    "russian": russian.read,
    "english": english.read,
    "latvian": latvian.read,
    "iso9": iso9.read,
}


def orthography_of(text: str, *, beside: str = "") -> Orthography:
    """The orthography a cleaned text is written in; ``beside`` is what else stands on the line.

    Plain Latin without any mark is read as English passport spelling unless the line shows Latvian letters.
    """
    lower = text.lower()
    if any(map(is_cyrillic, lower)):
        return "uzbek_cyrillic" if uzbek_cyrillic.spells(lower) else "russian"
    if iso9.spells(lower):
        return "iso9"
    if uzbek_latin.spells(lower):
        return "uzbek_latin"
    if latvian.spells(lower) or (beside and latvian.writes(beside.lower()) and not english.spells(lower)):
        return "latvian"
    return "english"


@lru_cache(maxsize=400_000)
def fold(word: str, orthography: Orthography) -> str:
    """One word of one script -> letters of the one alphabet (empty when none is left)."""
    return settle(_READ[orthography](word.lower()))
