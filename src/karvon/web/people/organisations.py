"""Organisations with all their spellings, their members, experts and people."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import programme as questions
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, show


@of_programme("organisations")
def organisations(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "organisations/list.html",
        {"organisations": questions.organisations(request.programme.key)},
        crumbs=(Crumb(_("Organisations")),),
    )


@of_programme("organisations")
def organisation(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.organisation(request.programme.key, key)
    if found is None:
        raise Http404
    return show(
        request,
        "organisations/organisation.html",
        {"page": found},
        crumbs=(crumb(request, _("Organisations"), "organisations"), Crumb(found.organisation.name)),
    )
