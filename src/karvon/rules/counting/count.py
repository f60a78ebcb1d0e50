"""The reference way of counting; queries run the same rules as SQL and are tested to be equal."""

from dataclasses import replace

from karvon.rules.counting.facts import Facts
from karvon.rules.counting.figures import Asked, Desk, desk, figures
from karvon.rules.counting.rule import Count, Rule, Selection, load_rule
from karvon.rules.programme.description import Scope

__all__ = ["Count", "Rule", "Selection", "count", "load_rule", "overlap", "overlap_of", "union"]


def count(rule: Rule, scope: Scope, facts: Facts, *, snapshot: int = 0) -> Count:
    """How many the rule counts in this scope, between the least and the most over all groupings.

    Several contracts in the scope are one scope: hours add over all their events. The union of what each
    contract counts by itself is ``union``.
    """
    return _count(desk(rule, scope, facts), Asked((None,)), snapshot)


def overlap(rule: Rule, first: str, second: str, scope: Scope, facts: Facts, *, snapshot: int = 0) -> Count:
    """People counted under both contracts.

    The contracts stand in place of those of ``scope``. Never above either contract's own upper bound.
    """
    return overlap_of(rule, (first, second), scope, facts, snapshot=snapshot)


def overlap_of(
    rule: Rule, contracts: tuple[str, ...], scope: Scope, facts: Facts, *, snapshot: int = 0
) -> Count:
    """People counted under every one of the contracts (at least one)."""
    return _count(desk(rule, _under(scope, contracts), facts), Asked(contracts), snapshot)


def union(rule: Rule, contracts: tuple[str, ...], scope: Scope, facts: Facts, *, snapshot: int = 0) -> Count:
    """People counted under at least one of the contracts, which stand in place of those of ``scope``."""
    return _count(desk(rule, _under(scope, contracts), facts), Asked(contracts, "any"), snapshot)


def _under(scope: Scope, contracts: tuple[str, ...]) -> Scope:
    return replace(scope, contracts=contracts)


def _count(at: Desk, asked: Asked, snapshot: int) -> Count:
    ((bounds, unnamed),) = figures(at, [asked])
    selection = Selection(at.rule.id, at.rule.version, at.rule.parameters, at.scope, snapshot)
    return Count(
        bounds.lower, bounds.best, bounds.upper, selection=selection, outer=bounds.outer, unnamed=unnamed
    )
