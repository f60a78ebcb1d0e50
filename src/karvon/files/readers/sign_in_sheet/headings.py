"""What the head of a column says the column holds."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from karvon.files.readers.sign_in_sheet.dates import day_written
from karvon.files.readers.sign_in_sheet.grid import Cell, cell_text
from karvon.files.readers.sign_in_sheet.words import fold, without_hints, words

NAME_KINDS: Final = frozenset(
    {"full_name", "name", "surname", "given_name", "person", "contact_person", "other_person", "unknown_name"}
)
"""Heads of columns that may hold people's names, from certain to hardly."""

_SEPARATORS: Final = re.compile(r"[/|\\\n\r;,•·&]|\s[-–—]\s")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_HEADING: Final = 160
_NUMBER_SIGNS: Final = frozenset({"№", "#", "n°", "nº", "no", "nr", "n"})
_FIELD_TOKENS: Final = ("signature", "email", "phone", "sex", "position", "country")


@lru_cache(maxsize=65536)
def kind_of(text: str) -> str:
    """What a heading names: a field, a kind of ``Words.headers``, ``person``, ``unknown_name``, or nothing."""
    if not text or len(text) > _LONGEST_HEADING or (text.lstrip().startswith("#") and len(text.strip()) > 1):
        return ""
    if text.strip().casefold() in _NUMBER_SIGNS or text.strip() in {"№", "#", "N°", "Nº"}:
        return "number"
    if text.rstrip().endswith("#"):
        text = text.rstrip("# ")  # Roll#
    if _CAMEL.search(text) and not (found := _of_phrase(fold(text))):
        text = _CAMEL.sub(" ", text)  # nameEn, playerName
    bare = without_hints(text)
    if not fold(bare):
        bare = text.strip("()[]{} ")
    found = _of_phrase(fold(bare)) or _of_phrase(fold(text))
    if found:
        return found
    if ("\n" in bare or "&" in bare) and (whole := _of_tokens(fold(bare))) in (
        "never",
        "thing",
        "organisation",
        "other_person",
    ):
        return whole  # "Facility \n Name" is one heading on two lines
    parts = [fold(part) for part in _SEPARATORS.split(bare)]
    kinds = [kind for part in parts if part and (kind := _of_phrase(part) or _of_tokens(part))]
    if len([part for part in parts if part]) > 1 and kinds:
        combined = _combined(kinds)
        if combined and combined != "unknown_name":
            return combined
    return _of_tokens(fold(bare)) or _of_tokens(fold(text))


@lru_cache(maxsize=16384)
def is_of_people(text: str) -> bool:
    """Whether a heading names what only people have: an affiliation, an employer, a student's number."""
    known = words().tokens
    said = [known.get(token, frozenset()) for token in fold(text).replace("#", " ").split()]
    return any("affiliation" in kinds for kinds in said) or (
        kind_of(text) == "number" and any("person" in kinds for kinds in said)
    )


@lru_cache(maxsize=16384)
def is_family(text: str) -> bool:
    """Whether a heading names somebody's parents, spouse or guardian."""
    known = words().tokens
    return any("family" in known.get(token, ()) for token in fold(text).split())


def _of_phrase(folded: str) -> str:
    known = words()
    kind = known.headers.get(folded, "")
    if kind in ("", "person_context", "thing"):
        tokens = folded.split()
        kinds = [known.tokens.get(token, frozenset()) for token in tokens]
        if tokens and any("person" in k for k in kinds) and all(k & {"person", "filler"} for k in kinds):
            return "person"
    return kind


def _of_tokens(folded: str) -> str:
    known = words().tokens
    tokens = [token for token in folded.split() if not token.isdigit()]
    said = [known.get(token, frozenset()) for token in tokens]
    if not tokens or len(tokens) > 14:
        return ""
    says = frozenset().union(*said)
    if any(token.isdigit() for token in folded.split()) and says <= {
        "name",
        "full",
        "person",
        "given",
        "surname",
    }:
        return ""  # "Name 1" waits for a name, it heads nothing
    own = {"name", "full", "given", "surname", "middle", "person", "filler"}
    others = [kinds for kinds in said if not kinds & own]
    unknown = sum(1 for kinds in others if not kinds)
    named = bool(says & {"name", "full", "given", "surname"})
    if "never" in says and (named or len(tokens) == 1):
        return "never"
    if named and any("other_person" in kinds for kinds in others):
        return "other_person"
    if named and any("organisation" in kinds for kinds in others):
        return "organisation"
    if named and any("thing" in kinds for kinds in others):
        return "thing"
    if {"given", "surname"} <= says:
        return "full_name"
    if named and not others:
        if "surname" in says:
            return "surname" if "person" in says or "name" in says or len(tokens) == 1 else "unknown_name"
        if "given" in says:
            return "given_name" if "person" in says or "name" in says or len(tokens) == 1 else "unknown_name"
        if "name" in says:
            return "full_name" if "person" in says or "full" in says else "name"
        return "full_name" if "person" in says else ""
    if "name" in says and unknown:
        return "unknown_name"
    if 2 <= len(tokens) <= 3 and "person" in said[-1] and unknown == len(tokens) - 1:
        return "person"  # Committee Member
    for field in _FIELD_TOKENS:
        if field in says and len(tokens) <= 6:
            return field
    if "organisation" in says and unknown == 0:
        return "organisation"
    if "other_person" in says and unknown == 0:
        return "other_person"
    return ""


def _combined(kinds: Sequence[str]) -> str:
    """One kind for a heading in several parts: ``Name / Ф.И.О.``, ``Uzvārds, vārds``, ``Фамилия / Surname``."""
    said = set(kinds)
    if "full_name" in said or {"surname", "given_name"} <= said or {"surname", "name"} <= said:
        return "full_name"
    if "never" in said:
        return "never"
    if {"given_name", "name"} <= said:
        return "given_name"
    if "person" in said and "name" in said:
        return "full_name"
    for kind in ("surname", "given_name", "middle_name", "name"):
        if kind in said:
            return kind
    return next((kind for kind in kinds if kind not in ("thing", "person_context", "remark")), kinds[0])


_NUMBERED_DAY: Final = re.compile(r"(?:(\d{1,3}) ?([^\W\d_]+)|([^\W\d_]+) ?(\d{1,3}))$")
_DAY_AND_MONTH: Final = re.compile(r"\d{1,2}\s*[./-]\s*\d{1,2}\.?(?:\s*\S{1,3})?$")


@lru_cache(maxsize=16384)
def _text_names_day(text: str) -> bool:
    stripped = text.strip()
    if not stripped or len(stripped) > 40:
        return False
    if _DAY_AND_MONTH.match(stripped) or day_written(stripped) or day_written(stripped, year=2000):
        return True
    known = words()
    folded = fold(stripped)
    if folded in known.weekday or folded in known.half_day:
        return True
    if found := _NUMBERED_DAY.match(folded):
        word = found[2] or found[3]
        return word in known.day
    parts = folded.split()
    if len(parts) == 2 and parts[0] in known.weekday and parts[1].isdigit():
        return True
    first, _, rest = stripped.partition(" ")
    return fold(first) in known.weekday and bool(rest and _DAY_AND_MONTH.match(rest.strip()))


def names_day(cell: Cell) -> bool:
    """Whether a heading names one day or session: a date, ``Day 1``, ``2-kun``, a weekday."""
    if isinstance(cell, str):
        return _text_names_day(cell)
    return not isinstance(cell, bool) and day_written(cell) is not None


def is_hxl(row: Sequence[Cell]) -> bool:
    """A row of HXL hashtags: every cell that is not empty begins with ``#`` and a letter, at least one of them."""
    filled = [cell for cell in row if cell != ""]
    return bool(filled) and all(
        isinstance(cell, str) and (not cell.strip() or re.match(r"\s*#\s*[a-z]", cell, re.IGNORECASE))
        for cell in filled
    )


def heading_text(cell: Cell) -> str:
    return cell_text(cell).strip()
