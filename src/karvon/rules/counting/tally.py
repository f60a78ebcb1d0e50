"""From sightings to standings: which groups of one component a figure counts."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from karvon.rules.counting.capacity import most_people
from karvon.rules.counting.components import Component
from karvon.rules.counting.facts import CountedEvent
from karvon.rules.counting.groupings import EXACT_ATOMS, groups_of, touching
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting
from karvon.rules.counting.standing import Exact, Outer, Standing
from karvon.rules.counting.ways import needed_days, needed_hours, way_of

Seen = Sequence[Sequence[Sighting]]
"""The sightings of every atom of a component."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts the groups of one component under one rule."""

    rule: Rule
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
                units.setdefault(key, [[] for _ in seen])[index].append(sighting)
        return units

    def standing(self, component: Component, seen: Seen, away: Mapping[str, int]) -> Standing:
        """How the component stands to the figure that counts these sightings."""
        if len(component.atoms) > self.exact_atoms:
            return self._outer(seen, away)
        if self.rule.way in ("threshold", "completion"):
            return self._exact(component, seen, away)
        return _distinct(len(component.atoms), seen, away)

    def counted(self, seen: Seen, away: Mapping[str, int], *, sure: bool) -> Callable[[int], bool]:
        """Whether a group of atoms is counted: for certain, or possibly."""
        way = way_of(self.rule, self.unit)

        def counts(group: int) -> bool:
            return way(
                (
                    sighting
                    for index, sightings in enumerate(seen)
                    if group >> index & 1
                    for sighting in sightings
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
        if all(sighting.sure and sighting.hours is not None for sightings in seen for sighting in sightings):
            return Exact(up, up, up)
        certainly = self.counted(seen, away, sure=True)
        low = sum(1 << group for group in groups if up >> group & 1 and certainly(group))
        return Exact(low, low, up)

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
        most_people(days, Fraction(needed))
        for event, days in courses.items()
        if (needed := needed_days(rule, event)) is not None
    )
