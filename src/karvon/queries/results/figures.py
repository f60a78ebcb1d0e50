"""Figures of indicators: from the maintained tables, and by the reference way they are tested against."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from karvon import catalog
from karvon.queries.results.maintained import Asking, askings, counted_in, maintained_figures
from karvon.queries.results.once import Once
from karvon.queries.results.rows import ContractFigure, IndicatorResult, OverlapFigure, TargetResult
from karvon.rules import wording
from karvon.rules.counting.count import load_rule
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.figures import desk, figures
from karvon.rules.counting.rule import Rule
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.values import Period
from karvon.rules.reporting.figure import Figure

__all__ = [
    "COUNTED_FROM",
    "PEOPLE",
    "Asking",
    "askings",
    "contracts_of",
    "counted_in",
    "indicator_result",
    "indicator_results",
    "maintained_figures",
    "recorded_figures",
    "reference_figures",
    "rule_of",
    "rule_sentence",
]

PEOPLE: Final = frozenset({"people", "participations", "person_days"})
"""Measures that a counting rule counts from attendances; the others are counted from the records themselves."""

_RULE_OF: Final[Mapping[str, str]] = {
    "people": "unique-in-period",
    "participations": "participations",
    "person_days": "person-days",
}


def rule_of(indicator: d.Indicator) -> Rule:
    """The indicator's counting rule, or the usual one of its measure."""
    return load_rule(indicator.rule or _RULE_OF[indicator.measure], dict(indicator.parameters))


def rule_sentence(result: IndicatorResult, language: str) -> str:
    """The rule in one sentence, with its parameters."""
    sentence = catalog.load(f"counting_rules/{result.rule}")["sentence"][language]
    return wording.fill(sentence, language, dict(result.parameters))


def reference_figures(
    rule: Rule, scope: Scope, facts: Facts, contracts: Sequence[str]
) -> dict[Asking, Figure]:
    """Every figure by the reference way of counting, from the whole register."""
    wanted = askings(contracts)
    found = figures(desk(rule, scope, facts), [asking.asked(contracts) for asking in wanted])
    return {
        asking: Figure(bounds.lower, bounds.best, bounds.upper, outer=bounds.outer, unnamed=unnamed)
        for asking, (bounds, unnamed) in zip(wanted, found, strict=True)
    }


def indicator_results(
    programme: str, *, only: str = "", once: Once | None = None
) -> tuple[IndicatorResult, ...]:
    """Every indicator of the programme, or the one of this key, with its figures, in the order of the folder.

    () for no programme.
    """
    once = once or Once(programme)
    described = once.described("contracts", "indicators")
    wanted = tuple(i for i in described.indicators if not only or i.key == only) if described else ()
    # a large agenda is read only where it is counted
    measures = {indicator.measure for indicator in wanted}
    description = once.described(*(kind for one in measures for kind in COUNTED_FROM.get(one, ())))
    if description is None:
        return ()
    maintained = once.maintained
    numbers = {contract.key: contract.number for contract in description.contracts}
    return tuple(
        _indicator_result(indicator, description, maintained.get(indicator.key, {}), numbers)
        for indicator in wanted
    )


COUNTED_FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "visits": ("visits",),
    "events": ("visits", "events"),
    "recommendations": ("recommendations",),
    "recommendation_groups": ("recommendations",),
    "proposals": ("proposals",),
}


def indicator_result(programme: str, indicator: str, *, once: Once | None = None) -> IndicatorResult | None:
    """One indicator with its figures; ``None`` if the programme has none of this key."""
    return next(iter(indicator_results(programme, only=indicator, once=once)), None) if indicator else None


def contracts_of(description: d.ProgrammeDescription, scope: Scope) -> tuple[str, ...]:
    """The contracts that have a column: those of the scope, else all, in the order of the folder."""
    return tuple(c.key for c in description.contracts if not scope.contracts or c.key in scope.contracts)


def _indicator_result(
    indicator: d.Indicator,
    description: d.ProgrammeDescription,
    found: Mapping[Asking, Figure],
    numbers: Mapping[str, str],
) -> IndicatorResult:
    rule = rule_of(indicator) if indicator.measure in PEOPLE else None
    if rule is None:
        found = recorded_figures(indicator, description)
    contracts = contracts_of(description, indicator.scope)
    nothing = Figure(0, 0, 0)
    return IndicatorResult(
        key=indicator.key,
        title=indicator.title,
        measure=indicator.measure,
        rule=rule.id if rule else "",
        rule_version=rule.version if rule else 0,
        parameters=rule.parameters if rule else (),
        scope=indicator.scope,
        figure=found.get(Asking("programme"), nothing),
        by_contract=tuple(
            ContractFigure(contract, numbers[contract], found[asking])
            for contract in contracts
            if (asking := Asking("contract", contract)) in found
        ),
        overlaps=tuple(
            OverlapFigure(first, second, numbers[first], numbers[second], found[asking])
            for first, second in combinations(contracts, 2)
            if (asking := Asking("overlap", first, second)) in found
        ),
        union=found.get(Asking("union")),
        participations=found.get(Asking("participations")) if indicator.measure == "people" else None,
        baseline=indicator.baseline,
        targets=tuple(
            TargetResult(target.contract, target.value, target.period) for target in indicator.targets
        ),
    )


def recorded_figures(indicator: d.Indicator, description: d.ProgrammeDescription) -> dict[Asking, Figure]:
    """What is counted from the records themselves: exact, per contract where a contract pays for it."""
    scope = indicator.scope
    paid: dict[str, tuple[str, ...]] | None = None
    match indicator.measure:
        case "visits":
            paid = {
                v.key: tuple(s.contract for s in v.shares) for v in description.visits if _visit_in(v, scope)
            }
            number = len(paid)
        case "events":
            visits = {visit.key: visit for visit in description.visits}
            paid = {
                event.key: tuple(
                    s.contract for s in (visits[event.visit].shares if event.shares is None else event.shares)
                )
                for event in description.events
                if _event_in(event, visits[event.visit], scope)
            }
            number = len(paid)
        case "recommendations":
            number = sum(_touches(one.sectors, scope.sectors) for one in description.recommendations)
        case "recommendation_groups":
            number = len(
                {one.group for one in description.recommendations if _touches(one.sectors, scope.sectors)}
            )
        case "proposals":
            number = sum(_touches(one.sectors, scope.sectors) for one in description.proposals)
        case "contracts":
            number = len(contracts_of(description, scope))
        case _:
            raise KeyError(indicator.measure)
    found = {Asking("programme"): Figure.exact(number)}
    if paid is not None:
        contracts = contracts_of(description, scope)
        if scope.contracts:
            paid = {key: by for key, by in paid.items() if set(by) & set(contracts)}
            found[Asking("programme")] = Figure.exact(len(paid))
        for asking in askings(contracts)[1:]:
            wanted = set(asking.asked(contracts).columns)
            held = [wanted & set(by) for by in paid.values()]
            exact = sum(bool(both) if asking.kind == "union" else both == wanted for both in held)
            found[asking] = Figure.exact(exact)
    return found


def _touches(sectors: Sequence[str], wanted: Sequence[str]) -> bool:
    return not wanted or bool(set(sectors) & set(wanted))


def _visit_in(visit: d.Visit, scope: Scope) -> bool:
    return (
        (not scope.visits or visit.key in scope.visits)
        and (scope.direction is None or visit.direction == scope.direction)
        and _touches(visit.sectors, scope.sectors)
        and _overlaps(visit.period, scope.period)
    )


def _event_in(event: d.Event, visit: d.Visit, scope: Scope) -> bool:
    return (
        (not scope.visits or event.visit in scope.visits)
        and (scope.direction is None or visit.direction == scope.direction)
        and (not scope.event_kinds or event.kind in scope.event_kinds)
        and _touches(event.sectors, scope.sectors)
        and _overlaps(event.period, scope.period)
    )


def _overlaps(one: Period, other: Period) -> bool:
    return (one.starts is None or other.ends is None or one.starts <= other.ends) and (
        one.ends is None or other.starts is None or other.starts <= one.ends
    )
