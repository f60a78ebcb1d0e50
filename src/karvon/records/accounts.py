"""Who may sign in, what they may do where, and the one-time links that let them in first."""

from typing import Literal

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from karvon.records.columns import one_of
from karvon.records.programme import Contract, Expert, Programme

LinkPurpose = Literal["first", "invitation", "password", "anew"]


class User(AbstractUser):
    """An account; the swapped-in user model from the first migration on. ``username`` repeats the e-mail address."""

    language = models.CharField(max_length=10, blank=True)
    """The tag of the interface's language; '' until somebody chose one."""

    class Meta(AbstractUser.Meta):
        constraints = (
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="user_email_once"),
        )


class AccountRole(models.Model):
    """What an account may do, and where: in the installation, a programme, or one part of a programme."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20)
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="+")
    contract = models.ForeignKey(Contract, models.CASCADE, null=True, related_name="+")
    expert = models.ForeignKey(Expert, models.CASCADE, null=True, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    role="administrator", programme__isnull=True, contract__isnull=True, expert__isnull=True
                )
                | Q(role="coordinator", programme__isnull=False, contract__isnull=True, expert__isnull=True)
                | Q(role="expert", programme__isnull=False, contract__isnull=True, expert__isnull=False)
                | Q(role="auditor", programme__isnull=False, contract__isnull=False, expert__isnull=True),
                name="account_role_has_its_place",
            ),
            models.UniqueConstraint(
                fields=("user",), condition=Q(role="administrator"), name="account_administrator_once"
            ),
            models.UniqueConstraint(
                fields=("user", "programme"), condition=Q(role="coordinator"), name="account_coordinator_once"
            ),
            models.UniqueConstraint(
                fields=("user", "expert"), condition=Q(role="expert"), name="account_expert_once"
            ),
            models.UniqueConstraint(
                fields=("user", "contract"), condition=Q(role="auditor"), name="account_auditor_once"
            ),
        )


class OneTimeLink(models.Model):
    """A link that lets somebody in once. Its token is not kept, only the token's SHA-256."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="links")
    """Whose account it opens; none for the link that makes the first one."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            one_of("purpose", LinkPurpose, model="one_time_link"),
            models.CheckConstraint(
                condition=Q(purpose="first", user__isnull=True)
                | (~Q(purpose="first") & Q(user__isnull=False)),
                name="one_time_link_has_its_account",
            ),
        )


class Attempt(models.Model):
    """How often somebody tried to sign in, or a code that was used: written by Django's cache, read by no query of
    ours. The key is a digest.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "attempts"
