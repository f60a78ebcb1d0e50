"""The words of headers, totals, notes and marks, from ``catalog/sheet_words``, folded for comparison."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import filterfalse
from typing import Any, Final

from karvon import catalog

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'’‘ʻʼ`´ʹ\"“”„«»"), None)
_PUNCTUATION: Final = re.compile(r"[^\w№#%]+|_+")
_BRACKETS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|（[^（）]*）")


_SHORT: Final = 100
"""Letters of a text worth remembering: the same few rows are looked at again for every likely header."""


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes, punctuation as single blanks; for comparison only."""
    return _fold(text) if len(text) <= _SHORT else _fold.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _fold(text: str) -> str:
    plain = text.casefold().translate(_APOSTROPHES)
    if not plain.isascii():
        plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", plain)))
    return _PUNCTUATION.sub(" ", plain).strip()


def without_hints(text: str) -> str:
    """The text without hints in brackets: ``Gender (Male/ Female)`` -> ``Gender``."""
    return _BRACKETS.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Words:
    """Every language's words in one look-up; all keys folded."""

    headers: Mapping[str, str]
    """A whole header -> a field, or ``full_name``, ``other_person``, ``never``, ``person_context``, ``thing``, ..."""
    tokens: Mapping[str, frozenset[str]]
    """One word of a header -> what it speaks of."""
    total: frozenset[str]
    note: frozenset[str]
    section: frozenset[str]
    placeholder: frozenset[str]
    nobody: frozenset[str]
    example: frozenset[str]
    present: frozenset[str]
    absent: frozenset[str]
    unclear: frozenset[str]
    day: frozenset[str]
    weekday: frozenset[str]
    half_day: frozenset[str]
    months: Mapping[str, int]
    organisation: frozenset[str]
    title: frozenset[str]
    given: frozenset[str]
    surname_endings: tuple[str, ...]
    person_marks: frozenset[str]


# Where languages claim one header for several things, the first of these wins: "Name" before "Nom de la chose".
_PRECEDENCE: Final = (
    "full_name", "name", "surname", "given_name", "middle_name", "email", "phone", "signature", "sex", "number",
    "organisation", "position", "role", "country", "region", "date", "hours", "contact_person", "other_person", "never",
    "person_context", "thing", "remark",
)  # fmt: skip


@cache
def words() -> Words:
    """All languages of the catalogue together, read once."""
    languages = [catalog.load(f"sheet_words/{name}") for name in catalog.names("sheet_words")]
    languages.append(_in_the_letters_of_2026(catalog.load("sheet_words/uz")))
    people = catalog.load("sheet_words/people/names")
    headers: dict[str, str] = {}
    for kind in _PRECEDENCE:
        for language in languages:
            for header in language["headers"].get(kind, ()):
                headers.setdefault(fold(header), kind)
    headers.pop("", None)
    tokens: dict[str, set[str]] = {}
    for language in languages:
        for kind, listed in language["tokens"].items():
            for token in listed:
                tokens.setdefault(fold(token), set()).add(kind)
    months = {
        fold(name): number
        for language in languages
        for number, listed in enumerate(language.get("days", {}).get("months", ()), 1)
        for name in listed
    }
    return Words(
        headers=headers,
        tokens={token: frozenset(kinds) for token, kinds in tokens.items()},
        months=months,
        given=frozenset(fold(name) for name in people["given"].split()),
        surname_endings=tuple(sorted({fold(end) for end in people["surname_endings"].split()})),
        person_marks=_folded(people["person_marks"]),
        **{
            kind: _folded(word for language in languages for word in language.get(part, {}).get(kind, ()))
            for part, kinds in _PARTS.items()
            for kind in kinds
        },
    )


def _in_the_letters_of_2026(said: Any) -> Any:
    """Uzbek words with ş and ç for sh and ch: ``tashkilot`` is also ``taşkilot``.

    ö and ğ need nothing: they fold to o and g, as oʻ and gʻ do.
    """
    if isinstance(said, str):
        return said.replace("sh", "ş").replace("ch", "ç")
    if isinstance(said, Mapping):
        return {key: _in_the_letters_of_2026(part) for key, part in said.items()}
    return [_in_the_letters_of_2026(part) for part in said]


_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "rows": ("total", "note", "section", "placeholder", "nobody", "example"),
    "marks": ("present", "absent", "unclear"),
    "days": ("day", "weekday", "half_day"),
    "cells": ("organisation", "title"),
}


def _folded(listed: Iterable[Any]) -> frozenset[str]:
    return frozenset(folded for word in listed if (folded := fold(word)))


@lru_cache(maxsize=65536)
def opens_with(text: str, kind: str) -> bool:
    """Whether a text begins with one of a kind's words or phrases (``total``, ``note``, ``section`` ...)."""
    listed: frozenset[str] = getattr(words(), kind)
    parts = fold(text[:200]).split()
    return any(" ".join(parts[:size]) in listed for size in range(1, min(4, len(parts)) + 1))
