"""Project proposals."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import proposals as questions
from karvon.web.page import Crumb, ProgrammeRequest, of_programme, show


@of_programme("proposals")
def proposals(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "proposals/list.html",
        {"proposals": questions.proposals(request.programme.key)},
        crumbs=(Crumb(_("Proposals")),),
    )
