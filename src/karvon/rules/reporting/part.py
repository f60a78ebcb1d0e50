"""The part of a programme that a report speaks of: one contract, one period, or everything."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from karvon.rules.programme import description as d
from karvon.rules.programme.description import Scope
from karvon.rules.programme.scope import narrowed
from karvon.rules.programme.text import NO_TEXT
from karvon.rules.programme.values import ALWAYS, Period, Share


@dataclass(frozen=True, slots=True)
class Part:
    """A contract by its key and a period; neither, everything."""

    contract: str = ""
    period: Period = ALWAYS

    def __bool__(self) -> bool:
        return bool(self.contract) or self.period != ALWAYS

    @property
    def scope(self) -> Scope:
        return Scope(contracts=(self.contract,) if self.contract else (), period=self.period)


WHOLE: Final = Part()


def part_of(described: d.ProgrammeDescription, part: Part) -> d.ProgrammeDescription:
    """What of the description a report of this part may show.

    A contract's part is what it pays: its events and their visits (with the shares of others, which say that a
    result is shared), what was observed there, the recommendations that rest on it and the proposals that follow
    from them; papers and statements of the contract or its events only. The programme's own summary stays away: it
    speaks of the whole. A period's part is what happened in it; a recommendation belongs to the day it was given,
    a proposal to the day of its stage. Indicators are narrowed to the part, and those that have nothing in common
    with it are left out.
    """
    if not part:
        return described
    visits = {visit.key: visit for visit in described.visits}
    paid = {
        event.key
        for event in described.events
        if not part.contract
        or part.contract in {share.contract for share in _shares(event, visits[event.visit])}
    }
    events = tuple(one for one in described.events if one.key in paid and _meet(one.period, part.period))
    held = {event.key for event in events}
    visited = {event.visit for event in events}
    shown = tuple(
        visit
        for visit in described.visits
        if visit.key in visited
        or (
            (not part.contract or part.contract in {share.contract for share in visit.shares})
            and _meet(visit.period, part.period)
        )
    )
    seen = {one.key for one in described.observations if one.event in paid}
    observed = {one.key for one in described.observations if one.event in held}
    advice = tuple(
        one
        for one in described.recommendations
        if (not part.contract or seen & set(one.observations))
        and (
            part.period.holds(one.given_on)
            if one.given_on
            else part.period == ALWAYS or bool(observed & set(one.observations))
        )
    )
    given = {one.key for one in advice}
    of_contract = {
        one.key for one in described.recommendations if not part.contract or seen & set(one.observations)
    }
    keys = {visit.key for visit in shown}
    return replace(
        described,
        programme=replace(described.programme, summary=NO_TEXT),
        contracts=tuple(one for one in described.contracts if part.contract in ("", one.key)),
        visits=shown,
        delegates=tuple(one for one in described.delegates if one.visit in keys),
        events=events,
        sheets=tuple(
            one
            for one in described.sheets
            if one.event in held and (one.day is None or part.period.holds(one.day))
        ),
        documents=tuple(one for one in described.documents if _paper_of(one, part, held, keys)),
        observations=tuple(one for one in described.observations if one.key in (seen | observed)),
        recommendations=advice,
        recommendation_groups=tuple(
            group for group in described.recommendation_groups if group.key in {one.group for one in advice}
        ),
        action_points=tuple(one for one in described.action_points if one.recommendation in given),
        proposals=tuple(
            one
            for one in described.proposals
            if (not part.contract or of_contract & set(one.recommendations))
            and (part.period == ALWAYS or (one.stage_on is not None and part.period.holds(one.stage_on)))
        ),
        indicators=tuple(_indicators(described.indicators, part)),
        statements=tuple(_statements(described, part)),
    )


def _indicators(indicators: Iterable[d.Indicator], part: Part) -> Iterable[d.Indicator]:
    for indicator in indicators:
        scope = narrowed(indicator.scope, part.scope)
        if scope is not None:
            targets = [
                target
                for target in indicator.targets
                if part.period in (target.period, ALWAYS)
                and (not part.contract or target.contract == part.contract)
            ]
            targets.sort(key=lambda target: target.period == ALWAYS)  # of two, the one of all time is said
            baseline = None if part.contract else indicator.baseline
            yield replace(indicator, scope=scope, targets=tuple(targets), baseline=baseline)


def _statements(described: d.ProgrammeDescription, part: Part) -> Iterable[d.Statement]:
    """Those that speak of this contract alone, and of days of this period alone."""
    indicators = {indicator.key: indicator for indicator in described.indicators}
    for statement in described.statements:
        scope = narrowed(indicators[statement.indicator].scope, statement.scope) or statement.scope
        if part.contract and scope.contracts != (part.contract,):
            continue
        if _within(scope.period, part.period):
            yield statement


def _paper_of(paper: d.Document, part: Part, events: set[str], visits: set[str]) -> bool:
    """Papers of events and visits go with these; one of the whole programme is in no contract's report."""
    if part.contract and paper.contract not in ("", part.contract):
        return False
    if paper.event:
        return paper.event in events
    if paper.visit:
        return paper.visit in visits
    return not part.contract or paper.contract == part.contract


def _shares(event: d.Event, visit: d.Visit) -> tuple[Share, ...]:
    return visit.shares if event.shares is None else event.shares


def _meet(one: Period, other: Period) -> bool:
    return (one.starts is None or other.ends is None or one.starts <= other.ends) and (
        one.ends is None or other.starts is None or other.starts <= one.ends
    )


def _within(inner: Period, outer: Period) -> bool:
    begins = outer.starts is None or (inner.starts is not None and inner.starts >= outer.starts)
    return begins and (outer.ends is None or (inner.ends is not None and inner.ends <= outer.ends))
