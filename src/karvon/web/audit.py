"""What a funder or auditor reads: one contract's results, down to the lines and sheets of the events it pays.

The pages stand below ``audit/<contract>/`` and ask `karvon.queries.audit` only. A coordinator can open them, too,
and sees what the funder sees.
"""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from karvon.queries import audit as questions
from karvon.queries.evidence import FIELDS_IN_ORDER
from karvon.queries.results import IndicatorResult
from karvon.web.evidence import SHOWN_IN_PAGE, as_picture, as_saved, closed_file
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, page_number, show, to
from karvon.web.results.telling import OF_PEOPLE, rule_shown, scope_words

audited = of_programme("audit", need="contract", part="contract")


@audited
def contract(request: ProgrammeRequest, contract: str) -> HttpResponse:
    """Where an auditor begins: the contract's figures and the events it pays."""
    found = questions.contract(request.programme.key, contract)
    if found is None:
        raise Http404
    return show(request, "audit/contract.html", {"page": found}, crumbs=(Crumb(found.contract.number),))


@audited
def figure(request: ProgrammeRequest, contract: str, key: str) -> HttpResponse:
    """The number as this contract counts it, its rule and bounds, and everybody who is in."""
    result = _result(request, contract, key)
    context: dict[str, Any] = {
        "contract": contract,
        "result": result,
        "rule": rule_shown(result),
        "scope": scope_words(request, result.scope),
        "people": None,
    }
    if result.measure in OF_PEOPLE:
        people, page = questions.counted_people(
            request.programme.key, contract, key, page=page_number(request)
        )
        context |= {"people": people, "page": page}
    return show(
        request,
        "audit/figure.html",
        context,
        crumbs=(_contract(request, contract), Crumb(result.title)),
    )


@audited
def left_out(request: ProgrammeRequest, contract: str, key: str) -> HttpResponse:
    """The lines of the contract's events that do not count, each with the reason."""
    result = _result(request, contract, key)
    if result.measure not in OF_PEOPLE:
        raise Http404
    lines, page = questions.left_out(request.programme.key, contract, key, page=page_number(request))
    return show(
        request,
        "audit/left_out.html",
        {"contract": contract, "result": result, "left_out": lines, "page": page},
        crumbs=(
            _contract(request, contract),
            crumb(request, result.title, "audit-figure", contract, key),
            Crumb(_("Who is out, and why")),
        ),
    )


@audited
def event(request: ProgrammeRequest, contract: str, key: str) -> HttpResponse:
    found = questions.event(request.programme.key, contract, key)
    if found is None:
        raise Http404
    return show(
        request,
        "audit/event.html",
        {"contract": contract, "page": found},
        crumbs=(_contract(request, contract), Crumb(found.event.title)),
    )


@audited
def sheet(request: ProgrammeRequest, contract: str, key: str) -> HttpResponse:
    found = questions.sheet(request.programme.key, contract, key, page=page_number(request))
    if found is None:
        raise Http404
    page = found.page
    fields = {c.field for table in page.tables for c in table.columns if c.field} | {
        field for row in page.rows for field in row.cells
    }
    columns = [field for field in FIELDS_IN_ORDER if field in fields]
    days = list({c.letter: c for table in page.tables for c in table.columns if c.field is None}.values())
    return show(
        request,
        "audit/sheet.html",
        {
            "contract": contract,
            "audited": found,
            "page": page,
            "fields": columns,
            "days": days,
            "cells": len(columns) + len(days),
            "width": len(columns) + len(days) + 1,
            "several_tables": len(page.tables) > 1,
            "scan_shown": found.scan and page.scan_media_type in SHOWN_IN_PAGE,
        },
        crumbs=(
            _contract(request, contract),
            crumb(request, page.sheet.event_title, "audit-event", contract, page.sheet.event),
            Crumb(page.sheet.path.rpartition("/")[2]),
        ),
    )


@audited
def line(request: ProgrammeRequest, contract: str, key: str) -> HttpResponse:
    """Leads to the row of the sheet that the line is."""
    found = questions.line_place(request.programme.key, contract, key)
    if found is None:
        raise Http404
    sheet_key, number = found
    page = f"?page={number}" if number > 1 else ""
    return redirect(f"{to(request, 'audit-sheet', contract, sheet_key)}{page}#l-{key}")


@audited
def file(request: ProgrammeRequest, contract: str, sha256: str) -> HttpResponseBase:
    found = questions.served_file(request.programme.key, contract, sha256)
    return closed_file(request, found) if found and found.closed else as_saved(found)


@audited
def image(request: ProgrammeRequest, contract: str, sha256: str) -> FileResponse:
    return as_picture(questions.served_file(request.programme.key, contract, sha256))


def _result(request: ProgrammeRequest, contract: str, key: str) -> IndicatorResult:
    found = questions.result(request.programme.key, contract, key)
    if found is None:
        raise Http404
    return found


def _contract(request: ProgrammeRequest, contract: str) -> Crumb:
    return crumb(request, _("Contract"), "audit", contract)
