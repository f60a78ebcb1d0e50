"""What a group of lines must show to be counted: to be there, hours enough, or a whole course.

Each way is *monotone*: what counts with some sightings counts with more. With ``generous`` a session whose hours
nobody wrote down is taken to be long enough; it is for ``upper`` only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
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


def needed_hours(rule: Rule, unit: int) -> Fraction:
    return Fraction(rule.parameter("hours")) * unit


def needed_days(rule: Rule, event: CountedEvent) -> int | None:
    """On how many days of the course somebody must be seen; ``None`` for an event of one day, which is no course."""
    days = len(days_of(event))
    return max(1, ceil(Fraction(rule.parameter("share")) / 100 * days)) if days > 1 else None


def _threshold(needed: Fraction) -> Way:
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
        return bool(sessions) and sum(sessions.values()) >= needed

    return counts


def _completion(rule: Rule) -> Way:
    def counts(sightings: Iterable[Sighting], generous: bool) -> bool:
        attended: dict[str, set[date]] = defaultdict(set)
        for sighting in sightings:
            needed = needed_days(rule, sighting.event)
            if needed is None:
                continue
            if sighting.attendance.status == "completed":
                return True
            if sighting.day in days_of(sighting.event):
                days = attended[sighting.event.event]
                days.add(sighting.day)
                if len(days) >= needed:
                    return True
        return False

    return counts
