"""Sentences in the reader's language from TOML wording: blanks, plurals, dates, numbers.

A wording is a string with ``{blanks}``, or a table of plural forms (``one``, ``few``, ``many``,
``other``) chosen by the fact ``n`` with CLDR's plural rules.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final

from babel import Locale
from babel.numbers import format_currency, format_decimal

from karvon import catalog
from karvon.rules.problems import Problem
from karvon.rules.reporting.dates import day_text

LANGUAGES: Final = ("lv", "en", "ru", "uz", "uz-Cyrl")
"""The languages of everything a user reads, as BCP 47 tags."""


@cache
def locale_of(language: str) -> Locale:
    """CLDR's locale of one of our language tags; raises ``KeyError`` for a language we do not speak."""
    return Locale.parse(
        {"lv": "lv", "en": "en_GB", "ru": "ru", "uz": "uz_Latn", "uz-Cyrl": "uz_Cyrl"}[language]
    )


def fill(wording: str | Mapping[str, str], language: str, facts: Mapping[str, Any]) -> str:
    """The sentence with its blanks filled; dates and numbers among the facts are written as the language does."""
    if not isinstance(wording, str):
        form = locale_of(language).plural_form(facts.get("n", 0))
        wording = wording.get(form, wording["other"])
    return wording.format_map({name: _written(value, language) for name, value in facts.items()})


def _written(value: Any, language: str) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return date_text(value, language)
    if isinstance(value, int | Decimal):
        return number_text(value, language)
    return value


def date_text(day: date, language: str) -> str:
    """A date as a native reader writes it in running text."""
    return day_text(day, language)


@lru_cache(maxsize=4_096)  # a list writes the same small numbers a hundred times
def number_text(number: int | Decimal, language: str) -> str:
    return format_decimal(number, locale=locale_of(language))


def sign_of(change: Decimal) -> str:
    """What stands before the size of a change: +, −, or nothing before 0."""
    return "+" if change > 0 else "−" if change < 0 else ""


def money_text(amount: Decimal, currency: str, language: str) -> str:
    return format_currency(amount, currency, locale=locale_of(language))


def problem_text(problem: Problem, language: str) -> str:
    """The problem as one sentence with its place and remedy, from ``catalog/problems/<room>/<language>.toml``."""
    room, _, what = problem.code.partition(".")
    wording = catalog.load(f"problems/{room}/{language}")[what]
    return fill(wording, language, {"where": str(problem.where), **problem.facts})
