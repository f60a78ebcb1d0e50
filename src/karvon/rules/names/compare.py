"""How near two folded words are: the same, the same but for spelling, a slip apart, or different."""

from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from karvon.rules.names.orthography.settled import loose

Nearness = Literal["same", "spelling", "slip", "slips", "different"]

_CHEAP: dict[tuple[str, str], int] = {}
for _pair, _cost in {
    "oa": 15, "ou": 15, "ei": 20, "ae": 35, "jy": 35, "vu": 25, "cs": 35, "jz": 40, "fp": 60, "dt": 60, "gk": 70,
    "bp": 70, "zs": 50, "yi": 20, "hk": 60, "čc": 40, "šs": 60, "il": 70, "nm": 80, "au": 140, "jd": 60,
    "gh": 50, "ct": 50, "eo": 45,
}.items():  # fmt: skip
    _CHEAP[_pair[0], _pair[1]] = _cost
    _CHEAP[_pair[1], _pair[0]] = _cost
_EXTRA = {"h": 45, "i": 50, "e": 55, "y": 50, "v": 80}
_VOWELS = frozenset("aeiouy")
_NO_OPENING = frozenset(("ae", "ea", "eo", "oe"))
"""No spellings of one opening sound: Alla and Ella, Olga and Elga."""
SPELLING = 65
"""Most hundredths of an edit that are still one spelling or another."""
SLIP = 150
SLIPS = 245
TOO_FAR = 400
"""The distance of words that were not measured to the end."""
_NEVER = 1_000_000
_LEAST_EXTRA = 40


def distance(a: str, b: str, *, most: int = TOO_FAR) -> int:
    """Hundredths of an edit from a to b; letters that spellings exchange cost little, a~u more than an edit.

    Exact up to ``most``; words further apart are only known to be so.
    """
    if a == b:
        return 0
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 3 or len(b) > 60:
        return TOO_FAR
    extra_a, extra_b = _extras(a), _extras(b)
    aside = most // _LEAST_EXTRA + 1  # nothing within ``most`` is further from the diagonal
    longest = len(b)
    before: list[int] = []
    row = [0]
    for cost in extra_b[:aside]:
        row.append(row[-1] + cost)
    row += [_NEVER] * (longest + 1 - len(row))
    nearest = 0
    for i, x in enumerate(a, 1):
        older, before, last = before, row, nearest
        extra = extra_a[i - 1]
        row = [_NEVER] * (longest + 1)
        start, end = max(i - aside, 1), min(i + aside, longest)
        if start == 1:
            row[0] = before[0] + extra
        nearest = left = row[start - 1]
        for j in range(start, end + 1):
            y = b[j - 1]
            best = before[j - 1]
            if x != y:
                best += 100 if i == j == 1 and x + y in _NO_OPENING else _CHEAP.get((x, y), 100)
                if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2] and older[j - 2] + 100 < best:
                    best = older[j - 2] + 100
            if (other := before[j] + extra) < best:
                best = other
            if (other := left + extra_b[j - 1]) < best:
                best = other
            row[j] = left = best
            if best < nearest:
                nearest = best
        if nearest > most and last > most:  # two rows, for letters that are exchanged
            return TOO_FAR
    return row[-1]


def _extras(word: str) -> list[int]:
    """What each letter costs to leave out: a vowel beside a vowel little (Soatov, Saatov -> satov).

    The opening one is heard: Aivars is not Ivars.
    """
    costs = []
    for at, letter in enumerate(word):
        cost = _EXTRA.get(letter, 100)
        if (
            letter in _VOWELS
            and (at or letter in "iy")
            and (word[at - 1 : at] in _VOWELS or word[at + 1 : at + 2] in _VOWELS)
        ):
            cost = _LEAST_EXTRA
        costs.append(cost)
    return costs


@lru_cache(maxsize=500_000)
def nearness(a: str, b: str) -> Nearness:
    """The level two folded words agree on. Short words forgive less; a~u is never a spelling (Hasan, Husan)."""
    if a == b:
        return "same"
    if loose(a) == loose(b) and len(a) == len(b):
        clashes = sum(1 for x, y in zip(a, b, strict=True) if {x, y} == {"a", "u"})
        if not clashes:
            return "spelling"
        return "slip" if clashes == 1 and len(a) > 6 else "different"
    if OSA.distance(loose(a), loose(b), score_cutoff=3) > 3:
        return "different"
    apart = min(distance(a, b, most=SLIPS), _read_as_m(a, b))
    shorter = min(len(a), len(b))
    if apart <= SPELLING:
        return "spelling"
    if apart <= (SLIP if shorter >= 6 else 115) and shorter >= 4:
        return "slip"
    if apart <= SLIPS and shorter >= 7:
        return "slips"
    return "different"


def _read_as_m(a: str, b: str) -> int:
    """The distance when "rn" is an m that a scanner read wrong."""
    if ("rn" in a) == ("rn" in b):
        return TOO_FAR
    return 80 + distance(a.replace("rn", "m"), b.replace("rn", "m"), most=SLIPS)


def initials_agree(a: str, b: str) -> Literal["same", "spelling", "different"]:
    """Whether two initials may open one name: o~a, o~u, e~i, i~y, d~j (Дж.) are spellings."""
    if a == b:
        return "same"
    return "spelling" if frozenset((a, b)) in _INITIALS else "different"


_INITIALS = frozenset(
    map(frozenset, ("oa", "ou", "ei", "iy", "dj", "jy", "cč", "sš", "uy", "oy", "hk", "jz"))
)
