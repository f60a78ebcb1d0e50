"""What a group of lines must show to be counted: to be there, hours enough, or a whole course.

Each way is *monotone*: what counts with some sightings counts with more. With ``generous`` a session whose hours
nobody wrote down is taken to be long enough; it is for ``upper`` only.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from karvon.rules.counting.facts import CountedEvent
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting, days_of

Way = Callable[[Iterable[Sighting], bool], bool]
"""(sightings of one group, generous) -> whether the group is counted."""


def way_of(rule: Rule, unit: int) -> Way:
    """The rule's way of counting one group; ``unit`` is that of the sightings' hours."""
    if rule.way == "threshold":
        return _threshold(needed_hours(rule, unit))
    if rule.way == "completion":
        return _completion(rule)
    return lambda sightings, generous: any(True for _ in sightings)


def needed_hours(rule: Rule, unit: int) -> int:
    """The rule's hours in the sightings' unit, in which all hours are whole numbers."""
    return ceil(Fraction(rule.parameter("hours")) * unit)


def needed_days(rule: Rule, event: CountedEvent) -> int | None:
    """On how many days of the course somebody must be seen; ``None`` for an event of one day, which is no course."""
    return _share_of(rule.parameter("share"), len(days_of(event)))


@lru_cache(maxsize=1024)
def _share_of(percent: Decimal, days: int) -> int | None:
    return max(1, ceil(Fraction(percent) / 100 * days)) if days > 1 else None


def _threshold(needed: int) -> Way:
    def counts(sightings: Iterable[Sighting], generous: bool) -> bool:
        sessions: dict[tuple[str, date], int] = {}
        for sighting in sightings:
            if sighting.hours is None:
                if generous:
                    return True
                continue
            session = sighting.event.event, sighting.day
            # A session counts once, however many sheets of it somebody signed.
            sessions[session] = max(sessions.get(session, 0), sighting.hours)
        return 0 < sum(sessions.values()) >= needed

    return counts


def _completion(rule: Rule) -> Way:
    share = rule.parameter("share")
    courses: dict[str, tuple[int | None, frozenset[date]]] = {}

    def counts(sightings: Iterable[Sighting], generous: bool) -> bool:
        attended: dict[str, set[date]] = {}
        for sighting in sightings:
            event = sighting.event
            course = courses.get(event.event)
            if course is None:
                days = days_of(event)
                course = courses[event.event] = _share_of(share, len(days)), frozenset(days)
            needed, held = course
            if needed is None:
                continue
            if sighting.attendance.status == "completed":
                return True
            if sighting.day in held:
                seen = attended.setdefault(event.event, set())
                seen.add(sighting.day)
                if len(seen) >= needed:
                    return True
        return False

    return counts
