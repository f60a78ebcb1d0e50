"""Events on the agenda, who pays for them, and attendance."""

from django.conf import settings
from django.db import models

from karvon.records.columns import Keyed, TextsField, in_order, not_negative, one_of, per_cent, unique_key
from karvon.records.programme import Contract, Expert, Facility, Organisation
from karvon.records.visits import Visit
from karvon.rules.attendance.corrected import CorrectedField
from karvon.rules.counting.facts import Status
from karvon.rules.programme.description import EventKind, Role


class Event(Keyed):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    title = TextsField()
    starts = models.DateField()
    ends = models.DateField()
    place = models.CharField(max_length=200, blank=True)
    facility = models.ForeignKey(Facility, models.PROTECT, null=True)
    sectors = models.JSONField(default=list)
    own_shares = models.BooleanField(default=False)
    """Whether the event's shares were given for itself; else they are the visit's, copied."""
    trainers: "models.ManyToManyField[Expert, EventTrainer]" = models.ManyToManyField(
        Expert, through="EventTrainer", related_name="trains_at"
    )
    interpreters: "models.ManyToManyField[Expert, EventInterpreter]" = models.ManyToManyField(
        Expert, through="EventInterpreter", related_name="interprets_at"
    )
    organisations: "models.ManyToManyField[Organisation, EventOrganisation]" = models.ManyToManyField(
        Organisation, through="EventOrganisation"
    )
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    language = models.JSONField(default=list)
    structured = models.BooleanField(default=True)
    scores_out_of = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    """The highest score of its tests, where it is not 100."""

    class Meta(Keyed.Meta):
        constraints = (
            unique_key("event"),
            in_order("event"),
            one_of("kind", EventKind, model="event"),
            not_negative("event", "hours"),
            not_negative("event", "scores_out_of"),
        )


class EventShare(models.Model):
    """How much of an event a contract pays; a trigger keeps the sum at 100 % or less."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="shares")
    contract = models.ForeignKey(Contract, models.PROTECT)
    percent = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        ordering = ("contract__order",)
        constraints = (
            models.UniqueConstraint(fields=("event", "contract"), name="event_share_once"),
            per_cent("event_share"),
        )


class EventTrainer(models.Model):
    event = models.ForeignKey(Event, models.CASCADE)
    expert = models.ForeignKey(Expert, models.PROTECT)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("event", "expert"), name="event_trainer_once"),)


class EventInterpreter(models.Model):
    event = models.ForeignKey(Event, models.CASCADE)
    expert = models.ForeignKey(Expert, models.PROTECT)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("event", "expert"), name="event_interpreter_once"),)


class EventOrganisation(models.Model):
    event = models.ForeignKey(Event, models.CASCADE)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("event", "organisation"), name="event_organisation_once"),
        )


class HeadCount(models.Model):
    """How many participants the organiser counted on one day."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="head_counts")
    day = models.DateField()
    heads = models.PositiveIntegerField()

    class Meta:
        ordering = ("day",)
        constraints = (models.UniqueConstraint(fields=("event", "day"), name="head_count_once"),)


class Attendance(models.Model):
    """One line at one session: a day of the event, or the whole event where no day is known."""

    line = models.ForeignKey("records.Line", models.CASCADE, related_name="attendances")
    event = models.ForeignKey(Event, models.CASCADE, related_name="attendances")
    day = models.DateField(null=True)
    role = models.CharField(max_length=20)
    role_reason = models.CharField(max_length=20, blank=True)
    """Why the line has this role: sheet, column, position, staff."""
    status = models.CharField(max_length=10)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    signed = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("line", "event", "day"), name="attendance_once"),
            models.UniqueConstraint(
                fields=("line", "event"), condition=models.Q(day__isnull=True), name="attendance_undated_once"
            ),
            one_of("role", Role, model="attendance"),
            one_of("status", Status, model="attendance"),
            not_negative("attendance", "hours"),
        )


class AttendanceCorrection(models.Model):
    """A person's word about a line's role, presence, hours or test scores, over what its sheet says; append-only.

    The last word about a field and a session holds; an empty value says that the sheet is right after all.
    """

    programme = models.ForeignKey("records.Programme", models.PROTECT, related_name="attendance_corrections")
    line = models.ForeignKey("records.Line", models.PROTECT, related_name="corrections")
    day = models.DateField(null=True)
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=100, blank=True)
    """Who said it, where it came with a folder from another installation."""
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (one_of("field", CorrectedField, model="attendance_correction"),)


class AttendanceAsRead(models.Model):
    """What the sheet says of a line whose attendance somebody corrected, to go back to."""

    line = models.OneToOneField(
        "records.Line", models.CASCADE, primary_key=True, related_name="attendance_as_read"
    )
    sessions = models.JSONField(default=list)
    """[day, role, role_reason, status, hours] of each session."""


class Score(models.Model):
    """A line's scores in the tests before and after its event: what its sheet says, and what holds."""

    line = models.OneToOneField("records.Line", models.CASCADE, primary_key=True, related_name="score")
    read_before = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    read_after = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    before = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    after = models.DecimalField(max_digits=7, decimal_places=2, null=True)
