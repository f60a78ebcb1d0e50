"""A figure in its parts: by contract, time, sector, region, sex, organisation, visit or event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from karvon.queries.results.figures import (
    COUNTED_FROM,
    PEOPLE,
    Asking,
    contracts_of,
    recorded_figures,
    reference_figures,
    rule_of,
)
from karvon.queries.results.once import Once
from karvon.queries.results.rows import IndicatorResult, OverlapFigure
from karvon.records import models as records
from karvon.rules.counting.cells import NOT_STATED, OF_THE_PERSON, SEVERAL, disaggregate, period_of
from karvon.rules.counting.count import count
from karvon.rules.places import CataloguePlace, find_sector
from karvon.rules.places.lookup import catalogue_places
from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.scope import narrowed
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import ALWAYS, Period
from karvon.rules.reporting.figure import Figure
from karvon.rules.reporting.targets import Reach, reach

Dimension = Literal[
    "contract", "month", "quarter", "year", "sector", "region", "sex", "organisation", "country", "visit", "event"
]  # fmt: skip
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
TIMES: Final = frozenset({"month", "quarter", "year"})
PAID_FOR: Final = frozenset({"visits", "events"})
"""Measures other than of people that a contract has a figure of."""
_LARGEST_FIRST: Final = frozenset({"region", "organisation", "country"})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The part of an indicator's scope a reader asks about; nothing narrows nothing."""

    contract: str = ""
    period: Period = ALWAYS
    sector: str = ""
    visit: str = ""

    def __bool__(self) -> bool:
        return self != EVERYTHING

    @property
    def scope(self) -> Scope:
        return Scope(
            contracts=(self.contract,) if self.contract else (),
            period=self.period,
            sectors=(self.sector,) if self.sector else (),
            visits=(self.visit,) if self.visit else (),
        )


EVERYTHING: Final = Narrowing()


@dataclass(frozen=True, slots=True)
class Part:
    value: str
    """A key, code or time; '' for those of whom it is not stated, ``several`` for those who state two."""
    name: Text
    """Empty where the page has the word itself: a month, a sex, "not stated"."""
    figure: Figure
    reach: Reach | None = None
    """Where the part has a target of its own."""


@dataclass(frozen=True, slots=True)
class Parts:
    by: Dimension
    scope: Scope
    """What the figure counts: the indicator's scope, narrowed."""
    total: Figure
    parts: tuple[Part, ...]
    exclusive: bool
    """Nobody is in two parts, so that the likeliest numbers add up to the total."""
    overlaps: tuple[OverlapFigure, ...] = ()
    """By contract only."""
    union: Figure | None = None

    @property
    def added(self) -> int:
        """What the likeliest numbers would come to, added up; more than there are where somebody is in two parts."""
        return sum(part.figure.best for part in self.parts)

    @property
    def overlap(self) -> bool:
        """Whether somebody is in two parts."""
        return self.added > self.total.best


def figure_of(
    programme: str, indicator: str, narrowing: Narrowing, *, once: Once | None = None
) -> tuple[Scope, Figure] | None:
    """The narrowed figure with its scope; ``None`` for no figure of people or nothing in common with it."""
    once = once or Once(programme)
    described = once.indicator(indicator)
    if described is None or described.measure not in PEOPLE:
        return None
    scope = narrowed(described.scope, narrowing.scope)
    return None if scope is None else (scope, Figure.of(count(rule_of(described), scope, once.facts)))


def parts(
    programme: str,
    indicator: str,
    by: Dimension,
    narrowing: Narrowing | None = None,
    *,
    once: Once | None = None,
) -> Parts | None:
    """The figure in its parts; ``None`` for no figure of people, or where the narrowing leaves nothing of it.

    Not suppressed: for those who may read the lines. Counted by the reference; the number of SQL statements
    depends on neither lines nor parts.
    """
    once, narrowing = once or Once(programme), narrowing or EVERYTHING
    described = once.indicator(indicator)
    if described is None or described.measure not in PEOPLE:
        return None
    scope = narrowed(described.scope, narrowing.scope)
    if scope is None:
        return None
    if by == "contract":
        return _by_contract(once, described, scope, narrowing)
    found = disaggregate(rule_of(described), scope, once.facts, by=by)
    names = _names(programme, by, found)
    cells = [
        Part(
            value,
            names.get(value, Text()),
            figure,
            _reach(described, narrowing, figure, period=period_of(value)) if value and by in TIMES else None,
        )
        for value, cell in found.items()
        if value or cell.upper or by in OF_THE_PERSON or by == "sector"
        for figure in (Figure.of(cell),)
    ]
    order = list(names)
    return Parts(
        by=by,
        scope=scope,
        total=Figure.of(found.total),
        parts=tuple(sorted(cells, key=lambda part: _place(part, by, order))),
        exclusive=found.exclusive,
    )


def _by_contract(once: Once, indicator: d.Indicator, scope: Scope, narrowing: Narrowing) -> Parts:
    described = once.described("contracts")
    assert described is not None  # noqa: S101  # its indicator was found
    numbers = {contract.key: contract.number for contract in described.contracts}
    contracts = contracts_of(described, scope)
    found = reference_figures(rule_of(indicator), scope, once.facts, contracts)
    return Parts(
        by="contract",
        scope=scope,
        total=found[Asking("programme")],
        parts=tuple(
            Part(
                contract,
                Text((("", numbers[contract]),)),
                found[Asking("contract", contract)],
                _reach(indicator, narrowing, found[Asking("contract", contract)], contract=contract),
            )
            for contract in contracts
        ),
        exclusive=False,
        overlaps=tuple(
            OverlapFigure(asking.first, asking.second, numbers[asking.first], numbers[asking.second], figure)
            for asking, figure in found.items()
            if asking.kind == "overlap"
        ),
        union=found.get(Asking("union")),
    )


def _reach(
    indicator: d.Indicator,
    narrowing: Narrowing,
    figure: Figure,
    *,
    contract: str | None = None,
    period: Period | None = None,
) -> Reach | None:
    """The target of exactly this part, if it has one: a target speaks of a contract and a period, of nothing else."""
    if narrowing.sector or narrowing.visit:
        return None
    contract = narrowing.contract if contract is None else contract
    period = narrowing.period if period is None else period
    for target in indicator.targets:
        if target.contract == contract and target.period == period:
            return reach(figure, target.value, period)
    return None


@dataclass(frozen=True, slots=True)
class TargetReach:
    """A target with the figure it speaks of."""

    contract: str
    number: str
    figure: Figure
    reach: Reach


def target_reaches(
    programme: str, result: IndicatorResult, *, once: Once | None = None
) -> tuple[TargetReach, ...]:
    """How far each target of the figure is, in their order; one whose figure is not measured is left out."""
    once = once or Once(programme)
    numbers = {one.contract: one.number for one in result.by_contract}
    of_contract = {"": result.figure, **{one.contract: one.figure for one in result.by_contract}}
    found = []
    for target in result.targets:
        figure = of_contract.get(target.contract)
        if target.period != ALWAYS:
            narrowing = Narrowing(contract=target.contract, period=target.period)
            narrow = _figure(once, result.key, narrowing)
            figure = narrow
        if figure is not None:
            found.append(
                TargetReach(
                    target.contract,
                    numbers.get(target.contract, target.contract),
                    figure,
                    reach(figure, target.value, target.period),
                )
            )
    return tuple(found)


def _figure(once: Once, key: str, narrowing: Narrowing) -> Figure | None:
    """The narrowed figure, of people or of anything else."""
    indicator = once.indicator(key)
    scope = narrowed(indicator.scope, narrowing.scope) if indicator else None
    if indicator is None or scope is None:
        return None
    if indicator.measure in PEOPLE:
        return Figure.of(count(rule_of(indicator), scope, once.facts))
    described = once.described("contracts", *COUNTED_FROM.get(indicator.measure, ()))
    if described is None or (narrowing.contract and indicator.measure not in PAID_FOR):
        return None
    return recorded_figures(replace(indicator, scope=scope), described)[Asking("programme")]


def _place(part: Part, by: Dimension, order: list[str]) -> tuple[int, int, str]:
    """Named parts first, then ``several``, then those of whom it is not stated."""
    last = {SEVERAL: 1, NOT_STATED: 2}.get(part.value, 0)
    if by in _LARGEST_FIRST:
        return last, -part.figure.best, part.value
    return last, order.index(part.value) if part.value in order else len(order), part.value


def _names(programme: str, by: Dimension, values: Iterable[str]) -> Mapping[str, Text]:
    """How the parts are called, in the order they are shown in."""
    wanted = [value for value in values if value not in (SEVERAL, NOT_STATED)]
    match by:
        case "sector":
            return {
                code: sector.name if (sector := find_sector(code)) else Text((("", code),))
                for code in sorted(wanted)
            }
        case "region":
            return {code: region_name(code) for code in wanted}
        case "organisation":
            rows = records.Organisation.objects.filter(programme__key=programme, key__in=wanted)
            return dict(rows.values_list("key", "name"))
        case "visit":
            visits = records.Visit.objects.filter(programme__key=programme, key__in=wanted)
            return dict(visits.order_by("starts", "order").values_list("key", "title"))
        case "event":
            events = records.Event.objects.filter(programme__key=programme, key__in=wanted)
            return dict(events.order_by("starts", "order").values_list("key", "title"))
        case "sex":
            return dict.fromkeys(sorted(wanted), Text())
        case _:
            return {}


def event_sectors(programme: str, *, once: Once | None = None) -> tuple[str, ...]:
    """The sectors that some event of the programme is about, by code."""
    if once is not None and once.counts:
        return tuple(sorted({code for event in once.facts.events for code in event.sectors}))
    events = records.Event.objects.filter(programme__key=programme)
    return tuple(sorted({code for sectors in events.values_list("sectors", flat=True) for code in sectors}))


def visit_titles(programme: str) -> dict[str, Text]:
    """How the programme's visits are called, by key, in order of time."""
    visits = records.Visit.objects.filter(programme__key=programme).order_by("starts", "order", "id")
    return dict(visits.values_list("key", "title"))


def region_name(code: str) -> Text:
    """The region of an ISO 3166-2 code as it is called, else its town; the code where the catalogue has neither."""
    place = region_place(code)
    return place.name if place else Text((("", code),))


def region_place(code: str) -> CataloguePlace | None:
    """The region of an ISO 3166-2 code, else a town in it; ``None`` where the catalogue has neither."""
    there = [place for place in catalogue_places().values() if place.region == code]
    return min(there, key=lambda place: place.kind != "region", default=None)
