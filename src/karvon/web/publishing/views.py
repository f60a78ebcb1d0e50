"""The results report as it would be today, and the editions that were frozen of it."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256 as hash_of
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from karvon.actions import publishing as actions
from karvon.actions.whole_work import make_edition
from karvon.files.evidence_store import stored_path
from karvon.files.reports.results.fields import fields_of, tables_of
from karvon.files.reports.results.report import Form, render
from karvon.files.writers.template import MOST_BYTES, fill, open_template
from karvon.queries import evidence
from karvon.queries import programme as programmes
from karvon.queries.editions import editions
from karvon.queries.publishing import lines_in_use, report_templates, results_report
from karvon.queries.working import works_going_on
from karvon.rules.access import answer
from karvon.rules.problems import Refused
from karvon.rules.wording import LANGUAGES, problem_text
from karvon.web.access import actor, reader_of
from karvon.web.evidence import as_saved
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, show, tell, to
from karvon.web.publishing.forms import ReportForm

MOST_LANGUAGES_AT_ONCE: Final = 2
MOST_LINES_AT_ONCE: Final = 1_000
"""An edition of more is made beside the pages."""
FORMS: Final[tuple[Form, ...]] = ("pdf", "docx", "html")
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}


FIELD_GROUP: Final[Mapping[str, Any]] = {
    "programme": pgettext_lazy("fields of a template", "The programme"),
    "report": pgettext_lazy("fields of a template", "The report"),
    "contract": pgettext_lazy("fields of a template", "The contract, or all contracts"),
    "visits": pgettext_lazy("fields of a template", "Visits"),
    "events": pgettext_lazy("fields of a template", "Events"),
    "recommendations": pgettext_lazy("fields of a template", "Recommendations"),
    "proposals": pgettext_lazy("fields of a template", "Proposals"),
    "sheets": pgettext_lazy("fields of a template", "Sheets"),
    "lines": pgettext_lazy("fields of a template", "Lines of the sheets"),
    "doubts": pgettext_lazy("fields of a template", "Doubts"),
    "matches": pgettext_lazy("fields of a template", "Certain matches nobody looked at"),
    "figure": pgettext_lazy("fields of a template", "Figures"),
}
"""What fields are about, by the beginning of their names."""


@of_programme("reports", need="edition")
def reports(request: ProgrammeRequest) -> HttpResponse:
    """The choice of a report with what it would say today, and the editions there are."""
    return _reports(request)


def _reports(request: ProgrammeRequest, *, problem: str = "", of: int = 0, typed: str = "") -> HttpResponse:
    """The page; ``problem`` stands beside the edition ``of`` which something was typed."""
    whole = _reads_whole(request)
    form = _form(request) if whole else None
    chosen = bool(form and form.is_bound and form.is_valid())
    query = f"?{urlencode(form.said)}" if form and chosen else ""
    found = editions(request.programme.key, drafts=whole)
    response = show(
        request,
        "publishing/reports.html",
        {
            "form": form,
            "chosen": chosen,
            "query": query,
            "choice": form.said if form and chosen else {},
            "language": form.cleaned_data["language"] if form and chosen else "",
            "languages_of_reports": LANGUAGES,
            "forms": FORMS,
            "templates": report_templates(request.programme.key) if chosen else (),
            "editions": [(one, _by_language(one.files)) for one in found],
            "works": works_going_on(request.programme.key) if whole else (),
            "problem": problem,
            "of": of,
            "typed": typed,
        },
        crumbs=(Crumb(_("Reports")),),
    )
    if chosen:
        response._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]  # read by django-csp
    return response


def _by_language(files: Any) -> list[tuple[str, list[Any]]]:
    held = {(file.language, file.form): file for file in files}
    return [
        (tag, [held.get((tag, form)) for form in FORMS])
        for tag in LANGUAGES
        if any((tag, form) in held for form in FORMS)
    ]


@of_programme("reports")
def preview(request: ProgrammeRequest) -> HttpResponse:
    """The report as HTML, in a frame of ours only: nothing in it runs, asks or leads anywhere."""
    form = _chosen(request)
    page = _made(request, form, "html")
    response = HttpResponse(page, content_type=MEDIA_TYPES["html"])
    style = page.split(b"<style>", 1)[1].split(b"</style>", 1)[0]
    known = b64encode(hash_of(style).digest()).decode()
    response["Content-Security-Policy"] = (
        f"sandbox; default-src 'none'; style-src 'sha256-{known}'; frame-ancestors 'self'"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return _private(response)


@of_programme("reports")
def made(request: ProgrammeRequest) -> HttpResponse:
    """The report of this choice as a file: the same facts give the same bytes."""
    form = _chosen(request)
    language, wanted = form.cleaned_data["language"], request.GET.get("form", "pdf")
    if key := request.GET.get("template", ""):
        data, wanted = _filled(request, form, key), "docx"
    elif wanted in FORMS:
        as_form: Form = wanted
        data = _made(request, form, as_form)
    else:
        raise Http404
    response = HttpResponse(data, content_type="application/octet-stream")
    name = actions.file_name(request.programme.key, form.part, language, wanted)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return _private(response)


@of_programme("reports")
def templates(request: ProgrammeRequest) -> HttpResponse:
    """The organisation's own Word files, and every field they may hold with its value in this programme."""
    return _templates(request)


@of_programme("reports", changes=True)
def add_template(request: ProgrammeRequest) -> HttpResponseBase:
    """Keep a Word file for reports to be filled into; what is wrong with it is said field by field."""
    if request.method != "POST":
        return redirect(to(request, "report-templates"))
    file = request.FILES.get("file")
    if file is None or isinstance(file, list):
        return _templates(request, wrong=[_t("Choose a Word file.")])
    with NamedTemporaryFile(suffix=".docx") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            actions.add_template(
                request.programme.key, Path(kept.name), name=str(file.name)[-200:], by=actor(request)
            )
        except Refused as refused:
            return _templates(request, wrong=[problem_text(one, current()) for one in refused.problems])
    tell(request, _t("The template is kept. Choose it on the page of reports."))
    return redirect(to(request, "report-templates"))


def _templates(request: ProgrammeRequest, *, wrong: Sequence[str] = ()) -> HttpResponse:
    report = results_report(request.programme.key)
    if report is None:
        raise Http404
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, value in fields_of(report, current()).items():
        groups.setdefault(name.partition(".")[0], []).append((name, value))
    return show(
        request,
        "publishing/templates.html",
        {
            "templates": report_templates(request.programme.key),
            "groups": [(FIELD_GROUP[group], rows) for group, rows in groups.items()],
            "tables": [(name, table.caption) for name, table in tables_of(report, current()).items()],
            "limit": MOST_BYTES // 1024 // 1024,
            "wrong": wrong,
        },
        crumbs=(crumb(request, pgettext("room", "Reports"), "reports"), Crumb(_("Templates"))),
    )


def _filled(request: ProgrammeRequest, form: ReportForm, key: str) -> bytes:
    """The organisation's own file with this choice's report in its fields."""
    row = next((one for one in report_templates(request.programme.key) if one.key == key), None)
    report = results_report(request.programme.key, form.part)
    path = stored_path(settings.KARVON_HOME, row.sha256) if row else None
    if row is None or report is None or path is None or not path.is_file():
        raise Http404
    language = form.cleaned_data["language"]
    template = open_template(path.read_bytes(), name=row.name)
    return fill(template, fields_of(report, language), tables_of(report, language))


@of_programme("reports", changes=True)
def freeze(request: ProgrammeRequest) -> HttpResponseBase:
    """Freeze this choice as an edition: a draft that nobody else sees yet."""
    if request.method != "POST":
        return redirect(to(request, "reports"))
    form = _form(request, posted=True)
    if not form.is_valid():
        raise Http404
    languages = [tag for tag in LANGUAGES if tag in request.POST.getlist("languages")]
    languages = languages or [form.cleaned_data["language"]]
    programme, by = request.programme.key, actor(request)
    if len(languages) > MOST_LANGUAGES_AT_ONCE or lines_in_use(programme) > MOST_LINES_AT_ONCE:
        work = make_edition(programme, form.part, languages=languages, forms=FORMS, by=by)
        return redirect(to(request, "work", work))
    frozen = actions.freeze_edition(programme, form.part, languages=languages, forms=FORMS, by=by)
    if frozen.new:
        tell(
            request,
            _t("Edition %(number)s is frozen. It is a draft: publish it when it has been read.")
            % {"number": frozen.number},
        )
    else:
        tell(
            request,
            _t("Nothing has changed since edition %(number)s, which says exactly this.")
            % {"number": frozen.number},
        )
    return redirect(f"{to(request, 'reports')}#edition-{frozen.number}")


@of_programme("reports", changes=True)
def publish(request: ProgrammeRequest, number: int) -> HttpResponseBase:
    """Let everybody read the edition."""
    if request.method != "POST":
        return redirect(to(request, "reports"))
    try:
        actions.publish_edition(request.programme.key, number, by=actor(request))
    except Refused as refused:
        raise Http404 from refused
    tell(request, _t("Edition %(number)s is published: everybody can read it.") % {"number": number})
    return redirect(f"{to(request, 'reports')}#edition-{number}")


@of_programme("reports", changes=True)
def withdraw(request: ProgrammeRequest, number: int) -> HttpResponseBase:
    """Take a published edition back; without a reason the page asks for one and keeps what was typed."""
    if request.method != "POST":
        return redirect(to(request, "reports"))
    reason = request.POST.get("reason", "")
    try:
        actions.withdraw_edition(request.programme.key, number, reason=reason, by=actor(request))
    except Refused as refused:
        if refused.problems[0].code == "publishing.unknown_edition":
            raise Http404 from refused
        said = " ".join(problem_text(problem, current()) for problem in refused.problems)
        return _reports(request, problem=said, of=number, typed=reason)
    tell(request, _t("Edition %(number)s is withdrawn. The reason stands in its place.") % {"number": number})
    return redirect(f"{to(request, 'reports')}#edition-{number}")


@of_programme("reports", need="edition")
def edition_file(request: ProgrammeRequest, sha256: str) -> FileResponse:
    """A file of an edition, to be saved: of a published one for everybody, of a draft for who reads the whole."""
    return as_saved(evidence.edition_file(request.programme.key, sha256, drafts=_reads_whole(request)))


def _reads_whole(request: ProgrammeRequest) -> bool:
    return answer("programme", reader_of(request), programme=request.programme.key) == "yes"


def _form(request: ProgrammeRequest, *, posted: bool = False) -> ReportForm:
    data = request.POST if posted else request.GET if "language" in request.GET else None
    return ReportForm(data, contracts=programmes.contracts(request.programme.key))


def _chosen(request: ProgrammeRequest) -> ReportForm:
    """The choice the address says; 404 for one that makes no sense."""
    form = _form(request)
    if not (form.is_bound and form.is_valid()):
        raise Http404
    return form


def _made(request: ProgrammeRequest, form: ReportForm, wanted: Form) -> bytes:
    report = results_report(request.programme.key, form.part)
    if report is None:
        raise Http404
    return render(report, form.cleaned_data["language"], wanted)


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
