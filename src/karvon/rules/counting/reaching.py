"""Unnamed heads under rules that ask for more than being there: who among them could still get that far."""

from collections.abc import Iterable, Sequence
from datetime import date

from karvon.rules.counting.facts import CountedEvent
from karvon.rules.counting.heads import UnnamedHeads
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting, days_of, session_hours
from karvon.rules.counting.tally import Worth, add_pieces, most_made
from karvon.rules.counting.ways import needed_days, needed_hours, way_of


def heads_reaching(
    rule: Rule, unit: int, heads: Iterable[UnnamedHeads], atoms: Iterable[Sequence[Sighting]]
) -> tuple[UnnamedHeads, ...]:
    """The heads that could be counted if each were somebody seen at every other session with a line or a head."""
    heads = tuple(heads)
    if rule.way == "threshold":
        return _reaching_hours(rule, unit, heads, atoms)
    if rule.way == "completion":
        return _reaching_days(rule, heads, atoms)
    return heads


def _reaching_hours(
    rule: Rule, unit: int, heads: tuple[UnnamedHeads, ...], atoms: Iterable[Sequence[Sighting]]
) -> tuple[UnnamedHeads, ...]:
    longest: dict[tuple[str, date], int] = {}
    for sightings in atoms:
        for sighting in sightings:
            if sighting.hours is None:
                return heads
            session = sighting.event.event, sighting.day
            longest[session] = max(longest.get(session, 0), sighting.hours)
    for head in heads:
        hours = session_hours(head.event, unit)
        if hours is None:
            return heads
        session = head.event.event, head.day
        longest[session] = max(longest.get(session, 0), hours)
    together, needed = sum(longest.values()), needed_hours(rule, unit)
    return tuple(
        head
        for head in heads
        if together - longest[head.event.event, head.day] + (session_hours(head.event, unit) or 0) >= needed
    )


def _reaching_days(
    rule: Rule, heads: tuple[UnnamedHeads, ...], atoms: Iterable[Sequence[Sighting]]
) -> tuple[UnnamedHeads, ...]:
    seen: dict[str, set[date]] = {}
    for sightings in atoms:
        for sighting in sightings:
            seen.setdefault(sighting.event.event, set()).add(sighting.day)
    for head in heads:
        seen.setdefault(head.event.event, set()).add(head.day)

    def reaches(event: CountedEvent, day: date) -> bool:
        days, needed = days_of(event), needed_days(rule, event)
        return needed is not None and day in days and len(seen[event.event].intersection(days)) >= needed

    return tuple(head for head in heads if reaches(head.event, head.day))


def most_with_heads(
    rule: Rule, unit: int, heads: Iterable[UnnamedHeads], atoms: Iterable[Sequence[Sighting]]
) -> int:
    """The most people whom these atoms and heads could make, whoever matches whom; never too low."""
    way = way_of(rule, unit)
    alone = 0
    pieces: Worth = {}
    for sightings in atoms:
        if way(sightings, True):
            alone += 1
        else:
            add_pieces(pieces, [sightings])
    for head in heads:
        hours = session_hours(head.event, unit) if rule.way == "threshold" else 0
        if hours is None or _enough_alone(rule, unit, head, hours):
            alone += head.heads
        elif rule.way == "threshold" or head.day in days_of(head.event):
            pieces.setdefault((head.event, head.day), []).extend([hours] * head.heads)
    return alone + most_made(rule, unit, pieces)


def _enough_alone(rule: Rule, unit: int, head: UnnamedHeads, hours: int) -> bool:
    if rule.way == "threshold":
        return hours >= needed_hours(rule, unit)
    return needed_days(rule, head.event) == 1 and head.day in days_of(head.event)
