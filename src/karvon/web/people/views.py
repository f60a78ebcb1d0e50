"""People, each with every form of their name."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import people as questions
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, page_number, show, typed


@of_programme("people", typed=True)
def people(request: ProgrammeRequest) -> HttpResponse:
    looked_for = typed(request)
    rows, page = questions.people(request.programme.key, contains=looked_for, page=page_number(request))
    return show(
        request,
        "people/list.html",
        {"people": rows, "page": page, "looked_for": looked_for},
        crumbs=(Crumb(_("People")),),
    )


@of_programme("people")
def person(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.person(request.programme.key, key)
    if found is None:
        raise Http404
    return show(
        request,
        "people/person.html",
        {"page": found},
        crumbs=(crumb(request, _("People"), "people"), Crumb(found.name or _("Erased name"))),
    )
