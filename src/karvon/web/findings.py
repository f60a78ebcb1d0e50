"""Advice: recommendations by group, with their answers and what was done."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import findings as questions
from karvon.web.page import Crumb, ProgrammeRequest, as_of, of_programme, show


@of_programme("recommendations")
def recommendations(request: ProgrammeRequest) -> HttpResponse:
    today = as_of(request.programme)
    groups = questions.recommendation_groups(request.programme.key, today=today)
    advice = [r for group in groups for r in group.recommendations]
    return show(
        request,
        "findings/recommendations.html",
        {"groups": groups, "advice": advice, "answered": sum(r.answered for r in advice), "today": today},
        crumbs=(Crumb(_("Advice")),),
    )


@of_programme("expert", need="expert", part="key")
def expert(request: ProgrammeRequest, key: str) -> HttpResponse:
    """What an expert did: their events, what they saw, what was recommended from it and what became of it."""
    found = questions.expert_page(request.programme.key, key, today=as_of(request.programme))
    if found is None:
        raise Http404
    return show(
        request,
        "findings/expert.html",
        {"page": found, "key": key},
        crumbs=(Crumb(found.names[0] if found.names else _("Erased name")),),
    )
