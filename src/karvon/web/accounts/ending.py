"""Every session ends for good: reading keeps it for a while, nothing keeps it longer than this."""

import time
from collections.abc import Callable
from typing import Final

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BEGAN: Final = "began"
"""Where the session keeps when its owner signed in."""
LONGEST: Final = 7 * 24 * 3600
"""Seconds after which whoever is signed in signs in again, however busy they were."""


class EndsForGood:
    """Whoever signed in longer ago than `LONGEST` is signed out before anything is shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(time.time())
            if BEGAN not in request.session:
                request.session[BEGAN] = now
            elif now - request.session[BEGAN] >= LONGEST:
                logout(request)
        return self.get_response(request)


def begin(request: HttpRequest) -> None:
    """They signed in just now."""
    request.session[BEGAN] = int(time.time())
