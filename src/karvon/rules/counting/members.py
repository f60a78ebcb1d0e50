"""Who is counted, line by line, and who is left out and why: every figure opens to these."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from karvon.rules.counting.components import Component, person_of
from karvon.rules.counting.desk import Desk, desk
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import LeftOut, Reason, Sighting, see
from karvon.rules.counting.tally import Seen
from karvon.rules.programme.description import Scope
from karvon.rules.programme.values import Period


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the likeliest grouping whom the rule counts in the scope."""

    person: str
    lines: tuple[str, ...]
    """The lines that prove it, sorted; lines elsewhere in the register are not among them."""
    events: tuple[str, ...]
    """In the order they were attended."""
    entered: date
    """The first day seen; under a rule per contract the first day in the contract, also before the period."""
    left: date
    """The last day seen, likewise."""
    counted: int
    """1 under a rule that counts people; else how many participations or person-days."""
    hours: Decimal | None = None
    """Contact hours in scope, under a rule that asks for hours."""


def members(rule: Rule, scope: Scope, facts: Facts) -> tuple[Member, ...]:
    """Everybody counted in ``best``, in order of person; their ``counted`` sum to it."""
    at = desk(rule, scope, facts)
    whole = at.sightings.by_line
    if rule.per == "contract" and scope.period != Period():
        whole = see(rule, replace(scope, period=Period()), facts).by_line
    found = [
        _member(at, component, group, sightings, counted, whole)
        for component, group, sightings, counted in _best_groups(at)
        if counted
    ]
    return tuple(sorted(found, key=lambda member: member.person))


def left_out(rule: Rule, scope: Scope, facts: Facts) -> tuple[LeftOut, ...]:
    """Every line of the scope's events that ``best`` does not count, once per event and day, with the reason.

    In order of event, line and day. Lines of events outside the scope, or of another country, are not among them;
    those outside its period are.
    """
    at = desk(rule, scope, facts)
    found = set(at.sightings.left_out)
    for _, _, sightings, counted in _best_groups(at):
        if not counted:
            found |= {
                LeftOut(s.attendance.line, s.event.event, s.attendance.day, _why(at, s))
                for s in sightings
                if s.sure
            }
    found |= set(_delegates(at))
    return tuple(sorted(found, key=lambda one: (one.event, one.line, one.day or date.min, one.reason)))


def _why(at: Desk, sighting: Sighting) -> Reason:
    if at.rule.way == "completion":
        return "not_completed"
    return "hours_not_known" if sighting.hours is None else "below_hours"


def _best_groups(at: Desk) -> Iterator[tuple[Component, int, list[Sighting], int]]:
    """Every group of the likeliest grouping that was seen, with its sightings and how much it counts."""
    for component in at.components:
        seen = at.tally.seen(component, at.sightings.by_line)
        if not any(seen):
            continue
        away = at.tally.away(component)
        units = [at.tally.counted(there, away, sure=True) for there in at.tally.by_unit(seen).values()]
        for group in component.best:
            sightings = [s for s in _of_group(seen, group) if not away.get(s.event.event, 0) & group]
            if sightings:
                yield component, group, sightings, sum(counts(group) for counts in units)


def _of_group(seen: Seen, group: int) -> Iterator[Sighting]:
    return (s for index, sightings in enumerate(seen) if group >> index & 1 for s in sightings)


def _delegates(at: Desk) -> Iterator[LeftOut]:
    """Lines of people who are counted nowhere at an event because they travelled on the mission themselves."""
    if not at.tally.delegates:
        return
    for component in at.components:
        away = at.tally.away(component)
        for group in component.best if away else ():
            lines = [line for i, atom in enumerate(component.atoms) if group >> i & 1 for line in atom]
            for line in lines:
                for s in at.sightings.by_line.get(line, ()):
                    if away.get(s.event.event, 0) & group and s.sure:
                        yield LeftOut(line, s.event.event, s.attendance.day, "delegation")


def _member(
    at: Desk,
    component: Component,
    group: int,
    sightings: list[Sighting],
    counted: int,
    whole: dict[str, list[Sighting]],
) -> Member:
    sure = sorted((s for s in sightings if s.sure), key=lambda s: (s.day, s.event.event, s.attendance.line))
    lines = [line for i, atom in enumerate(component.atoms) if group >> i & 1 for line in atom]
    days = [s.day for line in lines for s in whole.get(line, ()) if s.sure]
    first_atom = component.atoms[(group & -group).bit_length() - 1]
    return Member(
        person=person_of(first_atom, at.facts.register),
        lines=tuple(sorted({s.attendance.line for s in sure})),
        events=tuple(dict.fromkeys(s.event.event for s in sure)),
        entered=min(days),
        left=max(days),
        counted=counted,
        hours=_hours(sure, at.sightings.unit) if at.rule.way == "threshold" else None,
    )


def _hours(sightings: list[Sighting], unit: int) -> Decimal:
    sessions: dict[tuple[str, date], int] = {}
    for s in sightings:
        session = s.event.event, s.day
        sessions[session] = max(sessions.get(session, 0), s.hours or 0)
    return Decimal(sum(sessions.values())) / unit
