"""What a mark in a day column means."""

import re
from typing import Final, Literal

from karvon.files.readers.sign_in_sheet.words import fold, words

Meaning = Literal["present", "absent", "unclear"]

_PRESENT: Final = frozenset("+✓✔√☑✅⁺＋●•xXхХ1vVⅤ")
_ABSENT: Final = frozenset("-–—−0✗✘☐❌×/\\○")
_LETTERS_IN_WINGDINGS: Final = {"ü": "present", "û": "absent", "ö": "present"}


def mark_means(mark: str) -> Meaning:
    """What one mark of a day column says about the day.

    A tick, a cross, ``P``, ``1``, ``+``, a word of presence in any language of the catalogue or a signature is
    *present*; an empty cell, ``A``, ``0``, ``-`` or a word of absence is *absent*; leave, sickness, late arrival,
    codes with several meanings and everything not known is *unclear*.
    """
    text = mark.strip()
    if not text:
        return "absent"
    if text in _PRESENT:
        return "present"
    if text in _ABSENT or text.casefold() == "false":
        return "absent"
    if text in _LETTERS_IN_WINGDINGS:
        return "present" if _LETTERS_IN_WINGDINGS[text] == "present" else "absent"
    known = words()
    folded = fold(text)
    # One letter is another word in another language: both lists agree or it is unclear.
    is_present, is_absent = folded in known.present, folded in known.absent
    if is_present != is_absent:
        return "present" if is_present else "absent"
    if is_present or folded in known.unclear:
        return "unclear"
    if found := re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*h?", text):  # hours
        return "present" if float(found[1].replace(",", ".")) > 0 else "absent"
    if re.fullmatch(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]m)?", text.casefold()):
        return "present"  # the time somebody came
    return "unclear"


def looks_like_mark(text: str) -> bool:
    """Whether a cell's text is short enough and shaped like a mark of attendance."""
    text = text.strip()
    if len(text) <= 3:
        return True
    folded = fold(text)
    known = words()
    return folded in known.present or folded in known.absent or folded in known.unclear
