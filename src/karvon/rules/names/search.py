"""Finding a name or an organisation by any spelling of it, or by the beginning of one.

A stored key matches a word typed when it starts with one of the word's alternatives.
"""

import re
from functools import lru_cache

from karvon.rules.names.cleaning import clean, one_script, script_of
from karvon.rules.names.orthography import Orthography, fold, orthography_of
from karvon.rules.names.orthography.settled import loose
from karvon.rules.names.parts import surname_stem, without_case_ending

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
MOST_WORDS = 12
"""Words of a text that are read."""


def search_keys(text: str) -> frozenset[str]:
    """The keys to store for one name form or organisation: every word folded, and neighbours run together.

    >>> sorted(search_keys("Шавкат Каримов")) == sorted(search_keys("Šavkats Karimovs"))
    True
    """
    keys: set[str] = set()
    before: frozenset[str] = frozenset()
    for readings in _readings(text):
        keys |= readings
        # "Махсус транс" is found by Maxsustrans
        keys |= {one + two for one in before for two in readings if min(len(one), len(two)) > 3}
        before = readings
    return frozenset(keys)


def query_keys(text: str) -> tuple[frozenset[str], ...]:
    """One set of alternatives per word typed; a line matches when every word has a stored key that starts with one.

    Endings of gender and case are left out, so Karimova finds Каримов and Karimovs as well as Каримова.
    """
    found = []
    for readings in _readings(text):
        shorter = {key[:-1] if _feminine(key) else key for key in readings}
        found.append(frozenset(shorter))
    return tuple(found)


def _feminine(key: str) -> bool:
    return len(key) > 4 and key.endswith(("ava", "eva", "ena")) and surname_stem(key[:-3] + "ova")[1] == "f"


@lru_cache(maxsize=20_000)
def _readings(text: str) -> tuple[frozenset[str], ...]:
    cleaned = clean(text)
    script = script_of(cleaned)
    words = [one_script(word, neighbours=script) for word in _WORD.findall(cleaned)[:MOST_WORDS]]
    orthography = orthography_of(" ".join(words))
    return tuple(readings for word in words if (readings := _readings_of(word, orthography)))


def _readings_of(word: str, orthography: Orthography) -> frozenset[str]:
    if word.isdigit():
        return frozenset({word})
    read = {fold(word, orthography)}
    if orthography in ("english", "latvian") and "j" in word.lower():
        # plain Latin does not say whether j is the Latvian glide
        read |= {fold(word, "english"), fold(word, "latvian")}
    loosened = {loose(without_case_ending(folded)) for folded in read if folded}
    # nothing but a letter is left of zzzz, which does not mean whoever begins with a z
    return frozenset(key if len(key) > 1 or len(word) < 3 else word.casefold() for key in loosened)
