"""Several lines of one person at one event, made into days: morning and afternoon lists, two sheets of one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from karvon.rules.counting.facts import Attendance, Status
from karvon.rules.programme.description import Role

_STATUSES: tuple[Status, ...] = ("registered", "present", "completed")
_ROLES: tuple[Role, ...] = ("participant", "guest", "organiser", "expert", "trainer", "interpreter")


@dataclass(frozen=True, slots=True)
class AttendedDay:
    """What all lines together say of one person on one day of one event."""

    event: str
    day: date | None
    role: Role
    """The one that is not counted where lines differ: who interpreted in the morning is no participant that day."""
    status: Status
    """The furthest any line states."""
    hours: Decimal | None
    """The most any line states; a session counts once. ``None`` where no line states hours."""
    signed: bool | None
    """Signed on one list is signed; ``None`` where no list says anything."""
    lines: tuple[str, ...]


def combined(lines: Iterable[Attendance]) -> tuple[AttendedDay, ...]:
    """One person's attendances by event and day, in that order; those without a day come first."""
    days: dict[tuple[str, date | None], list[Attendance]] = {}
    for line in lines:
        days.setdefault((line.event, line.day), []).append(line)
    order = sorted(days, key=lambda key: (key[0], key[1] or date.min))
    return tuple(_combined(event, day, days[event, day]) for event, day in order)


def _combined(event: str, day: date | None, seen: list[Attendance]) -> AttendedDay:
    hours = [one.hours for one in seen if one.hours is not None]
    known = [one.signed for one in seen if one.signed is not None]
    return AttendedDay(
        event=event,
        day=day,
        role=max((one.role for one in seen), key=_ROLES.index),
        status=max((one.status for one in seen), key=_STATUSES.index),
        hours=max(hours, default=None),
        signed=any(known) if known else None,
        lines=tuple(sorted({one.line for one in seen})),
    )
