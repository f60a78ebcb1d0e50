"""Sheets with their lines, documents and stored files."""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from karvon.files.evidence_store import stored_path
from karvon.queries import evidence as questions
from karvon.queries.bringing import versions
from karvon.queries.erasing import is_closed
from karvon.rules.wording import problem_text
from karvon.web.bringing.scans import pages_shown
from karvon.web.languages import current
from karvon.web.page import Crumb, ProgrammeRequest, crumb, of_programme, page_number, show, to

SHOWN_IN_PAGE: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""Kinds of files a browser may show, with the bytes they begin with; everything else is only handed out."""


@of_programme("sheets")
def sheets(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "evidence/sheets.html",
        {"sheets": questions.sheets(request.programme.key)},
        crumbs=(Crumb(_("Sheets")),),
    )


@of_programme("sheets")
def sheet(request: ProgrammeRequest, key: str) -> HttpResponse:
    found = questions.sheet(request.programme.key, key, page=page_number(request))
    if found is None:
        raise Http404
    closed = is_closed(request.programme.key, found.sheet.sha256)
    fields = {c.field for table in found.tables for c in table.columns if c.field} | {
        field for row in found.rows for field in row.cells
    }
    columns = [f for f in questions.FIELDS_IN_ORDER if f in fields]
    days = list({c.letter: c for table in found.tables for c in table.columns if c.field is None}.values())
    return show(
        request,
        "evidence/sheet.html",
        {
            "page": found,
            "fields": columns,
            "days": days,
            "cells": len(columns) + len(days),
            "width": len(columns) + len(days) + 1,
            "several_tables": len(found.tables) > 1,
            "problems": [problem_text(problem, current()) for problem in found.problems],
            "closed": closed,
            "scan_shown": not closed and found.scan_media_type in SHOWN_IN_PAGE,
            "scan_pages": ()
            if closed
            else pages_shown(found.sheet.scan_sha256, found.scan_media_type, found.pages),
            "versions": versions(request.programme.key, key),
        },
        crumbs=(crumb(request, _("Sheets"), "sheets"), Crumb(found.sheet.path.rpartition("/")[2])),
    )


@of_programme("sheets")
def line(request: ProgrammeRequest, key: str) -> HttpResponse:
    """Leads to the row of the sheet that the line is, or to the person of an entry of a list."""
    found = questions.line_place(request.programme.key, key)
    if found is None:
        raise Http404
    if found.sheet:
        page = f"?page={found.page}" if found.page > 1 else ""
        return redirect(f"{to(request, 'sheet', found.sheet)}{page}#l-{found.line}")
    if found.person:
        return redirect(f"{to(request, 'person', found.person)}#l-{found.line}")
    raise Http404


@of_programme("sheets")
def documents(request: ProgrammeRequest) -> HttpResponse:
    return show(
        request,
        "evidence/documents.html",
        {"documents": questions.documents(request.programme.key)},
        crumbs=(Crumb(_("Documents")),),
    )


@of_programme("sheets")
def file(request: ProgrammeRequest, sha256: str) -> HttpResponseBase:
    """The file as it came, to be saved: never opened by the browser, never as a page of ours."""
    found = questions.served_file(request.programme.key, sha256)
    return closed_file(request, found) if found and found.closed else as_saved(found)


@of_programme("sheets")
def image(request: ProgrammeRequest, sha256: str) -> FileResponse:
    """A scan to be seen beside its transcript, if its bytes are those of a picture."""
    return as_picture(questions.served_file(request.programme.key, sha256))


def closed_file(request: ProgrammeRequest, found: questions.ServedFile) -> HttpResponse:
    """The page that stands in the place of a file that names somebody who was erased."""
    return show(
        request, "evidence/closed.html", {"file": found}, crumbs=(Crumb(_("Closed file")),), status=410
    )


def as_saved(found: questions.ServedFile | None) -> FileResponse:
    """A stored file as a download; 404 for none, and for one that is closed."""
    if found is not None and found.closed:
        raise Http404
    opened = _stored(found).open("rb")
    name = found.name if found else ""
    return _sent(FileResponse(opened, as_attachment=True, filename=name), "application/octet-stream")


def as_picture(found: questions.ServedFile | None) -> FileResponse:
    """A stored file as a picture in a page; 404 for none, and for what is no picture by its first bytes."""
    if found is not None and found.closed:
        raise Http404
    path = _stored(found)
    begins = SHOWN_IN_PAGE.get(found.media_type) if found else None
    with path.open("rb") as opened:
        if found is None or begins is None or opened.read(len(begins)) != begins:
            raise Http404
    return _sent(FileResponse(path.open("rb"), filename=found.name), found.media_type)


def _stored(found: questions.ServedFile | None) -> Path:
    path = stored_path(settings.KARVON_HOME, found.sha256) if found else None
    if path is None or not path.is_file():
        raise Http404
    return path


def _sent(response: FileResponse, media_type: str) -> FileResponse:
    response["Content-Type"] = media_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
