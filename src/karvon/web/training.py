"""Events on the agenda."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import training as questions
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, show


@of_programme("events")
def events(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "training/list.html",
        {"events": questions.events(request.programme.key)},
        crumbs=(Crumb(_("Events")),),
    )


@of_programme("events")
def event(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.event(request.programme.key, key)
    if found is None:
        raise Http404
    return show(
        request,
        "training/event.html",
        {"page": found},
        crumbs=(crumb(request, _("Events"), "events"), Crumb(found.event.title)),
    )
