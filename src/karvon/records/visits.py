"""Expert missions and study visits, who pays for them, and their delegations."""

from django.db import models

from karvon.records.columns import Keyed, TextsField, in_order, one_of, per_cent, unique_key
from karvon.records.programme import Contract, Expert, Organisation
from karvon.rules.programme.description import Direction, Role


class Visit(Keyed):
    direction = models.CharField(max_length=10)
    title = TextsField()
    starts = models.DateField()
    ends = models.DateField()
    places = models.JSONField(default=list)
    purpose = TextsField()
    sectors = models.JSONField(default=list)
    host = models.ForeignKey(Organisation, models.PROTECT, null=True)
    experts: "models.ManyToManyField[Expert, VisitExpert]" = models.ManyToManyField(
        Expert, through="VisitExpert"
    )

    class Meta(Keyed.Meta):
        constraints = (unique_key("visit"), in_order("visit"), one_of("direction", Direction, model="visit"))


class VisitShare(models.Model):
    """How much of a visit a contract pays; a trigger keeps the sum at 100 % or less."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="shares")
    contract = models.ForeignKey(Contract, models.PROTECT)
    percent = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        ordering = ("contract__order",)
        constraints = (
            models.UniqueConstraint(fields=("visit", "contract"), name="visit_share_once"),
            per_cent("visit_share"),
        )


class VisitExpert(models.Model):
    visit = models.ForeignKey(Visit, models.CASCADE)
    expert = models.ForeignKey(Expert, models.PROTECT)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("visit", "expert"), name="visit_expert_once"),)


class Delegate(Keyed):
    """A member of a visit's delegation; name and position are personal and stand in the payload."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="delegates")
    payload = models.OneToOneField("records.Payload", models.PROTECT)
    organisation = models.CharField(max_length=500, blank=True)
    role = models.CharField(max_length=20)
    country = models.CharField(max_length=2, blank=True)

    class Meta(Keyed.Meta):
        constraints = (unique_key("delegate"), one_of("role", Role, model="delegate"))
