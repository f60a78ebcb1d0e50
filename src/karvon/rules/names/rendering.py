"""Whether two spellings render one name: Тошкент, Tashkent, Taškenta; Шавкат Мирзиёев, Šavkats Mirzijojevs.

Rests on the levels that identity weighs: words must be *same* or *same but for spelling*, never a slip apart.
Names stand alone here, so every reading their letters allow is tried; lists of people are read by ``parse``.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations
from typing import Literal

from karvon.rules.names.cleaning import clean, one_script, script_of
from karvon.rules.names.compare import distance, initials_agree, nearness
from karvon.rules.names.orthography import Orthography, english, fold, latvian, orthography_of
from karvon.rules.names.parse import name_kinds, parse, titles
from karvon.rules.names.parts import DAUGHTER, SON, Gender, father_of, surname_stem, without_case_ending

Kind = Literal["person", "place"]

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*'?\.?")
_ARTICLES = frozenset("al ad as ar an ash az el ul аль ад ас ар ан уль".split())  # noqa: SIM905
MOST_WORDS = 5
"""Words of a name that are compared."""
TWO_NAMES = 45
"""Hundredths of an edit above which two given names of the catalogue are two names, not two spellings of one."""
_UNMARKED = str.maketrans("čšj", "csz")
_DIGRAPHS = re.compile("[scz]h|[kg]h")


_COUNTRY = re.compile("(?<=..)i?st[ao]n$")


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a name and the folded forms its letters allow."""

    plain: str
    readings: frozenset[str]
    shortened: frozenset[str]
    """Readings without the -a that Latvian gives women and towns: Minska, Paka."""
    unmarked: frozenset[str]
    """Readings with č, š, ž as c, s, z: what is left of Latvian typed without its marks."""
    may_lack_marks: bool
    initial: bool


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[_Word, ...]
    father: str
    gender: Gender


def same_name(one: str, two: str, *, of: Kind = "person") -> bool:
    """Whether both are one name, written in any two of the orthographies, words in any order. Symmetric.

    A name is neither the one a slip away nor that of the other gender. Initials are the same as initials only;
    a patronymic may be missing from one of the two, articles and titles are not read.

    >>> same_name("Šavkats Mirzijojevs", "Шавкат Мирзиёев"), same_name("Taškenta", "Toshkent", of="place")
    (True, True)
    >>> same_name("Hasan", "Husan"), same_name("Nodir", "Nodira"), same_name("Karimov A.", "Karimov Aziz")
    (False, False, False)
    """
    if of == "place":
        a, b = _place(one), _place(two)
        return bool(a and b and _alike(a, b, feminine=True))
    first, second = _person(one), _person(two)
    if not first.words or not second.words or {first.gender, second.gender} == {"f", "m"}:
        return False
    if first.father and second.father and not _near(first.father, second.father):
        return False
    # Akgula and Акгуль are one woman's; alone, Zamir and Zamira are two names
    feminine = "f" in (first.gender, second.gender) and min(len(first.words), len(second.words)) > 1
    return any(
        all(_alike(a, b, feminine=feminine) for a, b in zip(words, order, strict=True))
        for words, others in _as_many(first.words, second.words)
        for order in permutations(others)
    )


def _as_many(
    one: tuple[_Word, ...], two: tuple[_Word, ...]
) -> Iterator[tuple[tuple[_Word, ...], tuple[_Word, ...]]]:
    """The words of both names when they are equally many, two neighbours of the longer written as one if need be."""
    if len(one) > len(two):
        one, two = two, one
    if len(one) == len(two):
        yield one, two
    elif len(one) + 1 == len(two):
        for at in range(len(one)):
            if not (two[at].initial or two[at + 1].initial):
                yield one, (*two[:at], _joined(two[at], two[at + 1]), *two[at + 2 :])


def _joined(a: _Word, b: _Word) -> _Word:
    return _Word(
        plain=a.plain + b.plain,
        readings=frozenset(x + y for x in a.readings for y in b.readings),
        shortened=frozenset(x + y for x in a.readings for y in b.shortened),
        unmarked=frozenset(x + y for x in a.unmarked for y in b.unmarked),
        may_lack_marks=a.may_lack_marks,
        initial=False,
    )


def _alike(a: _Word, b: _Word, *, feminine: bool) -> bool:
    if a.initial or b.initial:
        return a.initial and b.initial and _initials_alike(a, b)
    if a.plain == b.plain:
        return True
    if any(_near(x, y) for x in a.readings for y in b.readings):
        return True
    if feminine and (
        any(_near(x, y) for x in a.shortened for y in b.readings)
        or any(_near(x, y) for x in a.readings for y in b.shortened)
    ):
        return True
    return a.may_lack_marks != b.may_lack_marks and bool(a.unmarked & b.unmarked)


def _initials_alike(a: _Word, b: _Word) -> bool:
    return any(initials_agree(x[:1], y[:1]) != "different" for x in a.readings for y in b.readings)


def _near(a: str, b: str) -> bool:
    near = nearness(a, b)
    if near == "spelling" and distance(a, b) > TWO_NAMES and a in name_kinds() and b in name_kinds():
        # both are known names: Anete and Anita, Elga and Olga, Safar and Zafar
        return False
    return near in ("same", "spelling")


@lru_cache(maxsize=20_000)
def _place(text: str) -> _Word | None:
    words = _tokens(text)
    orthography = orthography_of(" ".join(words))
    joined = "".join(words)
    if not joined:
        return None
    word = _read(joined, orthography, may_lack_marks=_may_lack_marks(words, orthography))
    return replace(
        word,
        readings=frozenset(_COUNTRY.sub("stan", reading) for reading in word.readings),
        shortened=frozenset(_COUNTRY.sub("stan", reading) for reading in word.shortened),
    )


@lru_cache(maxsize=20_000)
def _person(text: str) -> _Name:
    tokens = [word for word in _tokens(text) if word.rstrip(".").replace("'", "") not in titles()]
    orthography = orthography_of(" ".join(tokens))
    may_lack_marks = _may_lack_marks(tokens, orthography)
    words: list[_Word] = []
    father, gender = "", parse(text).gender
    for token in tokens:
        folded = fold(token.rstrip("."), orthography)
        if folded in SON or folded in DAUGHTER:
            if len(words) > 1 and not father:
                father, gender = min(words.pop().readings), "m" if folded in SON else "f"
            continue
        stem, shown = father_of(folded)
        if stem and len(tokens) > 2 and not father:
            father, gender = stem, shown
            continue
        word = _read(token, orthography, may_lack_marks=may_lack_marks)
        if word.readings:
            words.append(word)
    if not gender:
        shown_by = {
            kind[-1] for word in words for reading in word.readings if (kind := name_kinds().get(reading))
        }
        gender = "f" if shown_by == {"f"} else "m" if shown_by == {"m"} else ""
    return _Name(words=tuple(words[:MOST_WORDS]), father=father, gender=gender)


def _tokens(text: str) -> list[str]:
    cleaned = clean(text)
    script = script_of(cleaned)
    words = (one_script(word, neighbours=script).lower() for word in _WORD.findall(cleaned))
    return [word for word in words if word not in _ARTICLES][: MOST_WORDS + 2]


def _may_lack_marks(words: list[str], orthography: Orthography) -> bool:
    """Whether plain Latin without digraphs shows a Latvian ending, so that its s may stand for š."""
    text = " ".join(words)
    return (
        orthography in ("english", "latvian")
        and text.isascii()
        and not _DIGRAPHS.search(text)
        and not english.spells(text)
        and any(len(word) > 3 and word[-1] in "se" for word in words)
    )


def _read(token: str, orthography: Orthography, *, may_lack_marks: bool) -> _Word:
    word = token.rstrip(".")
    orthographies: set[Orthography] = {orthography}
    if orthography in ("english", "latvian") and not latvian.writes(word):
        # plain Latin does not say whether j is the glide, nor whether -s is an ending
        orthographies = {"english", "latvian"}
    readings = {fold(word, each) for each in orthographies} - {""}
    readings |= {without_case_ending(reading) for reading in readings}
    shortened: frozenset[str] = frozenset()
    if orthography in ("english", "latvian"):
        shortened = frozenset(
            reading[:-1]
            for reading in readings
            if len(reading) > 2 and reading[-1] == "a" and reading[-2] not in "aeiou"
        )
        readings |= {surname_stem(reading)[0] for reading in readings}
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return _Word(
        plain=plain,
        readings=frozenset(readings),
        shortened=shortened,
        unmarked=frozenset(reading.translate(_UNMARKED) for reading in readings),
        may_lack_marks=may_lack_marks,
        initial=len(word) == 1 or (token.endswith(".") and len(word) <= 3),
    )
