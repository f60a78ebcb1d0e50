"""The programme and what stands around its visits: contracts, organisations, experts, places, facilities."""

from typing import Literal

from django.db import models

from karvon.records.columns import Keyed, TextsField, in_order, not_negative, one_of, unique_key
from karvon.rules.programme.description import OrganisationKind, Role


class Programme(models.Model):
    key = models.CharField(max_length=200, unique=True)
    title = TextsField()
    languages = models.JSONField(default=list)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    summary = TextsField()
    lead = models.CharField(max_length=200, blank=True)
    home_country = models.CharField(max_length=2, blank=True)
    partner_countries = models.JSONField(default=list)
    as_of = models.DateField(null=True)
    fictitious = models.BooleanField(default=False)
    folder_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 over the folder that would say the same; importing that one changes nothing."""
    edited = models.BooleanField(default=False)
    """Whether something was changed here since a folder was imported."""
    linked_under = models.CharField(max_length=40, blank=True)
    """The snapshot and the version of the rules its lines were read and linked under, and a word that changes with
    what is kept of them; '' where they are to be linked as a whole."""

    class Meta:
        constraints = (in_order("programme"),)

    def __str__(self) -> str:
        return self.key


class Organisation(Keyed):
    name = TextsField()
    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=2, blank=True)
    place = models.CharField(max_length=200, blank=True)
    spellings = models.JSONField(default=list)
    website = models.CharField(max_length=500, blank=True)
    identifier = models.CharField(max_length=100, blank=True)

    class Meta(Keyed.Meta):
        constraints = (unique_key("organisation"), one_of("kind", OrganisationKind, model="organisation"))


class Contract(Keyed):
    number = models.CharField(max_length=100)
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts_funded")
    title = TextsField()
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    budget_amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    budget_currency = models.CharField(max_length=3, blank=True)
    acknowledgement = TextsField()

    class Meta(Keyed.Meta):
        constraints = (
            unique_key("contract"),
            models.UniqueConstraint(fields=("programme", "number"), name="contract_number_once"),
            in_order("contract"),
            not_negative("contract", "budget_amount"),
        )


class Membership(Keyed):
    """A member company of the cluster or association."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)

    class Meta(Keyed.Meta):
        constraints = (
            unique_key("membership"),
            in_order("membership"),
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("member")), name="membership_not_of_itself"
            ),
        )


class Expert(Keyed):
    """Somebody the programme itself names; the names are personal and stand in the payload."""

    payload = models.OneToOneField("records.Payload", models.PROTECT)
    role = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    position = TextsField()

    class Meta(Keyed.Meta):
        constraints = (unique_key("expert"), one_of("role", Role, model="expert"))


class TownOrSite(Keyed):
    name = TextsField()
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=10, blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)

    class Meta(Keyed.Meta):
        constraints = (unique_key("place"),)


class Facility(Keyed):
    """An industrial or social object that a site visit studies."""

    name = TextsField()
    kind = models.CharField(max_length=20)
    operator = models.ForeignKey(Organisation, models.PROTECT, null=True)
    place = models.CharField(max_length=200, blank=True)
    sectors = models.JSONField(default=list)

    class Meta(Keyed.Meta):
        constraints = (
            unique_key("facility"),
            one_of(
                "kind", Literal["industrial", "social", "utility", "agricultural", "other"], model="facility"
            ),
        )
