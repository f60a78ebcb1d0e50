"""Figures with their rule, bounds and rows; statements with their verdicts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from karvon import catalog
from karvon.queries import evidence, training, visits
from karvon.queries import programme as programmes
from karvon.queries import results as questions
from karvon.queries.evidence import SheetRow
from karvon.queries.results import IndicatorResult
from karvon.queries.training import EventRow
from karvon.rules.places import country_name, sector_name
from karvon.rules.programme.description import Scope
from karvon.rules.programme.text import Text
from karvon.rules.reporting.dates import period_text
from karvon.web.drawings import figure_chart
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, as_of, crumb, of_programme, page_number, show, typed
from karvon.web.words import DIRECTION, EVENT_KIND

OF_PEOPLE = ("people", "participations", "person_days")
FIRST_SHOWN = 10
"""Rows of a long list on the figure's own page."""


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A counting rule as the reader is told of it."""

    id: str
    version: int
    name: Text
    sentence: str
    source: str
    verified: bool


@of_programme("results")
def results(request: ProgrammeRequest) -> HttpResponse:
    """All indicators, a column per contract."""
    found = questions.indicator_results(request.programme.key)
    contracts = programmes.contracts(request.programme.key)
    rows = []
    for result in found:
        own = {row.contract: row for row in result.by_contract}
        targets = {target.contract: target for target in result.targets}
        rows.append((result, [(c, own.get(c.key), targets.get(c.key)) for c in contracts], targets.get("")))
    return show(
        request,
        "results/list.html",
        {
            "figures": rows,
            "contracts": contracts,
            "overlaps": any(result.overlaps for result in found),
            "certain_unreviewed": questions.certain_unreviewed(request.programme.key),
        },
        crumbs=(Crumb(_("Results")),),
    )


@of_programme("results")
def figure(request: ProgrammeRequest, key: str) -> HttpResponse:
    """The number, its rule, its bounds, and the rows it opens to."""
    programme, result = request.programme.key, _result(request, key)
    of_people = result.measure in OF_PEOPLE
    people, people_page = (
        questions.counted_people(programme, key, size=FIRST_SHOWN) if of_people else ((), None)
    )
    out, out_page = questions.left_out(programme, key, size=FIRST_SHOWN) if of_people else ((), None)
    numbers = {row.contract: row.number for row in result.by_contract}
    return show(
        request,
        "results/figure.html",
        {
            "result": result,
            "of_people": of_people,
            "rule": rule_shown(result),
            "certain_unreviewed": questions.certain_unreviewed(programme, result.scope) if of_people else 0,
            "scope": scope_words(request, result.scope),
            "targets": [(target, numbers.get(target.contract, target.contract)) for target in result.targets],
            "chart": figure_chart(result),
            "people": people,
            "people_page": people_page,
            "left_out": out,
            "left_out_page": out_page,
            "rows": _rows_of(result),
            "events": _events_and_sheets(programme, result.scope)
            if of_people or result.measure == "events"
            else (),
        },
        crumbs=(crumb(request, _("Results"), "results"), Crumb(result.title)),
    )


@of_programme("results", typed=True)
def counted(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Everybody who is in, page by page, of one contract where the address names it."""
    result = _result(request, key)
    if result.measure not in OF_PEOPLE:
        raise Http404
    wanted = request.GET.get("contract", "")
    contract = next((row for row in result.by_contract if row.contract == wanted), None)
    if wanted and contract is None:
        raise Http404
    looked_for = typed(request)
    people, page = questions.counted_people(
        request.programme.key,
        key,
        contract=wanted or None,
        contains=looked_for,
        page=page_number(request),
    )
    return show(
        request,
        "results/counted.html",
        {
            "result": result,
            "contract": contract,
            "figure": contract.figure if contract else result.figure,
            "people": people,
            "page": page,
            "pager_query": f"contract={contract.contract}&" if contract else "",
            "looked_for": looked_for,
        },
        crumbs=(*_way_to(request, result), Crumb(_("Who is in"))),
    )


@of_programme("results")
def left_out(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Every line of these events that does not count, with the reason."""
    result = _result(request, key)
    if result.measure not in OF_PEOPLE:
        raise Http404
    lines, page = questions.left_out(request.programme.key, key, page=page_number(request))
    return show(
        request,
        "results/left_out.html",
        {"result": result, "left_out": lines, "page": page},
        crumbs=(*_way_to(request, result), Crumb(_("Who is out, and why"))),
    )


@of_programme("results")
def statements(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "results/statements.html",
        {"statements": questions.statement_results(request.programme.key)},
        crumbs=(Crumb(_("Statements")),),
    )


@of_programme("results")
def statement(request: ProgrammeRequest, key: str) -> HttpResponse:
    """A published sentence held against the evidence, and the doubts that would settle it."""
    programme = request.programme.key
    row = next((s for s in questions.statement_results(programme) if s.key == key), None)
    if row is None:
        raise Http404
    of_people = row.measure in OF_PEOPLE
    return show(
        request,
        "results/statement.html",
        {
            "row": row,
            "of_people": of_people,
            "certain_unreviewed": questions.certain_unreviewed(programme, row.scope) if of_people else 0,
            "scope": scope_words(request, row.scope),
            "events": _events_and_sheets(programme, row.scope),
        },
        crumbs=(crumb(request, _("Statements"), "statements"), Crumb(row.text)),
    )


@of_programme("results")
def doubts(request: ProgrammeRequest) -> HttpResponse:
    """The pairs nobody has decided about, those that settle most first."""
    found, page = questions.doubts(request.programme.key, page=page_number(request))
    return show(
        request,
        "results/doubts.html",
        {
            "doubts": found,
            "page": page,
            "certain_unreviewed": questions.certain_unreviewed(request.programme.key),
        },
        crumbs=(crumb(request, _("Results"), "results"), Crumb(_("Doubtful names"))),
    )


@of_programme("results")
def counting(request: ProgrammeRequest) -> HttpResponse:
    """How every number comes about, each term explained, with the rules this programme uses."""
    programme = request.programme.key
    rules = {rule.id: rule for r in questions.indicator_results(programme) if (rule := rule_shown(r))}
    return show(
        request,
        "results/counting.html",
        {
            "rules": tuple(rules.values()),
            "needs": programmes.needs(programme, today=as_of(request.programme)),
            "certain_unreviewed": questions.certain_unreviewed(programme),
        },
        crumbs=(Crumb(_("How we count")),),
    )


def _result(request: ProgrammeRequest, key: str) -> IndicatorResult:
    found = questions.indicator_result(request.programme.key, key)
    if found is None:
        raise Http404
    return found


def _way_to(request: ProgrammeRequest, result: IndicatorResult) -> tuple[Crumb, ...]:
    return crumb(request, _("Results"), "results"), crumb(request, result.title, "figure", result.key)


def rule_shown(result: IndicatorResult) -> RuleShown | None:
    if not result.rule:
        return None
    data = catalog.load(f"counting_rules/{result.rule}")
    return RuleShown(
        id=result.rule,
        version=result.rule_version,
        name=Text.of(data["name"]),
        sentence=questions.rule_sentence(result, current()),
        source=data["source"],
        verified=data["verified"],
    )


def _rows_of(result: IndicatorResult) -> str:
    """The name of the page that lists what is counted."""
    return {
        "visits": "visits",
        "recommendations": "recommendations",
        "recommendation_groups": "recommendations",
        "proposals": "proposals",
        "contracts": "contracts",
        "events": "events",
    }.get(result.measure, "counted")


def _events_and_sheets(programme: str, scope: Scope) -> tuple[tuple[EventRow, tuple[SheetRow, ...]], ...]:
    """The events a scope speaks of, each with its sheets."""
    direction = {visit.key: visit.direction for visit in visits.visits(programme)}
    of_event: dict[str, list[SheetRow]] = {}
    for sheet in evidence.sheets(programme):
        of_event.setdefault(sheet.event, []).append(sheet)
    return tuple(
        (event, tuple(of_event.get(event.key, ())))
        for event in training.events(programme)
        if _in_scope(event, direction[event.visit], scope)
    )


def _in_scope(event: EventRow, direction: str, scope: Scope) -> bool:
    period = scope.period
    return (
        _meets(scope.contracts, (share.contract for share in event.shares))
        and _meets(scope.visits, (event.visit,))
        and _meets(scope.event_kinds, (event.kind,))
        and (_meets(scope.sectors, event.sectors) or not event.sectors)
        and scope.direction in (None, direction)
        and (period.starts is None or event.period.ends is None or event.period.ends >= period.starts)
        and (period.ends is None or event.period.starts is None or event.period.starts <= period.ends)
    )


def _meets(wanted: Iterable[str], has: Iterable[str]) -> bool:
    asked = set(wanted)
    return not asked or not asked.isdisjoint(has)


def scope_words(request: ProgrammeRequest, scope: Scope) -> list[Any]:
    """What a scope narrows, each part in the reader's words."""
    language = current()
    said: list[Any] = []
    if scope.event_kinds:
        said.append(", ".join(str(EVENT_KIND[kind]) for kind in scope.event_kinds))
    if scope.direction:
        said.append(str(DIRECTION[scope.direction]))
    if scope.visits:
        titles = {visit.key: visit.title.say(language) for visit in visits.visits(request.programme.key)}
        said.append(", ".join(titles.get(key, key) for key in scope.visits))
    if scope.sectors:
        said.append(", ".join(sector_name(code, language) for code in scope.sectors))
    if scope.contracts:
        numbers = {c.key: c.number for c in programmes.contracts(request.programme.key)}
        said.append(", ".join(numbers.get(key, key) for key in scope.contracts))
    if scope.period.starts or scope.period.ends:
        said.append(period_text(scope.period, language))
    if scope.countries:
        names = ", ".join(country_name(code, language) for code in scope.countries)
        said.append(_t("people from organisations of: %(countries)s") % {"countries": names})
    return said
