"""Accounts with their roles and ways in, and who a reader is."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from karvon.queries.journal import JournalRow, journal_row
from karvon.records import models as records
from karvon.rules.access import Grant, RoleName
from karvon.rules.programme.text import Text


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with the words for its place."""

    id: int
    role: RoleName
    programme: str
    programme_title: Text
    part: str
    """A contract's number or an expert's name; '' for a whole programme or the installation, or once erased."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    id: int
    email: str
    language: str
    """Tag of the interface's language; '' where nobody chose one."""
    active: bool
    accepted: bool
    """Its owner has opened the invitation and has a password."""
    last_seen: datetime | None
    roles: tuple[RoleRow, ...]
    app: bool
    passkeys: int


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    id: int
    name: str
    added: datetime
    last_used: datetime | None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What an account's owner has beside the password."""

    app: bool
    recovery_codes: bool
    passkeys: tuple[PasskeyRow, ...]


@dataclass(frozen=True, slots=True)
class RolePlace:
    """A programme in which roles can be given, with its contracts and experts as (key, how it is called)."""

    programme: str
    title: Text
    contracts: tuple[tuple[str, str], ...]
    experts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A one-time link that still lets in."""

    purpose: str
    email: str
    """Whose account it opens; '' for the one that makes the first."""


def has_accounts() -> bool:
    return records.User.objects.exists()


def grants(account: int) -> tuple[Grant, ...]:
    """The roles of an account, in the order they were given."""
    return tuple(_as_grant(row) for row in _roles(account))


def user_with_grants(account: int) -> tuple[records.User, tuple[Grant, ...]] | None:
    """An open account with its roles; one SQL statement where it has any. ``None`` for one that is closed."""
    rows = list(_roles(account).select_related("user"))
    user = rows[0].user if rows else records.User.objects.filter(pk=account).first()
    if user is None or not user.is_active:
        return None
    return user, tuple(_as_grant(row) for row in rows)


def accounts() -> tuple[AccountRow, ...]:
    """Everybody, by address."""
    return tuple(_account(row) for row in _accounts().order_by("email"))


def account(key: int) -> AccountRow | None:
    row = _accounts().filter(pk=key).first()
    return _account(row) if row else None


def account_of(email: str) -> int | None:
    """The open account with this address, in whatever case it is written."""
    return (
        records.User.objects.filter(email=email.strip().lower(), is_active=True)
        .exclude(email="")
        .values_list("pk", flat=True)
        .first()
    )


def history(key: int, *, most: int = 50) -> tuple[JournalRow, ...]:
    """What was done with an account, newest first."""
    rows = records.JournalEntry.objects.filter(object_kind="account", object_key=str(key))
    return tuple(journal_row(row) for row in rows.select_related("by").order_by("-id")[:most])


def ways_in(key: int) -> WaysIn:
    rows = list(Authenticator.objects.filter(user=key).order_by("pk"))
    kinds = {row.type for row in rows}
    return WaysIn(
        app=Authenticator.Type.TOTP in kinds,
        recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        passkeys=tuple(
            PasskeyRow(row.pk, str(row.data.get("name", "")), row.created_at, row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ),
    )


def role_places() -> tuple[RolePlace, ...]:
    """Where roles can be given, programme by programme."""
    rows = records.Programme.objects.order_by("key").prefetch_related(
        Prefetch("contract_set", queryset=records.Contract.objects.order_by("order", "id")),
        Prefetch(
            "expert_set", queryset=records.Expert.objects.select_related("payload").order_by("order", "id")
        ),
    )
    return tuple(
        RolePlace(
            row.key,
            row.title,
            tuple((contract.key, contract.number) for contract in row.contract_set.all()),
            tuple((expert.key, _name(expert) or expert.key) for expert in row.expert_set.all()),
        )
        for row in rows
    )


def link(digest: str) -> LinkRow | None:
    """The link whose token has this digest, while it lets in."""
    row = (
        records.OneTimeLink.objects.filter(digest=digest, used_at=None, expires_at__gt=timezone.now())
        .select_related("user")
        .first()
    )
    if row is None or (row.user is not None and not row.user.is_active):
        return None
    return LinkRow(row.purpose, row.user.email if row.user else "")


def published(programme: str) -> bool:
    """Whether an edition of the programme was ever published: in the place of a withdrawn one stands why."""
    return records.EditionRelease.objects.filter(edition__programme__key=programme).exists()


def published_programmes() -> frozenset[str]:
    """Keys of the programmes of which an edition was ever published."""
    return frozenset(records.EditionRelease.objects.values_list("edition__programme__key", flat=True))


def _roles(account: int) -> QuerySet[records.AccountRole]:
    return records.AccountRole.objects.filter(user=account).select_related("programme", "contract", "expert")


def _as_grant(row: records.AccountRole) -> Grant:
    part = row.contract.key if row.contract else row.expert.key if row.expert else ""
    return Grant(row.role, row.programme.key if row.programme else "", part)  # type: ignore[arg-type]  # the database's words


def _accounts() -> QuerySet[records.User]:
    return records.User.objects.prefetch_related(
        Prefetch(
            "roles",
            queryset=records.AccountRole.objects.select_related("programme", "contract", "expert__payload"),
        ),
        "authenticator_set",
    )


def _account(row: records.User) -> AccountRow:
    kinds = [one.type for one in row.authenticator_set.all()]  # type: ignore[attr-defined]  # the library's table
    return AccountRow(
        id=row.pk,
        email=row.email,
        language=row.language,
        active=row.is_active,
        accepted=row.has_usable_password(),
        last_seen=row.last_login,
        roles=tuple(_role(role) for role in row.roles.all()),
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
    )


def _role(row: records.AccountRole) -> RoleRow:
    part = row.contract.number if row.contract else _name(row.expert) if row.expert else ""
    return RoleRow(
        id=row.pk,
        role=row.role,  # type: ignore[arg-type]  # the database allows only these words
        programme=row.programme.key if row.programme else "",
        programme_title=row.programme.title if row.programme else Text(),
        part=part,
    )


def _name(expert: records.Expert) -> str:
    names = (expert.payload.body or {}).get("names", ())
    return str(names[0]) if names else ""
