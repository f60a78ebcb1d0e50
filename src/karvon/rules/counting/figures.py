"""Figures of a scope: one column per contract, their overlaps and unions, with bounds.

Everything is bounded per component of the whole register, and participations and person-days per event or day;
the bounds are then summed.
"""

from collections.abc import Hashable, Sequence

from karvon.rules.counting.asked import Asked, Plan
from karvon.rules.counting.desk import Desk, desk
from karvon.rules.counting.standing import NOTHING, Bounds
from karvon.rules.counting.tally import seen_in
from karvon.rules.counting.with_heads import add_heads

__all__ = ["Asked", "Desk", "desk", "figures", "seen_in"]


def figures(at: Desk, asked: Sequence[Asked]) -> list[tuple[Bounds, int]]:
    """Every figure with its unnamed heads, which are inside ``upper``; 0 where the rule does not count them."""
    columns = {column: Asked((column,)) for one in asked for column in one.columns}
    plan = Plan.of([*asked, *columns.values()] if at.rule.counts_unnamed else asked)
    units: dict[Hashable, list[Bounds]] = {}
    for component in at.components:
        for unit, found in plan.component(at, component).items():
            totals = units.setdefault(unit, [NOTHING] * len(plan.asked))
            for index, bounds in found.items():
                totals[index] += bounds
    if not at.rule.counts_unnamed:
        return [(sum((totals[i] for totals in units.values()), NOTHING), 0) for i in range(len(asked))]
    return add_heads(at, asked, tuple(columns), units)
