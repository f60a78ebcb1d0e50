"""What the tests of an event show, person by person, and entering scores down the list."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from karvon.actions.scoring import Overtaken, enter_scores
from karvon.queries import scores as questions
from karvon.queries.scores import EventScores
from karvon.rules.attendance import ScoreField
from karvon.rules.problems import Refused
from karvon.rules.wording import number_text
from karvon.web.access import actor
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
from karvon.web.scores.typed import Cell, TypedScore, kept_cells, score_text, typed_scores

COLUMNS: Final[Mapping[str, tuple[ScoreField, ...]]] = {
    "both": ("score_before", "score_after"),
    "before": ("score_before",),
    "after": ("score_after",),
}
"""What the list may ask for: with one column, the Tab key alone goes down it."""


@of_programme("events")
def scores(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Everybody's scores before and after, with the change."""
    found = _found(request, key)
    return show(
        request, "scores/event.html", {"found": found, "page": found.page}, crumbs=_crumbs(request, found)
    )


@of_programme("events", changes=True)
def enter(request: ProgrammeRequest, key: str) -> HttpResponse:
    """A field for every person; what is empty is no score."""
    found = _found(request, key)
    asked = request.GET.get("of", "both")
    columns = COLUMNS.get(asked, COLUMNS["both"])
    wrong: dict[str, str] = {}
    now: Mapping[str, str] = {}
    problems: list[str] = []
    typed: tuple[TypedScore, ...] = ()
    if request.method == "POST":
        typed = typed_scores(request.POST.dict(), out_of=found.out_of)
        wrong = {one.name: _not_a_score(found.out_of) for one in typed if one.entry is None}
        entries = [one.entry for one in typed if one.entry is not None]
        if not wrong:
            try:
                entry = enter_scores(request.programme.key, key, entries, by=actor(request))
            except Overtaken as overtaken:
                now, wrong = _overtaken(overtaken)
            except Refused as refused:
                problems = sentences(refused)
            else:
                if entry:
                    undo = to(request, "attendance-undo", key, entry)
                    tell(request, _("The scores are kept."), undo=undo)
                page = f"?page={found.page.number}" if found.page.pages > 1 else ""
                return redirect(f"{to(request, 'scores', key)}{page}")
    rows = [
        (person, [_as_typed(cell, typed, now, wrong) for cell in kept_cells(person, columns)])
        for person in found.people
    ]
    return show(
        request,
        "scores/enter.html",
        {
            "found": found,
            "page": found.page,
            "rows": rows,
            "columns": columns,
            "of": asked if asked in COLUMNS else "both",
            "problems": problems,
            "any_wrong": bool(wrong),
            "pager_query": f"of={asked}&" if asked in COLUMNS and asked != "both" else "",
        },
        crumbs=(
            *_crumbs(request, found)[:2],
            crumb(request, _("Tests before and after"), "scores", key),
            Crumb(_("Enter scores")),
        ),
        status=409 if now else 200,
    )


def _found(request: ProgrammeRequest, key: str) -> EventScores:
    found = questions.event_scores(request.programme.key, key, page=page_number(request))
    if found is None:
        raise Http404
    return found


def _crumbs(request: ProgrammeRequest, found: EventScores) -> tuple[Crumb, ...]:
    return (
        crumb(request, _("Events"), "events"),
        crumb(request, found.title, "event", found.key),
        Crumb(_("Tests before and after")),
    )


def _as_typed(
    cell: Cell, typed: tuple[TypedScore, ...], now: Mapping[str, str], wrong: Mapping[str, str]
) -> Cell:
    """The field with what was typed into it, over what stands there now."""
    said = {one.name: one for one in typed}.get(cell.name)
    if said is None:
        return cell
    was = now.get(cell.name, score_text(said.entry.shown) if said.entry else cell.was)
    return replace(cell, text=said.text, was=was, wrong=wrong.get(cell.name, ""))


def _not_a_score(out_of: Decimal) -> str:
    return str(_("Write a number from 0 to %(most)s, such as 12 or 12.5, or nothing.")) % {
        "most": number_text(out_of, current())
    }


def _overtaken(overtaken: Overtaken) -> tuple[dict[str, str], dict[str, str]]:
    """What stands at the fields somebody else wrote in, and what is said beside each."""
    now = {f"{field}-{line}": score for (line, field), score in overtaken.now.items()}
    said = {
        name: str(_("Somebody else wrote %(now)s here in the meantime. Save again to keep yours."))
        % {"now": number_text(score, current())}
        if score is not None
        else str(_("Somebody else emptied this in the meantime. Save again to keep yours."))
        for name, score in now.items()
    }
    return {name: score_text(score) for name, score in now.items()}, said
