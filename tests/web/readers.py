"""People with accounts, signed in as each role does."""

import time

from django.test import Client

from karvon.actions.accounts import invite, use_link
from karvon.actions.journal import COMMAND
from karvon.records.models import User
from karvon.rules.access import Grant, digest_of

PASSWORD = "seven wooden camels"
BACKEND = "karvon.web.accounts.backend.OneStatement"


def make_account(email: str, *grants: Grant, language: str = "en") -> User:
    """Somebody who was invited with these roles and has opened the invitation."""
    invited = invite(email, grants=grants, language=language, by=COMMAND)
    return use_link(digest_of(invited.token), password=PASSWORD)


def stranger() -> Client:
    """Somebody at a browser on the installation's own machine, not signed in."""
    return Client(headers={"host": "127.0.0.1"})


def signed_in(user: User, *, by: str = "mfa") -> Client:
    """A browser in which they signed in; ``by`` is the last step, ``password`` for no more than that."""
    client = stranger()
    prove(client, user, by=by)
    return client


def prove(client: Client, user: User, *, by: str = "mfa") -> None:
    """Sign in, in a browser that was here before."""
    client.force_login(user, BACKEND)
    session = client.session
    session["account_authentication_methods"] = [{"method": by, "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def reader_with(*grants: Grant, email: str = "reader@example.org") -> Client:
    return signed_in(make_account(email, *grants))
