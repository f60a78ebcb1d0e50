"""What the settled persons do not say: the bounds of every unsettled component, for queries to add.

A component is *settled* when no undecided match is left in it. It is then one person in every grouping, so that a
person x contract table counts it by plain SQL; only the unsettled ones need their groupings looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from karvon.rules.counting.asked import Asked, Plan
from karvon.rules.counting.components import person_of
from karvon.rules.counting.desk import desk
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.rule import Rule
from karvon.rules.counting.standing import NOTHING, Bounds
from karvon.rules.programme.description import Scope


@dataclass(frozen=True, slots=True)
class ComponentBounds:
    """One unsettled component's share of every figure, without unnamed heads.

    A contract or pair that is absent counts nobody of it. A pair's contracts stand in the order asked.
    """

    lines: tuple[str, ...]
    persons: tuple[str, ...]
    """Of the likeliest grouping: leave them out where settled persons are summed."""
    contract: Mapping[str, Bounds]
    pair: Mapping[tuple[str, str], Bounds]
    union: Bounds
    """Counted under at least one of the contracts asked."""
    programme: Bounds
    """Everybody once, also at events that none of the contracts pays."""


def component_bounds(
    rule: Rule, facts: Facts, contracts: tuple[str, ...], *, scope: Scope | None = None
) -> tuple[ComponentBounds, ...]:
    """The unsettled components somebody of which was seen in scope, in order of their first line.

    Summed over components, and added to the settled persons (each 1 where all asked for is known, else 0..1),
    they are the figures of ``count``, ``overlap`` and ``union``. The contracts of ``scope`` are not used.
    """
    everything = replace(scope or Scope(), contracts=())
    return tuple(_all(rule, facts, contracts, everything))


def _all(rule: Rule, facts: Facts, contracts: tuple[str, ...], scope: Scope) -> Iterator[ComponentBounds]:
    at = desk(rule, scope, facts, unsettled_only=True)
    pairs = tuple(combinations(contracts, 2))
    plan = Plan.of(
        [
            Asked((None,)),
            Asked(contracts, "any"),
            *(Asked((contract,)) for contract in contracts),
            *(Asked(pair) for pair in pairs),
        ]
    )
    for component in at.components:
        units = plan.component(at, component)
        if not units:
            continue
        totals: dict[int, Bounds] = {}
        for found in units.values():
            for index, bounds in found.items():
                totals[index] = totals[index] + bounds if index in totals else bounds
        programme, union = totals.pop(0, NOTHING), totals.pop(1, NOTHING)
        first_pair = 2 + len(contracts)
        yield ComponentBounds(
            lines=tuple(component.lines),
            persons=tuple(sorted({person_of(atom, facts.register) for atom in component.atoms})),
            contract={contracts[i - 2]: bounds for i, bounds in totals.items() if i < first_pair},
            pair={pairs[i - first_pair]: bounds for i, bounds in totals.items() if i >= first_pair},
            union=union,
            programme=programme,
        )
