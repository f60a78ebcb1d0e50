"""Figures of indicators: from the maintained tables, and by the reference way they are tested against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from django.db.models import Count as SqlCount

from karvon import catalog
from karvon.queries.results.once import Once
from karvon.queries.results.rows import ContractFigure, IndicatorResult, OverlapFigure, TargetResult
from karvon.records import models as records
from karvon.rules import wording
from karvon.rules.counting.count import load_rule
from karvon.rules.counting.facts import Facts
from karvon.rules.counting.figures import Asked, desk, figures
from karvon.rules.counting.rule import Rule
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.values import Period
from karvon.rules.reporting.content import Figure

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


@dataclass(frozen=True, slots=True)
class Asking:
    """One figure of an indicator: the programme's own, a contract's, an overlap of two, or the union."""

    kind: Literal["programme", "contract", "overlap", "union", "participations"]
    first: str = ""
    second: str = ""

    def asked(self, contracts: Sequence[str]) -> Asked:
        match self.kind:
            case "programme":
                return Asked((None,))
            case "contract":
                return Asked((self.first,))
            case "overlap":
                return Asked((self.first, self.second))
            case "union":
                return Asked(tuple(contracts), "any")
            case "participations":
                raise ValueError("participations are counted by a rule of their own")


def askings(contracts: Sequence[str]) -> tuple[Asking, ...]:
    """Everything the table of results asks of one indicator."""
    return (
        Asking("programme"),
        *(Asking("contract", contract) for contract in contracts),
        *(Asking("overlap", first, second) for first, second in combinations(contracts, 2)),
        *([Asking("union")] if contracts else []),
    )


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


def maintained_figures(programme: str) -> dict[str, dict[Asking, Figure]]:
    """Every figure of every indicator of people, summed from the maintained tables.

    Settled people are counted in the database by the contracts they stand under; what unsettled components
    and unnamed heads add was worked out by the reference when the register last changed. Tested to be equal
    to ``reference_figures``. Two SQL statements, however many contracts and people.
    """
    contracts = dict(records.Contract.objects.filter(programme__key=programme).values_list("id", "key"))
    settled: dict[str, dict[Asking, int]] = {}
    rows = (
        records.Standing.objects.filter(indicator__programme__key=programme, settled=True)
        .order_by()
        .values_list("indicator__key", "under", "by_programme")
        .annotate(people=SqlCount("id"))
    )
    for indicator, under, by_programme, people in rows:
        counts = settled.setdefault(indicator, {})
        for asking in counted_in(
            [contracts[int(contract)] for contract in under.split(",") if contract], by_programme
        ):
            counts[asking] = counts.get(asking, 0) + people
    found: dict[str, dict[Asking, Figure]] = {}
    bounds = records.UnsettledBound.objects.filter(indicator__programme__key=programme)
    for row in bounds.select_related("indicator", "contract", "second"):
        first, second = (one.key if one else "" for one in (row.contract, row.second))
        asking = Asking(row.kind, first, second)  # type: ignore[arg-type]  # written from an Asking
        sure = settled.get(row.indicator.key, {}).get(asking, 0)
        found.setdefault(row.indicator.key, {})[asking] = Figure(
            sure + row.lower, sure + row.best, sure + row.upper, outer=row.outer, unnamed=row.unnamed
        )
    return found


def counted_in(under: Sequence[str], by_programme: bool) -> Iterable[Asking]:
    """The figures that hold a person who stands under these contracts."""
    yield from (Asking("contract", contract) for contract in under)
    yield from (Asking("overlap", first, second) for first, second in combinations(under, 2))
    if under:
        yield Asking("union")
    if by_programme:
        yield Asking("programme")


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
    maintained = maintained_figures(programme)
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
