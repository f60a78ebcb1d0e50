"""Unnamed heads: "30 said the organiser, 10 names on the sheet"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from karvon.rules.counting.components import Component
from karvon.rules.counting.facts import CountedEvent, Facts
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import counts_event, days_of, is_participant
from karvon.rules.programme.description import Scope


@dataclass(frozen=True, slots=True)
class UnnamedHeads:
    """How many heads one day of an event had beyond the certain groups of participants named that day."""

    event: CountedEvent
    day: date
    heads: int


def unnamed_heads(
    rule: Rule,
    scope: Scope,
    facts: Facts,
    events: Mapping[str, CountedEvent],
    components: Iterable[Component],
) -> tuple[UnnamedHeads, ...]:
    """The unnamed heads of the days in scope, in order of event and day; days without any are left out.

    Names are counted whatever else the rule asks of them: who is named is no unnamed head.
    """
    days = [
        (event, day, heads)
        for event in events.values()
        if counts_event(rule, event)
        for day, heads in sorted(event.head_counts)
        if scope.period.holds(day) and heads > 0
    ]
    if not days:
        return ()
    wanted = {event.event for event, _, _ in days}
    atom_of = {line: atom[0] for component in components for atom in component.atoms for line in atom}
    delegates = {key: {atom_of.get(line, line) for line in events[key].delegation} for key in wanted}
    named: dict[tuple[str, date], set[str]] = defaultdict(set)
    for seen in facts.attendances:
        if seen.event not in wanted or not is_participant(seen):
            continue
        atom = atom_of.get(seen.line, seen.line)
        if atom in delegates[seen.event]:
            continue
        for day in days_of(events[seen.event]) if seen.day is None else (seen.day,):
            named[seen.event, day].add(atom)
    found = (UnnamedHeads(event, day, heads - len(named[event.event, day])) for event, day, heads in days)
    return tuple(one for one in found if one.heads > 0)
