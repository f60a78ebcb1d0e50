"""Accounts: letting people in by one-time links, giving and taking roles, closing and opening accounts.

Every change is one transaction with one journal entry. Journal facts are ids and codes: no address, no name, no
token. A token is handed back once to whoever asked for the link and is kept nowhere.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from karvon.actions.journal import Actor, write_entry
from karvon.records.accounts import LinkPurpose
from karvon.records.models import AccountRole, Contract, Expert, OneTimeLink, Programme, User
from karvon.rules.access import Grant, digest_of
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.wording import LANGUAGES

LASTS: Final[Mapping[LinkPurpose, timedelta]] = {
    "first": timedelta(days=1),
    "invitation": timedelta(days=7),
    "password": timedelta(hours=1),
    "anew": timedelta(days=1),
}
"""How long a link of each purpose lets in. One sent by mail for a lost password lasts shortest: mail is read by
others, too."""

Noted = Literal["sign_in", "sign_out", "remove_way_in", "new_recovery_codes"]
"""What the sign-in library does itself and we only write down."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A new account and the token of the link that opens it."""

    account: int
    token: str


@transaction.atomic
def make_first_link(*, by: Actor) -> str:
    """The token of the link that makes the first account; the ones made before end.

    Raises `Refused` once there is an account.
    """
    if User.objects.exists():
        raise Refused(Problem("accounts.not_the_first"))
    OneTimeLink.objects.filter(purpose="first").delete()
    return _new_link("first", None, by=by)


@transaction.atomic
def make_link(account: int, *, purpose: Literal["password", "anew"], by: Actor) -> str:
    """The token of a link that lets the owner of an account in again; the ones made before end.

    ``password`` replaces the password only; ``anew`` also forgets the app and the passkeys, for somebody who
    lost their telephone. An account whose invitation was not accepted yet gets a fresh invitation. Anybody who
    knows an address can ask for a ``password`` link, so it ends none that somebody handed over. Raises
    `Refused` for an account that does not exist or is closed.
    """
    user = _account(account)
    if not user.is_active:
        raise Refused(Problem("accounts.closed"))
    _end_links(user, only="password" if purpose == "password" else None)
    return _new_link(purpose if user.has_usable_password() else "invitation", user, by=by)


@transaction.atomic
def invite(email: str, *, grants: tuple[Grant, ...] = (), language: str = "", by: Actor) -> Invited:
    """An account for this address, which its owner opens with the link; with these roles from the start.

    Raises `Refused` if the address has an account already or a role's place does not exist.
    """
    user = _new_user(email, language)
    write_entry("invite", by=by, **_about(user))
    for grant in grants:
        _grant(user, grant, by=by)
    return Invited(user.pk, _new_link("invitation", user, by=by))


@transaction.atomic
def use_link(digest: str, *, password: str, email: str = "", language: str = "") -> User:
    """Take the link whose token has this digest: make the first account with ``email``, open an invited one, or
    let its owner in again.

    The password is the account's from now on. A link works once and only while it lasts; of two that come at
    the same moment one wins. Raises `Refused` for any other, and for an address that is taken.
    """
    now = timezone.now()
    links = OneTimeLink.objects.filter(digest=digest, used_at=None, expires_at__gt=now)
    if not links.update(used_at=now):
        raise Refused(Problem("accounts.link_ended"))
    link = OneTimeLink.objects.select_related("user").get(digest=digest)
    if link.user is None:
        if User.objects.exists():
            raise Refused(Problem("accounts.not_the_first"))
        user = _new_user(email, language)
        _grant(user, Grant("administrator"), by=Actor("web", user))
    else:
        user = link.user
        if not user.is_active:
            raise Refused(Problem("accounts.closed"))
    user.set_password(password)
    user.language = user.language or _known(language)
    user.save(update_fields=["password", "language"])
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    forgotten = Authenticator.objects.filter(user=user).delete()[0] if link.purpose == "anew" else 0
    _end_links(user)
    facts = {"purpose": link.purpose, "ways_forgotten": forgotten}
    write_entry("use_link", by=Actor("web", user), **_about(user, facts))
    return user


@transaction.atomic
def grant_role(account: int, grant: Grant, *, by: Actor) -> None:
    """Give an account a role; one it has already stays as it is. Raises `Refused` if the place does not exist."""
    _grant(_account(account), grant, by=by)


@transaction.atomic
def remove_role(role: int, *, by: Actor) -> None:
    """Take a role away; one that is gone already stays gone. Raises `Refused` for the last administrator's."""
    administrators = _administrators()
    row = AccountRole.objects.select_related("user", "programme").filter(pk=role).first()
    if row is None:
        return
    if row.role == "administrator" and administrators == {row.user_id}:
        raise Refused(Problem("accounts.last_administrator"))
    facts = {"role": row.role, "contract": row.contract_id, "expert": row.expert_id}
    row.delete()
    write_entry("remove_role", by=by, programme=row.programme, **_about(row.user, facts))


@transaction.atomic
def close_account(account: int, *, by: Actor) -> None:
    """Nobody signs in with it any longer, and whoever is signed in is out for good; roles and history stay.

    Raises `Refused` for the last administrator's.
    """
    user = _account(account)
    if _administrators() == {user.pk}:
        raise Refused(Problem("accounts.last_administrator"))
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        _end_links(user)
        _end_sessions(user)
        write_entry("close_account", by=by, **_about(user))


@transaction.atomic
def open_account(account: int, *, by: Actor) -> None:
    """Let somebody whose account was closed sign in again."""
    user = _account(account)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        write_entry("open_account", by=by, **_about(user))


@transaction.atomic
def choose_language(account: int, language: str, *, by: Actor) -> None:
    """The interface speaks this language to the account's owner from now on."""
    user = _account(account)
    if _known(language) and user.language != language:
        User.objects.filter(pk=user.pk).update(language=language)
        write_entry("choose_language", by=by, **_about(user, {"language": language}))


@transaction.atomic
def set_password(user: User, password: str, *, by: Actor) -> None:
    """The owner's new password; links handed out before end."""
    user.set_password(password)
    user.save(update_fields=["password"])
    _end_links(user)
    write_entry("set_password", by=by, **_about(user))


@transaction.atomic
def add_way_in(user: User, way: str, *, session: str, by: Actor) -> None:
    """Write down that an account got an app, a passkey or recovery codes in this session.

    The first app or passkey ends the account's other sessions: they were opened without one, by whoever had
    the password or the mailbox.
    """
    second = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    if way != Authenticator.Type.RECOVERY_CODES and second.count() == 1:
        _end_sessions(user, but=session)
    write_entry("add_way_in", by=by, **_about(user, {"way": way}))


@transaction.atomic
def note(action: Noted, user: User, *, by: Actor, facts: Mapping[str, Any] | None = None) -> None:
    """Write down what the sign-in library did with an account."""
    write_entry(action, by=by, **_about(user, facts))


def _new_user(email: str, language: str) -> User:
    address = email.strip().lower()
    user = User(username=address, email=address, language=_known(language))
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise Refused(Problem("accounts.address_taken")) from error
    return user


def _new_link(purpose: LinkPurpose, user: User | None, *, by: Actor) -> str:
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    OneTimeLink.objects.create(
        digest=digest_of(token),
        purpose=purpose,
        user=user,
        made_at=now,
        made_by=by.user,
        expires_at=now + LASTS[purpose],
    )
    write_entry("make_link", by=by, **_about(user, {"purpose": purpose}))
    return token


def _end_links(user: User, *, only: LinkPurpose | None = None) -> None:
    links = OneTimeLink.objects.filter(user=user, used_at=None)
    (links.filter(purpose=only) if only else links).update(expires_at=timezone.now())


def _end_sessions(user: User, *, but: str = "") -> None:
    """Sessions say whose they are only once they are read."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=but)
    ended = [row.pk for row in live.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=ended).delete()


def _grant(user: User, grant: Grant, *, by: Actor) -> None:
    programme = contract = expert = None
    if grant.role != "administrator":
        programme = Programme.objects.filter(key=grant.programme).first()
        part = {"programme": programme, "key": grant.part}
        contract = Contract.objects.filter(**part).first() if grant.role == "auditor" else None
        expert = Expert.objects.filter(**part).first() if grant.role == "expert" else None
        if programme is None or (grant.role != "coordinator" and not (contract or expert)):
            raise Refused(Problem("accounts.no_such_place", Place(key=grant.part or grant.programme)))
    _row, made = AccountRole.objects.get_or_create(
        user=user,
        role=grant.role,
        programme=programme,
        contract=contract,
        expert=expert,
        defaults={"given_at": timezone.now(), "given_by": by.user},
    )
    if made:
        facts = {
            "role": grant.role,
            "contract": contract.pk if contract else None,
            "expert": expert.pk if expert else None,
        }
        write_entry("grant_role", by=by, programme=programme, **_about(user, facts))


def _administrators() -> set[int]:
    """Accounts that can sign in and administer, locked until the end of the transaction."""
    rows = (
        AccountRole.objects.select_for_update()
        .filter(role="administrator", user__is_active=True)
        .exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .order_by("pk")
    )
    return {row.user_id for row in rows}


def _account(account: int) -> User:
    user = User.objects.filter(pk=account).first()
    if user is None:
        raise Refused(Problem("accounts.no_such_account"))
    return user


def _known(language: str) -> str:
    return language if language in LANGUAGES else ""


def _about(user: User | None, facts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The journal's words for a change of this account; facts without a value are left out."""
    kept = {name: value for name, value in (facts or {}).items() if value is not None}
    return {"object_kind": "account", "object_key": str(user.pk) if user else "", "facts": kept}
