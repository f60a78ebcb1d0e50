"""A programme begun in the browser, and a folder that comes as an archive: a new programme, or one replaced by it."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from karvon.actions.describing import Described, begin_programme
from karvon.actions.evidence import import_folder
from karvon.files.programme_folder import read_folder
from karvon.files.programme_folder.one_record import read_record
from karvon.files.programme_folder.schema import PROGRAMME
from karvon.files.programme_folder.unpacking import LARGEST, unpack_folder
from karvon.queries.programme import programme as known_programme
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
            if isinstance(sent, UploadedFile) and sent.file is not None:
                described = _bring_in(request, sent.file, key=key, replace=replace)
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
    }
    return show(request, "editing/folder.html", context, crumbs=crumbs)


def _bring_in(request: HttpRequest, archive: IO[bytes], *, key: str, replace: bool) -> Described:
    """Unpack what was sent beside the data, import it, and leave nothing behind."""
    below = Path(settings.KARVON_HOME) / "incoming"
    below.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="folder-", dir=below) as place:
        folder = unpack_folder(archive, Path(place))
        found = read_folder(folder).description.programme.key
        if key and found != key:
            raise Refused(Problem("editing.archive_other", facts={"found": found}))
        if not key and known_programme(found) is not None:
            raise Refused(Problem("editing.archive_there", facts={"found": found}))
        return import_folder(folder, by=actor(request), replace=replace)


def _sentence(problem: Problem) -> str:
    text = problem_text(problem, current())
    return text.removeprefix(":").lstrip()
