"""From sightings to standings: which groups of one component a figure counts."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from karvon.rules.counting.capacity import most_people
from karvon.rules.counting.components import Component
from karvon.rules.counting.facts import CountedEvent
from karvon.rules.counting.groupings import EXACT_ATOMS, groups_of, touching
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting
from karvon.rules.counting.standing import Exact, Outer, Standing
from karvon.rules.counting.ways import Way, needed_days, needed_hours

Column = str | None
"""A contract's key, or ``None`` for everything in scope."""

Seen = Sequence[Sequence[Sighting]]
"""The sightings of every atom of a component."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts the groups of one component under one rule."""

    rule: Rule
    way: Way
    unit: int
    delegates: Mapping[str, frozenset[str]]
    """Line -> the events of the expert missions it travelled on."""
    exact_atoms: int = EXACT_ATOMS
    """Components of more atoms get a safe outer bound."""

    def seen(self, component: Component, by_line: Mapping[str, list[Sighting]]) -> list[list[Sighting]]:
        """The sightings of every atom, without those of a delegate on the mission itself."""
        result = []
        for atom in component.atoms:
            sightings = [sighting for line in atom for sighting in by_line.get(line, ())]
            if sightings and self.delegates:
                own = self._missions(atom)
                if own:
                    sightings = [s for s in sightings if s.event.event not in own]
            result.append(sightings)
        return result

    def away(self, component: Component) -> dict[str, int]:
        """Event -> the atoms whose group is never counted at it, because a delegate of the mission is in them."""
        masks: dict[str, int] = defaultdict(int)
        if self.delegates:
            for index, atom in enumerate(component.atoms):
                for event in self._missions(atom):
                    masks[event] |= 1 << index
        return masks

    def _missions(self, atom: Iterable[str]) -> set[str]:
        return {event for line in atom for event in self.delegates.get(line, ())}

    def by_unit(self, seen: Seen) -> dict[Hashable, list[list[Sighting]]]:
        """What is bounded by itself and summed: an event's participations, a day's person-days, else everything."""
        if self.rule.way not in ("participation", "day"):
            return {"": [list(sightings) for sightings in seen]}
        units: dict[Hashable, list[list[Sighting]]] = {}
        for index, sightings in enumerate(seen):
            for sighting in sightings:
                key: str | date = sighting.event.event if self.rule.way == "participation" else sighting.day
                if key not in units:
                    units[key] = [[] for _ in seen]
                units[key][index].append(sighting)
        return units

    def standing(self, component: Component, seen: Seen, away: Mapping[str, int]) -> Standing:
        """How the component stands to the figure that counts these sightings."""
        if len(component.atoms) > self.exact_atoms:
            return self._outer(seen, away)
        if self.rule.way in ("threshold", "completion"):
            return self._exact(component, seen, away)
        return _distinct(len(component.atoms), seen, away)

    def standings(
        self, component: Component, seen: Seen, away: Mapping[str, int], columns: Collection[Column]
    ) -> dict[Column, Standing]:
        """How the component stands to each column; a column of which nobody was seen is left out."""
        present = [column for column in _columns_of(seen) if column in columns]
        if not away and len(component.atoms) <= self.exact_atoms:
            if self.rule.way not in ("threshold", "completion"):
                return _distinct_columns(len(component.atoms), seen, present)
            if _at_events_of_their_own(seen):
                return self._unshared(seen, present)
        return {column: self.standing(component, seen_in(column, seen), away) for column in present}

    def counted(self, seen: Seen, away: Mapping[str, int], *, sure: bool) -> Callable[[int], bool]:
        """Whether a group of atoms is counted: for certain, or possibly."""
        way = self.way

        def counts(group: int) -> bool:
            return way(
                (
                    sighting
                    for atom in _atoms_of(group)
                    for sighting in seen[atom]
                    if (sighting.sure or not sure) and not away.get(sighting.event.event, 0) & group
                ),
                not sure,
            )

        return counts

    def _exact(self, component: Component, seen: Seen, away: Mapping[str, int]) -> Exact:
        everybody = (1 << len(seen)) - 1
        possibly = self.counted(seen, away, sure=False)
        if not away and not possibly(everybody):
            return Exact()
        groups = {*groups_of(component.shape), *component.best}
        up = sum(1 << group for group in groups if possibly(group))
        if self._known(seen):
            return Exact(up, up, up)
        certainly = self.counted(seen, away, sure=True)
        low = sum(1 << group for group in groups if up >> group & 1 and certainly(group))
        return Exact(low, low, up)

    def _unshared(self, seen: Seen, columns: Iterable[Column]) -> dict[Column, Standing]:
        """Where no two atoms were at one event, hours simply add, and a course is completed by one atom or none."""
        known = self._known(seen)
        result: dict[Column, Standing] = {}
        for column in columns:
            there = seen_in(column, seen)
            up = self._groups(there, sure=False)
            low = up if known else self._groups(there, sure=True)
            result[column] = Exact(low, low, up)
        return result

    def _known(self, seen: Seen) -> bool:
        """No doubt but who is who."""
        timed = self.rule.way == "threshold"
        return all(s.sure and not (timed and s.hours is None) for sightings in seen for s in sightings)

    def _groups(self, seen: Seen, *, sure: bool) -> int:
        """The counted groups of atoms that share no event."""
        if self.rule.way == "completion":
            alone = sum(
                1 << index
                for index, sightings in enumerate(seen)
                if self.way((s for s in sightings if s.sure or not sure), not sure)
            )
            return touching(len(seen), alone)
        needed = needed_hours(self.rule, self.unit)
        hours = [_hours(sightings, needed, sure) for sightings in seen]
        if sum(hours) < needed:
            return 0
        totals = [0]
        for more in hours:
            totals += [total + more for total in totals]
        # A group without a session is never counted, however few hours the rule asks for.
        return sum(1 << group for group, total in enumerate(totals) if total and total >= needed)

    def _outer(self, seen: Seen, away: Mapping[str, int]) -> Outer:
        certainly = self.counted(seen, away, sure=True)
        # A delegate anywhere in the component may be any of its people: nobody is certain at that mission.
        lonely: dict[str, int] = dict.fromkeys(away, -1)
        unshaken = self.counted(seen, lonely, sure=True)
        possibly = self.counted(seen, {}, sure=False)
        certain = possible = pieces = 0
        for index, sightings in enumerate(seen):
            if not sightings:
                continue
            atom = 1 << index
            if possibly(atom):
                possible |= atom
                if unshaken(atom):
                    certain |= atom
            else:
                pieces |= atom
        more = min(pieces.bit_count() // 2, self._joined([s for i, s in enumerate(seen) if pieces >> i & 1]))
        return Outer(certain, possible, pieces, more, certainly)

    def _joined(self, pieces: Seen) -> int:
        worth: Worth = defaultdict(list)
        add_pieces(worth, pieces)
        return most_made(self.rule, self.unit, worth)


def _atoms_of(group: int) -> Iterator[int]:
    """The atoms of a group, without looking at the thousands that are not in it."""
    while group:
        low = group & -group
        yield low.bit_length() - 1
        group ^= low


def _columns_of(seen: Seen) -> set[Column]:
    found: set[Column] = {contract for sightings in seen for s in sightings for contract in s.event.contracts}
    found.add(None)
    return found


def _at_events_of_their_own(seen: Seen) -> bool:
    known: set[str] = set()
    for sightings in seen:
        events = {sighting.event.event for sighting in sightings}
        if not known.isdisjoint(events):
            return False
        known |= events
    return True


def _hours(sightings: Sequence[Sighting], needed: int, sure: bool) -> int:
    """Hours over an atom's sessions; what nobody wrote down is enough unless we must be sure."""
    sessions: dict[tuple[str, date], int] = {}
    for sighting in sightings:
        if sure and not sighting.sure:
            continue
        if sighting.hours is None:
            if not sure:
                return needed
            continue
        session = sighting.event.event, sighting.day
        sessions[session] = max(sessions.get(session, 0), sighting.hours)
    return sum(sessions.values())


def _distinct(size: int, seen: Seen, away: Mapping[str, int]) -> Exact:
    """A group counts when one of its atoms was seen, so that masks of atoms say it all."""
    sure: dict[int, int] = {}
    possible: dict[int, int] = {}
    for index, sightings in enumerate(seen):
        for sighting in sightings:
            delegates = away.get(sighting.event.event, 0) if away else 0
            possible[delegates] = possible.get(delegates, 0) | 1 << index
            if sighting.sure:
                sure[delegates] = sure.get(delegates, 0) | 1 << index
    up = low = 0
    for delegates, atoms in possible.items():
        up |= touching(size, atoms) & ~touching(size, delegates)
    for delegates, atoms in sure.items():
        low |= touching(size, atoms) & ~touching(size, delegates)
    return Exact(low, low, up)


def _distinct_columns(size: int, seen: Seen, columns: Iterable[Column]) -> dict[Column, Standing]:
    """The same for many columns in one pass over the sightings, where no delegate is in the component."""
    sure: dict[Column, int] = {}
    possible: dict[Column, int] = dict.fromkeys(columns, 0)
    for index, sightings in enumerate(seen):
        atom = 1 << index
        for sighting in sightings:
            for column in (None, *sighting.event.contracts):
                if column in possible:
                    possible[column] |= atom
                    if sighting.sure:
                        sure[column] = sure.get(column, 0) | atom
    result: dict[Column, Standing] = {}
    for column, atoms in possible.items():
        low = touching(size, sure.get(column, 0))
        result[column] = Exact(low, low, touching(size, atoms))
    return result


def in_column(column: Column, event: CountedEvent) -> bool:
    return column is None or column in event.contracts


def seen_in(column: Column, seen: Seen) -> Seen:
    """What of it happened at events of the column."""
    if column is None:
        return seen
    return [[sighting for sighting in sightings if column in sighting.event.contracts] for sightings in seen]


Worth = dict[tuple[CountedEvent, date], list[int]]
"""Session -> what each piece of it is worth: hours under a threshold rule."""


def add_pieces(worth: Worth, pieces: Iterable[Iterable[Sighting]]) -> None:
    """Add what every atom brings to each session; a session counts once for an atom."""
    for sightings in pieces:
        once: dict[tuple[CountedEvent, date], int] = {}
        for sighting in sightings:
            session = sighting.event, sighting.day
            once[session] = max(once.get(session, 0), sighting.hours or 0)
        for session, hours in once.items():
            worth.setdefault(session, []).append(hours)


def most_made(rule: Rule, unit: int, worth: Worth) -> int:
    """The most people who could be made of these pieces under a rule by which merging can raise a count."""
    if rule.way == "threshold":
        return most_people(worth.values(), needed_hours(rule, unit))
    courses: dict[CountedEvent, list[list[int]]] = defaultdict(list)
    for (event, _), pieces in worth.items():
        courses[event].append([1] * len(pieces))
    return sum(
        most_people(days, needed)
        for event, days in courses.items()
        if (needed := needed_days(rule, event)) is not None
    )
