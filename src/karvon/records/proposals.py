"""Project proposals that grew out of advice."""

from django.db import models

from karvon.records.columns import Keyed, TextsField, not_negative, one_of, unique_key
from karvon.records.findings import Recommendation
from karvon.records.programme import Organisation
from karvon.rules.programme.description import Stage


class Proposal(Keyed):
    title = TextsField()
    stage = models.CharField(max_length=20)
    stage_on = models.DateField(null=True)
    recommendations: "models.ManyToManyField[Recommendation, ProposalRecommendation]" = (
        models.ManyToManyField(Recommendation, through="ProposalRecommendation", related_name="proposals")
    )
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True)
    place = models.CharField(max_length=200, blank=True)
    sectors = models.JSONField(default=list)
    cost_amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    cost_currency = models.CharField(max_length=3, blank=True)
    funding_sought_amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    funding_sought_currency = models.CharField(max_length=3, blank=True)
    summary = TextsField()

    class Meta(Keyed.Meta):
        constraints = (
            unique_key("proposal"),
            one_of("stage", Stage, model="proposal"),
            not_negative("proposal", "cost_amount"),
            not_negative("proposal", "funding_sought_amount"),
        )


class ProposalRecommendation(models.Model):
    proposal = models.ForeignKey(Proposal, models.CASCADE)
    recommendation = models.ForeignKey(Recommendation, models.PROTECT)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "recommendation"), name="proposal_recommendation_once"
            ),
        )
