"""What must hold between the records of a programme: days inside days, money, numbers said once."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from karvon import catalog
from karvon.rules.evidence.corrections import unreadable, without_pages
from karvon.rules.feedback.columns import columns_said
from karvon.rules.problems import Place, Problem
from karvon.rules.programme.description import Event, Indicator, ProgrammeDescription, ResponseStatus
from karvon.rules.programme.scope import narrowed
from karvon.rules.programme.values import Period, Share


def check_programme(description: ProgrammeDescription) -> tuple[Problem, ...]:
    """Every contradiction between the records, each at ``kind[key].field``; () when there is none.

    References to records that are not there are passed over: whoever made the description reports them.
    """
    checks = (
        _periods,
        _visits,
        _events,
        _days,
        _sheets,
        _tables,
        _organisations,
        _advice,
        _proposals,
        _indicators,
        _statements,
        _places,
    )
    return tuple(problem for check in checks for problem in check(description))


def _problem(code: str, kind: str, record: Any, field: str, **facts: str | int) -> Problem:
    key = kind if kind == "programme" else f"{kind}[{record.key}]"
    return Problem(f"folder.{code}", Place(key=f"{key}.{field}" if field else key), facts)


def _said(day: date | None) -> str:
    return day.isoformat() if day else "…"


def _periods(description: ProgrammeDescription) -> Iterator[Problem]:
    for kind, records in (
        ("programme", (description.programme,)),
        ("contract", description.contracts),
        ("membership", description.memberships),
        ("visit", description.visits),
        ("event", description.events),
    ):
        for record in records:
            yield from _in_order(kind, record, record.period)


def _in_order(kind: str, record: Any, period: Period) -> Iterator[Problem]:
    if period.starts and period.ends and period.ends < period.starts:
        facts = {"starts": _said(period.starts), "ends": _said(period.ends)}
        yield _problem("ends_before_start", kind, record, "ends", **facts)


def _inside(
    code: str, kind: str, record: Any, period: Period, outer: Period, **facts: str
) -> Iterator[Problem]:
    """A problem for each end of the period that lies outside; one that is back to front is reported elsewhere."""
    ends = (("starts", period.starts), ("ends", period.ends if period.ends != period.starts else None))
    for field, day in ends:
        if day is not None and not outer.holds(day):
            yield _problem(
                code,
                kind,
                record,
                field,
                day=_said(day),
                starts=_said(outer.starts),
                ends=_said(outer.ends),
                **facts,
            )


def _visits(description: ProgrammeDescription) -> Iterator[Problem]:
    for visit in description.visits:
        yield from _inside("outside_programme", "visit", visit, visit.period, description.programme.period)
        yield from _inside_contracts(description, "visit", visit, visit.period, visit.shares)


def _inside_contracts(
    description: ProgrammeDescription, kind: str, record: Any, period: Period, shares: Iterable[Share]
) -> Iterator[Problem]:
    contracts = {contract.key: contract for contract in description.contracts}
    for share in shares:
        if share.contract in contracts:
            outer = contracts[share.contract].period
            yield from _inside("outside_contract", kind, record, period, outer, contract=share.contract)


def _events(description: ProgrammeDescription) -> Iterator[Problem]:
    visits = {visit.key: visit for visit in description.visits}
    for event in description.events:
        if event.visit in visits:
            outer = visits[event.visit].period
            yield from _inside("outside_visit", "event", event, event.period, outer, visit=event.visit)
        yield from _inside_contracts(description, "event", event, event.period, event.shares or ())
        for count in event.head_counts:
            yield from _on_event("event", event, "head_count", count.day, event)


def _on_event(kind: str, record: Any, field: str, day: date | None, event: Event) -> Iterator[Problem]:
    if day is not None and not event.period.holds(day):
        starts, ends = _said(event.period.starts), _said(event.period.ends)
        yield _problem(
            "outside_event", kind, record, field, day=_said(day), event=event.key, starts=starts, ends=ends
        )


def _days(description: ProgrammeDescription) -> Iterator[Problem]:
    events = {event.key: event for event in description.events}
    for sheet in description.sheets:
        if sheet.event in events:
            yield from _on_event("sheet", sheet, "day", sheet.day, events[sheet.event])
    for observation in description.observations:
        if observation.event in events:
            yield from _on_event("observation", observation, "on", observation.on, events[observation.event])


def _sheets(description: ProgrammeDescription) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str, date | None], str] = {}
    for sheet in description.sheets:
        first = seen.setdefault((sheet.file, sheet.table, sheet.event, sheet.day), sheet.key)
        if first != sheet.key:
            yield _problem("sheet_twice", "sheet", sheet, "file", found=sheet.file, first=first)
        if not sheet.scan and (sheet.pages or without_pages(sheet.reading) != sheet.reading):
            yield _problem("pages_without_scan", "sheet", sheet, "scan", missing="scan")
        for said in unreadable(sheet.reading):
            facts = {"found": said, "example": "B = organisation", "other": "row 9 = nobody"}
            yield _problem("not_a_correction", "sheet", sheet, "reading", **facts)


def _tables(description: ProgrammeDescription) -> Iterator[Problem]:
    """Tables of feedback answers, read by what is said of their columns."""
    for document in description.documents:
        if document.reading and columns_said(document.reading) is None:
            facts = {"found": ", ".join(document.reading), "example": "header = 1", "other": "B = usefulness"}
            yield _problem("not_columns", "document", document, "reading", **facts)
        elif document.reading and not document.event:
            yield _problem("table_without_event", "document", document, "event", missing="event")


def _organisations(description: ProgrammeDescription) -> Iterator[Problem]:
    numbers: dict[str, str] = {}
    for contract in description.contracts:
        first = numbers.setdefault(contract.number, contract.key)
        if first != contract.key:
            yield _problem("number_twice", "contract", contract, "number", found=contract.number, first=first)
    for membership in description.memberships:
        if membership.organisation == membership.member:
            yield _problem("member_of_itself", "membership", membership, "member", found=membership.member)


def _places(description: ProgrammeDescription) -> Iterator[Problem]:
    for place in description.places:
        if (place.latitude is None) != (place.longitude is None):
            missing = "latitude" if place.latitude is None else "longitude"
            yield _problem("half_a_point", "place", place, missing)
        if place.region and place.region[:2] != place.country:
            yield _problem(
                "region_elsewhere", "place", place, "region", found=place.region, country=place.country
            )


def _advice(description: ProgrammeDescription) -> Iterator[Problem]:
    for advice in description.recommendations:
        for field, day in (("response_due", advice.response_due), ("responded_on", advice.responded_on)):
            if day and advice.given_on and day < advice.given_on:
                given = _said(advice.given_on)
                yield _problem("before_given", "recommendation", advice, field, day=_said(day), given=given)
        if (advice.responded_on or advice.response) and advice.response_status is None:
            yield _problem(
                "response_without_status",
                "recommendation",
                advice,
                "response_status",
                allowed=", ".join(get_args(ResponseStatus)),
            )


def _proposals(description: ProgrammeDescription) -> Iterator[Problem]:
    for proposal in description.proposals:
        cost, sought = proposal.cost, proposal.funding_sought
        if cost and sought and (sought.currency != cost.currency):
            yield _problem(
                "other_currency",
                "proposal",
                proposal,
                "funding_sought",
                found=sought.currency,
                cost=cost.currency,
            )
        elif cost and sought and sought.amount > cost.amount:
            amounts = {"found": f"{sought.amount:f}", "cost": f"{cost.amount:f}"}
            yield _problem("above_cost", "proposal", proposal, "funding_sought", **amounts)


def _indicators(description: ProgrammeDescription) -> Iterator[Problem]:
    for indicator in description.indicators:
        yield from _rule(indicator)
        seen = set()
        for target in indicator.targets:
            yield from _in_order("indicator", indicator, target.period)
            if (target.contract, target.period) in seen:
                yield _problem("target_twice", "indicator", indicator, "target", contract=target.contract)
            seen.add((target.contract, target.period))


def _statements(description: ProgrammeDescription) -> Iterator[Problem]:
    indicators = {indicator.key: indicator for indicator in description.indicators}
    for statement in description.statements:
        indicator = indicators.get(statement.indicator)
        if indicator and narrowed(indicator.scope, statement.scope) is None:
            yield _problem("outside_indicator", "statement", statement, "scope", indicator=indicator.key)


def _rule(indicator: Indicator) -> Iterator[Problem]:
    """People are counted by a rule; a rule counts what the indicator measures and knows its parameters."""
    if not indicator.rule:
        if indicator.measure == "people":
            rules = ", ".join(catalog.names("counting_rules"))
            yield _problem("rule_missing", "indicator", indicator, "rule", allowed=rules)
        return
    if indicator.rule not in catalog.names("counting_rules"):
        return
    rule = catalog.load(f"counting_rules/{indicator.rule}")
    known = rule.get("parameters", {})
    for name, value in indicator.parameters:
        if name not in known:
            facts = {"rule": indicator.rule, "found": name, "allowed": ", ".join(known) or "–"}
            yield _problem("unknown_parameter", "indicator", indicator, f"parameters.{name}", **facts)
        elif not Decimal(known[name]["least"]) <= value <= Decimal(known[name]["most"]):
            facts = {
                "found": name,
                "value": f"{value:f}",
                "least": known[name]["least"],
                "most": known[name]["most"],
            }
            yield _problem("parameter_range", "indicator", indicator, f"parameters.{name}", **facts)
    if rule.get("counts", indicator.measure) != indicator.measure:
        counts = str(rule["counts"])
        yield _problem(
            "rule_counts_else", "indicator", indicator, "rule", found=indicator.rule, counts=counts,
            measure=indicator.measure,
        )  # fmt: skip
