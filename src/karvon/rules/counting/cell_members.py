"""Who stands in one cell of a breakdown: every cell opens to these, as every figure opens to its members."""

from collections.abc import Iterator
from dataclasses import dataclass

from karvon.rules.counting.cells import NOT_STATED, OF_THE_PERSON, SEVERAL, By, values_of
from karvon.rules.counting.components import person_of
from karvon.rules.counting.desk import desk
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting
from karvon.rules.counting.tally import Seen
from karvon.rules.programme.description import Scope


@dataclass(frozen=True, slots=True)
class CellMember:
    """A person whom the likeliest grouping counts in the cell."""

    person: str
    counted: int
    """1 under a rule that counts people; else how many participations or person-days of the cell."""
    seen: tuple[tuple[str, str], ...]
    """The (line, event) that put them there, sorted."""


def cell_members(
    rule: Rule, scope: Scope, facts: Facts, *, by: By, value: str, exclusive: bool | None = None
) -> tuple[CellMember, ...]:
    """Everybody in the ``best`` of this cell of ``disaggregate``, by person; their ``counted`` sum to it."""
    exclusive = by in OF_THE_PERSON if exclusive is None else exclusive
    at = desk(rule, scope, facts)
    found = []
    for component in at.components:
        seen = at.tally.seen(component, at.sightings.by_line)
        if not any(seen):
            continue
        away = at.tally.away(component)
        units = [
            (there, at.tally.counted(there, away, sure=True)) for there in at.tally.by_unit(seen).values()
        ]
        for group in component.best:
            counted = 0
            shown: set[tuple[str, str]] = set()
            for there, counts in units:
                if not counts(group):
                    continue
                sure = [s for s in _of_group(there, group) if not away.get(s.event.event, 0) & group]
                values = {stated for s in sure for stated in values_of(s, by)}
                if exclusive and len(values) > 1:
                    values = {SEVERAL}
                if value in (values or {NOT_STATED}):
                    counted += 1
                    shown |= {
                        (s.attendance.line, s.event.event)
                        for s in sure
                        if exclusive or value == NOT_STATED or value in values_of(s, by)
                    }
            if counted:
                atom = component.atoms[(group & -group).bit_length() - 1]
                found.append(CellMember(person_of(atom, facts.register), counted, tuple(sorted(shown))))
    return tuple(sorted(found, key=lambda member: member.person))


def _of_group(there: Seen, group: int) -> Iterator[Sighting]:
    return (s for index, seen in enumerate(there) if group >> index & 1 for s in seen if s.sure)
