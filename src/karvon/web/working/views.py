"""A page for work that takes long: it can be left and come back to, and says in the end what was done or why not."""

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from karvon.queries import working as questions
from karvon.queries.bringing import described_sheet, draft
from karvon.queries.working import WorkKind, WorkRow
from karvon.rules.wording import problem_text
from karvon.web.access import needs
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, of_programme, show, to

NAME: Final[Mapping[WorkKind, Promise]] = {
    "take_back": _("Taking lists back"),
    "count_again": _("Letting lists count again"),
    "folder": _("Bringing in a folder"),
    "freeze": _("Making an edition"),
}
_SHARE: Final[Mapping[str, tuple[int, int]]] = {
    "folder": (0, 2), "files": (2, 8), "sheets": (10, 15), "people": (25, 50), "records": (75, 25),
    "reports": (0, 100),
}  # fmt: skip
"""Step -> the part of a hundred before it, and its own."""


@of_programme("sheets", changes=True)
def work(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    found = _found(key, request.programme.key)
    where, undo = _leads_to(request, found)
    return _page(request, found, where=where, undo=undo, ask=to(request, "work-progress", key))


@of_programme("sheets", changes=True)
def progress(request: ProgrammeRequest, key: str) -> HttpResponseBase:
    return _progress(_found(key, request.programme.key))


@needs("accounts")
@require_safe
def new_programme_work(request: HttpRequest, key: str) -> HttpResponse:
    """The folder of a programme that is not here yet."""
    found = _found(key, "")
    programme = str(found.result.get("programme", ""))
    where = reverse("overview", args=(programme,)) if programme else reverse("programme-upload")
    return _page(request, found, where=where, undo="", ask=reverse("new-work-progress", args=(key,)))


@needs("accounts")
@require_safe
def new_programme_progress(request: HttpRequest, key: str) -> HttpResponse:
    return _progress(_found(key, ""))


def _found(key: str, programme: str) -> WorkRow:
    found = questions.work(key, programme=programme)
    if found is None:
        raise Http404
    return found


def _progress(work: WorkRow) -> JsonResponse:
    response = JsonResponse({"state": work.state, "share": _share(work)})
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, work: WorkRow, *, where: str, undo: str, ask: str) -> HttpResponse:
    return show(
        request,
        "working/work.html",
        {
            "work": work,
            "name": NAME[work.kind],
            "share": _share(work),
            "ask": ask,
            "where": where,
            "undo": undo,
            "done": _done(work) if work.state == "done" else "",
            "problems": [problem_text(one, current()).removeprefix(":").lstrip() for one in work.problems],
        },
        crumbs=(Crumb(NAME[work.kind]),),
    )


def _done(work: WorkRow) -> str:
    match work.kind:
        case "take_back":
            return _t("It was taken back and no longer counts. Its file and its history stay.")
        case "count_again":
            return _t("It counts again, with its lines and decisions as they were.")
        case "folder" if work.result.get("unchanged"):
            return _t("The folder says what stands here already; nothing was changed.")
        case "folder":
            return _t("The folder is brought in.")
        case "freeze":
            number = {"number": work.result.get("number", "")}
            if work.result.get("new"):
                return (
                    _t("Edition %(number)s is frozen. It is a draft: publish it when it has been read.")
                    % number
                )
            return _t("Nothing has changed since edition %(number)s, which says exactly this.") % number


def _leads_to(request: ProgrammeRequest, work: WorkRow) -> tuple[str, str]:
    """Where it is seen, and the address that takes back what was done."""
    programme = request.programme.key
    if work.kind == "freeze":
        number = work.result.get("number", "")
        return f"{to(request, 'reports')}{f'#edition-{number}' if number else ''}", ""
    if work.kind == "folder":
        return to(request, "overview" if work.state == "done" else "programme-replace"), ""
    other = "withdraw" if work.kind == "count_again" else "restore"
    if draft(programme, work.about) is not None:
        return to(request, "desk-draft", work.about), to(request, f"desk-{other}", work.about)
    if described_sheet(programme, work.about) is not None:
        return to(request, "sheet", work.about), to(request, f"sheet-{other}", work.about)
    return to(request, "desk"), ""


def _share(work: WorkRow) -> int:
    """How much of all the work is done, of a hundred: each step by what it takes of a usual programme."""
    if work.state == "done":
        return 100
    before, width = _SHARE.get(work.step, (0, 0))
    return before + (width * min(work.done, work.of) // work.of if work.of else 0)
