"""Does a text look like a person's name? A column is judged by its cells, a cell by case, words and endings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from karvon.files.readers.sign_in_sheet.words import fold, words

Likeness = Literal["strong", "shape", "unknown", "no"]

_NUMBERING: Final = re.compile(r"^\s*\(?\d{1,4}\s*[.)\]:-]\s*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['ʻʼ’`‘´-][^\W\d_]+)*\.?")
_FORBIDDEN: Final = re.compile(r"[\d@=<>%$€£&+*?!{}\[\]_|]|https?:|www\.|://")
_CASELESS: Final = re.compile(
    r"[\u0590-\u0fff\u1200-\u139f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u10a0-\u10ff]"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af·・\s]{2,12}$")
_TO_BE_FILLED: Final = re.compile(r"^[\s._\-–—…*/\\xX?]+$")


@lru_cache(maxsize=65536)
def likeness(text: str) -> Likeness:
    """How much one text looks like one person's name."""
    bare = re.sub(r"\([^()]*\)", " ", _NUMBERING.sub("", text)).strip(" \t\r\n.,;:-–")
    if not bare or len(bare) > 80 or _FORBIDDEN.search(bare):
        return "no"
    if _CASELESS.search(bare):
        return _caseless(bare)
    found = _WORD.findall(bare)
    if not found:
        return "no"
    known = words()
    folded = [fold(word) for word in found]
    kept = [(w, f) for w, f in zip(found, folded, strict=True) if f not in known.title] or list(
        zip(found, folded, strict=True)
    )
    if not kept or len(kept) > 7:
        return "no"
    hits = sum(1 for _, f in kept if f in known.given or any(part in known.given for part in f.split()))
    things = sum(
        1
        for w, f in kept
        if f in known.organisation
        and f not in known.given  # "Park" is a family name as often as a park
        and not (len(f) == 1 and w[0].isupper())
    )
    if things:
        return "unknown" if hits and things <= max(1, len(kept) - 2) else "no"
    initials = sum(1 for w, f in kept if len(f) == 1)
    long_words = [f for _, f in kept if len(f) > 2]
    if not long_words:
        return "unknown" if len(kept) > 1 or len(bare) == 2 else "no"
    capital = all(w[0].isupper() or f in known.person_marks or len(f) <= 2 for w, f in kept)
    if len(kept) == 1:
        if hits:
            return "strong"
        return "unknown" if capital else "no"
    if hits:
        return "strong"
    if not capital:
        return "no" if len(kept) > 4 else "unknown"
    if any(len(f) >= 5 and f.endswith(known.surname_endings) for f in long_words):
        return "strong"
    if initials and any("." in w or len(w) == 1 for w, f in kept if len(f) == 1):
        return "strong"
    return "shape" if len(kept) <= 5 else "unknown"


def _caseless(bare: str) -> Likeness:
    known = words()
    if _HAN.match(bare):
        if any(len(word) > 1 and word in bare for word in known.organisation if not word.isascii()):
            return "no"
        return "shape" if len(bare.replace(" ", "")) <= 5 else "unknown"
    parts = fold(bare).split()
    if any(part in known.organisation for part in parts):
        return "no"
    return "shape" if 2 <= len(parts) <= 6 else "unknown"


_SHORT: Final = 100
"""Letters of a text worth remembering: the same few rows are looked at again for every likely header."""


def is_placeholder(text: str) -> bool:
    """``Name 1``, ``Participant 12``, ``Vārds Uzvārds``, ``............``: a place for a name, not a name."""
    return _is_placeholder(text) if len(text) <= _SHORT else _is_placeholder.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _is_placeholder(text: str) -> bool:
    if _TO_BE_FILLED.match(text):
        return True
    folded = fold(_NUMBERING.sub("", text))
    known = words()
    if folded in known.placeholder or folded in known.nobody:
        return True
    if found := re.match(r"(.*?) ?#?(?:\d+|[a-z]|n|xx+)$", folded):
        return found[1] in known.placeholder
    return False


def is_example(text: str) -> bool:
    """A sample line that shows how to fill the form."""
    start = fold(text).split()
    known = words().example
    return (bool(start) and (start[0] in known or " ".join(start[:2]) in known)) or fold(
        " ".join(re.findall(r"\(([^()]*)\)", text))
    ) in known


@dataclass(frozen=True, slots=True)
class ColumnLikeness:
    """Shares of a column's filled cells by how they look."""

    filled: int
    strong: float = 0.0
    shape: float = 0.0
    unknown: float = 0.0
    no: float = 0.0


def column_likeness(texts: Iterable[str]) -> ColumnLikeness:
    """The shares over texts that are filled and are no placeholders."""
    counts = {"strong": 0, "shape": 0, "unknown": 0, "no": 0}
    for text in texts:
        if text.strip() and not is_placeholder(text):
            counts[likeness(text)] += 1
    filled = sum(counts.values())
    if not filled:
        return ColumnLikeness(0)
    return ColumnLikeness(filled, **{kind: count / filled for kind, count in counts.items()})
