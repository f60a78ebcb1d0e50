"""The queue of doubts: what a decision would settle comes first, and each is decided with one key."""

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from karvon.actions import by_hand
from karvon.actions import people as actions
from karvon.queries import people
from karvon.queries import results as questions
from karvon.queries.crowds import crowds
from karvon.queries.results.doubts import (
    Wanted,
    doubts_narrowed_by,
    doubts_within_crowds,
    looked_at_count,
)
from karvon.rules.identity.clustering import LARGEST_GROUP
from karvon.rules.identity.line import Verdict
from karvon.rules.problems import Problem, Refused
from karvon.rules.wording import problem_text
from karvon.web.access import actor
from karvon.web.context import SAID
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, page_number, show, tell, to
from karvon.web.people.telling import MADE_ONE, decided_sentence, settled_sentence

SHOWN: Final = 20
"""Doubts on a page."""
LONGEST_REASON: Final = 500
VERDICTS: Final[dict[str, Verdict]] = {
    "same": "same", "different": "different", "cannot_tell": "cannot_tell",
}  # fmt: skip


@of_programme("results")
def doubts(request: ProgrammeRequest) -> HttpResponse:
    """The pairs nobody has decided about, those that settle most first; those nobody could tell by themselves."""
    programme = request.programme.key
    wanted = _wanted(request)
    found, page = questions.doubts(programme, page=page_number(request), size=SHOWN, wanted=wanted)
    asked = {key: value for key in FILTERS if (value := request.GET.get(key))}
    within = doubts_within_crowds(programme)
    too_many = [(one, within.get(one.key, 0)) for one in crowds(programme)]
    return show(
        request,
        "results/doubts.html",
        {
            "doubts": found,
            "page": page,
            "pager_query": f"{urlencode(asked)}&" if asked else "",
            "wanted": wanted,
            "asked": asked,
            "crowds": [] if wanted.looked_at else too_many,
            "limit": LARGEST_GROUP,
            "narrowing": doubts_narrowed_by(programme),
            "person": people.shown_name(programme, wanted.person) if wanted.person else "",
            "not_told": looked_at_count(programme),
            "certain_unreviewed": questions.certain_unreviewed(programme),
        },
        crumbs=(crumb(request, _("Results"), "results"), Crumb(_("Doubtful names"))),
    )


FILTERS: Final = ("statement", "figure", "event", "person", "crowd", "looked_at")


def _wanted(request: ProgrammeRequest) -> Wanted:
    asked = {key: request.GET.get(key, "")[:200] for key in FILTERS}
    wanted = Wanted(
        asked["statement"], asked["figure"], asked["event"], asked["person"], looked_at=False,
        crowd=asked["crowd"],
    )  # fmt: skip
    return replace(wanted, looked_at=True, crowd=None) if asked["looked_at"] else wanted


@of_programme("results", changes=True)
def decide(request: ProgrammeRequest) -> HttpResponse:
    """Keep what somebody says of two lines; say what it moved, and go on with the next doubt."""
    back = back_from(request)
    verdict = VERDICTS.get(request.POST.get("verdict", ""))
    if request.method != "POST" or verdict is None:
        return redirect(back)
    a, b = (request.POST.get(name, "")[:40] for name in ("a", "b"))
    seen = request.POST.get("seen", "")
    try:
        said = actions.decide(
            request.programme.key,
            a,
            b,
            verdict=verdict,
            reason=reason_of(request),
            by=actor(request),
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else None,
        )
    except Refused as refused:
        request.session[SAID] = refusal_text(refused)
        return redirect(back)
    undo = to(request, "undo-decision", min(a, b), max(a, b), said.decision)
    here = urlencode({"back": f"{_without_anchor(back)}#{_anchor(a, b)}"})
    tell(request, decided_sentence(verdict, said.moved, again=said.again), undo=f"{undo}?{here}")
    return redirect(back)


@of_programme("results", changes=True)
def undo(request: ProgrammeRequest, a: str, b: str, decision: int) -> HttpResponse:
    """Take a decision back, if nobody has said anything else about the two lines since."""
    back = back_from(request)
    if request.method == "POST":
        try:
            said = actions.undo_decision(request.programme.key, a, b, by=actor(request), seen=decision)
        except Refused as refused:
            request.session[SAID] = refusal_text(refused)
        else:
            tell(request, decided_sentence("undone", said.moved, again=said.again))
    return redirect(back)


@of_programme("results", changes=True)
def all_one(request: ProgrammeRequest, crowd: str) -> HttpResponse:
    """All lines of a set that is too large for a person are one person's."""
    if request.method != "POST":
        return redirect("doubts", request.programme.key)
    try:
        done = by_hand.all_one(
            request.programme.key, crowd[:40], reason=reason_of(request), by=actor(request)
        )
    except Refused as refused:
        request.session[SAID] = refusal_text(refused)
    else:
        back = urlencode({"back": to(request, "doubts")})
        undo = f"{to(request, 'take-back-said', done.entry)}?{back}"
        tell(request, settled_sentence(MADE_ONE, done), undo=undo)
    return redirect("doubts", request.programme.key)


def refusal_text(refused: Refused) -> str:
    """Why nothing was done."""
    return " ".join(problem_text(problem, current()) for problem in map(_of_a_pair, refused.problems))


def _of_a_pair(problem: Problem) -> Problem:
    """Ids of lines tell a reader of the website nothing."""
    return (
        replace(problem, where=replace(problem.where, key=_t("These two lines")))
        if problem.where
        else problem
    )


def reason_of(request: ProgrammeRequest) -> str:
    """The reason that was typed, shortened."""
    return " ".join(request.POST.get("reason", "").split())[:LONGEST_REASON]


def back_from(request: ProgrammeRequest, *, otherwise: str = "") -> str:
    """The page of this programme somebody came from; else the queue, or the other page given."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    parts = urlsplit(asked)
    within = parts.path.startswith(to(request, "overview")) and not parts.scheme and not parts.netloc
    return (
        asked if within and "\\" not in asked and asked.isprintable() else otherwise or to(request, "doubts")
    )


def _without_anchor(address: str) -> str:
    return address.partition("#")[0]


def _anchor(a: str, b: str) -> str:
    return f"d-{min(a, b)}-{max(a, b)}"
