"""Cells compared without case, accents, apostrophes and punctuation."""

import unicodedata
from functools import cache

from karvon import catalog

_APOSTROPHES = dict.fromkeys(map(ord, "'`´ʻʼʽ‘’‛′"))


def words(cell: str) -> tuple[str, ...]:
    """The words of a cell, folded: ``Oʻqituvchi / tarjimon`` gives ``oqituvchi``, ``tarjimon``."""
    apart = unicodedata.normalize("NFKD", cell.casefold().translate(_APOSTROPHES))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return tuple("".join(letter if letter.isalnum() else " " for letter in bare).split())


@cache
def phrases(table: str) -> tuple[tuple[str, frozenset[tuple[str, ...]]], ...]:
    """The lists of one table of ``catalog/role_words.toml``, folded, in the order of the file."""
    return tuple(
        (name, frozenset(words(phrase) for phrase in listed) - {()})
        for name, listed in catalog.load("role_words")[table].items()
    )


def holds(said: tuple[str, ...], known: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of the phrases stands among the words, whole."""
    longest = max((len(phrase) for phrase in known), default=0)
    return any(
        said[start : start + length] in known
        for start in range(len(said))
        for length in range(1, min(longest, len(said) - start) + 1)
    )
