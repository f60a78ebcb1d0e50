"""Evidence on the desk: drafts of what is to be brought in, the work done for them, and signatures people saw."""

from typing import Literal

from django.conf import settings
from django.db import models
from django.db.models import Q

from karvon.records.columns import IdField, one_of
from karvon.records.evidence import Line, Sheet, StoredFile
from karvon.records.programme import Programme
from karvon.records.training import Event
from karvon.records.visits import Visit
from karvon.rules.programme.description import Role


class Draft(models.Model):
    """Files somebody laid on the desk together. Nothing in them counts until the draft is accepted."""

    id = IdField()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="drafts")
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="+")
    """Where the files were laid down; each file says for itself which event it proves."""
    visit = models.ForeignKey(Visit, models.SET_NULL, null=True, related_name="+")
    replaces = models.ForeignKey(Sheet, models.CASCADE, null=True, related_name="replacements")
    """The sheet of which this is a corrected version."""
    state = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    """When it was accepted or thrown away."""
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-begun_at", "id")
        constraints = (
            one_of("state", Literal["open", "accepted", "discarded"], model="draft"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="draft_open_or_ended",
            ),
        )


class DraftFile(models.Model):
    """A sheet or a scan of a draft, with all that was said about it so far."""

    id = IdField()
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    order = models.PositiveIntegerField()
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    """What it was called when it came."""
    kind = models.CharField(max_length=10)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="+")
    day = models.DateField(null=True)
    table = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20)
    reading = models.JSONField(default=list)
    """Corrections of the reading, as `rules.evidence.corrections` words them."""
    scan = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    """The signed scan of this transcript, in the same draft."""
    pages = models.JSONField(default=list)
    said = models.JSONField(default=list)
    """[[table, row, block], line, verdict] of every row somebody decided about before it is kept."""
    found = models.JSONField(null=True)
    """What was found of who is who on it, where that took long; ids and weights only."""
    sheet_key = models.CharField(max_length=200, blank=True)
    """The sheet it became."""
    before = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """The file that it replaced."""

    class Meta:
        ordering = ("order", "id")
        constraints = (
            one_of("kind", Literal["sheet", "scan"], model="draft_file"),
            one_of("role", Role, model="draft_file"),
        )


class Job(models.Model):
    """Long work done beside the pages. It is alive while it beats; one that stopped beating was cut and did nothing."""

    id = IdField()
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    step = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    problems = models.JSONField(default=list)
    """Why it failed, as {code, where, facts, severity}."""

    class Meta:
        ordering = ("-begun_at", "id")
        constraints = (
            one_of("kind", Literal["look", "accept"], model="job"),
            one_of("state", Literal["running", "done", "failed"], model="job"),
            models.UniqueConstraint(
                fields=("draft",), condition=Q(state="running"), name="job_one_at_a_time"
            ),
        )


class SignatureSeen(models.Model):
    """What a person saw on the signed paper beside a line: a signature, or that there is none."""

    line = models.OneToOneField(Line, models.CASCADE, primary_key=True, related_name="signature_seen")
    seen = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=100, blank=True)
    """Who looked, where it came with a folder from another installation."""
