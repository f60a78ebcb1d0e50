"""The words of an empty programme: titles of tabs and columns, hints, choices, in every language we speak.

A workbook may be filled in under any of these titles, so they also lead back to kinds, fields and choices.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from karvon import catalog
from karvon.files.programme_folder.schema import BY_NAME, SCOPE, Field, Kind
from karvon.rules.wording import LANGUAGES


def words(language: str) -> Mapping[str, Any]:
    """The whole wording of one language, from ``catalog/folder_hints``."""
    return catalog.load(f"folder_hints/{language}")


def fold(title: str) -> str:
    """The form in which titles are compared: no case, ``_`` and ``-`` as spaces, one apostrophe."""
    title = unicodedata.normalize("NFKC", title).casefold()
    for mark in "ʻʼ‘’`´":
        title = title.replace(mark, "'")
    return " ".join(title.replace("_", " ").replace("-", " ").split())


def tab_title(kind: Kind, language: str) -> str:
    return str(words(language)["tabs"][kind.name])


def column_title(kind: Kind, column: str, language: str) -> str:
    """The heading of a column, by the field (``starts``) or part of a field (``budget_amount``)."""
    titles = words(language)["columns"]
    return str(titles.get(kind.name, {}).get(column) or titles["any"][column])


def choice_word(choice: str, language: str) -> str:
    return str(words(language)["choices"][choice])


@cache
def kind_by_title() -> Mapping[str, Kind]:
    """Folded title or name of a tab -> the kind of record."""
    known = {fold(name): kind for name, kind in BY_NAME.items()}
    for language in LANGUAGES:
        known |= {fold(tab_title(kind, language)): kind for kind in BY_NAME.values()}
    return known


@cache
def guide_titles() -> frozenset[str]:
    """Folded titles of the tab that only explains."""
    return frozenset(fold(words(language)["guide"]["tab"]) for language in LANGUAGES)


@cache
def column_by_title(kind_name: str) -> Mapping[str, str]:
    """Folded heading -> the column's name, for one kind of record."""
    kind = BY_NAME[kind_name]
    known = {fold(column): column for column, _ in columns(kind)}
    for language in LANGUAGES:
        for column, _ in columns(kind):
            known.setdefault(fold(column_title(kind, column, language)), column)
    return known


def columns(kind: Kind) -> Iterator[tuple[str, Field]]:
    """The columns of a tab with the field each belongs to; a text has one more per language."""
    for field in kind.fields:
        if field.shape == "money":
            yield f"{field.name}_amount", field
            yield f"{field.name}_currency", field
        elif field.shape == "scope":
            yield from ((f"scope_{part.name}", part) for part in SCOPE)
        else:
            yield field.name, field


@cache
def choice_by_word(choices: tuple[str, ...]) -> Mapping[str, str]:
    """Folded word in any language -> the choice."""
    known = {fold(choice): choice for choice in choices}
    for language in LANGUAGES:
        for choice in choices:
            known.setdefault(fold(choice_word(choice, language)), choice)
    return known


@cache
def yes_no_words() -> Mapping[str, bool]:
    known = {"true": True, "false": False}
    for language in LANGUAGES:
        known[fold(words(language)["guide"]["yes"])] = True
        known[fold(words(language)["guide"]["no"])] = False
    return known
