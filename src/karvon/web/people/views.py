"""People, each with every form of their name; putting right who is who where Karvon or somebody was wrong."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from karvon.actions import by_hand
from karvon.actions.by_hand import Settled
from karvon.actions.taking_out import take_workbook
from karvon.queries import people as questions
from karvon.queries.participants import everybody
from karvon.queries.scores import person_scores
from karvon.rules.problems import Refused
from karvon.web.access import actor
from karvon.web.context import SAID
from karvon.web.page import (
    Crumb,
    ProgrammeRequest,
    crumb,
    of_programme,
    page_number,
    show,
    tell,
    to,
    typed,
)
from karvon.web.people.review import back_from, reason_of, refusal_text
from karvon.web.people.telling import MADE_ONE, TAKEN_AWAY, TAKEN_BACK, settled_sentence
from karvon.web.people.workbook import about_list, workbook

SUGGESTED: Final = 8
"""People offered while somebody types."""


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


@of_programme("people", typed=True)
def people_workbook(request: ProgrammeRequest) -> HttpResponseBase:
    """Everybody with all they attended, as a workbook; by POST, because it is written down who took it."""
    programme = request.programme.key
    if request.method != "POST":
        return redirect("people", programme)
    take_workbook(programme, by=actor(request))
    about = [
        *about_list(request),
        (_t("What it lists"), _t("Everybody named on a sheet or in the programme’s own lists.")),
    ]
    return workbook(request, everybody(programme), name="people", about=about)


@of_programme("people", typed=True)
def suggestions(request: ProgrammeRequest) -> HttpResponse:
    """The first people whom the typed letters find in any spelling, for the list below a field."""
    looked_for = typed(request)
    rows = questions.suggested(request.programme.key, looked_for, most=SUGGESTED) if looked_for else ()
    found = [
        {"name": row.name, "about": row.organisation, "href": to(request, "person", row.person)}
        for row in rows
        if row.name
    ]
    response = JsonResponse({"found": found})
    response["Cache-Control"] = "private, no-store"
    return response


@of_programme("people")
def person(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.person(request.programme.key, key)
    if found is None:
        raise Http404
    return show(
        request,
        "people/person.html",
        {"page": found, "scores": person_scores(key)},
        crumbs=(crumb(request, _("People"), "people"), Crumb(found.name or _("Erased name"))),
    )


@of_programme("people", changes=True)
def take_away(request: ProgrammeRequest, key: str) -> HttpResponse:
    """The line named is somebody else than the person of this page."""
    line = request.POST.get("line", "")[:40]
    if request.method != "POST" or not line:
        return redirect("person", request.programme.key, key)
    return _said(
        request,
        lambda: by_hand.take_away(request.programme.key, line, reason=reason_of(request), by=actor(request)),
        TAKEN_AWAY,
        otherwise=to(request, "person", key),
    )


@of_programme("people", changes=True)
def make_one(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Whom this person is the same as: looked for in any spelling, and said."""
    programme = request.programme.key
    other = request.POST.get("other", "")[:40]
    if other:
        return _said(
            request,
            lambda: by_hand.make_one(programme, key, other, reason=reason_of(request), by=actor(request)),
            MADE_ONE,
            otherwise=to(request, "make-one", key),
        )
    found = questions.person(programme, key)
    if found is None:
        raise Http404
    looked_for = typed(request)
    likely = {match.other for match in found.doubts if match.other}
    rows = (
        questions.people(programme, contains=looked_for, size=20)[0]
        if looked_for
        else questions.person_rows(sorted(likely))
    )
    return show(
        request,
        "people/make_one.html",
        {
            "page": found,
            "people": [row for row in rows if row.person != key],
            "looked_for": looked_for,
        },
        crumbs=(
            crumb(request, _("People"), "people"),
            crumb(request, found.name or _("Erased name"), "person", key),
            Crumb(_("The same person as …")),
        ),
    )


@of_programme("people", changes=True)
def take_back(request: ProgrammeRequest, entry: int) -> HttpResponse:
    """Take back what was said of a whole person."""
    back = back_from(request, otherwise=to(request, "people"))
    if request.method != "POST":
        return redirect(back)
    return _said(
        request,
        lambda: by_hand.take_back(request.programme.key, entry, by=actor(request)),
        TAKEN_BACK,
        otherwise=back,
        undo=False,
    )


def _said(
    request: ProgrammeRequest,
    say: Callable[[], Settled],
    words: object,
    *,
    otherwise: str,
    undo: bool = True,
) -> HttpResponse:
    """Say it, tell what it did, and show the person it is about."""
    try:
        done = say()
    except Refused as refused:
        request.session[SAID] = refusal_text(refused)
        return redirect(otherwise)
    here = to(request, "person", done.person) if done.person else otherwise
    way = f"{to(request, 'take-back-said', done.entry)}?{urlencode({'back': otherwise})}" if undo else ""
    tell(request, settled_sentence(words, done), undo=way)
    return redirect(here)
