"""Hours as sheets write them, and what they add up to."""

import re
from collections.abc import Iterable
from decimal import Decimal

from karvon.rules.attendance.words import phrases, words

_NUMBER = re.compile(r"\s*(\d{1,3})(?:[.,](\d{1,3}))?\s*(\D*)")
_CLOCK = re.compile(r"\s*(\d{1,3}):([0-5]\d)(?::00)?\s*(\D*)")
_MOST = Decimal(1000)


def hours_of_line(sessions: Iterable[Decimal | None], *, whole: Decimal | None) -> Decimal | None:
    """Contact hours of a line at an event: what is written for its sessions, else those of the whole event."""
    written = [hours for hours in sessions if hours is not None]
    return sum(written, Decimal(0)) if written else whole


def hours_of_person(lines: Iterable[tuple[str, Decimal | None]]) -> Decimal:
    """Contact hours over (event, hours of a line): an event's once, the most of its lines, however many there are."""
    best: dict[str, Decimal] = {}
    for event, hours in lines:
        if hours is not None:
            best[event] = max(best.get(event, Decimal(0)), hours)
    return sum(best.values(), Decimal(0))


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
