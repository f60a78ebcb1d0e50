"""Figures with their rule, bounds, parts and rows; statements with their verdicts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from karvon.actions.taking_out import take_workbook
from karvon.files.writers.workbook import Cell
from karvon.queries import evidence, training
from karvon.queries import programme as programmes
from karvon.queries import results as questions
from karvon.queries.evidence import SheetRow
from karvon.queries.participants import counted_in
from karvon.queries.results import (
    DIMENSIONS,
    EVERYTHING,
    Figure,
    IndicatorResult,
    Narrowing,
    Once,
    Part,
    Parts,
)
from karvon.queries.results import Cell as PartCell
from karvon.queries.training import EventRow
from karvon.rules.programme.description import Scope
from karvon.rules.wording import number_text
from karvon.web.access import actor
from karvon.web.languages import current
from karvon.web.page import (
    Crumb,
    ProgrammeRequest,
    as_of,
    crumb,
    of_programme,
    page_number,
    show,
    to,
    typed,
)
from karvon.web.people.workbook import about_list, workbook
from karvon.web.results.choice import Choice, NarrowingForm, cell_of, dimension_of
from karvon.web.results.drawings import figure_chart, parts_chart, parts_map
from karvon.web.results.telling import OF_PEOPLE, rule_shown, scope_words
from karvon.web.results.words import BY, OF_EACH, part_words

FIRST_SHOWN: Final = 10
"""Rows of a long list on the figure's own page."""


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


@dataclass(frozen=True, slots=True)
class PartShown:
    """A row of a figure's parts with where it leads."""

    part: Part
    words: str
    people: str
    """The query that lists who is in it."""
    within: str
    """The query that narrows the figure to it; '' where there is nothing to narrow to."""


@of_programme("results")
def figure(request: ProgrammeRequest, key: str) -> HttpResponse:
    """The number, its rule, its bounds and parts, and the rows it opens to."""
    programme, once = request.programme.key, Once(request.programme.key)
    result = _result(request, key, once)
    of_people = result.measure in OF_PEOPLE
    if of_people:
        once.facts  # noqa: B018  # nearly everything below is counted from them
    form = _narrowing_form(request, once) if of_people else None
    choice = Choice(dimension_of(request), form.narrowing if form else EVERYTHING)
    narrow = questions.figure_of(programme, key, choice.narrowing, once=once) if choice.narrowing else None
    scope = narrow[0] if narrow else result.scope
    found = questions.parts(programme, key, choice.by, choice.narrowing, once=once) if of_people else None
    people, people_page = (
        questions.counted_people(programme, key, narrowing=choice.narrowing, size=FIRST_SHOWN, once=once)
        if of_people
        else ((), None)
    )
    whole = of_people and not choice.narrowing
    out, out_page = questions.left_out(programme, key, size=FIRST_SHOWN, once=once) if whole else ((), None)
    return show(
        request,
        "results/figure.html",
        {
            "result": result,
            "figure": narrow[1] if narrow else None if choice.narrowing else result.figure,
            "of_people": of_people,
            "rule": rule_shown(result),
            "certain_unreviewed": (
                questions.certain_unreviewed(programme, scope, once=once) if of_people else 0
            ),
            "scope": scope_words(request, scope),
            "choice": choice,
            "form": form,
            "asks": bool(form and (form.errors or choice.narrowing)),
            "targets": questions.target_reaches(programme, result, once=once) if not choice.narrowing else (),
            "chart": None if of_people else figure_chart(result),
            "dimensions": [
                (BY[by], Choice(by, choice.narrowing).address(), by == choice.by) for by in DIMENSIONS
            ],
            "people_query": Choice("contract", choice.narrowing).address(),
            "whole_figure": whole,
            "has_targets": any(part.reach for part in found.parts) if found else False,
            "by": BY[choice.by],
            "of_each": OF_EACH[choice.by],
            "parts": found,
            "parts_shown": _parts_shown(choice, found) if found else (),
            "parts_chart": parts_chart(found) if found else None,
            "parts_map": parts_map(found) if found else None,
            "people": people,
            "people_page": people_page,
            "left_out": out,
            "left_out_page": out_page,
            "rows": _rows_of(result),
            "events": (
                _events_and_sheets(programme, scope, once, of_people=of_people)
                if of_people or result.measure == "events"
                else ()
            ),
        },
        crumbs=(crumb(request, _("Results"), "results"), Crumb(result.title)),
    )


def _narrowing_form(request: ProgrammeRequest, once: Once) -> NarrowingForm:
    described = once.described("contracts", "indicators")
    narrows = {name: request.GET[name] for name in NarrowingForm.base_fields if request.GET.get(name)}
    return NarrowingForm(
        narrows or None,
        contracts=described.contracts if described else (),
        visits=questions.visit_titles(request.programme.key),
        sectors=questions.event_sectors(request.programme.key, once=once),
    )


def _parts_shown(choice: Choice, found: Parts) -> list[PartShown]:
    return [
        PartShown(
            part,
            part_words(found.by, part),
            choice.address(PartCell(found.by, part.value)),
            choice.within(part.value),
        )
        for part in found.parts
    ]


@of_programme("results", typed=True)
def counted(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Everybody who is in, page by page: of the figure, or of the part of it that the address names."""
    asked = _asked_part(request, key)
    looked_for = typed(request)
    people, page = questions.counted_people(
        request.programme.key,
        key,
        narrowing=asked.choice.narrowing,
        cell=asked.cell,
        contains=looked_for,
        page=page_number(request),
        once=asked.once,
    )
    address = asked.choice.address(asked.cell)
    return show(
        request,
        "results/counted.html",
        {
            "result": asked.result,
            "part": asked.part,
            "by": BY[asked.cell.by] if asked.cell else "",
            "narrowed": scope_words(request, asked.scope) if asked.choice.narrowing else (),
            "back": asked.choice.address(),
            "here": address,
            "figure": asked.figure,
            "people": people,
            "page": page,
            "pager_query": f"{address.removeprefix('?')}&" if address else "",
            "looked_for": looked_for,
        },
        crumbs=(*_way_to(request, asked.result), Crumb(_("Who is in"))),
    )


@of_programme("results", typed=True)
def counted_workbook(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """Everybody who is in, with what makes them count, as a workbook; it is written down who took it."""
    asked = _asked_part(request, key)
    programme, narrowing = request.programme.key, asked.choice.narrowing
    if request.method != "POST":
        return redirect(f"{to(request, 'counted', key)}{asked.choice.address(asked.cell)}")
    take_workbook(programme, indicator=key, by=actor(request))
    people = counted_in(programme, key, narrowing=narrowing, cell=asked.cell, once=asked.once)
    figure, language = asked.figure, current()
    number = number_text(figure.best, language)
    if not figure.settled:
        bounds = {"lower": number_text(figure.lower, language), "upper": number_text(figure.upper, language)}
        number = f"{number} ({_t('at least %(lower)s, at most %(upper)s') % bounds})"
    about: list[tuple[str, Cell]] = [
        *about_list(request),
        (_t("Figure"), asked.result.title.say(language)),
        (_t("Number"), number),
        (_t("How it is counted"), asked.rule),
    ]
    if asked.part and asked.cell:
        about.append((str(OF_EACH[asked.cell.by]), asked.part))
    if narrowed := scope_words(request, asked.scope):
        about.append((_t("Of the programme, only:"), "; ".join(map(str, narrowed))))
    return workbook(request, people, name=key, about=about)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """The part of a figure of people that an address names, with its number."""

    result: IndicatorResult
    choice: Choice
    cell: PartCell | None
    part: str
    """What the cell is called."""
    scope: Scope
    figure: Figure
    once: Once

    @property
    def rule(self) -> str:
        shown = rule_shown(self.result)
        return shown.sentence if shown else ""


def _asked_part(request: ProgrammeRequest, key: str) -> AskedPart:
    """Raises ``Http404`` where the address names no part of a figure of people."""
    programme, once = request.programme.key, Once(request.programme.key)
    result = _result(request, key, once)
    if result.measure not in OF_PEOPLE:
        raise Http404
    form = _narrowing_form(request, once)
    if form.is_bound and not form.is_valid():
        raise Http404
    cell, narrowing = cell_of(request), form.narrowing
    choice = Choice(dimension_of(request), narrowing)
    shown, part, scope = result.figure, "", result.scope
    if cell:
        found = questions.parts(programme, key, cell.by, narrowing, once=once)
        one = next((p for p in found.parts if p.value == cell.value), None) if found else None
        if found is None or one is None:
            raise Http404
        shown, part, scope = one.figure, part_words(cell.by, one), found.scope
    elif own := _kept(result, narrowing):
        shown, scope = own, replace(scope, contracts=(narrowing.contract,))
    elif narrowing:
        narrow = questions.figure_of(programme, key, narrowing, once=once)
        if narrow is None:
            raise Http404
        scope, shown = narrow
    return AskedPart(result, choice, cell, part, scope, shown, once)


def _kept(result: IndicatorResult, narrowing: Narrowing) -> Figure | None:
    """The figure of a contract by itself, which is kept."""
    if narrowing != Narrowing(contract=narrowing.contract):
        return None
    return next((own.figure for own in result.by_contract if own.contract == narrowing.contract), None)


@of_programme("results")
def left_out(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Every line of these events that does not count, with the reason."""
    once = Once(request.programme.key)
    result = _result(request, key, once)
    if result.measure not in OF_PEOPLE:
        raise Http404
    lines, page = questions.left_out(request.programme.key, key, page=page_number(request), once=once)
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
    programme, once = request.programme.key, Once(request.programme.key)
    row = next(iter(questions.statement_results(programme, only=key, once=once)), None)
    if row is None:
        raise Http404
    of_people = row.measure in OF_PEOPLE
    return show(
        request,
        "results/statement.html",
        {
            "row": row,
            "of_people": of_people,
            "certain_unreviewed": (
                questions.certain_unreviewed(programme, row.scope, once=once) if of_people else 0
            ),
            "scope": scope_words(request, row.scope),
            "events": _events_and_sheets(programme, row.scope, once, of_people=of_people),
        },
        crumbs=(crumb(request, _("Statements"), "statements"), Crumb(row.text)),
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


def _result(request: ProgrammeRequest, key: str, once: Once) -> IndicatorResult:
    found = questions.indicator_result(request.programme.key, key, once=once)
    if found is None:
        raise Http404
    return found


def _way_to(request: ProgrammeRequest, result: IndicatorResult) -> tuple[Crumb, ...]:
    return crumb(request, _("Results"), "results"), crumb(request, result.title, "figure", result.key)


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


def _events_and_sheets(
    programme: str, result_scope: Scope, once: Once, *, of_people: bool
) -> tuple[tuple[EventRow, tuple[SheetRow, ...]], ...]:
    """The events a scope speaks of, each with its sheets."""
    described = None if of_people else once.described("visits")
    direction: dict[str, str] = (
        {visit.key: visit.direction for visit in described.visits}
        if described
        else {event.visit: event.direction for event in once.facts.events}
    )
    of_event: dict[str, list[SheetRow]] = {}
    for sheet in evidence.sheets(programme):
        of_event.setdefault(sheet.event, []).append(sheet)
    return tuple(
        (event, tuple(of_event.get(event.key, ())))
        for event in training.events(programme, named=once.named if once.counts else None)
        if _in_scope(event, direction[event.visit], result_scope)
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
