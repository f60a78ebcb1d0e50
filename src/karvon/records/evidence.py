"""What proves a figure: files by content hash, sheets, lines, erasable payloads, and the journal."""

from typing import Literal

from django.conf import settings
from django.db import models
from django.db.models import Q

from karvon.records.columns import IdField, Keyed, TextsField, one_of, unique_key
from karvon.records.programme import Contract, Expert, Organisation
from karvon.records.training import Event
from karvon.records.visits import Delegate, Visit
from karvon.rules.evidence.sheet import SkipReason
from karvon.rules.programme.description import DocumentKind, Role


class Payload(models.Model):
    """Personal text that can be erased. A trigger allows body and salt to become NULL and nothing else."""

    body = models.JSONField(null=True)
    salt = models.BinaryField(max_length=16, null=True)
    digest = models.CharField(max_length=64)
    """SHA-256 of salt and canonical body; says nothing once the salt is erased."""
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(body__isnull=False, salt__isnull=False, erased_at__isnull=True)
                | Q(body__isnull=True, salt__isnull=True, erased_at__isnull=False),
                name="payload_whole_or_erased",
            ),
        )


class StoredFile(models.Model):
    """A file of the evidence store; its bytes lie under the data folder by its hash."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}\Z"), name="stored_file_hash_whole"
            ),
        )


class Document(Keyed):
    path = models.CharField(max_length=500)
    """Where it lay in the programme folder."""
    stored = models.ForeignKey(StoredFile, models.PROTECT)
    kind = models.CharField(max_length=20)
    title = TextsField()
    visit = models.ForeignKey(Visit, models.PROTECT, null=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True)
    reading = models.JSONField(default=list)
    """Of a table of feedback answers: what its columns hold, as `rules.feedback.columns` words it."""

    class Meta(Keyed.Meta):
        constraints = (unique_key("document"), one_of("kind", DocumentKind, model="document"))


class Sheet(Keyed):
    """A sign-in sheet that proves one event, or one day of it."""

    path = models.CharField(max_length=500)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="sheets")
    event = models.ForeignKey(Event, models.PROTECT, related_name="sheets")
    day = models.DateField(null=True)
    table = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=20)
    scan_path = models.CharField(max_length=500, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="scanned_sheets")
    pages = models.JSONField(default=list)
    reading = models.JSONField(default=list)
    """Corrections of the reading, as `rules.evidence.corrections` words them."""
    columns = models.JSONField(default=list)
    """What the reader took each column for: per table {sheet, header_rows, columns, days}."""
    problems = models.JSONField(default=list)
    """Doubts of the reader, as {code, where, facts, severity}."""
    withdrawn_at = models.DateTimeField(null=True)
    """Left out of a later import: its lines are retired, the file and the history stay."""

    class Meta(Keyed.Meta):
        constraints = (unique_key("sheet"), one_of("role", Role, model="sheet"))


class Line(models.Model):
    """One name as written in one place: a row of a sheet, or an entry of the programme's own lists.

    ``id`` is random and kept for ever; ``key`` recognises the line again in a corrected sheet: an HMAC
    under the payload's salt of (event, day, cells in NFC, which of the equal ones).
    """

    id = IdField()
    programme = models.ForeignKey("records.Programme", models.CASCADE, related_name="lines")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="lines")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, related_name="lines")
    """One line per name form of an expert; ``row`` says which, from 1."""
    delegate = models.OneToOneField(Delegate, models.PROTECT, null=True, related_name="line")
    table = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField(null=True)
    block = models.CharField(max_length=3, blank=True)
    page = models.PositiveIntegerField(null=True)
    payload = models.OneToOneField(Payload, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="lines")
    """The organisation whose spelling the line carries, where the programme knows it."""
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    """Empty: not stated."""
    key = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    sheet__isnull=False, expert__isnull=True, delegate__isnull=True, row__isnull=False
                )
                | Q(sheet__isnull=True, expert__isnull=False, delegate__isnull=True, row__isnull=False)
                | Q(sheet__isnull=True, expert__isnull=True, delegate__isnull=False),
                name="line_one_source",
            ),
            models.UniqueConstraint(
                fields=("sheet", "table", "row", "block"),
                condition=Q(retired_at__isnull=True),
                name="line_place_once",
            ),
            models.UniqueConstraint(fields=("expert", "row"), name="line_name_form_once"),
        )

    def __str__(self) -> str:
        return str(self.id)


class SkippedRow(models.Model):
    """A row that names nobody, with the reason."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="skipped")
    table = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)

    class Meta:
        ordering = ("table", "row")
        constraints = (one_of("reason", SkipReason, model="skipped_row"),)


class JournalEntry(models.Model):
    """Who did what, when: one entry per action, written in its transaction; a trigger keeps it for ever."""

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    via = models.CharField(max_length=20)
    """The door it came through: command, web, api."""
    programme = models.ForeignKey("records.Programme", models.PROTECT, null=True)
    action = models.CharField(max_length=50)
    object_kind = models.CharField(max_length=50, blank=True)
    object_key = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    """Counts, keys and hashes; never personal text."""
    payload = models.ForeignKey(Payload, models.PROTECT, null=True)
    """Personal text of the change, before and after, erasable."""

    class Meta:
        ordering = ("id",)
        constraints = (one_of("via", Literal["command", "web", "api"], model="journal"),)
