"""Find a person, an organisation, a place, an event or a sheet by any spelling."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import search as questions
from karvon.web.page import Crumb, ProgrammeRequest, of_programme, show, typed


@of_programme("search", typed=True)
def search(request: ProgrammeRequest) -> HttpResponse:
    """What is typed is sent in the body, so that no name stands in an address or a log."""
    looked_for = typed(request)
    return show(
        request,
        "search/search.html",
        {
            "looked_for": looked_for,
            "found": questions.search(request.programme.key, looked_for) if looked_for else None,
        },
        crumbs=(Crumb(_("Search")),),
    )
