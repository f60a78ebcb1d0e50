"""The front page, a programme's overview, and its contracts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from karvon.queries import accounts, evidence, findings, results
from karvon.queries import programme as questions
from karvon.rules.access import programmes_of, reads_all
from karvon.rules.programme.description import Scope
from karvon.web.access import first_page, needs, opens, reader_of
from karvon.web.drawings import overview_map, overview_timeline
from karvon.web.page import Crumb, ProgrammeRequest, as_of, crumb, of_programme, show

SHOWN = ("visits", "recommendation_groups", "proposals")
"""Measures that the overview shows of the whole programme anyway."""


@needs("door")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The programmes that hold something for the reader; a lone one is shown at once.

    Somebody who is not signed in is shown what is published, and asked to sign in where nothing is.
    """
    reader = reader_of(request)
    published = accounts.published_programmes() if not reads_all(reader) else frozenset()
    found = [row for row in questions.programmes() if opens(reader, row.key, published=published)]
    if not found and not (reader.signed_in or reader.alone):
        return redirect("account_login")
    if len(found) == 1 and (reader.alone or programmes_of(reader) or reads_all(reader)):
        return redirect(first_page(reader, found[0].key))
    rows = [(row, first_page(reader, row.key)) for row in found]
    return show(request, "programme/home.html", {"programmes": rows})


@of_programme("overview")
def overview(request: ProgrammeRequest) -> HttpResponse:
    """What can we say, what proves it, what needs me."""
    key, today, once = request.programme.key, as_of(request.programme), results.Once(request.programme.key)
    described = once.described(
        "contracts", "indicators", "statements", "visits", "events", "recommendations", "proposals"
    )
    figures = results.indicator_results(key, once=once)
    people = [f for f in figures if f.measure == "people"]
    of_visits = sorted(described.visits, key=lambda visit: visit.period.starts or today) if described else []
    groups = findings.recommendation_groups(key, today=today)
    advice = [r for group in groups for r in group.recommendations]
    asked = described.proposals if described else ()
    headline = people[0] if people else None
    return show(
        request,
        "programme/overview.html",
        {
            "headline": headline,
            "figures": [
                f for f in figures if f is not headline and not (f.measure in SHOWN and f.scope == Scope())
            ],
            "visits": of_visits,
            "incoming": sum(v.direction == "incoming" for v in of_visits),
            "outgoing": sum(v.direction == "outgoing" for v in of_visits),
            "groups": groups,
            "advice": advice,
            "answered": sum(r.answered for r in advice),
            "proposals": asked,
            "submitted": sum(p.stage in ("submitted", "funded", "implemented") for p in asked),
            "contracts": questions.contracts(key),
            "statements": results.statement_results(key, settling=False, once=once),
            "needs": questions.needs(key, today=today, doubts=results.doubt_count(key, once=once)),
            "certain_unreviewed": results.certain_unreviewed(key, once=once),
            "map": overview_map(request.programme, of_visits),
            "timeline": overview_timeline(of_visits, described.events if described else ()),
            "today": today,
        },
    )


@of_programme("results")
def contracts(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "programme/contracts.html",
        {"contracts": questions.contracts(request.programme.key)},
        crumbs=(Crumb(_("Contracts")),),
    )


@of_programme("results")
def contract(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.contract(request.programme.key, key)
    if found is None:
        raise Http404
    mine = []
    for figure in results.indicator_results(request.programme.key):
        own = next((c for c in figure.by_contract if c.contract == key), None)
        if own:
            mine.append((figure, own, next((t for t in figure.targets if t.contract == key), None)))
    return show(
        request,
        "programme/contract.html",
        {
            "page": found,
            "figures": mine,
            "documents": evidence.documents(request.programme.key, contract=key),
        },
        crumbs=(crumb(request, _("Contracts"), "contracts"), Crumb(found.contract.number)),
    )
