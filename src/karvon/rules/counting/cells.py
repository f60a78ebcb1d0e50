"""A figure broken down by sex, region, organisation, sector, country, event, visit, month, quarter or year.

The cells of an *exclusive* breakdown hold nobody twice, so that their ``best`` sum to the total's: who has two
values is "several". "Not stated" is a value, named ''. A cell's ``upper`` includes the lines and heads whose
value is not known.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from karvon.rules.counting.asked import Asked
from karvon.rules.counting.components import Component
from karvon.rules.counting.desk import Desk, desk
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.figures import figures
from karvon.rules.counting.groupings import touching
from karvon.rules.counting.heads import UnnamedHeads
from karvon.rules.counting.rule import Count, Rule, Selection
from karvon.rules.counting.scope import Sighting
from karvon.rules.counting.standing import NOTHING, Bounds, Exact
from karvon.rules.counting.tally import Seen
from karvon.rules.counting.with_heads import counted_heads
from karvon.rules.programme.description import Scope
from karvon.rules.programme.values import Period

By = Literal[
    "sex", "region", "organisation", "sector", "country", "event", "visit", "month", "quarter", "year"
]  # fmt: skip
SEVERAL: Final = "several"
NOT_STATED: Final = ""
_ANY: Final = "*"
"""Of one component: those who may have a value that none of its lines states."""
OF_THE_PERSON: Final = frozenset({"sex", "region", "organisation", "country"})


@dataclass(frozen=True, slots=True)
class Breakdown(Mapping[str, Count]):
    """value -> Count, with ``several`` where somebody may have two and '' (not stated) always; those two stand last."""

    total: Count
    cells: Mapping[str, Count]
    exclusive: bool

    def __getitem__(self, value: str) -> Count:
        return self.cells[value]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


def disaggregate(
    rule: Rule, scope: Scope, facts: Facts, *, by: By, exclusive: bool | None = None, snapshot: int = 0
) -> Breakdown:
    """The count of the scope, broken down.

    By sex, region, organisation or country the breakdown is exclusive unless told otherwise. By sector, event,
    visit or time it is not: each cell counts its own people once, and somebody seen at two events is in both cells.
    A person's value is what any of the lines in scope states; a line that states none takes nothing from it.
    """
    exclusive = by in OF_THE_PERSON if exclusive is None else exclusive
    at = desk(rule, scope, facts)
    selection = Selection(rule.id, rule.version, rule.parameters, scope, snapshot)
    ((total, unnamed),) = figures(at, [Asked((None,))])
    found: dict[str, Bounds] = defaultdict(lambda: NOTHING)
    silent = 0
    own_silent: dict[str, int] = defaultdict(int)
    for component in at.components:
        seen = at.tally.seen(component, at.sightings.by_line)
        if any(seen):
            away = at.tally.away(component)
            for there in at.tally.by_unit(seen).values():
                inside = _cells(at, component, there, away, by, exclusive)
                here = inside.pop(_ANY, NOTHING).upper
                silent += here
                for value, bounds in inside.items():
                    found[value] += bounds
                    own_silent[value] += here
    heads = _heads(at, by, exclusive, set(found) - {NOT_STATED, SEVERAL}) if rule.counts_unnamed else {}
    order = [*sorted({*found, *heads} - {NOT_STATED, SEVERAL}), SEVERAL, NOT_STATED]
    cells = {}
    for value in order:
        bounds = found[value]
        # Who states nothing in components that never mention the value may have it all the same.
        named = bounds.upper
        if value not in (NOT_STATED, SEVERAL):
            named += silent - own_silent[value]
        upper = min(named + heads.get(value, 0), total.upper)
        if upper or value == NOT_STATED:
            unnamed_here = max(0, upper - named)
            cells[value] = Count(
                bounds.lower, bounds.best, upper, selection, bounds.outer, unnamed=unnamed_here
            )
    whole = Count(total.lower, total.best, total.upper, selection, total.outer, unnamed)
    return Breakdown(whole, cells, exclusive)


def values_of(sighting: Sighting, by: By) -> tuple[str, ...]:
    """What one sighting states; nothing where it states nothing."""
    match by:
        case "sector":
            return sighting.event.sectors
        case "event":
            return (sighting.event.event,)
        case "visit":
            return (sighting.event.visit,) if sighting.event.visit else ()
        case "month" | "quarter" | "year":
            return (time_of(sighting.day, by),)
        case "sex":
            value = sighting.attendance.sex
        case "region":
            value = sighting.attendance.region
        case "organisation":
            value = sighting.attendance.organisation
        case "country":
            value = sighting.attendance.country
    return (value,) if value else ()


def time_of(day: date, by: Literal["month", "quarter", "year"]) -> str:
    """The month, quarter or year of a day: ``2018-10``, ``2018-Q4``, ``2018``; in the order of time as text."""
    match by:
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year:04d}"


def period_of(time: str) -> Period:
    """The days of a month, quarter or year as ``time_of`` names it. Raises ``ValueError`` for anything else."""
    year, _, part = time.partition("-")
    if part.startswith("Q"):
        first, last = 3 * int(part[1:]) - 2, 3 * int(part[1:])
    else:
        first, last = (int(part), int(part)) if part else (1, 12)
    return Period(date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1]))


@dataclass(frozen=True, slots=True)
class _Stated:
    """Sets of groups that state a value: for certain, possibly, and those with a line that states none."""

    sure: dict[str, int]
    possible: dict[str, int]
    silent: int

    def others(self, value: str, *, sure: bool) -> int:
        return _any(
            groups for other, groups in (self.sure if sure else self.possible).items() if other != value
        )


def _any(sets: Iterator[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def _twice(sets: Mapping[str, int]) -> int:
    once = twice = 0
    for one in sets.values():
        twice |= once & one
        once |= one
    return twice


def _stated(seen: Seen, away: Mapping[str, int], by: By) -> _Stated:
    size = len(seen)
    stated = _Stated({}, {}, 0)
    silent = 0
    for index, sightings in enumerate(seen):
        here = touching(size, 1 << index)
        for sighting in sightings:
            groups = here & ~touching(size, away.get(sighting.event.event, 0))
            values = values_of(sighting, by)
            for value in values:
                stated.possible[value] = stated.possible.get(value, 0) | groups
                if sighting.sure:
                    stated.sure[value] = stated.sure.get(value, 0) | groups
            if not values:
                silent |= groups
    return replace(stated, silent=silent)


def _cells(
    at: Desk, component: Component, seen: Seen, away: Mapping[str, int], by: By, exclusive: bool
) -> dict[str, Bounds]:
    standing = at.tally.standing(component, seen, away)
    if not isinstance(standing, Exact):
        return _wide_cells(at, component, seen, away, by, exclusive, standing.bounds(component))
    stated = _stated(seen, away, by)
    nothing_sure, nothing_possible = ~stated.others("", sure=True), ~stated.others("", sure=False)
    cells = {
        NOT_STATED: Exact(
            standing.low & nothing_possible, standing.best & nothing_sure, standing.up & nothing_sure
        )
    }
    stating = nothing_sure if exclusive else -1
    cells[_ANY] = Exact(0, 0, standing.up & stated.silent & stating)
    for value, possible in stated.possible.items():
        sure = stated.sure.get(value, 0)
        maybe = standing.up & (possible | stated.silent)
        if exclusive:
            alone = ~stated.others(value, sure=True)
            cells[value] = Exact(
                standing.low & sure & ~stated.others(value, sure=False),
                standing.best & sure & alone,
                maybe & alone,
            )
        else:
            cells[value] = Exact(standing.low & sure, standing.best & sure, maybe)
    if exclusive:
        twice = _twice(stated.sure)
        cells[SEVERAL] = Exact(
            standing.low & twice, standing.best & twice, standing.up & _twice(stated.possible)
        )
    return {value: bounds for value, one in cells.items() if (bounds := one.bounds(component))}


def _wide_cells(
    at: Desk,
    component: Component,
    seen: Seen,
    away: Mapping[str, int],
    by: By,
    exclusive: bool,
    total: Bounds,
) -> dict[str, Bounds]:
    """Safe bounds for a component of too many atoms to look at every grouping."""
    atoms: dict[str, int] = defaultdict(int)
    silent = stating = 0
    for index, sightings in enumerate(seen):
        for sighting in sightings:
            values = values_of(sighting, by)
            for value in values:
                atoms[value] |= 1 << index
            if not values:
                silent |= 1 << index
            elif sighting.sure:
                stating |= 1 << index
    sure = all(sighting.sure for sightings in seen for sighting in sightings)
    if not atoms or (len(atoms) == 1 and not silent and sure):
        only = next(iter(atoms), NOT_STATED)
        return {only: total, _ANY: replace(total if only == NOT_STATED else NOTHING, lower=0, best=0)}
    best = _wide_best(at, component, seen, away, by, exclusive)
    most = {value: mask | silent for value, mask in atoms.items()}
    everybody = _any(iter([*atoms.values(), silent]))
    most[NOT_STATED] = everybody & ~stating
    most[_ANY] = silent & ~stating if exclusive else silent
    if exclusive and len(atoms) > 1:
        most[SEVERAL] = everybody
    return {
        value: Bounds(0, best[value], min(total.upper, mask.bit_count()), outer=True)
        for value, mask in most.items()
    }


def _wide_best(
    at: Desk, component: Component, seen: Seen, away: Mapping[str, int], by: By, exclusive: bool
) -> dict[str, int]:
    counts = at.tally.counted(seen, away, sure=True)
    best: dict[str, int] = defaultdict(int)
    for group in component.best:
        if not counts(group):
            continue
        values = {
            value
            for index, sightings in enumerate(seen)
            if group >> index & 1
            for sighting in sightings
            if sighting.sure and not away.get(sighting.event.event, 0) & group
            for value in values_of(sighting, by)
        }
        if exclusive and len(values) > 1:
            values = {SEVERAL}
        for value in values or {NOT_STATED}:
            best[value] += 1
    return best


def _heads(at: Desk, by: By, exclusive: bool, values: set[str]) -> dict[str, int]:
    """How many unnamed heads each cell may hold beyond its lines."""
    heads = counted_heads(at)
    everybody = sum(head.heads for head in heads)
    if not everybody:
        return {}
    if at.rule.way in ("threshold", "completion"):
        # A head may lift a named person of any cell over the bar.
        return dict.fromkeys(
            {*values, NOT_STATED, SEVERAL} if exclusive else {*values, NOT_STATED}, everybody
        )
    if by in OF_THE_PERSON:
        return dict.fromkeys({*values, NOT_STATED}, everybody)
    found: dict[str, int] = defaultdict(int)
    of_event = [(_event_values(head, by), head.heads) for head in heads]
    known = values.union(*(stated for stated, _ in of_event))
    for stated, number in of_event:
        for value in stated or {*known, NOT_STATED}:
            found[value] += number
    if exclusive and len(known) > 1:
        # Somebody named at one event may be an unnamed head of another.
        found[SEVERAL] = everybody
    return found


def _event_values(head: UnnamedHeads, by: By) -> set[str]:
    match by:
        case "sector":
            return set(head.event.sectors)
        case "event":
            return {head.event.event}
        case "month" | "quarter" | "year":
            return {time_of(head.day, by)}
        case _:
            return {head.event.visit} - {""}
