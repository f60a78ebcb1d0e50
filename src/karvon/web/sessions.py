"""What a session means to a reader: their own language where an address names none, and twelve hours of idling."""

import time
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from karvon.web.languages import code_of

Answer = Callable[[HttpRequest], HttpResponse]
SEEN: Final = "seen"
TOLD_EVERY: Final = 600
"""Seconds between two notes that somebody is still there: one write in ten minutes, not one per page."""


class OwnLanguage:
    """Somebody signed in is led to their own language from an address without one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not translation.get_language_from_path(request.path_info):
            chosen = getattr(request.user, "language", "")
            if chosen:
                translation.activate(code_of(chosen))
                request.LANGUAGE_CODE = code_of(chosen)
        return self.get_response(request)


class StaySignedIn:
    """Whoever reads stays signed in: the session ends when nothing was asked for as long as the settings say."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(SEEN, 0) >= TOLD_EVERY:
                request.session[SEEN] = now
        return self.get_response(request)
