"""A statement speaks of a part of what its indicator counts."""

from collections.abc import Sequence
from typing import TypeVar

from karvon.rules.programme.description import Scope
from karvon.rules.programme.values import Period

Word = TypeVar("Word", bound=str)


def narrowed(scope: Scope, by: Scope) -> Scope | None:
    """The part of ``scope`` that ``by`` speaks of; ``None`` when they have nothing in common."""
    starts = max((day for day in (scope.period.starts, by.period.starts) if day), default=None)
    ends = min((day for day in (scope.period.ends, by.period.ends) if day), default=None)
    contracts = _both(scope.contracts, by.contracts)
    visits = _both(scope.visits, by.visits)
    kinds = _both(scope.event_kinds, by.event_kinds)
    sectors = _both(scope.sectors, by.sectors)
    countries = _both(scope.countries, by.countries)
    if contracts is None or visits is None or kinds is None or sectors is None or countries is None:
        return None
    if scope.direction and by.direction and scope.direction != by.direction:
        return None
    if starts and ends and ends < starts:
        return None
    return Scope(
        contracts=contracts,
        period=Period(starts, ends),
        visits=visits,
        direction=by.direction or scope.direction,
        event_kinds=kinds,
        sectors=sectors,
        countries=countries,
    )


def _both(one: Sequence[Word], other: Sequence[Word]) -> tuple[Word, ...] | None:
    """What both name; an empty one names everything; ``None`` when they name nothing in common."""
    if not one or not other:
        return tuple(one or other)
    return tuple(word for word in other if word in one) or None
