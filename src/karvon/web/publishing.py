"""The results report in all its languages and forms."""

from typing import Final

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _

from karvon.queries import evidence
from karvon.queries import publishing as questions
from karvon.rules.wording import LANGUAGES
from karvon.web.evidence import as_saved
from karvon.web.page import Crumb, ProgrammeRequest, of_programme, show

FORMS: Final = ("pdf", "docx", "html")


@of_programme("reports", need="edition")
def reports(request: ProgrammeRequest) -> HttpResponse:
    """The latest edition: a row per language, a column per form."""
    edition = questions.latest_edition(request.programme.key)
    files = {(file.language, file.form): file for file in edition.files} if edition else {}
    return show(
        request,
        "publishing/reports.html",
        {
            "edition": edition,
            "forms": FORMS,
            "by_language": [
                (tag, [files.get((tag, form)) for form in FORMS])
                for tag in LANGUAGES
                if any((tag, form) in files for form in FORMS)
            ],
        },
        crumbs=(Crumb(_("Reports")),),
    )


@of_programme("reports", need="edition")
def edition_file(request: ProgrammeRequest, sha256: str) -> FileResponse:
    """A file of an edition, to be saved."""
    return as_saved(evidence.edition_file(request.programme.key, sha256))
