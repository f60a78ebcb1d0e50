"""Typing people in at an event's desk: rows, people known already in any spelling, and the list as it stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from karvon.actions import typing_in as actions
from karvon.actions.typing_in import DeskList, TypedIn
from karvon.files.desk_list import FIRST_ROW
from karvon.queries import attendance as questions
from karvon.rules.attendance.typed import TypedRow, days_ticked
from karvon.rules.problems import Refused
from karvon.rules.wording import number_text
from karvon.web.access import actor
from karvon.web.attendance.typing_forms import BLANK_ROWS, TypedPerson, sent
from karvon.web.context import SAID
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, sentences, show, tell, to, typed

OFFERED = 6
"""People offered for a name."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the list with where it led."""

    number: int
    row: TypedRow
    line: str
    person: str


@of_programme("events", changes=True)
def desk(request: ProgrammeRequest, key: str) -> HttpResponse:
    """The list typed here, and rows for more."""
    title, days = _event(request, key)
    rows = [TypedPerson(sent(request), number=number, days=days) for number in range(BLANK_ROWS)]
    offered: dict[int, tuple[questions.KnownPerson, ...]] = {}
    problems: list[str] = []
    if request.method == "POST" and not [
        row for row in rows if not row.is_valid()
    ]:  # every row says what is wrong
        people = {form.number: row for form in rows if (row := form.row) is not None}
        if request.POST.get("do") == "look":
            offered = {
                number: questions.known_people(request.programme.key, row.name, most=OFFERED)
                for number, row in people.items()
            }
        elif not people:
            problems = [str(_("Write at least one name."))]
        else:
            try:
                done = actions.type_in(
                    request.programme.key,
                    key,
                    list(people.values()),
                    known=_known(rows, people),
                    by=actor(request),
                )
            except Refused as refused:
                problems = sentences(refused)
            else:
                _say(request, key, done)
                return redirect(to(request, "type-in", key))
    try:
        kept = actions.desk_list(request.programme.key, key)
    except Refused as refused:
        kept, problems = DeskList(key), sentences(refused)
    return show(
        request,
        "attendance/type_in.html",
        {
            "event": key,
            "title": title,
            "days": days,
            "rows": [(row, offered.get(row.number, ()), _chosen(row)) for row in rows],
            "looked": bool(offered),
            "problems": problems,
            "kept": _shown(request, kept),
            "list": kept,
        },
        crumbs=_crumbs(request, key, title, Crumb(_("Type names in"))),
    )


@of_programme("events", changes=True)
def row(request: ProgrammeRequest, key: str, number: int) -> HttpResponse:
    """Change a row of the list, or take it off."""
    title, days = _event(request, key)
    try:
        kept = actions.desk_list(request.programme.key, key)
    except Refused as refused:
        request.session[SAID] = " ".join(sentences(refused))
        return redirect(to(request, "type-in", key))
    if number >= len(kept.rows) and request.method != "POST":
        raise Http404
    stands = kept.rows[number] if number < len(kept.rows) else None
    form = TypedPerson(sent(request), number=number, days=days, row=stands, blank=False)
    shown = TypedPerson(_shown_before(request, number), number=number, days=days, blank=False)
    problems: list[str] = []
    off = request.POST.get("do") == "take_off"
    if request.method == "POST" and shown.is_valid() and shown.row and (off or form.is_valid()):
        try:
            done = actions.change_row(
                request.programme.key,
                key,
                number,
                shown=shown.row,
                becomes=None if off else form.row,
                by=actor(request),
            )
        except Refused as refused:
            problems = sentences(refused)
        else:
            _say(request, key, done, changed=True)
            return redirect(to(request, "type-in", key))
    return show(
        request,
        "attendance/typed_row.html",
        {
            "event": key,
            "title": title,
            "form": form,
            "number": number,
            "stands": stands,
            "before": _before(stands, number),
            "problems": problems,
        },
        crumbs=_crumbs(
            request, key, title, crumb(request, _("Type names in"), "type-in", key), Crumb(_("Change a row"))
        ),
    )


@of_programme("events", changes=True)
def known(request: ProgrammeRequest, key: str) -> HttpResponse:
    """People known already whom a typed name finds, as choices for its row: what the script puts below the field."""
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        raise Http404
    found = questions.known_people(request.programme.key, typed(request), most=OFFERED)
    response = render(
        request,
        "attendance/known.html",
        {"offered": found, "prefix": f"r{number}", "chosen": "", "programme": request.programme},
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _event(request: ProgrammeRequest, key: str) -> tuple[Any, tuple[date, ...]]:
    found = questions.attendance(request.programme.key, key, size=1)
    if found is None:
        raise Http404
    return found.title, days_ticked(found.days)


def _known(rows: list[TypedPerson], people: dict[int, TypedRow]) -> dict[int, str]:
    """Place among the people -> the line that was chosen for them."""
    places = {number: place for place, number in enumerate(people)}
    return {
        places[form.number]: str(form.cleaned_data["known"])
        for form in rows
        if form.number in places and form.cleaned_data.get("known")
    }


def _chosen(form: TypedPerson) -> str:
    return str(form["known"].value() or "")


def _shown(request: ProgrammeRequest, kept: DeskList) -> list[ShownRow]:
    found = questions.typed_lines(request.programme.key, kept.sheet) if kept.sheet else {}
    return [
        ShownRow(number, row, *found.get(number + FIRST_ROW, ("", "")))
        for number, row in enumerate(kept.rows)
    ]


def _before(stands: TypedRow | None, number: int) -> list[tuple[str, str]]:
    """The row as it is shown, in hidden fields, so that another one in its place is noticed."""
    if stands is None:
        return []
    said = [("name", stands.name), ("organisation", stands.organisation), ("position", stands.position)]
    said += [("role", stands.role), *(("days", day.isoformat()) for day in stands.days)]
    return [(f"was-{number}-{name}", value) for name, value in said]


def _shown_before(request: ProgrammeRequest, number: int) -> Any:
    before = QueryDict(mutable=True)
    for name in ("name", "organisation", "position", "role", "days"):
        before.setlist(f"r{number}-{name}", request.POST.getlist(f"was-{number}-{name}"))
    return before


def _say(request: ProgrammeRequest, key: str, done: TypedIn, *, changed: bool = False) -> None:
    if done.unread:
        names = ", ".join(done.unread)
        request.session[SAID] = str(
            _("Kept, but not taken for people: %(names)s. Open the list to see why.")
        ) % {"names": names}
    if done.entry:
        said = ngettext("%(shown)s name on the list.", "%(shown)s names on the list.", done.rows)
        sentence = str(_("Changed.")) if changed else said % {"shown": number_text(done.rows, current())}
        tell(request, sentence, undo=to(request, "attendance-undo", key, done.entry))


def _crumbs(request: ProgrammeRequest, key: str, title: Any, *last: Crumb) -> tuple[Crumb, ...]:
    return (crumb(request, _("Events"), "events"), crumb(request, title, "event", key), *last)
