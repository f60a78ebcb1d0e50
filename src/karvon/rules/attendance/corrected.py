"""What a person knows better than a sheet: as what somebody was there, on which days, and how long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal, cast, get_args

from karvon.rules.attendance.given_role import RoleReason
from karvon.rules.attendance.scores import NO_SCORE, score_kept
from karvon.rules.counting.facts import Status
from karvon.rules.programme.description import Role

AttendanceField = Literal["role", "status", "hours"]
CorrectedField = Literal["role", "status", "hours", "score_before", "score_after"]
KnownStatus = Literal["absent", "registered", "present", "completed"]
MOST_HOURS: Final = Decimal(24)
"""Of one day; of an event as a whole more."""
MOST_HOURS_IN_ALL: Final = Decimal(999)


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's word about a line: its role everywhere (``day`` is ``None``), its presence or hours at one session,
    its score in the test before or after the event (``day`` is ``None``, too; ``-`` for no score).

    ``value`` is a role, a `KnownStatus`, hours or a score; '' means that the sheet is right after all.
    """

    field: CorrectedField
    value: str
    day: date | None = None
    """``None`` is also the session of a sheet that speaks of the event as a whole."""


@dataclass(frozen=True, slots=True)
class AttendedSession:
    """A line at one session. ``by_hand`` are the fields that a person's word decides."""

    day: date | None
    role: Role
    role_reason: RoleReason | Literal["hand"]
    status: Status
    hours: Decimal | None
    by_hand: frozenset[AttendanceField] = frozenset()


def makes_sense(correction: Correction, *, days: Iterable[date]) -> bool:
    """Whether the value is one of its field, and the session one of the event's."""
    match correction.field:
        case "role":
            return correction.day is None and correction.value in ("", *get_args(Role))
        case "status":
            known = correction.value in ("", *get_args(KnownStatus))
        case "hours":
            known = (
                correction.value == ""
                or hours_said(correction.value, whole=correction.day is None) is not None
            )
        case "score_before" | "score_after":
            return correction.day is None and (
                correction.value in ("", NO_SCORE) or score_kept(correction.value) is not None
            )
    return known and (correction.day is None or correction.day in tuple(days))


def hours_said(value: str, *, whole: bool = False) -> Decimal | None:
    """Hours as they are kept (``6``, ``7.5``); ``None`` for anything that is no time somebody can be there."""
    try:
        hours = Decimal(value)
        least_step = hours.is_finite() and hours == hours.quantize(Decimal("0.01"))
    except ArithmeticError:  # no number, or one too large to have hundredths
        return None
    return hours if least_step and 0 <= hours <= (MOST_HOURS_IN_ALL if whole else MOST_HOURS) else None


def in_force(corrections: Iterable[Correction]) -> dict[tuple[CorrectedField, date | None], str]:
    """What holds, of a line's corrections in the order they were made: the last word about each field and session."""
    last = {(one.field, one.day): one.value for one in corrections}
    return {about: value for about, value in last.items() if value}


def corrected(
    read: Iterable[AttendedSession], words: Mapping[tuple[CorrectedField, date | None], str]
) -> tuple[AttendedSession, ...]:
    """A line's sessions as its sheet says, with what a person knows better; by day, one without a day first.

    Somebody who was absent has no session that day; somebody seen on a day the sheet does not name gets one, in the
    role of the line's other sessions. Hours alone make no session.
    """
    sessions = {one.day: one for one in read}
    usual = next(iter(sessions.values()), AttendedSession(None, "participant", "sheet", "present", None))
    for (field, day), value in words.items():
        if field == "status" and value == "absent":
            sessions.pop(day, None)
        elif field == "status":
            before = sessions.get(day) or replace(usual, day=day, hours=None, by_hand=frozenset())
            sessions[day] = replace(before, status=cast(Status, value), by_hand=before.by_hand | {"status"})
    for (field, day), value in words.items():
        if field == "hours" and (at := sessions.get(day)) is not None:
            sessions[day] = replace(at, hours=Decimal(value), by_hand=at.by_hand | {"hours"})
    if role := words.get(("role", None)):
        sessions = {
            day: replace(one, role=cast(Role, role), role_reason="hand", by_hand=one.by_hand | {"role"})
            for day, one in sessions.items()
        }
    return tuple(
        sessions[day] for day in sorted(sessions, key=lambda day: (day is not None, day or date.min))
    )
