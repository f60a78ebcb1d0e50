"""Words of organisations, positions and places, folded, and the concept each stands for in any language."""

import re
from functools import cache, lru_cache

from karvon.catalog import load
from karvon.rules.names.cleaning import clean, is_cyrillic, one_script, script_of
from karvon.rules.names.orthography import Orthography, fold, orthography_of
from karvon.rules.names.parts import without_case_ending

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
MOST_WORDS = 14
"""Words of a cell that are read."""


@lru_cache(maxsize=100_000)
def cell_words(cell: str) -> tuple[tuple[str, str], ...]:
    """(word in small letters, folded word without a case ending) of a cell, repaired, in order."""
    text = clean(cell)
    script = script_of(text)
    words = [one_script(word, neighbours=script) for word in _WORD.findall(text)[:MOST_WORDS]]
    # a legal form in the other script ("ГУП Qashqadaryo suv") does not say how the name is spelled
    cyrillic = [any(map(is_cyrillic, word)) for word in words]
    spelled = {
        own: orthography_of(" ".join(word for word, its in zip(words, cyrillic, strict=True) if its == own))
        for own in set(cyrillic)
    }
    read = (
        (word.lower().replace("'", ""), _fold_word(word, spelled[its]))
        for word, its in zip(words, cyrillic, strict=True)
    )
    return tuple(pair for pair in read if pair[1])


def _fold_word(word: str, orthography: Orthography) -> str:
    if len(word) <= 4 and word.isalpha():
        # an abbreviation keeps each letter: LLU is not LU
        return "".join(fold(letter, orthography)[:1] for letter in word)
    return without_case_ending(fold(word, orthography))


def folded_words(cell: str) -> tuple[str, ...]:
    """The folded words of a cell, repaired, in order."""
    return tuple(folded for _, folded in cell_words(cell))


def _folded_stems(line: str) -> list[str]:
    return [folded for stem in line.split() if (folded := "".join(folded_words(stem.strip('"'))))]


@cache
def concepts(table: str, key: str) -> dict[str, str]:
    """Folded beginnings of words of one catalogue table -> the concept they stand for."""
    return {
        stem: concept for concept, line in load(f"names/{table}")[key].items() for stem in _folded_stems(line)
    }


@cache
def word_list(table: str, key: str) -> frozenset[str]:
    """The words of one list of a catalogue table, in small letters without apostrophes."""
    return frozenset(clean(word).lower().replace("'", "") for word in load(f"names/{table}")[key].split())


def concept_of(word: str, stems: dict[str, str]) -> str:
    """The concept whose longest beginning the folded word has; short beginnings must be the whole word."""
    for length in range(len(word), 2, -1):
        concept = stems.get(word[:length])
        if concept is not None and (length > 3 or length == len(word)):
            return concept
    return stems.get(word, "") if len(word) <= 2 else ""
