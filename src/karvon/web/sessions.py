"""What a session means to a reader: their own language where an address names none, twelve hours of idling, and what
they typed into a form when it had ended."""

import time
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation

from karvon.web.languages import code_of

Answer = Callable[[HttpRequest], HttpResponse]
SEEN: Final = "seen"
TOLD_EVERY: Final = 600
"""Seconds between two notes that somebody is still there: one write in ten minutes, not one per page."""

TYPED: Final = "typed"
"""Where the session of somebody who has to sign in again keeps what they typed."""
MOST_TYPED: Final = 100_000
"""Letters that are kept; more is no form of ours."""
KEPT_FOR: Final = 3600
"""Seconds in which they may come back to it."""


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
            if (
                request.session.get("_session_expiry") == KEPT_FOR
            ):  # what they typed before signing in is safe now
                request.session.set_expiry(None)
        return self.get_response(request)


def keep_typed(request: HttpRequest) -> None:
    """Keep what was typed into a form by somebody who has to sign in again: by its address, once, never a file."""
    if request.method != "POST" or request.FILES:
        return
    typed = {name: said for name, said in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if typed and sum(len(name) + sum(map(len, said)) for name, said in typed.items()) <= MOST_TYPED:
        request.session[TYPED] = {request.path: typed}
        request.session.set_expiry(KEPT_FOR)


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed at this address before signing in again; given once."""
    kept = request.session.get(TYPED)
    if request.method != "GET" or not kept or request.path not in kept:
        return None
    typed = QueryDict(mutable=True)
    for name, said in request.session.pop(TYPED)[request.path].items():
        typed.setlist(name, said)
    return typed
