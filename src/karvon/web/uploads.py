"""Files people send: written to disk below Karvon's own folder, and refused by their size before a byte is kept."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from karvon.rules.wording import number_text
from karvon.web.languages import current
from karvon.web.page import show

MEBIBYTE: Final = 1024 * 1024
MOST_SENT: Final = 100 * MEBIBYTE
"""All files of one form together, with a little for the form itself."""
_LEFT_BEHIND_SECONDS: Final = 24 * 3600


class IncomingFile(TemporaryUploadedFile):
    """A file that is being sent; it is gone when the answer is."""

    def __init__(self, name: str, content_type: str | None, charset: str | None, extra: Any) -> None:
        folder = Path(settings.KARVON_HOME) / "incoming"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = tempfile.NamedTemporaryFile(prefix="upload-", dir=folder)  # noqa: SIM115  # closed with the request
        UploadedFile.__init__(self, file, name, content_type or "", 0, charset, extra)


class ToDisk(FileUploadHandler):
    """Every file goes to disk, small ones too, so that nobody asks where it is."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.incoming = IncomingFile(
            self.file_name or "", self.content_type, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.incoming.write(raw_data)

    def file_complete(self, file_size: int) -> IncomingFile:
        self.incoming.seek(0)
        self.incoming.size = file_size
        return self.incoming

    def upload_interrupted(self) -> None:
        if hasattr(self, "incoming"):
            self.incoming.close()


class RefuseTooMuch:
    """Answers what is too large before reading it: with a page, in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and int(said) > MOST_SENT:
            return too_much(request)
        return self.get_response(request)


def too_much(request: HttpRequest) -> HttpResponse:
    """The page that says that what was sent is too large, and what to do."""
    most = number_text(MOST_SENT // MEBIBYTE, current())
    return show(request, "413.html", {"most": most}, status=413)


def forget_left_behind() -> None:
    """Remove what a process that was killed had been sent."""
    for path in (Path(settings.KARVON_HOME) / "incoming").glob("upload-*"):
        if path.stat().st_mtime < time.time() - _LEFT_BEHIND_SECONDS:
            path.unlink(missing_ok=True)
