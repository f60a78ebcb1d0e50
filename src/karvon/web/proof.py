"""Whether whoever is signed in showed more than a password; the session remembers it."""

import time
from typing import Final

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from karvon.records.models import User

MORE_THAN_A_PASSWORD: Final = frozenset({"mfa", "code"})
_ADDED_NOW: Final = "second_factor_added"


def is_proven(request: HttpRequest) -> bool:
    """They used a passkey, a code of an app, one sent by mail, or added an app or a passkey just now."""
    return bool(request.session.get(_ADDED_NOW)) or not MORE_THAN_A_PASSWORD.isdisjoint(ways_used(request))


def prove_again(request: HttpRequest) -> None:
    """Raises what leads to "Is it you?" and back to what was asked, unless they showed it in the last five minutes.

    For what would hand the installation over to whoever found a browser open.
    """
    records = get_authentication_records(request, request.user)
    lately = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    if not any(record.get("at", 0) > lately for record in records):
        raise ReauthenticationRequired


def remember_added(request: HttpRequest) -> None:
    """A second factor was added in this session: no need to sign in anew to show it."""
    request.session[_ADDED_NOW] = True


def ways_used(request: HttpRequest, user: User | AnonymousUser | None = None) -> tuple[str, ...]:
    """How they signed in: ``password``, ``code``, ``mfa``; in the order of the steps."""
    records = get_authentication_records(request, user or request.user)
    return tuple(dict.fromkeys(str(record.get("method", "")) for record in records))
