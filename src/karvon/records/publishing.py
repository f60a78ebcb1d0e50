"""Reports as they were frozen: editions, their files, and when they were released to everybody."""

from typing import Literal

from django.db import models

from karvon.records.accounts import User
from karvon.records.columns import one_of
from karvon.records.evidence import StoredFile
from karvon.records.programme import Programme


class Edition(models.Model):
    """The figures of one report as of one day, frozen; a trigger keeps it as it is.

    ``content`` holds the figures, selections and evidence hashes, never personal text. ``contract`` is the key of
    the contract it speaks of and ``starts`` to ``ends`` its period; empty, the whole programme. It is a draft until
    somebody releases it.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    as_of = models.DateField()
    made_at = models.DateTimeField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the canonical content; the same facts give the same edition."""
    contract = models.CharField(max_length=100, blank=True, default="")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("programme", "number"), name="edition_number_once"),
            models.UniqueConstraint(fields=("programme", "digest"), name="edition_content_once"),
        )


class EditionFile(models.Model):
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    language = models.CharField(max_length=10)
    form = models.CharField(max_length=10)
    stored = models.ForeignKey(StoredFile, models.PROTECT)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("edition", "language", "form"), name="edition_file_once"),
            one_of("form", Literal["pdf", "docx", "html"], model="edition_file"),
        )


class EditionRelease(models.Model):
    """An edition was released to everybody, or withdrawn; the latest says which. Nothing of it is ever changed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="releases")
    step = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    """Why it was withdrawn, for everybody to read."""

    class Meta:
        ordering = ("id",)
        constraints = (one_of("step", Literal["published", "withdrawn"], model="edition_release"),)
