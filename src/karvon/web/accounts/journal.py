"""What the sign-in library changes by itself is written down: it tells us by signal, we tell the journal."""

from typing import Any

from allauth.account.signals import user_logged_in, user_logged_out
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.http import HttpRequest

from karvon.actions.accounts import add_way_in, note
from karvon.actions.journal import Actor
from karvon.records.models import User
from karvon.web.accounts.ending import begin
from karvon.web.proof import remember_added, ways_used


def listen() -> None:
    """Begin to listen, once."""
    user_logged_in.connect(_signed_in, dispatch_uid="karvon-signed-in")
    user_logged_out.connect(_signed_out, dispatch_uid="karvon-signed-out")
    authenticator_added.connect(_added, dispatch_uid="karvon-way-added")
    authenticator_removed.connect(_removed, dispatch_uid="karvon-way-removed")
    authenticator_reset.connect(_reset, dispatch_uid="karvon-way-reset")


def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    begin(request)
    note("sign_in", user, by=Actor("web", user), facts={"with": "+".join(ways_used(request, user))})


def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        note("sign_out", user, by=Actor("web", user))


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        remember_added(request)
    here = request.session.session_key or ""
    add_way_in(user, str(authenticator.type), session=here, by=Actor("web", user))


def _removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    note("remove_way_in", user, by=Actor("web", user), facts={"way": str(authenticator.type)})


def _reset(user: User, **_: Any) -> None:
    note("new_recovery_codes", user, by=Actor("web", user))
