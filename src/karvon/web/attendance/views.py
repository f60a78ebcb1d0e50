"""Who was at an event: the grid, correcting a line, counting heads, and the way back from each."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karvon.actions import attendance as actions
from karvon.queries import attendance as questions
from karvon.queries.attendance import EventAttendance
from karvon.queries.corrections import latest_word
from karvon.rules.problems import Refused
from karvon.rules.wording import number_text
from karvon.web.access import actor
from karvon.web.attendance.forms import CorrectLine, CountHeads, SayTheSame
from karvon.web.attendance.typing_forms import sent
from karvon.web.attendance.words import CORRECTED
from karvon.web.context import SAID
from karvon.web.languages import current
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


@of_programme("events")
def attendance(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Every line of the event's sheets, day by day."""
    found = _found(request, key, page=page_number(request))
    return _grid(request, found, SayTheSame(None, found=found, ticked=()))


@of_programme("events", changes=True)
def several(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Say the same of many lines of the grid at once."""
    found = _found(request, key, page=page_number(request))
    here = f"{to(request, 'attendance', key)}?page={found.page.number}"
    if request.method != "POST":
        return redirect(here)
    ticked = request.POST.getlist("line")
    form = SayTheSame(request.POST, found=found, ticked=ticked)
    if not form.is_valid():
        return _grid(request, found, form)
    try:
        entry, lines = actions.correct_several(
            *(request.programme.key, key, form.lines, form.said),
            reason=form.cleaned_data["reason"],
            by=actor(request),
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        found = _found(request, key, page=found.page.number)
        again = SayTheSame({**request.POST.dict(), "seen": found.latest}, found=found, ticked=ticked)
        return _grid(request, found, again, problems=sentences(refused), status=409)
    if entry:
        shown = number_text(lines, current())
        told = ngettext("%(shown)s line corrected.", "%(shown)s lines corrected.", lines) % {"shown": shown}
        _told(request, told, key, entry)
    else:
        request.session[SAID] = str(_("All of this was so already; nothing has changed."))
    return redirect(here)


@of_programme("events", changes=True)
def line(request: ProgrammeRequest, key: str, line: str) -> HttpResponse:
    """Correct what a sheet says of one line."""
    found = questions.line_attendance(request.programme.key, key, line)
    if found is None:
        raise Http404
    form = CorrectLine(sent(request), found=found)
    problems: list[str] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.correct_attendance(
                *(request.programme.key, key, line, form.corrections),
                reason=form.cleaned_data["reason"],
                by=actor(request),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refused:
            problems, status = sentences(refused), 409
            form = CorrectLine({**request.POST.dict(), "seen": latest_word([line])}, found=found)
        else:
            _told(request, _("Corrected."), key, entry)
            return redirect(f"{to(request, 'attendance', key)}#l-{line}")
    return show(
        request,
        "attendance/line.html",
        {"found": found, "form": form, "problems": problems, "corrected": CORRECTED},
        crumbs=(
            crumb(request, _("Events"), "events"),
            crumb(request, found.event_title, "event", key),
            crumb(request, _("Attendance"), "attendance", key),
            Crumb(_("Correct")),
        ),
        status=status,
    )


@of_programme("events", changes=True)
def heads(request: ProgrammeRequest, key: str) -> HttpResponse:
    """How many participants were counted on each day."""
    found = _found(request, key)
    form = CountHeads(sent(request), heads=found.heads)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.count_heads(request.programme.key, key, form.heads, by=actor(request))
        except Refused as refused:
            problems = sentences(refused)
        else:
            _told(request, _("The head-count is kept."), key, entry)
            return redirect(to(request, "event", key))
    return show(
        request,
        "attendance/heads.html",
        {"found": found, "form": form, "problems": problems},
        crumbs=(*_crumbs(request, found)[:2], Crumb(_("Head-count"))),
    )


@of_programme("events", changes=True)
def undo(request: ProgrammeRequest, key: str, entry: int) -> HttpResponse:
    """Take back what an entry of the journal says was done here."""
    if request.method == "POST":
        try:
            again = actions.take_back(request.programme.key, entry, by=actor(request))
        except Refused as refused:
            request.session[SAID] = " ".join(sentences(refused))
        else:
            _told(request, _("Taken back."), key, again)
    return redirect(to(request, "event", key))


def _found(request: ProgrammeRequest, key: str, *, page: int = 1) -> EventAttendance:
    found = questions.attendance(request.programme.key, key, page=page)
    if found is None:
        raise Http404
    return found


def _grid(
    request: ProgrammeRequest,
    found: EventAttendance,
    form: SayTheSame,
    *,
    problems: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"found": found, "page": found.page, "form": form, "problems": problems}
    return show(request, "attendance/event.html", context, crumbs=_crumbs(request, found), status=status)


def _crumbs(request: ProgrammeRequest, found: EventAttendance) -> tuple[Crumb, ...]:
    return (
        crumb(request, _("Events"), "events"),
        crumb(request, found.title, "event", found.key),
        Crumb(_("Attendance")),
    )


def _told(request: ProgrammeRequest, sentence: object, key: str, entry: int) -> None:
    """What was done, with the way back; nothing where it was so already."""
    if entry:
        tell(request, sentence, undo=to(request, "attendance-undo", key, entry))
