"""What participants said of events, and the links by which they are asked."""

from django.conf import settings
from django.db import models

from karvon.records.columns import IdField, one_of
from karvon.records.evidence import Document, Payload
from karvon.records.training import Event
from karvon.rules.feedback.answers import Way


def _mark(question: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{question}__isnull": True}) | models.Q(**{f"{question}__range": (1, 5)}),
        name=f"feedback_{question}_from_1_to_5",
    )


class FeedbackAnswer(models.Model):
    """One participant's answers. Its id is the random key of the form, so that a form sent twice is one answer."""

    id = IdField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="feedback")
    usefulness = models.PositiveSmallIntegerField(null=True)
    relevance = models.PositiveSmallIntegerField(null=True)
    trainer = models.PositiveSmallIntegerField(null=True)
    organisation = models.PositiveSmallIntegerField(null=True)
    payload = models.OneToOneField(Payload, models.PROTECT, null=True)
    """What was said in words, where anything was."""
    language = models.CharField(max_length=10, blank=True)
    given_on = models.DateField(null=True)
    """The day, never the minute: who sat there at that time is nobody's business."""
    way = models.CharField(max_length=10)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="feedback")
    row = models.PositiveIntegerField(null=True)
    """Where it stands in the document's table."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("given_on", "id")
        constraints = (
            one_of("way", Way, model="feedback_answer"),
            _mark("usefulness"),
            _mark("relevance"),
            _mark("trainer"),
            _mark("organisation"),
        )


class FeedbackLink(models.Model):
    """A way to the form of one event without an account, until it ends or is withdrawn."""

    id = IdField()
    event = models.ForeignKey(Event, models.CASCADE, related_name="feedback_links")
    ends = models.DateField()
    """The last day on which it works."""
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")
