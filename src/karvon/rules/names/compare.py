"""How near two folded words are: the same, the same but for spelling, a slip apart, or different."""

from functools import lru_cache
from typing import Literal

from karvon.rules.names.orthography.settled import loose

Nearness = Literal["same", "spelling", "slip", "slips", "different"]

_CHEAP: dict[tuple[str, str], int] = {}
for _pair, _cost in {
    "oa": 15, "ou": 15, "ei": 20, "ae": 35, "jy": 35, "vu": 25, "cs": 35, "jz": 40, "fp": 60, "dt": 60, "gk": 70,
    "bp": 70, "zs": 50, "yi": 20, "hk": 60, "čc": 40, "šs": 60, "il": 70, "nm": 80, "au": 140, "jd": 60,
}.items():  # fmt: skip
    _CHEAP[_pair[0], _pair[1]] = _cost
    _CHEAP[_pair[1], _pair[0]] = _cost
_EXTRA = {"h": 60, "i": 50, "e": 60, "y": 50, "v": 80}
SPELLING = 55
"""Most hundredths of an edit that are still one spelling or another."""
SLIP = 110
SLIPS = 215


def distance(a: str, b: str) -> int:
    """Hundredths of an edit from a to b; letters that spellings exchange cost little, a~u more than an edit."""
    if a == b:
        return 0
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 3 or len(b) > 60:
        return 400
    before: list[int] = []
    row = [0]
    for letter in b:
        row.append(row[-1] + _EXTRA.get(letter, 100))
    for i, x in enumerate(a, 1):
        older, before = before, row
        extra = _EXTRA.get(x, 100)
        row = [before[0] + extra]
        for j, y in enumerate(b, 1):
            if x == y:
                best = before[j - 1]
            else:
                best = before[j - 1] + _CHEAP.get((x, y), 100)
            best = min(best, before[j] + extra, row[j - 1] + _EXTRA.get(y, 100))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2] and x != y:
                best = min(best, older[j - 2] + 100)
            row.append(best)
    return row[-1]


@lru_cache(maxsize=500_000)
def nearness(a: str, b: str) -> Nearness:
    """The level two folded words agree on. Short words forgive less; a~u is never a spelling (Hasan, Husan)."""
    if a == b:
        return "same"
    if loose(a) == loose(b):
        clash = sum(1 for x, y in zip(a, b, strict=True) if {x, y} == {"a", "u"})
        if not clash:
            return "spelling"
        return "slip" if clash == 1 and len(a) > 6 else "different"
    apart = distance(a, b)
    shorter = min(len(a), len(b))
    if apart <= SPELLING:
        return "spelling"
    if apart <= SLIP and shorter >= 4:
        return "slip"
    if apart <= SLIPS and shorter >= 7:
        return "slips"
    return "different"


def initials_agree(a: str, b: str) -> Literal["same", "spelling", "different"]:
    """Whether two initials may open one name: o~a, o~u, e~i, i~y, d~j (Дж.) are spellings."""
    if a == b:
        return "same"
    return "spelling" if frozenset((a, b)) in _INITIALS else "different"


_INITIALS = frozenset(
    map(frozenset, ("oa", "ou", "ei", "iy", "dj", "jy", "cč", "sš", "uy", "oy", "hk", "jz"))
)
