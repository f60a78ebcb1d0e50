"""Telephone numbers and e-mail addresses in one form."""

import re
from functools import lru_cache

from karvon.rules.names.cleaning import clean

_NOT_DIGIT = re.compile(r"\D+")
_EMAIL = re.compile(r"[^\s@;,<>]+@[^\s@;,<>]+")


@lru_cache(maxsize=200_000)
def phone_key(cell: str) -> str:
    """The national digits of the first number of a cell (Uzbek 9, Latvian 8); ``""`` for fewer than six.

    +998 97 921-19-99, 8 97 9211999, 979211999 are one number.
    """
    digits = _NOT_DIGIT.sub("", re.split("[;,/]", clean(cell))[0])
    if digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith("998") and len(digits) >= 12:
        digits = digits[3:12]
    elif digits.startswith("371") and len(digits) >= 11:
        digits = digits[3:11]
    elif len(digits) == 10 and digits[0] in "80":
        digits = digits[1:]
    return digits if 6 <= len(digits) <= 13 and len(set(digits)) > 1 else ""


@lru_cache(maxsize=200_000)
def email_key(cell: str) -> str:
    """The first address of a cell in small letters, or ``""``."""
    found = _EMAIL.search(clean(cell).lower())
    return found[0].strip(".") if found else ""
