"""Pages of a scanned PDF, drawn as pictures, so that they lie beside their transcript."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.http import Http404, HttpResponse

from karvon.files.drawing.scan_page import pages_of, scan_page
from karvon.files.evidence_store import stored_path
from karvon.queries import bringing as questions
from karvon.queries.erasing import is_closed
from karvon.web.page import ProgrammeRequest, of_programme

MOST_SHOWN: Final = 20
"""Pages of one scan that are shown below each other; the file itself has all of them."""
PDF: Final = "application/pdf"


def pages_shown(sha256: str, media_type: str, pages: Sequence[int]) -> tuple[int, ...]:
    """The pages of a scan to show beside a list: those that belong to it, else all; () for what is no PDF."""
    if not sha256 or media_type != PDF:
        return ()
    there = pages_of(stored_path(settings.KARVON_HOME, sha256))
    return tuple(page for page in (pages or range(1, there + 1)) if page <= there)[:MOST_SHOWN]


@of_programme("sheets")
def page_of_scan(request: ProgrammeRequest, key: str, number: int) -> HttpResponse:
    """One page of the scan of a sheet."""
    found = questions.scan_of(request.programme.key, key)
    if found is None or found[1] != PDF or is_closed(request.programme.key, found[0]):
        raise Http404
    drawn = scan_page(stored_path(settings.KARVON_HOME, found[0]), number)
    if drawn is None:
        raise Http404
    answer = HttpResponse(drawn, content_type="image/png")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer
