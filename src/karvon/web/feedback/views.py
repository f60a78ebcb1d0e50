"""Feedback of an event for whoever runs it: the link, the answers one by one, and paper forms typed in."""

from datetime import date, timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from karvon.actions import feedback as actions
from karvon.files.drawing.qr_code import qr_code
from karvon.queries import feedback as questions
from karvon.queries.feedback import EventFeedback
from karvon.rules.problems import Refused
from karvon.web.access import actor
from karvon.web.context import SAID
from karvon.web.feedback.forms import OpenLink, Questions
from karvon.web.feedback.tokens import address_of
from karvon.web.page import (
    Crumb,
    ProgrammeRequest,
    crumb,
    of_programme,
    page_number,
    sentences,
    show,
    tell,
    to,
)

DAYS: Final = 14
"""How long a link works where nobody says otherwise, from the end of the event or from today."""


@of_programme("events")
def feedback(request: ProgrammeRequest, key: str) -> HttpResponse:
    """What was said, answer by answer, and the ways to more answers."""
    found = _found(request, key)
    return _page(request, found, OpenLink(until=_until(found)))


@of_programme("events", changes=True)
def link(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Open a link to the form."""
    found = _found(request, key)
    if request.method != "POST":
        return redirect(to(request, "feedback", key))
    form = OpenLink(request.POST, until=_until(found))
    problems: list[str] = []
    if form.is_valid():
        try:
            entry = actions.make_link(
                request.programme.key,
                key,
                form.cleaned_data["key"],
                ends=form.cleaned_data["ends"],
                by=actor(request),
            )
        except Refused as refused:
            problems = sentences(refused)
        else:
            _told(request, key, _("The link works."), entry)
            return redirect(to(request, "feedback", key))
    return _page(request, found, form, problems)


@of_programme("events", changes=True)
def close(request: ProgrammeRequest, key: str, link: str) -> HttpResponse:
    """Let a link lead nowhere."""
    if request.method == "POST":
        entry = actions.withdraw_link(request.programme.key, key, link, by=actor(request))
        _told(request, key, _("The link is withdrawn."), entry)
    return redirect(to(request, "feedback", key))


@of_programme("events", changes=True)
def type_in(request: ProgrammeRequest, key: str) -> HttpResponse:
    """What a participant wrote on paper."""
    found = _found(request, key)
    form = Questions(request.POST if request.method == "POST" else None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.type_feedback(
                request.programme.key,
                key,
                form.cleaned_data["key"],
                form.answer(language=""),
                by=actor(request),
            )
        except Refused as refused:
            problems = sentences(refused)
        else:
            _told(request, key, _("The answer is kept. Here is a form for the next one."), entry)
            return redirect(to(request, "feedback-type", key))
    return show(
        request,
        "feedback/type_in.html",
        {"found": found, "form": form, "problems": problems},
        crumbs=(*_crumbs(request, found), Crumb(_("Type an answer in"))),
    )


@of_programme("events", changes=True)
def leave_out(request: ProgrammeRequest, key: str, answer: str) -> HttpResponse:
    """Leave an answer out of everything."""
    if request.method == "POST":
        entry = actions.withdraw_answer(request.programme.key, key, answer, by=actor(request))
        _told(request, key, _("The answer is left out."), entry)
    return redirect(to(request, "feedback", key))


@of_programme("events", changes=True)
def undo(request: ProgrammeRequest, key: str, entry: int) -> HttpResponse:
    """Take back what an entry of the journal says was done here."""
    if request.method == "POST":
        try:
            again = actions.take_back_feedback(request.programme.key, entry, by=actor(request))
        except Refused as refused:
            request.session[SAID] = " ".join(sentences(refused))
        else:
            _told(request, key, _("Taken back."), again)
    return redirect(to(request, "feedback", key))


def _page(
    request: ProgrammeRequest, found: EventFeedback, form: OpenLink, problems: list[str] | None = None
) -> HttpResponse:
    links: list[dict[str, Any]] = []
    for row in found.links:
        address = address_of(request, row.link)
        picture = qr_code(address, label=str(_("The link as a picture for telephones")))
        links.append({"row": row, "address": address, "picture": picture})
    return show(
        request,
        "feedback/event.html",
        {
            "found": found,
            "page": found.page,
            "before": (found.page.number - 1) * found.page.size,
            "links": links,
            "form": form,
            "problems": problems or [],
        },
        crumbs=(*_crumbs(request, found)[:2], Crumb(_("Feedback"))),
    )


def _found(request: ProgrammeRequest, key: str) -> EventFeedback:
    found = questions.event_feedback(
        request.programme.key, key, today=timezone.localdate(), page=page_number(request)
    )
    if found is None:
        raise Http404
    return found


def _crumbs(request: ProgrammeRequest, found: EventFeedback) -> tuple[Crumb, ...]:
    return (
        crumb(request, _("Events"), "events"),
        crumb(request, found.title, "event", found.key),
        crumb(request, _("Feedback"), "feedback", found.key),
    )


def _until(found: EventFeedback) -> date:
    return max(found.ends, timezone.localdate()) + timedelta(days=DAYS)


def _told(request: ProgrammeRequest, key: str, sentence: object, entry: int) -> None:
    """What was done, with the way back; nothing where it was so already."""
    if entry:
        tell(request, sentence, undo=to(request, "feedback-undo", key, entry))
