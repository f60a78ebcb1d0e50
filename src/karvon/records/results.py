"""Indicators, targets, published statements, and the maintained tables figures are read from."""

from django.db import models
from django.db.models import F, Q

from karvon.records.columns import Keyed, TextsField, in_order, one_of, unique_key
from karvon.records.evidence import Line
from karvon.records.people import Person
from karvon.records.programme import Contract, Programme
from karvon.rules.programme.description import Comparator, Measure


class Indicator(Keyed):
    title = TextsField()
    measure = models.CharField(max_length=30)
    rule = models.CharField(max_length=50, blank=True)
    parameters = models.JSONField(default=list)
    scope = models.JSONField(default=dict)
    baseline = models.DecimalField(max_digits=15, decimal_places=2, null=True)

    class Meta(Keyed.Meta):
        constraints = (unique_key("indicator"), one_of("measure", Measure, model="indicator"))


class Target(models.Model):
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True)
    """Empty: the programme's own."""
    value = models.DecimalField(max_digits=15, decimal_places=2)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (in_order("target"),)


class Statement(Keyed):
    """A sentence with a number that somebody publishes."""

    text = TextsField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="statements")
    comparator = models.CharField(max_length=20)
    number = models.IntegerField()
    scope = models.JSONField(default=dict)
    published_in = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(null=True)

    class Meta(Keyed.Meta):
        constraints = (unique_key("statement"), one_of("comparator", Comparator, model="statement"))


class Standing(models.Model):
    """A person an indicator counts, and under which contracts; kept up to date with every change.

    ``under`` lists the ids of the contracts in order, each between commas (``,3,17,``; a lone ``,`` for none),
    so that people with the same contracts are counted together. ``by_programme``: the programme's own count
    has the person (8 h under each of two contracts may make 16 h for the programme and for neither contract).
    ``settled``: no undecided match touches the person's component, so that it is exactly one.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE)
    under = models.CharField(max_length=500)
    by_programme = models.BooleanField()
    settled = models.BooleanField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("indicator", "person"), name="standing_once"),)
        indexes = (
            models.Index(fields=("indicator", "settled", "under", "by_programme"), name="standing_count"),
        )


class UnsettledBound(models.Model):
    """What the unsettled components and unnamed heads add to a figure, summed over all of them.

    ``kind``: contract, overlap (of ``contract`` and ``second``), union, programme; and participations, the
    whole figure of person x event, which has no standings.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE)
    kind = models.CharField(max_length=15)
    contract = models.ForeignKey(Contract, models.CASCADE, null=True, related_name="+")
    second = models.ForeignKey(Contract, models.CASCADE, null=True, related_name="+")
    lower = models.PositiveIntegerField()
    best = models.PositiveIntegerField()
    upper = models.PositiveIntegerField()
    unnamed = models.PositiveIntegerField(default=0)
    outer = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(lower__lte=F("best"), best__lte=F("upper")), name="unsettled_bound_in_order"
            ),
        )


class DoubtQueue(models.Model):
    """That the doubts of a programme are kept, and the bounds of what statements say of a narrower scope.

    Without it nobody has weighed them since they last changed, and whoever asks weighs them anew.
    """

    programme = models.OneToOneField(Programme, models.CASCADE, primary_key=True, related_name="doubt_queue")
    weighed_for = models.CharField(max_length=64)
    """`queries.results.doubts.digest_of` the figures and statements they were weighed for."""
    narrower = models.JSONField(default=dict)
    """Statement -> [lower, best, upper], where its scope is narrower than its indicator's."""


class Doubt(models.Model):
    """A doubt by its strongest pair of lines, with what a decision about it moves; kept with every change."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="doubts")
    a = models.ForeignKey(Line, models.CASCADE, related_name="+")
    b = models.ForeignKey(Line, models.CASCADE, related_name="+")
    weight = models.IntegerField()
    looked_at = models.BooleanField()
    """Somebody looked at one of its pairs and could not tell."""
    narrowing = models.PositiveIntegerField()
    narrows = models.JSONField(default=list)
    """Keys of indicators, most narrowed first."""
    shifts = models.JSONField(default=list)
    """[[statement, ...], lower and upper if same, lower and upper if different] of `rules.statements.Shift`."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("a", "b"), name="doubt_once"),)
