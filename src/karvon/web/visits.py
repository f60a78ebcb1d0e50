"""Expert missions and study visits."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import visits as questions
from karvon.web.drawings import visit_map
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, show


@of_programme("visits")
def visits(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "visits/list.html",
        {"visits": questions.visits(request.programme.key)},
        crumbs=(Crumb(_("Visits")),),
    )


@of_programme("visits")
def visit(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.visit(request.programme.key, key)
    if found is None:
        raise Http404
    return show(
        request,
        "visits/visit.html",
        {"page": found, "map": visit_map(request.programme, found.visit)},
        crumbs=(crumb(request, _("Visits"), "visits"), Crumb(found.visit.title)),
    )
