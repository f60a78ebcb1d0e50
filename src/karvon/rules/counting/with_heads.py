"""Unnamed heads added to the upper bounds of figures."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from karvon.rules.counting.asked import Asked
from karvon.rules.counting.desk import Desk
from karvon.rules.counting.heads import UnnamedHeads, unnamed_heads
from karvon.rules.counting.reaching import heads_reaching, most_with_heads
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.scope import Sighting
from karvon.rules.counting.standing import NOTHING, Bounds
from karvon.rules.counting.tally import Column, in_column, seen_in


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


def counted_heads(at: Desk) -> tuple[UnnamedHeads, ...]:
    """The unnamed heads of the whole scope that could be counted there."""
    return _heads_of(at, None, unnamed_heads(at.rule, at.scope, at.facts, at.sightings.events, at.components))


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
