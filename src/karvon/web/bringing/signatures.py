"""The signed scan beside its transcript, line by line; a signature that was seen is ticked with one key."""

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karvon.actions.signing import see_signatures
from karvon.queries import bringing as questions
from karvon.queries.bringing import SignaturePage
from karvon.rules.problems import Refused
from karvon.rules.wording import number_text
from karvon.web.access import actor
from karvon.web.bringing.scans import pages_shown
from karvon.web.evidence import SHOWN_IN_PAGE
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, page_number, show, tell, to


@of_programme("sheets", changes=True)
def signatures(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    """Look at the paper and tick the signatures; one line at a time, or all of a page together."""
    number = page_number(request)
    page = questions.signatures(request.programme.key, key, page=number)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _one(request, page) if request.POST.get("do") == "one" else _save(request, page)
    return show(
        request,
        "bringing/signatures.html",
        {
            "page": page,
            "scan_shown": page.scan_media_type in SHOWN_IN_PAGE,
            "scan_pages": pages_shown(page.scan_sha256, page.scan_media_type, page.pages),
        },
        crumbs=(
            crumb(request, _("Sheets"), "sheets"),
            crumb(request, page.path.rpartition("/")[2], "sheet", key),
            Crumb(_("Signatures")),
        ),
    )


def _one(request: ProgrammeRequest, page: SignaturePage) -> HttpResponse:
    """One line, ticked by key: answered in a word, without a new page."""
    said = {"yes": True, "no": False, "": None}.get(request.POST.get("seen", ""))
    try:
        see_signatures(
            request.programme.key, page.sheet, {request.POST.get("line", ""): said}, by=actor(request)
        )
    except Refused:
        raise Http404 from None
    now = questions.signatures(request.programme.key, page.sheet)
    return JsonResponse({"seen": number_text(now.seen if now else 0, current())})


def _save(request: ProgrammeRequest, page: SignaturePage) -> HttpResponse:
    """All lines of a page: those ticked are signed; the others are not, where somebody says they looked at all."""
    ticked = set(request.POST.getlist("seen"))
    all_looked_at = request.POST.get("rest") == "no"
    said = {
        row.line: True if row.line in ticked else False if all_looked_at or row.seen is False else None
        for row in page.rows
        if not row.erased
    }
    changed = see_signatures(request.programme.key, page.sheet, said, by=actor(request))
    sentence = ngettext("Saved: %(shown)s line changed.", "Saved: %(shown)s lines changed.", changed) % {
        "shown": number_text(changed, current())
    }
    tell(request, sentence)
    query = f"?page={page.page.number}" if page.page.number > 1 else ""
    return redirect(f"{to(request, 'signatures', page.sheet)}{query}")
