"""Countries: ISO 3166-1 codes, named by CLDR."""

import re
from functools import cache, lru_cache

from karvon.rules.places.folding import fold_place
from karvon.rules.wording import LANGUAGES, locale_of


@cache
def country_codes() -> frozenset[str]:
    """The two-letter codes CLDR names, without codes of groups of countries and of no country."""
    not_countries = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
    return frozenset(
        code
        for code in map(str, locale_of("en").territories)
        if re.fullmatch("[A-Z]{2}", code) and code not in not_countries
    )


@cache
def country_name(code: str, language: str) -> str:
    """The country's name; the code itself for a code nobody knows. Uzbek oʻ and gʻ are written with U+02BB."""
    name = locale_of(language).territories.get(code) or locale_of("en").territories.get(code) or code
    return re.sub("(?<=[oOgG])[‘’']", "ʻ", name) if language == "uz" else name


@lru_cache(maxsize=10_000)
def find_country(text: str) -> str | None:
    """The code of a country written in any of our languages, as its code or its name."""
    folded = fold_place(text)
    if code := _codes().get(folded):
        return code
    # one language after another: each takes a while to load, and most lists are understood by the first ones
    return next((code for language in LANGUAGES if (code := _names(language).get(folded))), None)


@cache
def _codes() -> dict[str, str]:
    return {fold_place(code): code for code in sorted(country_codes(), reverse=True)}


@cache
def _names(language: str) -> dict[str, str]:
    """Folded names of one language; of two countries that fold alike the first code has it."""
    return {fold_place(country_name(code, language)): code for code in sorted(country_codes(), reverse=True)}
