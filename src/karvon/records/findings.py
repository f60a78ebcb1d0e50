"""What experts saw and advised, and what became of it."""

from django.db import models

from karvon.records.columns import Keyed, TextsField, one_of, unique_key
from karvon.records.programme import Expert, Facility, Organisation
from karvon.records.training import Event
from karvon.rules.programme.description import Priority, ResponseStatus


class Observation(Keyed):
    event = models.ForeignKey(Event, models.CASCADE, related_name="observations")
    facility = models.ForeignKey(Facility, models.PROTECT, null=True)
    text = TextsField()
    sectors = models.JSONField(default=list)
    observer = models.ForeignKey(Expert, models.PROTECT, null=True)
    on = models.DateField(null=True)

    class Meta(Keyed.Meta):
        constraints = (unique_key("observation"),)


class RecommendationGroup(Keyed):
    title = TextsField()

    class Meta(Keyed.Meta):
        constraints = (unique_key("recommendation_group"),)


class Recommendation(Keyed):
    group = models.ForeignKey(RecommendationGroup, models.PROTECT, related_name="recommendations")
    title = TextsField()
    text = TextsField()
    addressee = models.ForeignKey(Organisation, models.PROTECT, null=True)
    priority = models.CharField(max_length=10)
    observations: "models.ManyToManyField[Observation, RecommendationObservation]" = models.ManyToManyField(
        Observation, through="RecommendationObservation", related_name="recommendations"
    )
    sectors = models.JSONField(default=list)
    given_on = models.DateField(null=True)
    response_due = models.DateField(null=True)
    response_status = models.CharField(max_length=20, blank=True)
    response = TextsField()
    responded_on = models.DateField(null=True)

    class Meta(Keyed.Meta):
        constraints = (
            unique_key("recommendation"),
            one_of("priority", Priority, model="recommendation"),
            one_of("response_status", ResponseStatus, model="recommendation", or_empty=True),
        )


class RecommendationObservation(models.Model):
    recommendation = models.ForeignKey(Recommendation, models.CASCADE)
    observation = models.ForeignKey(Observation, models.PROTECT)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(
                fields=("recommendation", "observation"), name="recommendation_observation_once"
            ),
        )


class ActionPoint(Keyed):
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="action_points")
    text = TextsField()
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True)
    due = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    verified_by = models.CharField(max_length=200, blank=True)

    class Meta(Keyed.Meta):
        constraints = (unique_key("action_point"),)
