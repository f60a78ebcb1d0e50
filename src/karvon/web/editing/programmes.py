"""A programme begun in the browser, and a folder that comes as an archive: a new programme, or one replaced by it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karvon.actions.archive import import_archive
from karvon.actions.describing import begin_programme
from karvon.actions.journal import new_id
from karvon.actions.whole_work import bring_archive_in
from karvon.files.programme_folder.one_record import read_record
from karvon.files.programme_folder.schema import PROGRAMME
from karvon.files.programme_folder.unpacking import LARGEST
from karvon.queries.programme import programme as known_programme
from karvon.queries.working import works_going_on
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.description import Programme, ProgrammeDescription
from karvon.rules.programme.text import NO_TEXT
from karvon.rules.wording import LANGUAGES, problem_text
from karvon.web.access import actor, needs
from karvon.web.editing.choices import Choices
from karvon.web.editing.controls import Form
from karvon.web.editing.saying import Said, said
from karvon.web.editing.typed import typed_values
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, show, tell

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
MOST_AT_ONCE: Final = 100_000
"""Bytes of an archive that is brought in while somebody waits; a larger one is brought in beside the pages."""
MOST_SHOWN: Final = 100
"""Problems of a folder that are listed; mending those mends most of the rest."""


@needs("accounts")
@get_or_post
def new_programme(request: HttpRequest) -> HttpResponse:
    """Begin a programme from nothing: its title, languages and period."""
    post = request.POST if request.method == "POST" else None
    languages = (current(), *(tag for tag in LANGUAGES if tag != current()))
    key = (post.get("key", "") if post is not None else "").strip()
    choices = Choices(ProgrammeDescription(Programme(key, NO_TEXT, languages)), current())
    if post is None:
        return _begin(request, Form(PROGRAMME, choices, {"languages": [current()]}), key)
    chosen = tuple(filter(None, post.getlist("languages")))
    form = Form(
        PROGRAMME, choices, typed_values(PROGRAMME, post, before={}, languages=chosen), post, _more(post)
    )
    if form.more:
        return _begin(request, form, key)
    try:
        _write_programme(request, form, key)
    except Refused as refused:
        return _begin(
            request, form, key, found=said(_beside_key(refused), kind=PROGRAMME, key="", choices=choices)
        )
    tell(request, _t("Written down."))
    return redirect("writing", key)


def _write_programme(request: HttpRequest, form: Form, key: str) -> None:
    within = ProgrammeDescription(Programme(key, NO_TEXT, tuple(form.values.get("languages", ())[:1])))
    reading = read_record(PROGRAMME, key, form.values, within=within)
    if reading.record is None:
        raise Refused(*reading.problems)
    there = known_programme(key)
    if there is not None and there.title == reading.record.title:  # sent twice
        return
    begin_programme(reading.record, by=actor(request))


def _beside_key(refused: Refused) -> Sequence[Problem]:
    """A key that is taken is said beside the key."""
    return [
        Problem("folder.key_twice", Place(key="programme.key"), {"found": "", "first": ""})
        if problem.code == "import.key_taken"
        else problem
        for problem in refused.problems
    ]


def _begin(request: HttpRequest, form: Form, key: str, *, found: Said | None = None) -> HttpResponse:
    found = found or Said({})
    return show(
        request,
        "editing/new_programme.html",
        {
            "sections": form.sections(errors=found.beside),
            "key": key,
            "key_errors": found.beside.get("key", ()),
            "wrong": bool(found.beside or found.above),
            "above": found.above,
        },
        crumbs=(Crumb(_("Programmes"), reverse("home")), Crumb(_("New programme"))),
    )


def _more(post: QueryDict) -> str:
    do = post.get("do", "")
    return do.removeprefix("more:") if do.startswith("more:") else ""


@needs("accounts")
@get_or_post
def upload_programme(request: HttpRequest) -> HttpResponse:
    """Bring in a programme that is not here yet, from an archive of its folder."""
    crumbs = (Crumb(_("Programmes"), reverse("home")), Crumb(_("Upload a programme folder")))
    return _uploaded(request, key="", replace=False, crumbs=crumbs)


@of_programme("overview", changes=True)
def replace_programme(request: ProgrammeRequest) -> HttpResponse:
    """Make this programme what a folder says, from an archive of it."""
    crumbs = (crumb(request, _("Write down and change"), "writing"), Crumb(_("Replace by a folder")))
    replace = bool(request.POST.get("replace"))
    return _uploaded(request, key=request.programme.key, replace=replace, crumbs=crumbs)


def _uploaded(request: HttpRequest, *, key: str, replace: bool, crumbs: tuple[Crumb, ...]) -> HttpResponse:
    sentences: list[str] = []
    missing = False
    if request.method == "POST":
        sent = request.FILES.get("archive")
        missing = sent is None
        try:
            if isinstance(sent, TemporaryUploadedFile):
                by = actor(request)
                if (sent.size or 0) > MOST_AT_ONCE:
                    archive, work = Path(sent.temporary_file_path()), _fresh(request.POST.get("work", ""))
                    begun = bring_archive_in(archive, work=work, programme=key, replace=replace, by=by)
                    return redirect("work", key, begun) if key else redirect("new-work", begun)
                with Path(sent.temporary_file_path()).open("rb") as opened:
                    described = import_archive(opened, programme=key, replace=replace, by=by)
                unchanged = _t("The folder says what stands here already; nothing was changed.")
                tell(request, unchanged if described.unchanged else _t("The folder is brought in."))
                return redirect("overview", described.programme)
        except Refused as refused:
            sentences = [_sentence(problem) for problem in refused.problems if problem.severity == "error"]
    context: dict[str, Any] = {
        "replacing": bool(key),
        "replace": replace,
        "missing": missing,
        "problems": sentences[:MOST_SHOWN],
        "most": LARGEST // 1_000_000,
        "work": new_id(),
        "works": works_going_on(key) if key else (),
    }
    return show(request, "editing/folder.html", context, crumbs=crumbs)


def _fresh(said: str) -> str:
    """The id the form carries, so that the same form sent twice is one work; one of our own for anything else."""
    return said if re.fullmatch("[0-9a-z]{16}", said) else new_id()


def _sentence(problem: Problem) -> str:
    text = problem_text(problem, current())
    return text.removeprefix(":").lstrip()
