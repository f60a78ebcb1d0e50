"""Who is who: persons, the link of every line, matches, decisions of people, snapshots, search keys."""

from typing import Literal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from karvon.records.columns import IdField, PlaceInListField, one_of
from karvon.records.evidence import Line, Payload
from karvon.records.programme import Organisation, Programme
from karvon.rules.identity.line import Band


class Person(models.Model):
    """Somebody whose lines are linked. ``id`` is random and kept while any of its lines stays with it."""

    id = IdField()
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="people")
    shown = models.ForeignKey(Line, models.SET_NULL, null=True, related_name="+")
    """The line whose name form is shown for the person."""
    filed_under = PlaceInListField()
    """Where that name stands in a list: personal text, folded; it goes when the line's payload is erased."""

    class Meta:
        indexes = (models.Index(fields=("programme", "filed_under", "id"), name="person_by_name"),)

    def __str__(self) -> str:
        return str(self.id)


class Link(models.Model):
    """Assigns a line to a person; a line has at most one."""

    line = models.OneToOneField(Line, models.CASCADE, primary_key=True, related_name="link")
    person = models.ForeignKey(Person, models.CASCADE, related_name="links")


class Match(models.Model):
    """Two lines that may be one person, with the evidence in 1/100 bit."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="matches")
    a = models.ForeignKey(Line, models.CASCADE, related_name="+")
    b = models.ForeignKey(Line, models.CASCADE, related_name="+")
    weight = models.IntegerField()
    band = models.CharField(max_length=10)
    parts = models.JSONField(default=list)
    """[field, level, weight] of every field that spoke."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("a", "b"), name="match_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="match_in_order"),
            one_of("band", Band, model="match"),
        )


class Decision(models.Model):
    """A person's word about two lines; append-only. Undoing is a later row with the verdict ``undone``."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="decisions")
    a = models.ForeignKey(Line, models.PROTECT, related_name="+")
    b = models.ForeignKey(Line, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    by_name = models.CharField(max_length=100, blank=True)
    """Who decided, where the decision came with a folder from another installation."""
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="decision_in_order"),
            one_of("verdict", Literal["same", "different", "cannot_tell", "undone"], model="decision"),
        )


class Snapshot(models.Model):
    """Numbered tables of rarities and translations; they hold names, so the tables are a payload."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    payload = models.ForeignKey(Payload, models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("programme", "number"), name="snapshot_once"),)


class NameKey(models.Model):
    """A folded word of a name form, so that any spelling finds it."""

    key = models.CharField(max_length=60)
    programme = models.ForeignKey(Programme, models.CASCADE)
    line = models.ForeignKey(Line, models.CASCADE, null=True, related_name="name_keys")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="name_keys")

    class Meta:
        indexes = (
            models.Index(  # of bytes on PostgreSQL, whose own order of text finds no beginnings
                fields=("programme", "key"),
                opclasses=("int8_ops", "varchar_pattern_ops"),
                name="name_key_lookup",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(line__isnull=False, organisation__isnull=True)
                | Q(line__isnull=True, organisation__isnull=False),
                name="name_key_of_one",
            ),
        )


class LineReading(models.Model):
    """What identity reads of a line in use, so that new lines are compared without reading the register again.

    Personal text, folded: it goes when the line's payload is erased.
    """

    line = models.OneToOneField(Line, models.CASCADE, primary_key=True, related_name="reading")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    said = models.BigIntegerField()
    """Digest of what is compared: lines that say the same have the same."""
    component = models.CharField(max_length=16, db_index=True)
    """The smallest line of those it hangs together with by evidence, however weak."""
    surname = models.CharField(max_length=60, blank=True)
    given = models.CharField(max_length=60, blank=True)
    turned_surname = models.CharField(max_length=60, blank=True)
    """What is the surname where the name is read the other way round; only where nothing tells the order."""
    turned_given = models.CharField(max_length=60, blank=True)
    features = models.TextField()
    """``rules.identity.reading.packed``."""
    keys = models.TextField()
    """``rules.identity.reading.packed_keys``: the block keys that lead to it, once more."""

    class Meta:
        indexes = (
            models.Index(fields=("programme", "surname"), name="reading_by_surname"),
            models.Index(fields=("programme", "given"), name="reading_by_given"),
            models.Index(
                fields=("programme", "turned_surname", "turned_given"),
                name="reading_by_turned",
                condition=~Q(turned_surname="", turned_given=""),
            ),
        )


class BlockKey(models.Model):
    """A key by which lines meet to be compared: a digest that also holds the programme."""

    key = models.BigIntegerField(db_index=True)
    line = models.ForeignKey(Line, models.CASCADE, related_name="block_keys")
    said = models.BigIntegerField()
    """As in the line's reading."""
    wordy = models.BooleanField()
    """Whether, by this key, the line meets only lines with initials in a large block."""


class RegisterWords(models.Model):
    """Every word of a register's names, as ``LineReading`` has them, so that a slip is looked for without the lines.

    Personal text, folded: it goes when a line's payload is erased.
    """

    programme = models.OneToOneField(Programme, models.CASCADE, primary_key=True, related_name="+")
    state = models.CharField(max_length=40)
    """The ``Programme.linked_under`` they are the words of; of any other they say nothing."""
    words = models.TextField()
    """``rules.identity.reading.packed_words``."""


class CrowdLine(models.Model):
    """A line of a set that would be one person's were a person given so many lines (``Resolution.too_large``)."""

    line = models.OneToOneField(Line, models.CASCADE, primary_key=True, related_name="+")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    crowd = models.CharField(max_length=16)
    """The smallest line of the set."""
