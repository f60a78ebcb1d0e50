"""Which lines a figure speaks of, and why the others are left out.

A value that is not known (a signature nobody looked for, a country not stated, hours nobody wrote down) proves
nothing and refutes nothing: such a line never enters ``lower`` or ``best``, but it enters ``upper``.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import lcm
from typing import Literal

from karvon.rules.counting.facts import Attendance, CountedEvent, Facts
from karvon.rules.counting.rule import Rule
from karvon.rules.programme.description import Scope

Reason = Literal[
    "role", "registered_only", "outside_period", "not_structured", "not_signed", "delegation", "below_hours",
    "not_completed", "signature_not_known", "country_not_stated", "sector_not_stated",
    "hours_not_known",
]  # fmt: skip
"""Why a line of the scope is not counted; those on ``not_known``/``not_stated`` may still be in ``upper``."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One line at one session in scope."""

    attendance: Attendance
    event: CountedEvent
    day: date
    sure: bool
    """Everything the scope and the rule ask for is known to hold."""
    hours: int | None
    """In ``Sightings.unit``; ``None`` where nobody wrote them down or the rule asks for no hours."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    line: str
    event: str
    day: date | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Sightings:
    by_line: dict[str, list[Sighting]]
    left_out: tuple[LeftOut, ...]
    unit: int
    """How many units of ``Sighting.hours`` make one hour."""
    events: dict[str, CountedEvent]
    """The events in scope, also those without a line."""


def days_of(event: CountedEvent) -> tuple[date, ...]:
    """The days on which it had sessions; every day from start to end where nobody said which."""
    if event.days:
        return event.days
    return tuple(event.starts + timedelta(days=n) for n in range((event.ends - event.starts).days + 1))


def see(rule: Rule, scope: Scope, facts: Facts) -> Sightings:
    """The sightings that the rule may count in this scope, and every other line of its events with the reason.

    A line whose sheet names no day was seen on all days of its event. Raises ``KeyError`` for an attendance at
    an event the facts do not hold.
    """
    events = {event.event: event for event in facts.events}
    in_scope = {key: event for key, event in events.items() if _in_scope(event, scope)}
    timed = rule.way == "threshold"
    unit = _unit(facts) if timed else 1
    shared = {key: session_hours(event, unit) if timed else None for key, event in in_scope.items()}
    by_line: dict[str, list[Sighting]] = {}
    left: list[LeftOut] = []
    for attendance in facts.attendances:
        if attendance.event not in in_scope:
            events[attendance.event]
            continue
        if scope.countries and attendance.country and attendance.country not in scope.countries:
            continue
        event = in_scope[attendance.event]
        reason = _reason(attendance, event, rule)
        days = days_of(event) if attendance.day is None else (attendance.day,)
        held = [day for day in days if scope.period.holds(day)]
        if reason is None and not held:
            reason = "outside_period"
        if reason is not None:
            left.append(LeftOut(attendance.line, attendance.event, attendance.day, reason))
            continue
        doubt = _doubt(attendance, event, rule, scope)
        if doubt is not None:
            left.append(LeftOut(attendance.line, attendance.event, attendance.day, doubt))
        hours = shared[attendance.event]
        if timed and attendance.hours is not None:
            hours = int(Fraction(attendance.hours) / len(days) * unit)
        by_line.setdefault(attendance.line, []).extend(
            Sighting(attendance, event, day, sure=doubt is None, hours=hours) for day in held
        )
    return Sightings(by_line, tuple(left), unit, in_scope)


def _in_scope(event: CountedEvent, scope: Scope) -> bool:
    return (
        (not scope.contracts or not set(scope.contracts).isdisjoint(event.contracts))
        and (not scope.visits or event.visit in scope.visits)
        and (scope.direction is None or event.direction == scope.direction)
        and (not scope.event_kinds or event.kind in scope.event_kinds)
        and (not scope.sectors or not event.sectors or not set(scope.sectors).isdisjoint(event.sectors))
    )


def is_participant(attendance: Attendance) -> bool:
    """Only participants who came count as trained."""
    return attendance.role == "participant" and attendance.status != "registered"


def counts_event(rule: Rule, event: CountedEvent) -> bool:
    """Whether the rule counts anybody at this event: "structured training only" means exactly that."""
    return not rule.structured_only or (event.structured and event.kind == "training")


def _reason(attendance: Attendance, event: CountedEvent, rule: Rule) -> Reason | None:
    if attendance.role != "participant":
        return "role"
    if attendance.line in event.delegation:
        return "delegation"
    if attendance.status == "registered":
        return "registered_only"
    if not counts_event(rule, event):
        return "not_structured"
    if rule.signed_only and attendance.signed is False:
        return "not_signed"
    return None


def _doubt(attendance: Attendance, event: CountedEvent, rule: Rule, scope: Scope) -> Reason | None:
    if rule.signed_only and attendance.signed is None:
        return "signature_not_known"
    if scope.countries and not attendance.country:
        return "country_not_stated"
    if scope.sectors and not event.sectors:
        return "sector_not_stated"
    return None


def session_hours(event: CountedEvent, unit: int) -> int | None:
    """The event's hours shared by its days; ``None`` where nobody wrote them down."""
    return None if event.hours is None else int(Fraction(event.hours) / len(days_of(event)) * unit)


def _unit(facts: Facts) -> int:
    """A unit in which all hours of these facts, shared by days, are whole numbers."""
    shares = {(event.hours, len(days_of(event))) for event in facts.events if event.hours is not None}
    lengths = {event.event: len(days_of(event)) for event in facts.events}
    shares |= {
        (seen.hours, 1 if seen.day is not None else lengths[seen.event])
        for seen in facts.attendances
        if seen.hours is not None
    }
    return lcm(1, *((Fraction(hours) / days).denominator for hours, days in shares))
