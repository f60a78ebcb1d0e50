"""Figures of a scope: one column per set of contracts, their overlaps and unions, with bounds.

Everything is bounded per component of the whole register, and participations and person-days per event or day;
the bounds are then summed.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal

from karvon.rules.counting.components import Component, components
from karvon.rules.counting.facts import CountedEvent, Facts
from karvon.rules.counting.groupings import EXACT_ATOMS
from karvon.rules.counting.heads import UnnamedHeads, unnamed_heads
from karvon.rules.counting.reaching import heads_reaching, most_with_heads
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting, Sightings, see
from karvon.rules.counting.standing import NOTHING, Bounds, Standing, counted_in_both, counted_in_either
from karvon.rules.counting.tally import Seen, Tally
from karvon.rules.programme.description import Scope

Column = str | None
"""A contract's key, or ``None`` for everything in scope."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure: counted in all, or in any, of some columns."""

    columns: tuple[Column, ...]
    mode: Literal["all", "any"] = "all"


@dataclass(frozen=True, slots=True)
class Desk:
    """All that counting one rule over one scope needs, looked up once."""

    rule: Rule
    scope: Scope
    facts: Facts
    sightings: Sightings
    components: tuple[Component, ...]
    tally: Tally


def desk(
    rule: Rule, scope: Scope, facts: Facts, *, unsettled_only: bool = False, exact_atoms: int = EXACT_ATOMS
) -> Desk:
    """Lay out the facts for counting.

    With ``unsettled_only`` the components without an undecided match are left out; components of more than
    ``exact_atoms`` atoms get safe outer bounds.
    """
    sightings = see(rule, scope, facts)
    lines = {seen.line for seen in facts.attendances}
    delegates: dict[str, set[str]] = {}
    for key, event in sightings.events.items():
        for line in event.delegation:
            delegates.setdefault(line, set()).add(key)
    missions = {line: frozenset(events) for line, events in delegates.items()}
    tally = Tally(rule, sightings.unit, missions, exact_atoms)
    found = components(facts.register, lines, unsettled_only=unsettled_only)
    return Desk(rule, scope, facts, sightings, tuple(found), tally)


def in_column(column: Column, event: CountedEvent) -> bool:
    return column is None or column in event.contracts


def component_figures(at: Desk, component: Component, asked: Sequence[Asked]) -> dict[Hashable, list[Bounds]]:
    """Each figure's bounds in one component, per event or day where these are bounded by themselves; no heads."""
    tally = at.tally
    seen = tally.seen(component, at.sightings.by_line)
    if not any(seen):
        return {}
    away = tally.away(component)
    columns = {column for one in asked for column in one.columns}
    return {
        unit: _unit_figures(tally, component, there, away, asked, columns)
        for unit, there in tally.by_unit(seen).items()
    }


def _unit_figures(
    tally: Tally,
    component: Component,
    seen: Seen,
    away: Mapping[str, int],
    asked: Sequence[Asked],
    columns: Iterable[Column],
) -> list[Bounds]:
    standings: dict[Column, Standing] = {}
    for column in columns:
        there = seen_in(column, seen)
        if any(there):
            standings[column] = tally.standing(component, there, away)
    result = []
    for one in asked:
        present = [standings[column] for column in one.columns if column in standings]
        if not present or (one.mode == "all" and len(present) < len(one.columns)):
            result.append(NOTHING)
            continue
        join = counted_in_both if one.mode == "all" else counted_in_either
        result.append(reduce(join, present).bounds(component))
    return result


def seen_in(column: Column, seen: Seen) -> Seen:
    """What of it happened at events of the column."""
    if column is None:
        return seen
    return [[sighting for sighting in sightings if column in sighting.event.contracts] for sightings in seen]


def figures(at: Desk, asked: Sequence[Asked]) -> list[tuple[Bounds, int]]:
    """Every figure with its unnamed heads, which are inside ``upper``; 0 where the rule does not count them."""
    columns = {column: Asked((column,)) for one in asked for column in one.columns}
    wanted = [*asked, *columns.values()] if at.rule.counts_unnamed else list(asked)
    units: dict[Hashable, list[Bounds]] = {}
    for component in at.components:
        for unit, found in component_figures(at, component, wanted).items():
            totals = units.setdefault(unit, [NOTHING] * len(wanted))
            for index, bounds in enumerate(found):
                if bounds:
                    totals[index] += bounds
    if not at.rule.counts_unnamed:
        return [(sum((totals[i] for totals in units.values()), NOTHING), 0) for i in range(len(asked))]
    return add_heads(at, asked, tuple(columns), units)


def add_heads(
    at: Desk, asked: Sequence[Asked], columns: Sequence[Column], units: Mapping[Hashable, Sequence[Bounds]]
) -> list[tuple[Bounds, int]]:
    """The figures of ``units`` (those asked, then one per column) with the unnamed heads in their upper bounds.

    A head of one contract may be a named or an unnamed person of the other, so every head of either enters an
    overlap, which never exceeds what either contract has by itself.
    """
    heads = unnamed_heads(at.rule, at.scope, at.facts, at.sightings.events, at.components)
    by_unit: dict[Hashable, list[UnnamedHeads]] = {}
    for head in heads:
        by_unit.setdefault(unit_of(at.rule, head), []).append(head)
    nothing = [NOTHING] * (len(asked) + len(columns))
    totals = [(NOTHING, 0)] * len(asked)
    for unit in {**units, **by_unit}:
        found, there = units.get(unit, nothing), by_unit.get(unit, [])
        counted = {column: _heads_of(at, column, there) for column in columns}
        own = {
            column: _upper_with_heads(at, column, found[len(asked) + i].upper, counted[column])
            for i, column in enumerate(columns)
        }
        for index, one in enumerate(asked):
            anywhere = {head for column in one.columns for head in counted[column]}
            upper = found[index].upper + sum(head.heads for head in anywhere)
            limits = [own[column] for column in one.columns]
            upper = min(upper, min(limits) if one.mode == "all" else sum(limits))
            bounds, unnamed = totals[index]
            added = upper - found[index].upper
            totals[index] = bounds + replace(found[index], upper=upper), unnamed + added
    return totals


def unit_of(rule: Rule, head: UnnamedHeads) -> Hashable:
    return {"participation": head.event.event, "day": head.day}.get(rule.way, "")


def _heads_of(at: Desk, column: Column, heads: Iterable[UnnamedHeads]) -> tuple[UnnamedHeads, ...]:
    """The heads at events of the column that could be counted there."""
    there = [head for head in heads if in_column(column, head.event)]
    return heads_reaching(at.rule, at.sightings.unit, there, _atoms(at, column)) if there else ()


def _upper_with_heads(at: Desk, column: Column, upper: int, heads: Sequence[UnnamedHeads]) -> int:
    simple = upper + sum(head.heads for head in heads)
    if not heads or at.rule.way not in ("threshold", "completion"):
        return simple
    return max(upper, min(simple, most_with_heads(at.rule, at.sightings.unit, heads, _atoms(at, column))))


def _atoms(at: Desk, column: Column) -> Iterator[Sequence[Sighting]]:
    return (
        sightings
        for component in at.components
        for sightings in seen_in(column, at.tally.seen(component, at.sightings.by_line))
        if sightings
    )
