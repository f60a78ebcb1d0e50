"""Hours as sheets write them."""

import re
from decimal import Decimal

from karvon.rules.attendance.words import phrases, words

_NUMBER = re.compile(r"\s*(\d{1,3})(?:[.,](\d{1,3}))?\s*(\D*)")
_CLOCK = re.compile(r"\s*(\d{1,3}):([0-5]\d)(?::00)?\s*(\D*)")
_MOST = Decimal(1000)


def hours_of(cell: str) -> Decimal | None:
    """The hours a cell states: ``8``, ``7,5``, ``8 h``, ``6 ak. ч``, ``1:30``; ``None`` where it states none.

    A span of the clock ("9:00-17:00") states none: nobody knows its breaks.
    """
    if clock := _CLOCK.fullmatch(cell):
        hours, unit = Decimal(clock[1]) + Decimal(clock[2]) / 60, clock[3]
        hours = hours.quantize(Decimal("0.001"))
    elif number := _NUMBER.fullmatch(cell):
        hours, unit = Decimal(f"{number[1]}.{number[2] or 0}"), number[3]
    else:
        return None
    known = dict(phrases("hours"))["units"]
    return hours.normalize() if hours < _MOST and (not words(unit) or words(unit) in known) else None
