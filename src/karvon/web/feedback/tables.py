"""Bringing in a table of answers: the file, what its columns hold, and what comes of it before anything is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from karvon.actions.feedback_bringing import bring_table, lay_table_aside
from karvon.actions.journal import new_id
from karvon.files.evidence_store import stored_path
from karvon.files.readers.feedback_table import read_rows
from karvon.queries import feedback as questions
from karvon.queries.feedback import AskedOf
from karvon.rules.feedback.columns import (
    QUESTIONS,
    Columns,
    TableAnswers,
    TableRow,
    answers_of,
    columns_guessed,
)
from karvon.rules.problems import Refused
from karvon.rules.wording import problem_text
from karvon.web.access import actor
from karvon.web.context import SAID
from karvon.web.feedback.words import QUESTION
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, sentences, show, tell, to

BROUGHT: Final = "feedback_table"
"""Where the session keeps what the file is called that somebody brought."""
SHOWN_ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the preview with its heading and the question chosen for it."""

    letter: str
    heading: str
    question: str


@of_programme("events", changes=True)
def choose(request: ProgrammeRequest, key: str) -> HttpResponse:
    """The file: looked at, laid aside under its hash, kept only once its columns are said."""
    event = _event(request, key)
    problems: list[str] = []
    if request.method == "POST":
        sent = cast(Any, request.FILES.get("file"))
        if sent is None:
            problems = [str(_("Choose a file."))]
        else:
            try:
                sha256, name = lay_table_aside(Path(sent.temporary_file_path()), name=sent.name or "")
            except Refused as refused:
                problems = sentences(refused)
            else:
                request.session[BROUGHT] = {"sha256": sha256, "name": name}
                return redirect(to(request, "feedback-columns", key, sha256))
    return show(
        request,
        "feedback/table.html",
        {"event": event, "problems": problems},
        crumbs=_crumbs(request, event),
    )


@of_programme("events", changes=True)
def columns(request: ProgrammeRequest, key: str, sha256: str) -> HttpResponse:
    """What each column holds, and what the answers would be."""
    event = _event(request, key)
    brought = request.session.get(BROUGHT, {})
    path = stored_path(settings.KARVON_HOME, sha256) if _is_hash(sha256) else None
    if path is None or brought.get("sha256") != sha256 or not path.is_file():
        if request.method != "POST":
            raise Http404
        request.session[SAID] = str(_("The file is no longer here. Choose it once more."))
        return redirect(to(request, "feedback-table", key))
    name = str(brought["name"])
    rows = read_rows(path, name=name)
    said = _said(request.POST) if request.method == "POST" else columns_guessed(rows)
    problems: list[str] = []
    if request.method == "POST" and request.POST.get("do") == "keep":
        try:
            document = request.POST.get("key", "")[:60] or f"feedback-{new_id()}"
            done = bring_table(
                request.programme.key, key, document, path, name=name, columns=said, by=actor(request)
            )
        except Refused as refused:
            problems = sentences(refused)
        else:
            if done.entry:
                tell(request, _("The answers are kept."), undo=to(request, "take-back", done.entry))
            return redirect(to(request, "feedback", key))
    found = answers_of(rows, said, file=name)
    twice = len(set(said.questions.values())) < len(said.questions)
    if twice:
        problems = [str(_("One question is chosen for two columns. Choose each question once."))]
    return show(
        request,
        "feedback/columns.html",
        {
            "event": event,
            "name": name,
            "sha256": sha256,
            "columns": _shown(rows, said),
            "header": said.header,
            "rows": [row for row in rows if row.number > said.header][:SHOWN_ROWS],
            "more": max(0, sum(row.number > said.header for row in rows) - SHOWN_ROWS),
            "questions": [(question, QUESTION[question]) for question in QUESTIONS],
            "found": found,
            "odd": _odd(found) if said.questions and not problems else [],
            "problems": problems,
            "key": request.POST.get("key", "")[:60] or f"feedback-{new_id()}",
        },
        crumbs=(*_crumbs(request, event)[:-1], Crumb(_("What the columns hold"))),
    )


def _said(post: QueryDict) -> Columns:
    """The columns as the form says them; a question chosen twice is seen by whoever keeps them."""
    header = post.get("header", "")
    chosen = {
        name.removeprefix("c-"): value
        for name, value in post.items()
        if name.startswith("c-") and value in QUESTIONS and name[2:].isalpha() and len(name) < 6
    }
    return Columns(int(header) if header.isascii() and header.isdigit() and len(header) < 6 else 1, chosen)


def _shown(rows: tuple[TableRow, ...], said: Columns) -> list[ShownColumn]:
    letters = sorted({letter for row in rows for letter in row.cells}, key=lambda one: (len(one), one))
    heads = next((row.cells for row in rows if row.number == said.header), {})
    return [ShownColumn(letter, heads.get(letter, ""), said.questions.get(letter, "")) for letter in letters]


def _odd(found: TableAnswers) -> list[str]:
    return [problem_text(problem, current()) for problem in found.problems]


def _event(request: ProgrammeRequest, key: str) -> AskedOf:
    found = questions.asked_at(request.programme.key, key)
    if found is None:
        raise Http404
    return found


def _crumbs(request: ProgrammeRequest, event: AskedOf) -> tuple[Crumb, ...]:
    return (
        crumb(request, _("Events"), "events"),
        crumb(request, event.title, "event", event.event),
        crumb(request, _("Feedback"), "feedback", event.event),
        Crumb(_("Bring in a table of answers")),
    )


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)
